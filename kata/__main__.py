"""``python -m kata``: in a clone what ``python grader.py`` does, elsewhere what ``asyncio-kata`` does."""

import os
import runpy

SCRIPT = os.path.join(os.path.dirname(os.path.dirname(os.path.realpath(__file__))), "grader.py")


def main():  # type: () -> None
    os.environ["KATA_AS_MODULE"] = "1"  # read by `kata.program`, perhaps by another Python that is started first
    if os.path.isfile(SCRIPT):
        runpy.run_path(SCRIPT, run_name="__main__")  # finds or makes the environment
    else:
        from kata.bootstrap.start import installed

        installed()


if __name__ == "__main__":
    main()
