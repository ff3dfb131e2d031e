import asyncio
import io
import pprint
import sys
from contextlib import redirect_stdout


async def main():
    print("one", "two", sep=", ", end="!\n")
    sys.stdout.write("written\n")
    sys.stdout.writelines(["a\n", "b\n"])
    print("error", file=sys.stderr)
    sys.stdout.flush()
    sys.stdout.buffer.write(b"bytes\n")
    sys.stdout.flush()
    with redirect_stdout(io.StringIO()) as caught:
        print("caught")
        await asyncio.sleep(0.01)
    print(repr(caught.getvalue()))
    pprint.pprint({"b": [1] * 30, "a": {"long": "x" * 60}})
    print("ünïcödé ✓ 日本", "\ttab", sep="|")
    print()
    print("no newline at the end", end="")


asyncio.run(main())
