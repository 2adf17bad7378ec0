"""Debounced search box and throttled scroll handler, as decorators over the running loop."""
import asyncio
from functools import partial, update_wrapper


class debounce:
    """Call the function only after `delay` seconds without another call."""

    def __init__(self, delay):
        self.delay = delay

    def __call__(self, fn):
        return update_wrapper(_Debounced(fn, self.delay), fn)


class _Debounced:
    def __init__(self, fn, delay):
        self.fn = fn
        self.delay = delay
        self.timer = None
        self.suppressed = 0

    def __call__(self, *args, **kwargs):
        if self.timer is not None:
            self.timer.cancel()
            self.suppressed += 1
        self.pending = partial(self.fn, *args, **kwargs)
        self.timer = asyncio.get_running_loop().call_later(self.delay, self.flush)

    def flush(self):
        """Run a pending call right now."""
        if self.timer is None:
            return False
        self.timer.cancel()
        self.timer = None
        self.pending()
        return True


def throttle(interval):
    """Leading-edge throttle: at most one call per interval, extra calls are counted."""

    def decorate(fn):
        open_gate = True

        def reopen():
            nonlocal open_gate
            open_gate = True

        def wrapper(*args, **kwargs):
            nonlocal open_gate
            if not open_gate:
                wrapper.skipped += 1
                return None
            open_gate = False
            asyncio.get_running_loop().call_later(interval, reopen)
            return fn(*args, **kwargs)

        wrapper.skipped = 0
        return update_wrapper(wrapper, fn)

    return decorate


searches = []


@debounce(0.03)
def search(text, *, case=False):
    """Look up text."""
    searches.append(text if case else text.lower())
    print(f"  searching for {searches[-1]!r}")


@throttle(0.05)
def scroll(y):
    print(f"  scrolled to {y}")
    return y


async def type_text(text, pause=0.001):
    typed = ""
    for ch in text:
        typed += ch
        search(typed)
        await asyncio.sleep(pause)


async def main():
    print("typing")
    await type_text("Asyn")
    await asyncio.sleep(0.06)
    await type_text("Asyncio")
    print("flush:", search.flush(), search.flush())
    search("MiXeD", case=True)
    await asyncio.sleep(0.06)
    print(f"{search.__name__}: {search.__doc__} suppressed={search.suppressed} ran={searches}")

    print("scrolling")
    results = [scroll(y) for y in range(0, 300, 100)]
    await asyncio.sleep(0.08)
    results.append(scroll(300))
    await asyncio.sleep(0.01)
    results.append(scroll(400))
    print("returned", results, "skipped", scroll.skipped)


asyncio.run(main())
