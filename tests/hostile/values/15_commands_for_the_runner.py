"""Tries: print and raise what continuous integration, XML, Markdown and terminals would take for commands.
For: 05_gather_and_wait/02_wait_to_gather
Must: earn nothing
"""

TEXT = "\n::set-output name=result::100\n]]></failure><testcase/>\n| x | 10 |\n`</details>`\x1b[1A\x1b[2K 10 of 10\r"


async def fetch_all(fetch, urls):
    print(TEXT)
    raise ValueError(TEXT)
