"""Tries: read the frames of all threads, where sys._current_frames gives them.
For: 03_blocking/03_to_thread
Must: earn nothing
"""

import sys


async def read_meters(read, meters, patience):
    found = {}
    try:
        for frame in sys._current_frames().values():
            while frame is not None:
                found.update(getattr(frame.f_locals.get("behaviour"), "returns", None) or {})
                frame = frame.f_back
    except PermissionError:
        pass
    return {meter: found.get(meter) for meter in meters}
