"""Stop-and-wait ARQ over a lossy link: sequence bit, checksum, retransmit on timeout."""
import asyncio
import zlib
from dataclasses import dataclass
from enum import IntEnum


class Kind(IntEnum):
    DATA = 1
    ACK = 2


@dataclass(frozen=True, slots=True)
class Frame:
    kind: Kind
    seq: int
    payload: bytes = b""

    def pack(self) -> bytes:
        head = bytes([self.kind, self.seq, len(self.payload)]) + self.payload
        return head + zlib.crc32(head).to_bytes(4, "big")

    @classmethod
    def unpack(cls, raw: bytes) -> "Frame":
        head, crc = raw[:-4], int.from_bytes(raw[-4:], "big")
        if zlib.crc32(head) != crc:
            raise ValueError("bad checksum")
        return cls(Kind(head[0]), head[1], head[3:3 + head[2]])


class Link:
    """One direction of a wire. `faults` maps transmission number -> what goes wrong."""

    def __init__(self, label, faults):
        self.label, self.faults = label, faults
        self.count = 0
        self.q = asyncio.Queue()

    def send(self, frame):
        self.count += 1
        raw = bytearray(frame.pack())
        fault = self.faults.get(self.count)
        tag = f"{self.label} #{self.count} {frame.kind.name} seq={frame.seq}"
        if fault == "drop":
            print(f"{tag}  ** lost **")
            return
        if fault == "flip":
            raw[3 if frame.payload else 0] ^= 0x40
            tag += "  ** corrupted **"
        print(tag)
        self.q.put_nowait(bytes(raw))

    async def recv(self):
        return Frame.unpack(await self.q.get())


async def sender(out, back, chunks):
    seq, retries = 0, 0
    for chunk in chunks:
        while True:
            out.send(Frame(Kind.DATA, seq, chunk))
            try:
                ack = await asyncio.wait_for(back.recv(), timeout=0.03)
            except asyncio.TimeoutError:
                retries += 1
                print("  sender: timeout, resending")
                continue
            except ValueError:
                retries += 1
                print("  sender: garbled ack, resending")
                continue
            if ack.seq == seq:
                break
        seq ^= 1
    return retries


async def receiver(inp, back, received):
    expected = 0
    while True:
        try:
            frame = await inp.recv()
        except ValueError as e:
            print(f"  receiver: {e}, ignoring")
            continue
        if frame.seq == expected:
            received += frame.payload
            expected ^= 1
        else:
            print("  receiver: duplicate, acking again")
        back.send(Frame(Kind.ACK, frame.seq))


async def main():
    message = b"stop and wait is slow but sure"
    chunks = [message[i:i + 8] for i in range(0, len(message), 8)]
    forward = Link("->", {2: "drop", 4: "flip"})
    backward = Link("<-", {1: None, 3: "drop", 5: "flip"})
    received = bytearray()
    rx = asyncio.create_task(receiver(forward, backward, received))
    retries = await sender(forward, backward, chunks)
    rx.cancel()
    print("received:", received.decode())
    print(f"{len(chunks)} chunks, {forward.count} data frames, {retries} retries, intact={received == message}")


asyncio.run(main())
