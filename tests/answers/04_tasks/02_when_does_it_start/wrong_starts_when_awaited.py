"""Mistake: believes that a task begins when somebody awaits it.
Caught by: test_the_lines_stand_in_the_right_order
"""

import asyncio

PREDICTION: list[str] = [
    "order 7 comes in",
    "the receipt is a task",
    "log: order 7",
    "the log is written",
    "the others had a turn",
    "receipt: connected",
    "receipt: sent",
    "the receipt is out",
]


async def send(mail: str) -> None:
    print(f"{mail}: connected")
    await asyncio.sleep(0.5)
    print(f"{mail}: sent")


async def write_log(text: str) -> None:
    print(f"log: {text}")


async def program() -> None:
    print("order 7 comes in")
    receipt = asyncio.create_task(send("receipt"))
    print("the receipt is a task")
    await write_log("order 7")
    print("the log is written")
    await asyncio.sleep(0)
    print("the others had a turn")
    await receipt
    print("the receipt is out")


def main() -> None:
    if not PREDICTION:
        print("Fill in PREDICTION first; then this shows what really happens.")
        return
    asyncio.run(program())


if __name__ == "__main__":
    main()
