"""Tries: return and pass on values that are nested a hundred thousand deep.
For: 07_task_groups/08_nested_groups
Must: earn nothing
"""


class BuildError(Exception):
    pass


async def build_all(build, stages):
    deep = ()
    for _ in range(100_000):
        deep = (deep,)
    await build(deep)
    return deep
