import time
import time as clock
from time import sleep
from time import sleep as pause


async def found(items):
    time.sleep(1)  #~ blocking-sleep
    clock.sleep(1)  #~ blocking-sleep
    sleep(1)  #~ blocking-sleep
    pause(1)  #~ blocking-sleep
    for item in items:
        time.sleep(item)  #~ blocking-sleep
    try:
        time.sleep(0.1)  #~ blocking-sleep
    finally:
        time.sleep(0.2)  #~ blocking-sleep


class Job:
    async def run(self):
        time.sleep(self.delay)  #~ blocking-sleep

    def plain(self):
        time.sleep(1)  # ok


def plain():
    time.sleep(1)  # ok

    async def inner():
        time.sleep(1)  #~ blocking-sleep

    return inner


async def fine(asyncio, sleep):
    await asyncio.sleep(1)  # ok
    await sleep(1)  # ok
    sleep(1)  # ok
    await asyncio.to_thread(time.sleep, 1)  # ok

    def helper():
        time.sleep(1)  # ok

    wait = lambda: time.sleep(1)  # ok
    return helper, wait


time.sleep(1)  # ok
