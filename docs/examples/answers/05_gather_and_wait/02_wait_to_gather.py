"""An answer that fails, for the picture of a failing run: it waits for each page before it asks for the next.

See it judged: python grader.py run 05.02 --submission docs/examples/answers
"""


async def fetch_all(fetch, urls):
    pages = []
    for url in urls:
        pages.append(await fetch(url))
    return pages
