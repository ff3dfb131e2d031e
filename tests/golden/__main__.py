"""Write what `run` prints now."""

from __future__ import annotations

from tests.golden import GOLDEN, SHOWN, printed


def main() -> None:
    for answer in SHOWN:
        file = GOLDEN / f"{answer.replace('/', '.')}.txt"
        file.write_text(printed(answer), encoding="utf-8")
        print(f"{len(file.read_text(encoding='utf-8').splitlines()):3} lines  {answer}")


if __name__ == "__main__":
    main()
