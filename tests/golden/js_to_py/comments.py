#!/usr/bin/env python3
# A tour of the places where comments stand.

# The harbour's address.
import asyncio


async def report(
    berth,  # its number
    depth,  # in metres
):
    """Reports on one berth."""
    # first
    await asyncio.sleep(0.005)  # a moment
    if depth > 3:  # deep
        # big ships
        return [
            berth,  # number
            # and depth
            depth,
            # nothing else
        ]
    # shallow
    elif berth > 1:
        print(
            # which
            berth,
            5,  # metres
        )
    else:
        # no ships
        pass
    try:
        await asyncio.sleep(0.001)
    except Exception:
        # never mind
        pass
    sizes = {
        # the smallest
        "small": 1,  # one
        "large": 2,
        # no more
    }
    # all of them
    for size in list(sizes):  # each
        print(size)  # said
        # next
    return []
    # the end of report


class Pier:
    def __init__(self):
        # how long
        self.length = 10  # metres

    def lights(self):
        return 3  # bulbs

    # the end of Pier


async def main():
    # go
    print(await report(1, 4), Pier().lights())


if __name__ == "__main__":
    asyncio.run(main())
# out
