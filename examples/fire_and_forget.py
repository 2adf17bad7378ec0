"""A ticket machine prints at once and reports to the office in the background."""

import asyncio

background = set()


async def report(ticket):
    await asyncio.sleep(0.01)
    print(f"office knows of ticket {ticket}")


def print_ticket(ticket):
    task = asyncio.create_task(report(ticket))
    background.add(task)
    task.add_done_callback(background.discard)
    print(f"ticket {ticket}")


async def main():
    for number in range(1, 4):
        print_ticket(number)
    print("machine idle")
    await asyncio.gather(*background)
    print("all reported")


if __name__ == "__main__":
    asyncio.run(main())
