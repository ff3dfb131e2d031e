import asyncio


async def fail(error, seconds=0.01):
    await asyncio.sleep(seconds)
    raise error


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail(ValueError("v1")))
            group.create_task(fail(TypeError("t1")))
            group.create_task(fail(ValueError("v2")))
    except* ValueError as group:
        print("values", [str(error) for error in group.exceptions])
    except* TypeError as group:
        print("types", group.exceptions)
    else:
        print("not printed")
    finally:
        print("finally")
    try:
        try:
            raise ExceptionGroup("outer", [OSError(1), ExceptionGroup("inner", [KeyError("k"), OSError(2)])])
        except* OSError as group:
            print(group)
            raise RuntimeError("while handling") from group
    except ExceptionGroup as group:
        print(group.message, [type(error).__name__ for error in group.exceptions])
        matching, rest = group.split(RuntimeError)
        print(len(matching.exceptions), rest)


asyncio.run(main())
