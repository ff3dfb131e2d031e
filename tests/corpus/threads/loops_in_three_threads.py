import asyncio
import threading

results = {}


async def work(name, seconds):
    for number in range(3):
        await asyncio.sleep(seconds)
        results.setdefault(name, []).append(number)
    return name


def run(name, seconds):
    results[name + " returned"] = asyncio.run(work(name, seconds))


threads = [threading.Thread(target=run, args=(f"t{number}", 0.05 * number)) for number in (1, 2, 3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
for name in sorted(results):
    print(name, results[name])
