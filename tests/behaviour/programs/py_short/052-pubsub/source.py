import asyncio
from collections import defaultdict
from typing import Awaitable, Callable

Handler = Callable[[str], Awaitable[None]]

class Bus:
    def __init__(self) -> None:
        self._subs: defaultdict[str, list[Handler]] = defaultdict(list)

    def on(self, topic: str):
        def register(fn: Handler) -> Handler:
            self._subs[topic].append(fn)
            return fn
        return register

    async def publish(self, topic: str, msg: str) -> int:
        await asyncio.gather(*(h(msg) for h in self._subs[topic]))
        return len(self._subs[topic])

bus = Bus()
@bus.on("news")
async def shout(msg: str) -> None:
    print(msg.upper() + "!")

@bus.on("news")
async def whisper(msg: str) -> None:
    print(msg.lower() + "...")

print(asyncio.run(bus.publish("news", "Rain Today")))
