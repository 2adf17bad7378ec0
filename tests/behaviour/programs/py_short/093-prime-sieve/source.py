def sieve(limit: int) -> list[int]:
    """Return all primes up to and including limit."""
    flags = bytearray([1]) * (limit + 1)
    flags[0:2] = b"\x00\x00"
    for n in range(2, int(limit ** 0.5) + 1):
        if flags[n]:
            flags[n * n::n] = bytes(len(range(n * n, limit + 1, n)))
    return [i for i, f in enumerate(flags) if f]


def factors(n: int) -> dict[int, int]:
    out: dict[int, int] = {}
    for p in sieve(int(n ** 0.5)):
        while n % p == 0:
            out[p] = out.get(p, 0) + 1
            n //= p
    if n > 1:
        out[n] = 1
    return out


if __name__ == "__main__":
    print(sieve(50), len(sieve(1000)))
    print(" x ".join(f"{p}^{k}" if k > 1 else str(p) for p, k in factors(9240).items()))
