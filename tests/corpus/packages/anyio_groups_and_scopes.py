import anyio


async def work(name, seconds, *, task_status=anyio.TASK_STATUS_IGNORED):
    await anyio.sleep(0.02)
    task_status.started(f"{name} is up")
    try:
        await anyio.sleep(seconds)
        print(name, "done")
    except anyio.get_cancelled_exc_class():
        print(name, "cancelled")
        raise


async def main():
    async with anyio.create_task_group() as group:
        print(await group.start(work, "service", 10))
        group.start_soon(work, "quick", 0.1)
        with anyio.move_on_after(0.2) as scope:
            await anyio.sleep(5)
        print("moved on", scope.cancelled_caught)
        group.cancel_scope.cancel()
    try:
        with anyio.fail_after(0.05):
            await anyio.sleep(5)
    except TimeoutError:
        print("failed after")
    with anyio.CancelScope(shield=True):
        await anyio.sleep(0.02)
    print(anyio.current_time() > 0)


anyio.run(main)
