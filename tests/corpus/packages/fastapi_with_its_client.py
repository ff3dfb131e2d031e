import asyncio
import contextlib

from fastapi import BackgroundTasks, Depends, FastAPI, HTTPException
from fastapi.testclient import TestClient
from pydantic import BaseModel


@contextlib.asynccontextmanager
async def lifespan(app):
    print("up")
    yield
    print("down")


app = FastAPI(lifespan=lifespan)


class Item(BaseModel):
    name: str
    price: float = 1.0


async def user(name: str = "nobody"):
    await asyncio.sleep(0.02)
    return name


@app.get("/hello")
async def hello(who: str = Depends(user)):
    return {"hello": who}


@app.post("/items")
async def create(item: Item, background: BackgroundTasks):
    background.add_task(print, "in the background", item.name)
    return {"total": item.price * 2}


@app.get("/sync/{number}")
def in_a_thread(number: int):
    if number < 0:
        raise HTTPException(404, "no such number")
    return number


with TestClient(app) as client:
    print(client.get("/hello", params={"name": "ann"}).json())
    print(client.post("/items", json={"name": "pen", "price": 2.5}).json())
    print(client.post("/items", json={"price": "x"}).status_code)
    print(client.get("/sync/3").json(), client.get("/sync/-1").json())
