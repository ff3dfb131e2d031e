import asyncio

import aiosqlite


async def main():
    async with aiosqlite.connect(":memory:") as database:
        await database.execute("create table words (id integer primary key, word text)")
        await database.executemany("insert into words (word) values (?)", [("one",), ("two",), ("three",)])
        await database.commit()
        async with database.execute("select id, word from words order by word") as cursor:
            async for row in cursor:
                print(row)
        database.row_factory = aiosqlite.Row
        rows = await database.execute_fetchall("select count(*) as total from words")
        print(rows[0]["total"])
        results = await asyncio.gather(
            *(database.execute_fetchall("select word from words where id = ?", (number,)) for number in (3, 1))
        )
        print([tuple(result[0]) for result in results])


asyncio.run(main())
