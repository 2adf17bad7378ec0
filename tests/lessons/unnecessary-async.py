import asyncio


async def plain():  #~ unnecessary-async
    return 1


async def statements(items):  #~ unnecessary-async
    items.append(1)


class Box:
    async def get(self):  # ok
        return self.value

    async def __aenter__(self):  # ok
        return self


async def nested(items):  #~ unnecessary-async
    async def inner():  # ok
        await asyncio.sleep(0)

    items.append(inner)


async def comprehension(items):  #~ unnecessary-async
    return [x for x in items]


async def early(flag):  #~ unnecessary-async
    if flag:
        return 1
    return 2


async def waits():  # ok
    await asyncio.sleep(0)


async def stub():  # ok
    pass


async def documented():  # ok
    """To be written."""


async def abstract():  # ok
    raise NotImplementedError


async def numbers():  # ok
    yield 1


async def loops(xs):  # ok
    async for x in xs:
        print(x)


async def enters(x):  # ok
    async with x:
        print(1)


async def asks(xs):  # ok
    return [x async for x in xs]


@route("/")
async def handler():  # ok
    return "hello"


class Child(Box):
    async def get(self):  # ok
        return 2
