import asyncio

class Fetcher:
    """Fetch pages with a limit on parallel requests and a small cache."""

    def __init__(self, limit: int = 2) -> None:
        self._sem = asyncio.Semaphore(limit)
        self._cache: dict[str, str] = {}
        self.misses = 0

    async def get(self, url: str) -> str:
        if url in self._cache:
            return self._cache[url]
        async with self._sem:
            self.misses += 1
            await asyncio.sleep(0.005)
            self._cache[url] = f"<html>{url.rsplit('/', 1)[-1]}</html>"
        return self._cache[url]

async def main() -> None:
    f = Fetcher()
    urls = [f"http://example.test/p{i}" for i in range(3)]
    print(await asyncio.gather(*map(f.get, urls)))
    print(await f.get(urls[0]))
    print("misses:", f.misses)

if __name__ == "__main__":
    asyncio.run(main())
