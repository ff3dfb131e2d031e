"""Right: wait_for around an inner coroutine that fills the list."""

import asyncio


async def departures(ask, lines, seconds):
    answers = []

    async def ask_all():
        for line in lines:
            answers.append(await ask(line))

    try:
        await asyncio.wait_for(ask_all(), timeout=seconds)
    except asyncio.TimeoutError:
        missing = len(lines) - len(answers)
        answers.extend(["no data"] * missing)
    return answers
