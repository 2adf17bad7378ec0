import os
import subprocess
import subprocess as sp
from subprocess import run, check_output as output


async def found(path):
    subprocess.run(["ls"])  #~ blocking-subprocess
    sp.call(["ls"])  #~ blocking-subprocess
    run(["ls"])  #~ blocking-subprocess
    output(["ls"])  #~ blocking-subprocess
    subprocess.check_call(["ls"])  #~ blocking-subprocess
    os.system("ls")  #~ blocking-subprocess
    os.popen("ls")  #~ blocking-subprocess
    process = subprocess.Popen(["ls"])  #~ blocking-subprocess
    process.wait()  #~ blocking-subprocess
    os.waitpid(1, 0)  #~ blocking-subprocess


def plain():
    subprocess.run(["ls"])  # ok


async def fine(asyncio, run, os2):
    await asyncio.create_subprocess_exec("ls")  # ok
    run(["ls"])  # ok
    os2.system("ls")  # ok
    await asyncio.to_thread(subprocess.run, ["ls"])  # ok
    os.getpid()  # ok
    subprocess.list2cmdline(["ls"])  # ok

    def inner():
        return subprocess.run(["ls"])  # ok

    return inner


os.system("ls")  # ok
