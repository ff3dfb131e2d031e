"""CPython's own asyncio tests, run with `VirtualLoop` as the default loop beside the stock loop."""
