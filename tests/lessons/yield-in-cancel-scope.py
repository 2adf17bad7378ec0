import asyncio
import contextlib
import anyio
import pytest
import trio
from contextlib import asynccontextmanager


async def timeout():
    async with asyncio.timeout(1):
        yield 1  #~ yield-in-cancel-scope


async def group():
    async with asyncio.TaskGroup() as tasks:
        for i in range(3):
            yield tasks  #~ yield-in-cancel-scope


def sync_scope():
    with trio.CancelScope() as scope:
        yield scope  #~ yield-in-cancel-scope


async def anyio_scope():
    with anyio.fail_after(1):
        value = yield  #~ yield-in-cancel-scope
        print(value)


async def resource(client):
    async with client.stream() as stream:
        yield stream  #~ yield-in-cancel-scope


async def file(path):
    with open(path) as lines:
        for line in lines:
            yield line  #~ yield-in-cancel-scope


async def nested(client):
    if client:
        async with asyncio.timeout(1):
            try:
                yield 1  #~ yield-in-cancel-scope
            finally:
                print("done")


async def nursery():
    async with trio.open_nursery():
        yield  #~ yield-in-cancel-scope


@asynccontextmanager
async def managed():
    async with asyncio.timeout(1):
        yield  # ok


@contextlib.contextmanager
def plain_manager():
    with trio.CancelScope():
        yield  # ok


@pytest.fixture
async def fixture():
    async with asyncio.TaskGroup() as tasks:
        yield tasks  # ok


@pytest.fixture(scope="module")
async def wide():
    async with asyncio.timeout(1):
        yield  # ok


async def after():
    async with asyncio.timeout(1):
        print("working")
    yield 1  # ok


async def inner():
    async with asyncio.timeout(1):

        def numbers():
            yield 1  # ok

        await asyncio.sleep(0)
    return numbers


def lines(path):
    with open(path) as file:
        for line in file:
            yield line  # ok


async def bare():
    yield 1  # ok
    for i in range(3):
        yield i  # ok
