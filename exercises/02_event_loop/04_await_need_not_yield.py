"""Await need not yield.

A dictionary service remembers the words that it has looked up. Beside it a task waits to save the log, and
everybody agrees that it has its turn "at the next await". There are four of them; which one is it?

Task:
    Predict what `program` prints. Write it into PREDICTION, line by line, as a list of texts and not as code
    that makes them.

Example:
    A program of `print("one")` and `print("two")` has PREDICTION = ["one", "two"].

Leave `WORDS`, `look_up`, `save_log`, `program` and `main` as they are. Once PREDICTION is filled
in, running this file shows what happens.
"""

import asyncio

PREDICTION: list[str] = []

WORDS = {"tree": "Baum", "house": "Haus"}


async def look_up(word: str, memory: dict[str, str]) -> str:
    if word not in memory:
        print(f"{word}: ask the server")
        await asyncio.sleep(0.5)
        memory[word] = WORDS[word]
    return memory[word]


async def save_log() -> None:
    print("log: saved")


async def program() -> None:
    memory: dict[str, str] = {}
    first = asyncio.create_task(look_up("tree", memory))
    print(f"first time: {await first}")
    log = asyncio.create_task(save_log())
    print("the log wants to be saved")
    print(f"from the task again: {await first}")
    print(f"from memory: {await look_up('tree', memory)}")
    print(f"a new word: {await look_up('house', memory)}")
    await log
    print("the log was awaited")


def main() -> None:
    if not PREDICTION:
        print("Fill in PREDICTION first; then this shows what really happens.")
        return
    asyncio.run(program())


if __name__ == "__main__":
    main()
