import asyncio

class Config:
    def __init__(self, data: dict):
        self._data = data

    @classmethod
    async def load(cls, name: str) -> "Config":
        await asyncio.sleep(0.005)
        return cls({"name": name, "debug": name == "dev"})

    @staticmethod
    async def validate(data: dict) -> bool:
        await asyncio.sleep(0)
        return "name" in data

    def __getattr__(self, key):
        try:
            return self._data[key]
        except KeyError:
            raise AttributeError(key) from None

async def main():
    cfg = await Config.load("dev")
    print(cfg.name, cfg.debug, await Config.validate({}))
    print(hasattr(cfg, "port"), getattr(cfg, "port", 8080))

asyncio.run(main())
