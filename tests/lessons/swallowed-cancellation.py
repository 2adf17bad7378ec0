import asyncio
from asyncio import CancelledError


async def found(queue, flag):
    try:
        await queue.get()
    except asyncio.CancelledError:  #~ swallowed-cancellation
        pass
    try:
        await queue.get()
    except CancelledError:  #~ swallowed-cancellation
        print("stopped")
    try:
        await queue.get()
    except BaseException:  #~ swallowed-cancellation
        print("failed")
    try:
        await queue.get()
    except:  #~ swallowed-cancellation
        print("failed")
    try:
        await queue.get()
    except (ValueError, asyncio.CancelledError):  #~ swallowed-cancellation
        print("failed")
    try:
        await queue.get()
    except asyncio.CancelledError:  #~ swallowed-cancellation
        if flag:
            raise
    try:
        await queue.get()
    except asyncio.CancelledError as error:
        raise ValueError("stopped") from error  #~ swallowed-cancellation


async def returns(queue):
    try:
        await queue.get()
    except BaseException:
        return None  #~ swallowed-cancellation


async def loops(queue):
    while True:
        try:
            await queue.get()
        except asyncio.CancelledError:
            break  #~ swallowed-cancellation


async def fine(queue, flag, task):
    try:
        await queue.get()
    except asyncio.CancelledError:  # ok
        print("stopping")
        raise
    try:
        await queue.get()
    except BaseException as error:  # ok
        raise error
    try:
        await queue.get()
    except Exception:  # ok
        pass
    try:
        await queue.get()
    except asyncio.CancelledError:  # ok
        if flag:
            raise
        else:
            raise
    try:
        await queue.get()
    except asyncio.CancelledError:  # ok
        raise
    except:  # ok
        pass
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:  # ok
        pass
    try:
        print(flag)
    except:  # ok
        pass
    try:
        await queue.get()
    except BaseException:  # ok
        try:
            print("cleaning")
        finally:
            raise


def plain(queue):
    try:
        queue.get()
    except BaseException:  # ok
        pass
