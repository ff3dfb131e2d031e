"""When does it start?

Why: `create_task` puts the task into the queue of the event loop and returns; `program` keeps running.
Awaiting `write_log` runs its body on the spot, and as nothing in it has to wait, nobody else gets a turn. The
task begins at the first real suspension, which is `sleep(0)`, and that lasts one turn only: the mail runs up
to its own wait, not to its end.
"""

import asyncio

PREDICTION: list[str] = [
    "order 7 comes in",
    "the receipt is a task",
    "log: order 7",
    "the log is written",
    "receipt: connected",
    "the others had a turn",
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
