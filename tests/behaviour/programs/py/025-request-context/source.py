"""Middleware chain with contextvars: every log line knows which request it belongs to."""
import asyncio
import contextvars
import logging
import sys
from contextlib import contextmanager

request_id: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="-")
user_var = contextvars.ContextVar("user")


class ContextFilter(logging.Filter):
    def filter(self, record):
        record.rid = request_id.get()
        record.user = user_var.get("anonymous")
        return True


handler = logging.StreamHandler(sys.stdout)
handler.setFormatter(logging.Formatter("%(levelname).1s [%(rid)s/%(user)s] %(message)s"))
handler.addFilter(ContextFilter())
log = logging.getLogger("app")
log.addHandler(handler)
log.setLevel(logging.DEBUG)


@contextmanager
def bind(var, value):
    token = var.set(value)
    try:
        yield
    finally:
        var.reset(token)


class Response(dict):
    def __init__(self, status, **body):
        super().__init__(status=status, **body)


def with_request_id(app):
    async def middleware(req):
        with bind(request_id, req["id"]):
            return await app(req)
    return middleware


def with_auth(app):
    tokens = {"t-1": "ann", "t-2": "bob"}

    async def middleware(req):
        user = tokens.get(req.get("token"))
        if req["path"].startswith("/private") and user is None:
            log.warning("denied %s", req["path"])
            return Response(401)
        if user is None:
            return await app(req)
        with bind(user_var, user):
            return await app(req)
    return middleware


def with_errors(app):
    async def middleware(req):
        try:
            return await app(req)
        except Exception as e:
            log.error("%s: %s", type(e).__name__, e)
            return Response(500)
    return middleware


async def audit():
    # runs in a child task: inherits a copy of the context
    await asyncio.sleep(0.002)
    user_var.set("auditor")
    log.debug("audit record written")


async def app(req):
    log.info("start %s", req["path"])
    await asyncio.sleep(req.get("delay", 0) / 1000)
    if req["path"] == "/private/audit":
        await asyncio.create_task(audit())
    if req["path"] == "/boom":
        raise ValueError("kaboom")
    log.info("end")
    return Response(200, who=user_var.get(None), rid=request_id.get())


def compose(handler, *middlewares):
    for mw in reversed(middlewares):
        handler = mw(handler)
    return handler


async def main():
    serve = compose(app, with_request_id, with_errors, with_auth)
    requests = [
        {"id": "r1", "path": "/slow", "token": "t-1", "delay": 60},
        {"id": "r2", "path": "/private/audit", "token": "t-2", "delay": 20},
        {"id": "r3", "path": "/private/x"},
        {"id": "r4", "path": "/boom", "delay": 40},
        {"id": "r5", "path": "/ping"},
    ]
    for resp in await asyncio.gather(*map(serve, requests)):
        print(resp)
    log.info("outside of any request")
    ctx = contextvars.copy_context()
    ctx.run(request_id.set, "copied")
    print(ctx[request_id], request_id.get(), user_var in ctx)


asyncio.run(main())
