"""Scripts of our own as people write them, played and run for real, and compared line by line.

    python -m tests.corpus [PART OF A NAME …]

Each script ends by itself, waits for a second at most, and prints the same each time. A script ``x.py`` beside a file
``x.txt`` reads that from its standard input.
"""
