"""Await need not yield.

Why: `await` suspends only if there is something to wait for. `first` has ended already, so awaiting it gives
its result at once. The second look-up finds its word in memory and returns without ever suspending. Only the
`sleep` in the look-up of "house" makes `program` step aside, and that is the first turn that the log gets.
"""

import asyncio

PREDICTION: list[str] = [
    "tree: ask the server",
    "first time: Baum",
    "the log wants to be saved",
    "from the task again: Baum",
    "from memory: Baum",
    "house: ask the server",
    "log: saved",
    "a new word: Haus",
    "the log was awaited",
]

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
