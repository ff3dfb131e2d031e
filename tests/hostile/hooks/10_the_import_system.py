"""Tries: put a finder at the top of sys.meta_path, so that what the player imports later comes from here.
For: 06_futures/03_callback_to_await
Must: earn nothing
"""

import builtins
import sys

real = builtins.__import__


def imported(name, *arguments, **keywords):
    module = real(name, *arguments, **keywords)
    if name.startswith("kata"):
        raise SystemExit(0)
    return module


builtins.__import__ = imported
sys.meta_path.insert(0, type("Finder", (), {"find_spec": staticmethod(lambda *arguments: None)}))


async def scan_page(scan, page):
    return f"page {page}"
