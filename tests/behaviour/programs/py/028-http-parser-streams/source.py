"""Parse HTTP/1.1 messages from StreamReaders that receive their data in odd pieces."""
import asyncio
from dataclasses import dataclass, field
from http import HTTPStatus


class BadRequest(Exception):
    status = HTTPStatus.BAD_REQUEST


class TooLarge(BadRequest):
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


@dataclass
class Request:
    method: str
    target: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def keep_alive(self) -> bool:
        return self.headers.get("connection", "keep-alive").lower() != "close"


async def read_chunked(reader: asyncio.StreamReader) -> bytes:
    body = bytearray()
    while True:
        size = int((await reader.readline()).split(b";")[0], 16)
        body += await reader.readexactly(size)
        if await reader.readexactly(2) != b"\r\n":
            raise BadRequest("chunk not terminated")
        if size == 0:
            return bytes(body)


async def read_request(reader: asyncio.StreamReader, max_body: int = 64) -> Request | None:
    line = await reader.readline()
    if not line:
        return None
    try:
        method, target, version = line.decode("ascii").split()
    except ValueError:
        raise BadRequest(f"malformed request line {line!r}") from None
    req = Request(method, target)
    while (line := await reader.readuntil(b"\r\n")) != b"\r\n":
        name, sep, value = line.decode("latin-1").partition(":")
        if not sep:
            raise BadRequest(f"malformed header {name.strip()!r}")
        req.headers[name.strip().lower()] = value.strip()
    if req.headers.get("transfer-encoding") == "chunked":
        req.body = await read_chunked(reader)
    elif (n := int(req.headers.get("content-length", 0))) > max_body:
        raise TooLarge(f"{n} bytes")
    elif n:
        req.body = await reader.readexactly(n)
    return req


async def handle(req: Request) -> tuple[HTTPStatus, bytes]:
    match req:
        case Request("GET", "/"):
            return HTTPStatus.OK, b"welcome\n"
        case Request("POST", "/echo", body=body) if body:
            return HTTPStatus.OK, body.upper()
        case Request("POST", "/echo"):
            return HTTPStatus.NO_CONTENT, b""
        case Request(target="/" | "/echo"):
            return HTTPStatus.METHOD_NOT_ALLOWED, req.method.encode()
    return HTTPStatus.NOT_FOUND, req.target.encode()


async def connection(label: str, reader: asyncio.StreamReader) -> list[str]:
    lines = [f"== {label}"]
    try:
        while req := await read_request(reader):
            status, body = await handle(req)
            lines.append(f"{req.method} {req.target} -> {status.value} {status.phrase} {body!r}")
            if not req.keep_alive:
                lines.append("closing as requested")
                break
    except BadRequest as e:
        lines.append(f"-> {e.status.value} {e.status.phrase}: {e}")
    except asyncio.IncompleteReadError as e:
        lines.append(f"peer vanished: got {len(e.partial)} of {e.expected} bytes")
    return lines


async def feed(reader: asyncio.StreamReader, data: bytes, piece: int) -> None:
    for i in range(0, len(data), piece):
        reader.feed_data(data[i:i + piece])
        await asyncio.sleep(0)
    reader.feed_eof()


CONVERSATIONS = {
    "simple": b"GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /nope HTTP/1.1\r\n\r\n",
    "echo": b"POST /echo HTTP/1.1\r\nContent-Length: 5\r\n\r\nhelloPOST /echo HTTP/1.1\r\n\r\nPUT /echo HTTP/1.1\r\n\r\n",
    "chunked": b"POST /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
               b"4\r\nwiki\r\n9;x=y\r\npedia in \r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n",
    "bad line": b"HELLO\r\n\r\n",
    "bad header": b"GET / HTTP/1.1\r\nnonsense\r\n\r\n",
    "too large": b"POST /echo HTTP/1.1\r\nContent-Length: 5000\r\n\r\n",
    "truncated": b"POST /echo HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc",
}


async def main() -> None:
    for piece, (label, data) in enumerate(CONVERSATIONS.items(), start=3):
        reader = asyncio.StreamReader()
        lines, _ = await asyncio.gather(connection(label, reader), feed(reader, data, piece))
        print(*lines, sep="\n  ")


asyncio.run(main())
