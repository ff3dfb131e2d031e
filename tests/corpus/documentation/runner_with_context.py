import asyncio
import contextvars

user = contextvars.ContextVar("user", default="nobody")


async def who():
    await asyncio.sleep(0.02)
    user.set(user.get() + "+")
    return user.get()


with asyncio.Runner(debug=False) as runner:
    print(runner.run(who()), runner.run(who()))
    context = contextvars.copy_context()
    print(runner.run(who(), context=context), context[user])
    print(user.get())
try:
    runner.run(who())
except RuntimeError as error:
    print(error)
