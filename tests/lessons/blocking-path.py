import os
import os.path
from os.path import exists
from pathlib import Path


async def found(path: Path, name):
    os.path.exists(name)  #~ blocking-path
    exists(name)  #~ blocking-path
    os.path.getsize(name)  #~ blocking-path
    path.exists()  #~ blocking-path
    Path(name).read_text()  #~ blocking-path
    (Path(name) / "x").mkdir()  #~ blocking-path
    other = Path(name)
    other.unlink()  #~ blocking-path
    for child in path.iterdir():  #~ blocking-path
        child.name
    return os.path.isdir(name)  #~ blocking-path


def plain(path: Path):
    path.exists()  # ok


async def fine(path: Path, other, exists):
    os.path.join("a", "b")  # ok
    os.path.basename("a")  # ok
    path.with_suffix(".txt")  # ok
    other.exists()  # ok
    exists("x")  # ok
    await other.read_text()  # ok
    path.joinpath("a").name  # ok

    def inner():
        return path.exists()  # ok

    return inner
