import asyncio
import multiprocessing
import subprocess
import sys
import time


def child():
    time.sleep(0.2)
    print("child", flush=True)


async def main():
    process = multiprocessing.Process(target=child)
    process.start()
    await asyncio.sleep(0.6)
    print("main", flush=True)
    process.join()
    started = time.monotonic()
    subprocess.run([sys.executable, "-c", "import time; time.sleep(0.5)"])
    print(time.monotonic() - started >= 0.5)


if __name__ == "__main__":
    asyncio.run(main())
