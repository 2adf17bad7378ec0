import asyncio
import re
from collections import deque
from urllib.parse import urljoin, urlparse

SITE = {
    "http://site.test/": '<a href="/about">About</a> <a href="/blog/">Blog</a>',
    "http://site.test/about": '<a href="/">Home</a> <a href="http://other.test/">x</a>',
    "http://site.test/blog/": '<a href="post-1">1</a><a href="post-2">2</a><a href="/missing">?</a>',
    "http://site.test/blog/post-1": '<a href="../about">about</a>',
    "http://site.test/blog/post-2": "no links",
}
HREF = re.compile(r'href="([^"]+)"')


class HTTPError(Exception):
    def __init__(self, status, url):
        self.status = status
        self.url = url

    def __str__(self):
        return f"{self.status} {self.url}"


async def fetch(url):
    await asyncio.sleep(0.001)
    try:
        return SITE[url]
    except KeyError:
        raise HTTPError(404, url) from None


class Crawler:
    def __init__(self, root, limit=2, max_pages=100):
        self.root = root
        self.host = urlparse(root).netloc
        self.sem = asyncio.Semaphore(limit)
        self.max_pages = max_pages
        self.seen = set()
        self.pages = {}
        self.errors = []

    def links(self, base, html):
        for m in HREF.finditer(html):
            url = urljoin(base, m.group(1))
            if urlparse(url).netloc == self.host:
                yield url

    async def visit(self, url, depth):
        async with self.sem:
            try:
                html = await fetch(url)
            except HTTPError as e:
                self.errors.append(e)
                return []
        self.pages[url] = depth
        return list(self.links(url, html))

    async def run(self):
        frontier = deque([(self.root, 0)])
        self.seen.add(self.root)
        while frontier and len(self.pages) < self.max_pages:
            level = list(frontier)
            frontier.clear()
            results = await asyncio.gather(*[self.visit(u, d) for u, d in level])
            for (url, depth), found in zip(level, results):
                for link in found:
                    if link not in self.seen:
                        self.seen.add(link)
                        frontier.append((link, depth + 1))


async def main():
    crawler = Crawler("http://site.test/")
    await crawler.run()
    for url, depth in sorted(crawler.pages.items(), key=lambda kv: (kv[1], kv[0])):
        print("  " * depth + urlparse(url).path)
    print("errors:", [str(e) for e in crawler.errors])
    print(len(crawler.seen), "seen;", max(crawler.pages.values()), "deep")


if __name__ == "__main__":
    asyncio.run(main())
