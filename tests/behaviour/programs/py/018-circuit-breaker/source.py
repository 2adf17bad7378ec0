"""Circuit breaker in front of an unreliable service."""
from __future__ import annotations

import asyncio
import enum
import time
from collections.abc import Awaitable, Callable


class State(enum.Enum):
    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half-open"

    def __str__(self):
        return self.value


class CircuitOpen(Exception):
    pass


class CircuitBreaker:
    def __init__(self, *, threshold: int, cooldown: float, clock: Callable[[], float] = time.monotonic):
        self.threshold = threshold
        self.cooldown = cooldown
        self._clock = clock
        self._failures = 0
        self._opened_at = 0.0
        self._state = State.CLOSED
        self._probe = asyncio.Lock()
        self.history: list[str] = []

    @property
    def state(self) -> State:
        if self._state is State.OPEN and self._clock() - self._opened_at >= self.cooldown:
            self._become(State.HALF_OPEN)
        return self._state

    def _become(self, new: State) -> None:
        self.history.append(f"{self._state} -> {new}")
        self._state = new

    async def call(self, fn: Callable[..., Awaitable], *args):
        state = self.state
        if state is State.OPEN:
            raise CircuitOpen("short-circuited")
        if state is State.HALF_OPEN:
            # a single probe at a time
            if self._probe.locked():
                raise CircuitOpen("probe in progress")
            async with self._probe:
                return await self._attempt(fn, args)
        return await self._attempt(fn, args)

    async def _attempt(self, fn, args):
        try:
            result = await fn(*args)
        except Exception:
            self._failures += 1
            if self._state is State.HALF_OPEN or self._failures >= self.threshold:
                self._opened_at = self._clock()
                self._become(State.OPEN)
            raise
        self._failures = 0
        if self._state is not State.CLOSED:
            self._become(State.CLOSED)
        return result


class Service:
    healthy = True

    async def ping(self, n: int) -> str:
        await asyncio.sleep(0.002)
        if not self.healthy:
            raise ConnectionError(f"refused #{n}")
        return f"pong {n}"


async def attempt(breaker: CircuitBreaker, service: Service, n: int) -> str:
    try:
        return await breaker.call(service.ping, n)
    except (ConnectionError, CircuitOpen) as e:
        return f"{type(e).__name__}({e})"


async def main():
    service = Service()
    breaker = CircuitBreaker(threshold=3, cooldown=0.05)

    print(await attempt(breaker, service, 1), "|", breaker.state)
    service.healthy = False
    for n in range(2, 7):
        print(await attempt(breaker, service, n), "|", breaker.state)

    await asyncio.sleep(0.08)
    print("after cooldown:", breaker.state)
    print(await attempt(breaker, service, 7), "|", breaker.state)

    await asyncio.sleep(0.08)
    service.healthy = True
    for line in await asyncio.gather(*(attempt(breaker, service, n) for n in (8, 9, 10))):
        print("burst:", line)
    print(await attempt(breaker, service, 11), "|", breaker.state)
    print(*breaker.history, sep="; ")


asyncio.run(main())
