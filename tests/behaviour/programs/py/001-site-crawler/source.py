"""Breadth-first crawler against a small in-memory web site."""
from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlparse

SITE = {
    "/": '<title>Home</title> <a href="/docs/">docs</a> <a href="/blog/">blog</a> <a href="https://other.example/x">ext</a>',
    "/docs/": '<title>Docs</title> <a href="install.html">install</a> <a href="api.html">api</a>',
    "/docs/install.html": '<title>Install</title> <a href="/">home</a>',
    "/docs/api.html": '<title>API</title> <a href="/missing">?</a> <a href="#top">top</a>',
    "/blog/": '<title>Blog</title> <a href="/blog/1">one</a> <a href="/blog/2">two</a>',
    "/blog/1": '<title>First post</title> <a href="/blog/2">next</a>',
    "/blog/2": "<p>no title here</p>",
}

HREF = re.compile(r'href="([^"#]+)[^"]*"')
TITLE = re.compile(r"<title>(.*?)</title>")


class HTTPError(Exception):
    def __init__(self, status: int, url: str):
        super().__init__(f"{status} for {url}")
        self.status = status


@dataclass
class Page:
    url: str
    depth: int
    status: int = 200
    title: str | None = None
    links: list[str] = field(default_factory=list)


async def fetch(url: str) -> str:
    await asyncio.sleep(0.005)
    path = urlparse(url).path
    try:
        return SITE[path]
    except KeyError:
        raise HTTPError(404, url) from None


class Crawler:
    def __init__(self, root: str, workers: int = 3, max_depth: int = 3):
        self.root = root
        self.host = urlparse(root).netloc
        self.workers = workers
        self.max_depth = max_depth
        self.queue: asyncio.Queue[tuple[str, int]] = asyncio.Queue()
        self.seen: set[str] = set()
        self.pages: dict[str, Page] = {}
        self.external: set[str] = set()

    def enqueue(self, url: str, depth: int) -> None:
        if urlparse(url).netloc != self.host:
            self.external.add(url)
            return
        if url in self.seen or depth > self.max_depth:
            return
        self.seen.add(url)
        self.queue.put_nowait((url, depth))

    async def visit(self, url: str, depth: int) -> None:
        page = self.pages[url] = Page(url, depth)
        try:
            body = await fetch(url)
        except HTTPError as exc:
            page.status = exc.status
            return
        if m := TITLE.search(body):
            page.title = m.group(1)
        page.links = [urljoin(url, href) for href in HREF.findall(body)]
        for link in page.links:
            self.enqueue(link, depth + 1)

    async def worker(self) -> None:
        while True:
            url, depth = await self.queue.get()
            try:
                await self.visit(url, depth)
            finally:
                self.queue.task_done()

    async def run(self) -> dict[str, Page]:
        self.enqueue(self.root, 0)
        tasks = [asyncio.create_task(self.worker(), name=f"worker-{i}") for i in range(self.workers)]
        await self.queue.join()
        for t in tasks:
            t.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        print("workers stopped:", all(isinstance(r, asyncio.CancelledError) for r in results))
        return self.pages


def main() -> None:
    crawler = Crawler("http://site.test/")
    pages = asyncio.run(crawler.run())
    for page in sorted(pages.values(), key=lambda p: (p.depth, p.url)):
        print(f"{page.depth} {page.status} {urlparse(page.url).path:<20} {page.title or '(untitled)':<12} links={len(page.links)}")
    print("external:", ", ".join(sorted(crawler.external)))
    broken = [p.url for p in pages.values() if p.status >= 400]
    print(f"{len(pages)} pages, {len(broken)} broken: {broken}")


if __name__ == "__main__":
    main()
