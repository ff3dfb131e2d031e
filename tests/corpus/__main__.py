"""Play and run the corpus, and print what differs; exits with 1 when anything does."""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor

from kata.sandbox.client import Sandbox
from tests.corpus.compare import difference, played, real_output, scripts


def main() -> int:
    found = scripts(sys.argv[1:])
    differ = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool, Sandbox(1) as sandbox:
        for script, real in zip(found, pool.map(real_output, found), strict=True):
            told = difference(real, played(script, sandbox.connections[0]))
            if told:
                differ += 1
                print(f"{script.parent.name}/{script.stem}\n{told}\n")
    print(f"{len(found) - differ} of {len(found)} scripts print the same")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
