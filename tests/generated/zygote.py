"""A Python that has its modules loaded and forks a child for each program: a start costs milliseconds.

Reads lines of JSON {"path", "out", "err", "timeout", "memory"} on standard input and answers each with
{"code", "timed_out"}. The child is __main__ of the program and has a session of its own. Programs that
need a fresh interpreter (a changed sys.path, C extensions) are none of its business.
"""

import asyncio  # noqa: F401
import atexit
import collections  # noqa: F401
import contextlib  # noqa: F401
import copy  # noqa: F401
import dataclasses  # noqa: F401
import datetime  # noqa: F401
import decimal  # noqa: F401
import enum  # noqa: F401
import functools  # noqa: F401
import heapq  # noqa: F401
import itertools  # noqa: F401
import json
import math  # noqa: F401
import os
import random  # noqa: F401
import re  # noqa: F401
import resource
import runpy
import signal
import sys
import time
import traceback
import typing  # noqa: F401
import warnings


def run_child(order):
    os.setsid()
    for number, name in ((1, "out"), (2, "err")):
        handle = os.open(order[name], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(handle, number)
    empty = os.open(os.devnull, os.O_RDONLY)
    os.dup2(empty, 0)
    resource.setrlimit(resource.RLIMIT_AS, (order["memory"], order["memory"]))
    os.chdir(os.path.dirname(order["path"]))
    sys.argv = [order["path"]]
    warnings.simplefilter("default", RuntimeWarning)
    code = 0
    try:
        runpy.run_path(order["path"], run_name="__main__")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except BaseException:
        traceback.print_exc()
        code = 1
    finally:
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def wait(child, seconds):
    """(exit code, whether it ran past its time)."""
    end, pause = time.monotonic() + seconds, 0.002
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status), False
        time.sleep(pause)
        pause = min(0.02, pause * 1.3)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return -signal.SIGKILL, True


def main():
    answers = os.fdopen(os.dup(1), "w")
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if not child:
            run_child(order)
        code, timed_out = wait(child, order["timeout"])
        answers.write(json.dumps({"code": code, "timed_out": timed_out}) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
