import asyncio
from dataclasses import dataclass, field


@dataclass
class Room:
    members: dict[str, asyncio.Queue] = field(default_factory=dict)

    def join(self, who: str) -> None:
        self.members[who] = asyncio.Queue()

    async def say(self, who: str, text: str) -> None:
        for name, inbox in self.members.items():
            if name != who:
                await inbox.put(f"{who}: {text}")


async def main() -> None:
    room = Room()
    for name in ("ann", "ben", "cat"):
        room.join(name)
    await room.say("ann", "hi all")
    await asyncio.sleep(0.005)
    await room.say("cat", "hey")
    for name, inbox in room.members.items():
        print(name, [inbox.get_nowait() for _ in range(inbox.qsize())])


if __name__ == "__main__":
    asyncio.run(main())
