import asyncio


# What a call does at once is done at once: the promise is settled by others.
class Ferry:
    def __init__(self, seats):
        self.seats = seats
        self.waiting = []

    def board(self, name):
        future = asyncio.get_running_loop().create_future()
        print("at the pier:", name)
        self.waiting.append(
            {"name": name, "resolve": lambda value=None: future.set_result(value)}
        )
        if len(self.waiting) == self.seats:
            self.leave()
        return future

    def leave(self):
        removed = self.waiting[:]
        del self.waiting[:]
        for item in removed:
            name = item["name"]
            resolve = item["resolve"]
            resolve(f"{name} is across")


async def main():
    ferry = Ferry(2)
    ann = ferry.board("Ann")
    print("one waits")
    all_ = [ferry.board(name) for name in ["Bo", "Cy", "Di"]]
    print(await ann, await asyncio.gather(*all_))


if __name__ == "__main__":
    asyncio.run(main())
