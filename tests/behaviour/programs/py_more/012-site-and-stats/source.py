"""A tiny crawler over a fake site map with depth limits and stats."""
import asyncio
import random
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Deque, Optional

SITE = {
    "/": ["/about", "/blog", "/shop"],
    "/about": ["/team"],
    "/blog": ["/blog/1", "/blog/2", "/missing"],
    "/shop": ["/shop/cart", "/"],
    "/team": [],
    "/blog/1": ["/blog/2"],
    "/blog/2": ["/blog/1"],
    "/shop/cart": [],
}


class FetchError(Exception):
    def __init__(self, url: str, status: int):
        super().__init__(f"{url} -> {status}")
        self.url = url
        self.status = status


@dataclass
class Page:
    url: str
    depth: int
    links: list[str] = field(default_factory=list)
    error: Optional[str] = None

    @property
    def ok(self) -> bool:
        return self.error is None


@dataclass
class Stats:
    fetched: int = 0
    failed: int = 0
    by_depth: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    latencies: Deque[float] = field(default_factory=lambda: deque(maxlen=3))

    def record(self, page: Page, latency: float) -> None:
        if page.ok:
            self.fetched += 1
        else:
            self.failed += 1
        self.by_depth[page.depth] += 1
        self.latencies.append(latency)

    def summary(self) -> str:
        depths = ", ".join(f"{d}:{n}" for d, n in sorted(self.by_depth.items()))
        return f"fetched={self.fetched} failed={self.failed} depths=[{depths}]"


async def fetch(url: str) -> list[str]:
    await asyncio.sleep(0.001)
    if url not in SITE:
        raise FetchError(url, 404)
    return SITE[url]


class Crawler:
    def __init__(self, start: str, max_depth: int = 3, workers: int = 2):
        self.start = start
        self.max_depth = max_depth
        self.workers = workers
        self.seen: set[str] = {start}
        self.queue: deque[tuple[str, int]] = deque([(start, 0)])
        self.pages: list[Page] = []
        self.stats = Stats()

    async def visit(self, url: str, depth: int) -> Page:
        page = Page(url, depth)
        try:
            page.links = await fetch(url)
        except FetchError as exc:
            page.error = str(exc)
            print("  error:", exc, exc.status)
        return page

    async def run(self) -> list[Page]:
        while self.queue:
            batch = []
            while self.queue and len(batch) < self.workers:
                batch.append(self.queue.popleft())
            pages = await asyncio.gather(*(self.visit(u, d) for u, d in batch))
            for page in pages:
                self.pages.append(page)
                self.stats.record(page, 0.5)
                if page.depth >= self.max_depth:
                    continue
                for link in page.links:
                    if link not in self.seen:
                        self.seen.add(link)
                        self.queue.append((link, page.depth + 1))
        return self.pages


async def main() -> None:
    crawler = Crawler("/", max_depth=2)
    pages = await crawler.run()
    for p in sorted(pages, key=lambda p: (p.depth, p.url)):
        mark = "ok " if p.ok else "ERR"
        print(f"{mark} {'  ' * p.depth}{p.url:<12} links={len(p.links)}")
    print(crawler.stats.summary())
    print(list(crawler.stats.latencies), sum(crawler.stats.latencies) / len(crawler.stats.latencies))
    print(pages[0])


if __name__ == "__main__":
    asyncio.run(main())
