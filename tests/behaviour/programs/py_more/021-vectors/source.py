import math
from dataclasses import dataclass


class Lcg:
    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state * 1103515245 + 12345) % 2 ** 31
        return self.state / 2 ** 31

    def between(self, lo, hi):
        return lo + int(self.next() * (hi - lo + 1))


@dataclass
class Vec:
    x: float
    y: float

    def __add__(self, other):
        return Vec(self.x + other.x, self.y + other.y)

    def __sub__(self, other):
        return Vec(self.x - other.x, self.y - other.y)

    def __mul__(self, k):
        return Vec(self.x * k, self.y * k)

    __rmul__ = __mul__

    def __abs__(self):
        return math.hypot(self.x, self.y)


@dataclass
class Body:
    pos: Vec
    vel: Vec
    mass: float = 1.0

    def step(self, force, dt):
        self.vel = self.vel + force * (dt / self.mass)
        self.pos += self.vel * dt


rng = Lcg(7)
print([rng.between(1, 6) for _ in range(10)])
bodies = [Body(Vec(rng.next() * 10, rng.next() * 10), Vec(0, 0), 1 + i) for i in range(3)]
centre = Vec(5, 5)
for step in range(100):
    for b in bodies:
        b.step(2 * (centre - b.pos), 0.01)
for b in bodies:
    print(f"({b.pos.x:.3f}, {b.pos.y:.3f}) |v|={abs(b.vel):.3f}")
energy = sum(0.5 * b.mass * abs(b.vel) ** 2 for b in bodies)
print(f"energy {energy:.4f}", bodies[0].vel == bodies[0].vel, Vec(1, 2) == Vec(1, 2))
print(Vec(1, 2) + Vec(0.5, 0.5))
