"""When does it start?

A shop mails a receipt for each order. The mail is a task, so that taking the order need not wait for it.
But when does such a task begin? In the log its lines stand in a puzzling place.

Task:
    Read `program` and predict what it prints. Put the lines into PREDICTION, as a list of texts, one for each
    printed line, in their order.

Example:
    A program of `print("one")` and `print("two")` has PREDICTION = ["one", "two"].

Leave `send`, `write_log`, `program` and `main` as they are. Write the lines themselves, not code that makes
them. Running this file shows what really happens once PREDICTION is filled in.
"""

import asyncio

PREDICTION: list[str] = []


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
