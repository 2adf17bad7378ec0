import asyncio


async def main():
    stack = asyncio.LifoQueue(maxsize=3)
    for ch in "abcd":
        try:
            stack.put_nowait(ch)
        except asyncio.QueueFull:
            print("full, dropping", ch)
    print(stack.full(), stack.maxsize)
    while True:
        try:
            print("pop", stack.get_nowait())
        except asyncio.QueueEmpty:
            print("empty")
            break


asyncio.run(main())
