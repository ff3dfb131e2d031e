import asyncio


async def count(name):
    for number in range(2):
        print(name, number)
        await asyncio.sleep(0.05)


loops = [asyncio.new_event_loop() for _ in range(3)]
for number, loop in enumerate(loops):
    loop.run_until_complete(count(number))
left = loops[0].create_task(count("left"))
for loop in loops[1:]:
    loop.close()
loops[0].run_until_complete(left)
loops[0].close()
print([loop.is_closed() for loop in loops])
try:
    loops[0].run_until_complete(asyncio.sleep(0))
except RuntimeError as error:
    print(error)
