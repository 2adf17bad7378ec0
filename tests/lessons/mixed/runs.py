# only: asyncio-run-twice, async-by-default, asyncio-run-inside-loop
import asyncio
async def a(): await asyncio.sleep(1)
def main():
    for i in range(3):
        asyncio.run(a())  #~ asyncio-run-twice
def main2():
    if x:
        asyncio.run(a())
    else:
        asyncio.run(a())
def main3():
    asyncio.run(a())
    asyncio.run(a())  #~ asyncio-run-twice
def main4():
    try:
        asyncio.run(a())
    except KeyboardInterrupt:
        pass
    print("x")
def test_a(): asyncio.run(a())
def test_b(): asyncio.run(a())
