"""Random asyncio programs, run on the stock loop in real time and on `VirtualLoop`: the same order, the same times."""
