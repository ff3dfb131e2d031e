import asyncio

from sqlalchemy import String, func, select
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(30))


async def main():
    engine = create_async_engine("sqlite+aiosqlite:///:memory:")
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    sessions = async_sessionmaker(engine, expire_on_commit=False)
    async with sessions() as session, session.begin():
        session.add_all([User(name=name) for name in ("ann", "bo", "cy")])
    async with sessions() as session:
        for user in (await session.scalars(select(User).where(User.id > 1).order_by(User.name.desc()))).all():
            print(user.id, user.name)
        print(await session.scalar(select(func.count()).select_from(User)))
    await engine.dispose()


asyncio.run(main())
