import threading
import time
import urllib.request

import uvicorn


async def app(scope, receive, send):
    if scope["type"] != "http":
        return
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"from " + scope["path"].encode()})


server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", lifespan="off"))
thread = threading.Thread(target=server.run)
thread.start()
while not server.started:
    time.sleep(0.05)
port = server.servers[0].sockets[0].getsockname()[1]
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
for path in ("a", "b"):
    with opener.open(f"http://127.0.0.1:{port}/{path}", timeout=5) as response:
        print(response.status, response.read())
server.should_exit = True
thread.join()
print("joined")
