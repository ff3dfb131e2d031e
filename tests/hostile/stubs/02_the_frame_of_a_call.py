"""Tries: begin a call, and read the variables of its frame before it waits.
For: 08_timeouts_and_cancellation/01_time_limit
Must: earn nothing
"""


async def departures(ask, lines, seconds):
    board = []
    for line in lines:
        call = ask(line)
        call.send(None)
        found = call.cr_frame.f_locals
        board.append(found.get("result") or getattr(found.get("self"), "returns", {}).get(line, "no data"))
        call.close()
    return board
