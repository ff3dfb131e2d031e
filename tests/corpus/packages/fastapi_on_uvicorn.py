import asyncio

import httpx
import uvicorn
from fastapi import FastAPI
from fastapi.responses import StreamingResponse

app = FastAPI()


@app.get("/wait/{tenths}")
async def wait(tenths: int):
    await asyncio.sleep(tenths / 10)
    return {"waited": tenths}


@app.get("/stream")
async def stream():
    async def parts():
        for number in range(3):
            yield f"part {number}\n"
            await asyncio.sleep(0.05)

    return StreamingResponse(parts(), media_type="text/plain")


async def main():
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning"))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
        answers = await asyncio.gather(*(client.get(f"/wait/{tenths}") for tenths in (3, 1)))
        print([answer.json() for answer in answers])
        async with client.stream("GET", "/stream") as response:
            async for line in response.aiter_lines():
                print(line)
    server.should_exit = True
    await serving
    print("served")


asyncio.run(main())
