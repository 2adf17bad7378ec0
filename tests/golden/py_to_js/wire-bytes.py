"""Frames of a protocol: bytes that are no text, and bytes that are put together."""

MAGIC = b"\xff\x00A"


def frame(payload: bytes) -> bytes:
    header = MAGIC + bytes([len(payload)])
    return header + payload + b"\r\n"


def frames(payloads):
    data = b""
    for payload in payloads:
        data += frame(payload)
    return data


whole = frames([b"ab", b"c"])
print(len(MAGIC), MAGIC[0], len(whole))

SUMMARY = "%d bytes, %s"


def summary(data, comment):
    return SUMMARY % (len(data), comment)


print(summary(whole, "all of them"))
