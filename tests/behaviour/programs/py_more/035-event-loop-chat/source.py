import asyncio
from dataclasses import dataclass, field


@dataclass(eq=False)
class Client:
    name: str
    inbox: asyncio.Queue = field(default_factory=asyncio.Queue)
    muted: set = field(default_factory=set)

    def send(self, text):
        self.inbox.put_nowait(text)


class Room:
    commands = {}

    def __init__(self, title):
        self.title = title
        self.clients: dict[str, Client] = {}
        self.log = []

    @classmethod
    def command(cls, name):
        def register(fn):
            cls.commands[name] = fn
            return fn
        return register

    def join(self, client):
        if client.name in self.clients:
            raise ValueError(f"{client.name} is taken")
        self.broadcast(f"* {client.name} joined")
        self.clients[client.name] = client

    def leave(self, client):
        self.clients.pop(client.name, None)
        self.broadcast(f"* {client.name} left")

    def broadcast(self, text, sender=None):
        self.log.append(text)
        for client in self.clients.values():
            if sender is None or sender.name not in client.muted:
                client.send(text)

    async def handle(self, client, line):
        if line.startswith("/"):
            name, _, rest = line[1:].partition(" ")
            handler = self.commands.get(name)
            if handler is None:
                client.send(f"unknown command: {name}")
                return
            result = handler(self, client, *rest.split())
            if asyncio.iscoroutine(result):
                result = await result
            if result:
                client.send(result)
        else:
            self.broadcast(f"<{client.name}> {line}", client)


@Room.command("who")
def who(room, client):
    return ", ".join(sorted(room.clients))


@Room.command("mute")
def mute(room, client, *names):
    client.muted.update(names)
    return f"muted {len(client.muted)}"


@Room.command("sleep")
async def nap(room, client, seconds="0"):
    await asyncio.sleep(float(seconds))
    return "awake"


async def session(room, name, lines, results):
    client = Client(name)
    room.join(client)
    try:
        for line in lines:
            await room.handle(client, line)
            await asyncio.sleep(0.01)
    finally:
        room.leave(client)
        got = []
        while not client.inbox.empty():
            got.append(client.inbox.get_nowait())
        results[name] = got


async def main():
    room = Room("lobby")
    results = {}
    await asyncio.gather(
        session(room, "ann", ["hi", "/who", "/mute bob", "bye"], results),
        session(room, "bob", ["hello", "/dance", "/sleep 0.001"], results),
    )
    for name in results:
        print(name)
        for line in results[name]:
            print("   ", line)
    print(len(room.log), room.log[-1], sorted(Room.commands))
    room.join(Client("zed"))
    try:
        room.join(Client("zed"))
    except ValueError as e:
        print("error:", e)


asyncio.run(main())
