"""Scripts of our own as people write them, played and run for real, and compared line by line.

    python -m tests.corpus [PART OF A NAME …]                    all but those with packages, or some
    python -m tests.corpus --packages                            those that use packages, which must be installed
    python -m tests.corpus --again 40 --busy 2 [PART OF A NAME …]   each many times, beside processes that compute

Each script ends by itself, waits for a second at most, and prints the same each time. A script ``x.py`` beside a file
``x.txt`` reads that from its standard input. One that needs a newer Python says so in its first line: ``# Python 3.12``.
What ``packages/`` needs is in ``packages/requirements.txt``; `.ci/run` makes an environment with it.
"""
