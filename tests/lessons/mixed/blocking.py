# only: blocking-http, blocking-input, blocking-open, blocking-path, blocking-sleep, blocking-subprocess
import asyncio, time
from time import sleep
import time as t
import requests, subprocess, os
from pathlib import Path
from subprocess import run as sh
from urllib.request import urlopen
import os.path as osp
from os import path, system
import httpx
async def f(p: Path, files):
    time.sleep(1)  #~ blocking-sleep
    sleep(1)  #~ blocking-sleep
    t.sleep(0.1)  #~ blocking-sleep
    requests.get("x")  #~ blocking-http
    s = requests.Session()
    s.get("x")  #~ blocking-http
    with requests.Session() as s2:
        s2.post("x")  #~ blocking-http
    requests.session().get("y")  #~ blocking-http
    urlopen("x")  #~ blocking-http
    httpx.get("x")  #~ blocking-http
    async with httpx.AsyncClient() as c:
        await c.get("x")
    with httpx.Client() as c2:
        c2.get("x")  #~ blocking-http
    sh(["ls"])  #~ blocking-subprocess
    subprocess.check_output("ls")  #~ blocking-subprocess
    system("ls")  #~ blocking-subprocess
    pr = subprocess.Popen("x")  #~ blocking-subprocess
    pr.wait()  #~ blocking-subprocess
    pr.communicate()  #~ blocking-subprocess
    open("x")  #~ blocking-open
    with open("x") as fh:  #~ blocking-open
        fh.read()
    p.read_text()  #~ blocking-path
    p.open()  #~ blocking-open
    Path("x").exists()  #~ blocking-path
    (p / "a").mkdir()  #~ blocking-path
    osp.exists("x")  #~ blocking-path
    path.isfile("x")  #~ blocking-path
    os.path.getsize("x")  #~ blocking-path
    input("x")  #~ blocking-input
    name = input()  #~ blocking-input
    x = [open(n) for n in files]  #~ blocking-open
    def inner():
        time.sleep(1)
        open("x")
    lambda: time.sleep(1)
    await asyncio.to_thread(time.sleep, 1)
    await asyncio.to_thread(lambda: open("x").read())
    for q in p.iterdir():  #~ blocking-path
        q.unlink()  #~ blocking-path
    class X:
        y = open("x")  #~ blocking-open
    await asyncio.get_running_loop().run_in_executor(None, time.sleep, 1)
def g():
    time.sleep(1)
    async def h():
        time.sleep(1)  #~ blocking-sleep
    open("x")
async def shadow(open, input, time):
    open("x"); input(); time.sleep(1)
async def agen():
    yield time.sleep(1)  #~ blocking-sleep
    try:
        pass
    finally:
        time.sleep(2)  #~ blocking-sleep
