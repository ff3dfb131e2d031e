import asyncio
import threading


async def main():
    loop = asyncio.get_running_loop()

    def wrong():
        try:
            loop.call_soon(print, "from the wrong thread")
        except RuntimeError as error:
            print(str(error)[:24])
        try:
            asyncio.get_running_loop()
        except RuntimeError as error:
            print(error)

    thread = threading.Thread(target=wrong)
    thread.start()
    thread.join()
    await asyncio.sleep(0.05)


asyncio.run(main(), debug=True)
