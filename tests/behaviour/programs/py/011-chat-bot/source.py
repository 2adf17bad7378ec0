"""A chat room with a command bot; commands are registered with a decorator."""
import asyncio
import inspect
import logging
import sys

logging.basicConfig(stream=sys.stdout, level=logging.INFO, format="%(levelname)-7s %(name)s: %(message)s")
log = logging.getLogger("bot")


class UsageError(Exception): ...


class Room:
    def __init__(self, topic="nothing in particular"):
        self.topic = topic
        self.inboxes: dict[str, asyncio.Queue] = {}

    def join(self, nick):
        self.inboxes[nick] = asyncio.Queue()
        return self.inboxes[nick]

    def say(self, nick, text):
        print(f"<{nick}> {text}")
        for other, box in self.inboxes.items():
            if other != nick:
                box.put_nowait((nick, text))


class Bot:
    commands = {}

    def __init__(self, room, nick="helper"):
        self.room, self.nick = room, nick
        self.inbox = room.join(nick)
        self.karma, self.reminders = {}, set()

    @classmethod
    def command(cls, *names):
        def decorate(fn):
            for name in names or (fn.__name__,):
                cls.commands[name] = fn
            return fn
        return decorate

    def reply(self, text):
        self.room.say(self.nick, text)

    async def dispatch(self, nick, text):
        name, *args = text.removeprefix("!").split()
        if not (fn := self.commands.get(name)):
            log.warning("no such command: %s", name)
            return
        try:
            inspect.signature(fn).bind(self, nick, *args)
        except TypeError as e:
            raise UsageError(f"{name}: {e}") from e
        result = fn(self, nick, *args)
        if inspect.isawaitable(result):
            result = await result
        self.reply(f"{nick}: {result}")

    async def run(self):
        while True:
            nick, text = await self.inbox.get()
            if text == "!quit":
                break
            elif text.endswith("++"):
                self.karma[text[:-2]] = self.karma.get(text[:-2], 0) + 1
            elif text.startswith("!"):
                try:
                    await self.dispatch(nick, text)
                except UsageError as e:
                    self.reply(f"{nick}: {e}")
                except Exception:
                    log.error("command failed: %r", text)
        log.info("waiting for %d reminder(s)", len(self.reminders))
        await asyncio.wait(self.reminders)
        log.info("bye, karma=%s", self.karma)


@Bot.command()
def topic(bot, nick, *words):
    if words:
        bot.room.topic = " ".join(words)
    return f"topic is '{bot.room.topic}'"


@Bot.command("calc", "=")
def calc(bot, nick, a, op, b):
    a, b = float(a), float(b)
    return f"{ {'+': a + b, '-': a - b, '*': a * b}[op] :g}"


@Bot.command()
async def remind(bot, nick, ms, *what):
    async def later():
        await asyncio.sleep(int(ms) / 1000)
        bot.reply(f"{nick}, remember: {' '.join(what)}")
    task = asyncio.create_task(later())
    bot.reminders.add(task)
    task.add_done_callback(bot.reminders.discard)
    return "noted"


Bot.command("help", "commands")(lambda bot, nick: " ".join(sorted(bot.commands)))


async def main():
    room = Room()
    runner = asyncio.create_task(Bot(room).run())
    script = ["hello all", "!help", "!topic", "!topic asyncio and tea", "tea++", "!remind 60 water the plants",
              "!calc 6 * 7", "!= 1 / 2", "!calc 1", "!dance", "tea++", "!quit"]
    for nick, line in zip(["ann", "bob"] * len(script), script):
        room.say(nick, line)
        await asyncio.sleep(0.002)
    await runner


asyncio.run(main())
