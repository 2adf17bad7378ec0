MOD = 10**9 + 7
def powmod(b, e):
    r = 1
    b %= MOD
    while e > 0:
        if e & 1:
            r = r * b % MOD
        b = (b * b) % MOD
        e >>= 1
    return r
def fnv(text):
    h = 2166136261
    for ch in text.encode():
        h = ((h ^ ch) * 16777619) & 0xFFFFFFFF
    return h
def lcg(seed):
    while True:
        seed = (seed * 6364136223846793005 + 1442695040888963407) % 2**64
        yield seed >> 33
def small(text):
    h = 7
    for ch in text:
        h = (h * 31 + ord(ch)) % 2**32
    return h
class Rng:
    def __init__(self, seed: int):
        self.state = seed
    def next(self) -> int:
        self.state = (self.state * 1103515245 + 12345) & 0x7FFFFFFF
        return self.state
print(powmod(3, 200), powmod(2, 1000))
print(fnv("hello"), small("hello world, this is long"))
r = Rng(42)
print([r.next() % 100 for _ in range(5)])
