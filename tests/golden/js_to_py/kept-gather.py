import asyncio


# Work that is started together now and waited for later; an order that a lambda has no room for.
async def weigh(crate):
    return len(crate)


async def main():
    weights = asyncio.gather(weigh("figs"), weigh("dates"))
    print("weighing")
    print(await weights)
    crates = [{"label": "b", "kilos": None}, {"label": "a", "kilos": 2}]

    def sort_key(x):
        kilos = x["kilos"]
        return (kilos if kilos is not None else 0, x["label"])

    crates.sort(key=sort_key)
    print(" ".join(crate["label"] for crate in crates))


if __name__ == "__main__":
    asyncio.run(main())
