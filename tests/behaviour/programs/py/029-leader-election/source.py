"""Heartbeat based leader election among three in-process nodes."""
from __future__ import annotations

import asyncio
from contextlib import suppress
from enum import Enum

ROLE = Enum("ROLE", "FOLLOWER CANDIDATE LEADER")
HEARTBEAT = 0.01


class Network:
    def __init__(self):
        self.nodes: dict[str, Node] = {}
        self.partitioned: set[str] = set()
        self.log: list[str] = []

    def peers(self, me: str):
        if me in self.partitioned:
            return
        for name, node in self.nodes.items():
            if name != me and name not in self.partitioned and node.alive:
                yield node

    def note(self, text: str) -> None:
        self.log.append(text)
        print(text)


class Node:
    def __init__(self, name: str, net: Network, patience: float):
        self.name, self.net, self.patience = name, net, patience
        self.role = ROLE.FOLLOWER
        self.term = 0
        self.voted_in = 0
        self.leader: str | None = None
        self.beat = asyncio.Event()
        self.task: asyncio.Task | None = None
        net.nodes[name] = self

    @property
    def alive(self) -> bool:
        return self.task is not None and not self.task.done()

    def start(self) -> None:
        self.role = ROLE.FOLLOWER
        self.task = asyncio.create_task(self.main())

    async def crash(self) -> None:
        self.task.cancel()
        with suppress(asyncio.CancelledError):
            await self.task
        self.net.note(f"{self.name} crashed")

    # "RPC" handlers
    def append_entries(self, term: int, leader: str) -> bool:
        if term < self.term:
            return False
        if self.role is not ROLE.FOLLOWER and leader != self.name:
            self.net.note(f"{self.name} steps down, {leader} leads term {term}")
        self.term, self.leader, self.role = term, leader, ROLE.FOLLOWER
        self.beat.set()
        return True

    def request_vote(self, term: int, candidate: str) -> bool:
        if term <= max(self.term, self.voted_in):
            return False
        self.voted_in = term
        self.beat.set()
        return True

    async def main(self) -> None:
        while True:
            if self.role is ROLE.LEADER:
                for peer in self.net.peers(self.name):
                    peer.append_entries(self.term, self.name)
                await asyncio.sleep(HEARTBEAT)
                continue
            self.beat.clear()
            try:
                await asyncio.wait_for(self.beat.wait(), self.patience)
            except asyncio.TimeoutError:
                self.campaign()

    def campaign(self) -> None:
        self.role = ROLE.CANDIDATE
        self.term = self.voted_in = max(self.term, self.voted_in) + 1
        votes = 1 + sum(p.request_vote(self.term, self.name) for p in self.net.peers(self.name))
        if votes * 2 > len(self.net.nodes):
            self.role, self.leader = ROLE.LEADER, self.name
            self.net.note(f"{self.name} wins term {self.term} with {votes} votes")


async def main() -> None:
    net = Network()
    a, b, c = (Node(n, net, p) for n, p in (("a", 0.04), ("b", 0.09), ("c", 0.15)))
    for node in (a, b, c):
        node.start()
    await asyncio.sleep(0.1)
    print({n.name: (n.role.name, n.leader) for n in (a, b, c)})

    await a.crash()
    await asyncio.sleep(0.18)
    a.start()
    await asyncio.sleep(0.06)
    print({n.name: (n.role.name, n.leader, n.term) for n in (a, b, c)})

    net.partitioned.add("b")
    print("-- b is cut off")
    await asyncio.sleep(0.1)
    net.partitioned.clear()
    print("-- network healed")
    await asyncio.sleep(0.06)
    print("agreed:", len({n.leader for n in (a, b, c)}) == 1, "terms:", {n.term for n in (a, b, c)})
    for n in (a, b, c):
        n.task.cancel()
    print("events:", len(net.log))


asyncio.run(main())
