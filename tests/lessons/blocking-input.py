import builtins
import getpass
from getpass import getpass as ask


async def found():
    input()  #~ blocking-input
    name = input("name? ")  #~ blocking-input
    builtins.input()  #~ blocking-input
    getpass.getpass()  #~ blocking-input
    ask()  #~ blocking-input
    while input("more? ") == "y":  #~ blocking-input
        print(name)
    return [input() for _ in range(2)]  #~ blocking-input


class Menu:
    async def run(self):
        return int(input())  #~ blocking-input

    def plain(self):
        return input()  # ok


def plain():
    return input()  # ok


async def fine(input, asyncio, form):
    input()  # ok
    form.input()  # ok
    await asyncio.to_thread(plain)  # ok
    await form.input()  # ok

    def inner():
        return builtins.input()  # ok

    return inner


input()  # ok
