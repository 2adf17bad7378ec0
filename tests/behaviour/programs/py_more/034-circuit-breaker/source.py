"""A circuit breaker around a flaky coroutine, driven by a fake clock."""
import asyncio
import enum
from dataclasses import dataclass, field
from typing import Awaitable, Callable, TypeVar

T = TypeVar("T")


class State(enum.Enum):
    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half-open"


class CircuitOpen(RuntimeError):
    def __init__(self, retry_after: float):
        super().__init__(f"circuit open, retry in {retry_after:.1f}s")
        self.retry_after = retry_after


@dataclass
class Clock:
    now: float = 0.0

    def advance(self, seconds: float) -> None:
        self.now += seconds


@dataclass
class Breaker:
    clock: Clock
    threshold: int = 3
    cooldown: float = 10.0
    state: State = State.CLOSED
    failures: int = 0
    opened_at: float = 0.0
    transitions: list[tuple[float, str]] = field(default_factory=list)

    def _go(self, state: State) -> None:
        if state is not self.state:
            self.transitions.append((self.clock.now, f"{self.state.value}->{state.value}"))
            self.state = state

    async def call(self, func: Callable[[], Awaitable[T]]) -> T:
        if self.state is State.OPEN:
            elapsed = self.clock.now - self.opened_at
            if elapsed < self.cooldown:
                raise CircuitOpen(self.cooldown - elapsed)
            self._go(State.HALF_OPEN)
        try:
            result = await func()
        except ConnectionError:
            self.failures += 1
            if self.state is State.HALF_OPEN or self.failures >= self.threshold:
                self.opened_at = self.clock.now
                self._go(State.OPEN)
            raise
        else:
            self.failures = 0
            self._go(State.CLOSED)
            return result


class Backend:
    def __init__(self, script: str) -> None:
        self._script = iter(script)

    async def ping(self) -> str:
        await asyncio.sleep(0)
        match next(self._script, "."):
            case "x":
                raise ConnectionError("refused")
            case "t":
                raise ConnectionResetError("reset by peer")
            case ch:
                return f"pong{ch}"


async def main() -> None:
    clock = Clock()
    breaker = Breaker(clock)
    backend = Backend(".xtx.x..")
    for step in range(12):
        try:
            answer = await breaker.call(backend.ping)
        except CircuitOpen as exc:
            print(f"t={clock.now:>4} {exc} [{exc.retry_after}]")
            clock.advance(4)
        except ConnectionError as exc:
            print(f"t={clock.now:>4} {type(exc).__name__}: {exc}")
            clock.advance(1)
        else:
            print(f"t={clock.now:>4} {answer}")
            clock.advance(0.5)
    for when, what in breaker.transitions:
        print(f"{when:6.2f} {what}")
    print(breaker.state, breaker.state.name, breaker.failures)


asyncio.run(main())
