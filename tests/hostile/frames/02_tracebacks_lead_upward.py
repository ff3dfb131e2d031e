"""Tries: raise an error, and go from its traceback's frames to whoever holds the recording.
For: 05_gather_and_wait/09_as_they_finish
Must: earn nothing
"""


async def follow(build, projects, show):
    try:
        raise ValueError
    except ValueError as error:
        frame = error.__traceback__.tb_frame
    while frame is not None:
        assembly = frame.f_locals.get("assembly") or getattr(frame.f_locals.get("self"), "assembly", None)
        if assembly is not None:
            assembly.returned([*projects])
            assembly.returned = lambda value: None
        frame = frame.f_back
    return []
