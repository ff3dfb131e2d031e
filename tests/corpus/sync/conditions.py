import asyncio


class Account:
    def __init__(self):
        self.balance, self.changed = 0, asyncio.Condition()

    async def deposit(self, amount):
        async with self.changed:
            self.balance += amount
            self.changed.notify_all()

    async def withdraw(self, name, amount):
        async with self.changed:
            await self.changed.wait_for(lambda: self.balance >= amount)
            self.balance -= amount
            print(name, "took", amount, "left", self.balance)


async def main():
    account = Account()
    waiting = [asyncio.create_task(account.withdraw(name, amount)) for name, amount in (("ann", 50), ("bo", 10))]
    for amount in (5, 5, 60):
        await asyncio.sleep(0.05)
        await account.deposit(amount)
    await asyncio.gather(*waiting)
    condition = asyncio.Condition()
    try:
        condition.notify()
    except RuntimeError as error:
        print(error)
    async with condition:
        try:
            await asyncio.wait_for(condition.wait(), 0.05)
        except TimeoutError:
            print("nobody notified", condition.locked())


asyncio.run(main())
