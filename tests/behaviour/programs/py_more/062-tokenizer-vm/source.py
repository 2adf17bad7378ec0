"""A stack machine with an assembler, a tiny optimiser and error reporting."""
from dataclasses import dataclass
from enum import Enum, auto
from typing import Callable, Union
import operator


class Op(Enum):
    PUSH = auto()
    ADD = auto()
    SUB = auto()
    MUL = auto()
    DIV = auto()
    DUP = auto()
    SWAP = auto()
    JZ = auto()
    JMP = auto()
    LOAD = auto()
    STORE = auto()
    PRINT = auto()
    HALT = auto()


Arg = Union[int, str, None]


@dataclass(frozen=True)
class Instr:
    op: Op
    arg: Arg = None

    def __str__(self):
        return self.op.name if self.arg is None else f"{self.op.name} {self.arg}"


class VMError(Exception):
    def __init__(self, pc, instr, reason):
        self.pc, self.instr, self.reason = pc, instr, reason
        super().__init__(f"at {pc} ({instr}): {reason}")


BINARY: dict[Op, Callable[[int, int], int]] = {
    Op.ADD: operator.add,
    Op.SUB: operator.sub,
    Op.MUL: operator.mul,
    Op.DIV: operator.floordiv,
}


def assemble(source: str) -> list[Instr]:
    labels: dict[str, int] = {}
    program: list[Instr] = []
    for line in source.strip().splitlines():
        line = line.split("#")[0].strip()
        if not line:
            continue
        if line.endswith(":"):
            labels[line[:-1]] = len(program)
            continue
        name, _, arg = line.partition(" ")
        op = Op[name.upper()]
        value: Arg = int(arg) if arg.lstrip("-").isdigit() else arg or None
        program.append(Instr(op, value))
    return [Instr(i.op, labels.get(i.arg, i.arg)) if i.op in (Op.JZ, Op.JMP) else i for i in program]


def fold(program: list[Instr]) -> list[Instr]:
    if any(i.op in {Op.JZ, Op.JMP} for i in program):
        return program
    out: list[Instr] = []
    for instr in program:
        match (out[-2:], instr):
            case ([Instr(Op.PUSH, int(a)), Instr(Op.PUSH, int(b))], Instr(op, None)) if op in BINARY and not (op is Op.DIV and b == 0):
                del out[-2:]
                out.append(Instr(Op.PUSH, BINARY[op](a, b)))
            case _:
                out.append(instr)
    return out


def run(program: list[Instr], limit: int = 10_000) -> list[str]:
    stack: list[int] = []
    memory: dict[str, int] = {}
    output: list[str] = []
    pc = 0
    for _ in range(limit):
        if pc >= len(program):
            break
        instr = program[pc]
        pc += 1
        try:
            match instr:
                case Instr(Op.PUSH, value):
                    stack.append(value)
                case Instr(Op.DUP):
                    stack.append(stack[-1])
                case Instr(Op.SWAP):
                    stack[-1], stack[-2] = stack[-2], stack[-1]
                case Instr(Op.LOAD, name):
                    stack.append(memory[name])
                case Instr(Op.STORE, str() as name):
                    memory[name] = stack.pop()
                case Instr(Op.PRINT):
                    output.append(str(stack.pop()))
                case Instr(Op.JZ, target):
                    if stack.pop() == 0:
                        pc = target
                case Instr(Op.JMP, target):
                    pc = target
                case Instr(Op.HALT):
                    break
                case Instr(op) if op in BINARY:
                    b, a = stack.pop(), stack.pop()
                    stack.append(BINARY[op](a, b))
        except IndexError:
            raise VMError(pc - 1, instr, "stack underflow") from None
        except KeyError as e:
            raise VMError(pc - 1, instr, f"unknown variable {e}") from e
        except ZeroDivisionError as e:
            raise VMError(pc - 1, instr, str(e)) from e
    else:
        raise VMError(pc, program[pc], "too many steps")
    return output


FACTORIAL = """
    push 5
    store n
    push 1
    store acc
loop:
    load n
    jz end
    load acc
    load n
    mul
    store acc
    load n
    push 1
    sub
    store n
    jmp loop
end:
    load acc
    print   # 120
"""
print(run(assemble(FACTORIAL)))
folded = fold(assemble("push 2\npush 3\nadd\npush 4\nmul\nprint"))
print([str(i) for i in folded], run(folded))
for bad in ["add", "load x", "push 1\npush 0\ndiv", "a:\njmp a"]:
    try:
        run(assemble(bad), limit=50)
    except VMError as e:
        print(e, "|", e.reason, "|", type(e.__cause__).__name__)
try:
    assemble("frob 1")
except KeyError as e:
    print("bad op", e)
