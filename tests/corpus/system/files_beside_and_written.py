import asyncio
import csv
import json
import pathlib
import sqlite3
import tempfile


def save(folder):
    with open(folder / "rows.csv", "w", newline="") as stream:
        csv.writer(stream).writerows([["a", 1], ["b", 2]])
    (folder / "x.json").write_text(json.dumps({"x": 1}))
    with sqlite3.connect(folder / "x.db") as database:
        database.execute("create table t (n)")
        database.executemany("insert into t values (?)", [(1,), (2,)])
    return sorted(path.name for path in folder.iterdir())


def total(folder):
    with sqlite3.connect(folder / "x.db") as database:
        return database.execute("select sum(n) from t").fetchone()[0]


async def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        print(await asyncio.to_thread(save, folder))
        print(await asyncio.to_thread(total, folder))
    print(pathlib.Path(__file__).name, pathlib.Path(__file__).exists())


asyncio.run(main())
