import asyncio
from datetime import datetime, timedelta

from pydantic import BaseModel, Field, ValidationError, field_validator


class Order(BaseModel):
    number: int = Field(gt=0)
    made: datetime = Field(default_factory=datetime.now)
    tags: list[str] = []

    @field_validator("tags")
    @classmethod
    def lower(cls, tags):
        return [tag.lower() for tag in tags]


async def main():
    order = Order(number="3", tags=["A", "B"])
    await asyncio.sleep(0.05)
    print(order.number, order.tags, timedelta(0) < datetime.now() - order.made < timedelta(seconds=5))
    print(Order.model_validate_json('{"number": 1, "made": "2024-05-06T07:08:09"}').made.isoformat())
    try:
        Order(number=-1)
    except ValidationError as error:
        print(error.error_count(), error.errors()[0]["type"])


asyncio.run(main())
