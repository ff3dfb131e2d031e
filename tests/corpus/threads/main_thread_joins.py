import asyncio, threading

t = threading.Thread(target=lambda: asyncio.run(asyncio.sleep(0.4)))
t.start()
t.join()
print("joined")
