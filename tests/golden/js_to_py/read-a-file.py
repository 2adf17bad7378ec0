import asyncio
import sys
from pathlib import Path


async def show():
    try:
        text = await asyncio.to_thread(Path("./notes.txt").read_text, encoding="utf-8")
        print(text)
    except Exception as err:
        print("Error:", err, file=sys.stderr)


if __name__ == "__main__":
    asyncio.run(show())
