import asyncio

SITE = {"/": ["/a", "/b"], "/a": ["/b", "/c"], "/b": ["/"], "/c": ["/d", "/e"], "/d": [], "/e": ["/missing"]}


async def fetch(path):
    await asyncio.sleep(0.02 + 0.01 * len(path))
    if path not in SITE:
        raise LookupError(path)
    return SITE[path]


async def crawl(start, workers):
    queue, seen, errors = asyncio.Queue(), {start}, []
    queue.put_nowait(start)

    async def work():
        while True:
            path = await queue.get()
            try:
                for link in await fetch(path):
                    if link not in seen:
                        seen.add(link)
                        queue.put_nowait(link)
            except LookupError as error:
                errors.append(error)
            finally:
                queue.task_done()

    tasks = [asyncio.create_task(work()) for _ in range(workers)]
    await queue.join()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return sorted(seen), errors


print(*asyncio.run(crawl("/", 3)))
