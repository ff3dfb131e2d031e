import asyncio


async def ask(prompt):
    return await asyncio.to_thread(input, prompt)


async def main():
    secret = 7
    while True:
        guess = int(await ask("Your guess? "))
        if guess == secret:
            print("right")
            break
        print("too low" if guess < secret else "too high")
    try:
        await ask("More? ")
    except EOFError:
        print("\nno more")


asyncio.run(main())
