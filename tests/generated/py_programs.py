"""Random Python programs that run, end and print the same each time: typed by construction, so that none fails by
accident. Proves nothing by itself; tests/generated/run translates them and runs both sides.

    Program(random.Random(7)).source()
"""

from py_structures import Structures
from py_waiting import Waiting
from writer import WORDS, Writer


class Program(Structures, Waiting, Writer):
    """One program; `source()` is its text."""

    names = "alpha beta gamma delta total count item_label score entry bucket cursor limit offset ratio title".split()

    # ---- helpers
    def declare(self, name, kind):
        self.scopes[-1][name] = kind

    def variables(self, kind):
        return [n for scope in self.scopes for n, k in scope.items() if k == kind]

    # ---- expressions
    def number(self, deep=2):
        choices = ["literal", "literal"]
        if self.variables("number"):
            choices += ["name"] * 3
        if deep:
            choices += ["sum", "times", "mod", "floor", "length", "minmax", "total", "ternary", "call", "abs", "int", "count"]
        kind = self.pick(choices)
        if kind == "name":
            return self.pick(self.variables("number"))
        if kind == "sum":
            return f"({self.number(deep - 1)} {self.pick('+-')} {self.number(deep - 1)})"
        if kind == "times":
            return f"({self.number(deep - 1)} * {self.rng.randint(-2, 5)})"
        if kind == "mod":
            return f"({self.number(deep - 1)} % {self.rng.randint(2, 9)})"
        if kind == "floor":
            return f"({self.number(deep - 1)} // {self.rng.randint(2, 7)})"
        if kind == "abs":
            return f"abs({self.number(deep - 1)})"
        if kind == "int":
            return f"int('{self.rng.randint(-9, 99)}')"
        if kind == "count":
            return f"{self.atom(self.text(deep - 1))}.count('{self.pick('aeor')}')"
        if kind == "length":
            return f"len({self.pick([self.text, self.numbers, self.texts])(deep - 1)})"
        if kind == "minmax":
            return f"{self.pick(['min', 'max'])}({self.number(deep - 1)}, {self.number(deep - 1)})"
        if kind == "total":
            return f"sum({self.pick([self.numbers(deep - 1), f'n * n for n in {self.numbers(deep - 1)}'])})"
        if kind == "ternary":
            return f"({self.number(deep - 1)} if {self.flag(deep - 1)} else {self.number(deep - 1)})"
        if kind == "call":
            ready = [f for f, (_, result, asynchronous) in self.functions.items() if result == "number" and not asynchronous]
            if ready:
                return self.call(self.pick(ready), deep - 1)
        return str(self.pick([0, 1, 2, 3, 5, 7, 10, 12, 42, 100, -1, -4]))

    def text(self, deep=2):
        choices = ["literal", "literal"]
        if self.variables("text"):
            choices += ["name"] * 3
        if deep:
            choices += ["fstring", "concat", "method", "slice", "join", "ternary", "format", "repeat", "str", "call", "index"]
        kind = self.pick(choices)
        if kind == "name":
            return self.pick(self.variables("text"))
        if kind == "fstring":
            return f'f"{self.pick(WORDS)} {{{self.plain(deep - 1)}}}"'
        if kind == "concat":
            return f"({self.text(deep - 1)} + {self.text(deep - 1)})"
        if kind == "method":
            return f"{self.atom(self.text(deep - 1))}.{self.pick(['upper()', 'lower()', 'strip()', 'title()', 'capitalize()', chr(114) + 'eplace(' + repr('e') + ', ' + repr('E') + ')', 'zfill(6)', 'rjust(8)', 'ljust(8, ' + repr('.') + ')', 'center(7)'])}"
        if kind == "slice":
            return f"{self.atom(self.text(deep - 1))}[{self.pick(['1:', ':3', '-2:', '::-1', '1:-1', '::2'])}]"
        if kind == "join":
            return f"'{self.pick(['-', ', ', ''])}'.join({self.pick([self.texts(deep - 1), f'str(n) for n in {self.numbers(deep - 1)}'])})"
        if kind == "ternary":
            return f"({self.text(deep - 1)} if {self.flag(deep - 1)} else {self.text(deep - 1)})"
        if kind == "format":
            return f'f"{{{self.plain(deep - 1)}{self.pick([":>6", ":<6", ":04d", ":,", ":.2f", ":x", ":+d", ":^5"])}}}"'
        if kind == "repeat":
            return f"('{self.pick('-=ab')}' * {self.rng.randint(0, 4)})"
        if kind == "str":
            return f"str({self.number(deep - 1)})"
        if kind == "index":
            return f"({self.text(deep - 1)} + 'zq')[{self.pick([0, 1, -1])}]"
        if kind == "call":
            ready = [f for f, (_, result, asynchronous) in self.functions.items() if result == "text" and not asynchronous]
            if ready:
                return self.call(self.pick(ready), deep - 1)
        return f"'{self.pick(WORDS)}'"

    def plain(self, deep):
        """A number whose text holds no quotes, for f-strings of Python 3.11."""
        value = self.number(deep)
        return value if "'" not in value and '"' not in value else str(self.rng.randint(1, 99))

    def atom(self, expression):
        return expression if expression[0] in "'(" or expression.isidentifier() else f"({expression})"

    def flag(self, deep=2):
        choices = ["compare", "compare", "literal"]
        if self.variables("flag"):
            choices.append("name")
        if deep:
            choices += ["and", "or", "not", "in", "any", "starts", "equal", "chain", "lists", "empty"]
        kind = self.pick(choices)
        if kind == "name":
            return self.pick(self.variables("flag"))
        if kind == "compare":
            return f"{self.number(max(deep - 1, 0))} {self.pick(['<', '>', '<=', '>=', '==', '!='])} {self.number(max(deep - 1, 0))}"
        if kind == "chain":
            return f"0 <= {self.number(deep - 1)} < {self.rng.randint(1, 20)}"
        if kind == "equal":
            return f"{self.text(deep - 1)} {self.pick(['==', '!=', '<', '>'])} {self.text(deep - 1)}"
        if kind == "lists":
            return f"{self.numbers(deep - 1)} {self.pick(['==', '!='])} {self.numbers(deep - 1)}"
        if kind == "empty":
            return f"bool({self.pick([self.numbers, self.texts, self.text, self.number])(deep - 1)})"
        if kind in ("and", "or"):
            return f"({self.flag(deep - 1)} {kind} {self.flag(deep - 1)})"
        if kind == "not":
            return f"(not {self.pick([self.flag, self.numbers, self.text])(deep - 1)})"
        if kind == "in":
            return self.pick([lambda: f"'{self.pick('aeo')}' in {self.text(deep - 1)}", lambda: f"{self.number(0)} {self.pick(['in', 'not in'])} {self.numbers(deep - 1)}"])()
        if kind == "any":
            return f"{self.pick(['any', 'all'])}(n {self.pick('<>')} {self.rng.randint(0, 9)} for n in {self.numbers(deep - 1)})"
        if kind == "starts":
            return f"{self.atom(self.text(deep - 1))}.{self.pick(['startswith', 'endswith'])}('{self.pick('rgbnsa')}')"
        return self.pick(["True", "False"])

    def numbers(self, deep=2):
        choices = ["literal"]
        if self.variables("numbers"):
            choices += ["name"] * 3
        if deep:
            choices += ["comp", "filter", "spread", "slice", "sorted", "range", "plus", "reversed", "zip"]
        kind = self.pick(choices)
        if kind == "name":
            return self.pick(self.variables("numbers"))
        if kind == "comp":
            return f"[n {self.pick(['+', '*', '-', '//', '%'])} {self.rng.randint(1, 4)} for n in {self.numbers(deep - 1)}]"
        if kind == "filter":
            return f"[n for n in {self.numbers(deep - 1)} if n % {self.rng.randint(2, 4)} {self.pick(['==', '!='])} 0]"
        if kind == "spread":
            return f"[*{self.numbers(deep - 1)}, {self.number(deep - 1)}]"
        if kind == "slice":
            return f"{self.atom(self.numbers(deep - 1))}[{self.pick(['1:', ':3', '-2:', '::-1', '1:-1', '::2'])}]"
        if kind == "sorted":
            return f"sorted({self.numbers(deep - 1)}{self.pick(['', ', reverse=True', ', key=lambda n: -n', ', key=abs'])})"
        if kind == "range":
            return f"list(range({self.pick(['4', '1, 5', '0, 10, 3', '5, 0, -2'])}))"
        if kind == "plus":
            return f"({self.numbers(deep - 1)} + {self.numbers(deep - 1)})"
        if kind == "zip":
            return f"[a + b for a, b in zip({self.numbers(deep - 1)}, {self.numbers(deep - 1)})]"
        if kind == "reversed":
            return f"list(reversed({self.numbers(deep - 1)}))"
        return "[" + ", ".join(str(self.rng.randint(-3, 20)) for _ in range(self.rng.randint(1, 5))) + "]"

    def texts(self, deep=2):
        choices = ["literal"]
        if self.variables("texts"):
            choices += ["name"] * 3
        if deep:
            choices += ["comp", "split", "sorted", "filter", "list"]
        kind = self.pick(choices)
        if kind == "name":
            return self.pick(self.variables("texts"))
        if kind == "comp":
            return f"[f\"{{n}}{self.pick(['', 'x', '%'])}\" for n in {self.numbers(deep - 1)}]"
        if kind == "split":
            return f"{self.atom(self.text(deep - 1))}.split({self.pick(['', repr('e'), repr(' ')])})"
        if kind == "sorted":
            return f"sorted({self.texts(deep - 1)}{self.pick(['', ', key=len', ', reverse=True'])})"
        if kind == "filter":
            return f"[t for t in {self.texts(deep - 1)} if len(t) > {self.rng.randint(0, 4)}]"
        if kind == "list":
            return f"list({self.text(deep - 1)})"
        return "[" + ", ".join(f"'{self.pick(WORDS)}'" for _ in range(self.rng.randint(1, 4))) + "]"

    def call(self, name, deep):
        params, _, _ = self.functions[name]
        values = [getattr(self, kind)(deep) for _, kind in params]
        if len(params) > 1 and self.chance(0.4):
            values[-1] = f"{params[-1][0]}={values[-1]}"
        return f"{name}({', '.join(values)})"

    # ---- statements
    def statement(self):
        kinds = ["print"] * 4 + ["let"] * 5 + ["assign", "if", "for_in", "for_range", "record", "attempt", "append", "unpack", "set", "match", "while", "entries", "comp_dict", "divide"]
        if self.is_async:
            kinds += ["await_call", "gather", "sleep", "tasks", "async_loop", "timeout"]
            kinds += self.topics(self.rng.sample(self.waiting, 8), "do_")
        kinds += self.topics(self.rng.sample(self.structures, 16), "do_")
        if self.depth > 3:
            kinds = ["print", "let", "assign"]
        getattr(self, "do_" + self.pick(kinds))()

    def do_print(self):
        parts = [self.any_value(2) for _ in range(self.rng.randint(1, 3))]
        if self.chance(0.25):
            parts.append(self.pick([self.numbers, self.texts])(1))
        if self.chance(0.15):
            parts.append(self.pick(["sep='|'", "end=';\\n'"]))
        self.emit(f"print({', '.join(parts)})")

    def do_let(self):
        kind = self.pick(["number", "text", "flag", "numbers", "texts"])
        name = self.fresh()
        self.emit(f"{name} = {getattr(self, kind)()}")
        self.declare(name, kind)

    def do_assign(self):
        numbers = list(self.scopes[-1])
        numbers = [n for n in numbers if self.scopes[-1][n] == "number"]
        if not numbers:
            return self.do_let()
        name = self.pick(numbers)
        self.emit(self.pick([f"{name} += {self.number(1)}", f"{name} = {self.number(1)}", f"{name} -= {self.rng.randint(1, 5)}", f"{name} //= 2", f"{name} *= 3"]))

    def do_divide(self):
        self.emit(f"print(f\"{{{self.plain(1)} / {self.pick([3, 4, 7])}:.3f}}\", round({self.number(1)} / 7, 2))")

    def do_if(self):
        self.emit(f"if {self.pick([self.flag, self.flag, self.numbers, self.text])()}:")
        self.block(self.rng.randint(1, 2))
        if self.chance(0.4):
            self.emit(f"elif {self.flag()}:")
            self.block(1)
        if self.chance(0.5):
            self.emit("else:")
            self.block(1)

    def do_for_in(self):
        kind, values = self.pick([("number", "numbers"), ("text", "texts")])
        name = self.fresh()
        self.emit(f"for {name} in {getattr(self, values)(1)}:")
        self.scopes.append({name: kind})
        if self.chance(0.3):
            self.depth += 1
            self.emit(f"if {self.flag(1)}:")
            self.emit(f"    {self.pick(['continue', 'break'])}")
            self.depth -= 1
        self.block(self.rng.randint(1, 2))
        self.scopes.pop()
        if self.chance(0.15):
            self.emit("else:")
            self.emit("    print('no break')")

    def do_entries(self):
        first, second = self.fresh(), self.fresh()
        self.emit(f"for {first}, {second} in enumerate({self.texts(1)}{self.pick(['', ', 1', ', start=5'])}):")
        self.scopes.append({first: "number", second: "text"})
        self.block(1)
        self.scopes.pop()

    def do_for_range(self):
        name = self.fresh()
        self.emit(f"for {name} in range({self.pick(['3', '1, 4', '4, 0, -1', '0, 7, 3'])}):")
        self.scopes.append({name: "number"})
        self.block(self.rng.randint(1, 2))
        self.scopes.pop()

    def do_while(self):
        name = self.fresh()
        self.emit(f"{name} = {self.rng.randint(1, 3)}")
        self.emit(f"while {name} > 0:")
        self.scopes.append({name: "frozen"})
        self.block(1)
        self.scopes.pop()
        self.emit(f"    {name} -= 1")
        self.declare(name, "number")

    def do_record(self):
        name = self.fresh()
        fields = self.rng.sample(["name", "size", "tags", "ok"], self.rng.randint(2, 4))
        make = {"name": self.text, "size": self.number, "tags": self.texts, "ok": self.flag}
        entries = ", ".join(f"'{f}': {make[f](1)}" for f in fields)
        self.emit(f"{name} = {{{entries}}}")
        field = self.pick(fields)
        self.emit(self.pick([
            f"print({name}['{field}'], {name}.get('missing', 'none'))",
            f"print(len({name}), '{field}' in {name}, list({name}))",
            f"print({name})",
            f"print({{**{name}, '{field}': 1}}['{field}'], sorted({name}))",
        ]))

    def do_comp_dict(self):
        name, key, value = self.fresh(), self.fresh(), self.fresh()
        self.emit(f"{name} = {{t: len(t) for t in {self.texts(1)}}}")
        self.emit(f"for {key}, {value} in {name}.items():")
        self.emit(f"    print({key}, {value})")
        self.emit(self.pick([f"print(max({name}.values(), default=0))", f"print(sorted({name}.items(), key=lambda p: (-p[1], p[0])))", f"{name}['extra'] = {name}.pop('{self.pick(WORDS)}', 0) + 1", f"print({name} == {{}}, len({name}))"]))

    def do_unpack(self):
        first, rest = self.fresh(), self.fresh()
        self.emit(f"{first}, *{rest} = [1] + {self.numbers(1)}")
        self.declare(first, "number")
        self.declare(rest, "numbers")

    def do_append(self):
        name = self.fresh()
        self.emit(f"{name} = list({self.numbers(1)})")
        self.emit(self.pick([f"{name}.append({self.number(1)})", f"{name}.insert(0, {self.number(1)})", f"{name}.extend({self.numbers(0)})", f"{name} += [{self.number(0)}]", f"{name}.sort(reverse=True)", f"print({name}.pop(), {name})"]))
        self.emit(f"print({name}, len({name}))")
        self.declare(name, "numbers")

    def do_set(self):
        name = self.fresh()
        self.emit(f"{name} = set({self.numbers(1)})")
        self.emit(self.pick([f"{name}.add({self.number(1)})", f"{name}.discard(3)", f"{name} |= {{1, 2}}", f"{name} &= {{1, 2, 3}}"]))
        self.emit(f"print(len({name}), sorted({name}))")

    def do_match(self):
        self.emit(f"match {self.number(1)} % 4:")
        for value in range(self.rng.randint(1, 2)):
            self.emit(f"    case {self.pick([str(value), f'{value} | 3'])}:")
            self.emit(f"        print('case', {self.any_value(1)})")
        self.emit("    case other:")
        self.emit(f"        print('other', other)")

    def do_attempt(self):
        self.emit("try:")
        self.block(1)
        self.depth += 1
        self.emit(self.pick([
            f"if {self.flag(1)}:\n{'    ' * (self.depth + 1)}raise {self.pick(['ValueError', 'KeyError', 'RuntimeError'])}({self.text(1)})",
            f"print({self.number(1)} // {self.pick([0, 1, 2])})",
            f"print({self.numbers(1)}[{self.pick([0, 3, 9])}])",
            f"print({{'a': 1}}['{self.pick('ab')}'])",
            f"print(int('{self.pick(['12', 'x1'])}'))",
        ]))
        self.depth -= 1
        for error in self.rng.sample(["ValueError", "KeyError", "ZeroDivisionError", "IndexError"], 2):
            self.emit(f"except {error}{self.pick(['', ' as err'])}:")
            self.emit(f"    print('{error}')")
        self.emit("except Exception as err:")
        self.emit("    print('other', type(err).__name__)")
        if self.chance(0.3):
            self.emit("else:")
            self.emit("    print('fine')")
        if self.chance(0.3):
            self.emit("finally:")
            self.emit("    print('done')")

    def asynchronous(self):
        return [f for f, (_, _, asynchronous) in self.functions.items() if asynchronous]

    def do_sleep(self):
        self.emit(f"await asyncio.sleep(0.00{self.rng.randint(1, 5)})")

    def do_await_call(self):
        if not self.asynchronous():
            return self.do_sleep()
        name = self.fresh()
        self.emit(f"{name} = await {self.call(self.pick(self.asynchronous()), 1)}")
        self.declare(name, "number")

    def do_gather(self):
        if not self.asynchronous():
            return self.do_sleep()
        name, function = self.fresh(), self.pick(self.asynchronous())
        if len(self.functions[function][0]) == 1 and self.functions[function][0][0][1] == "number" and self.chance(0.5):
            self.emit(f"{name} = await asyncio.gather(*({function}(n) for n in {self.numbers(1)}))")
        else:
            self.emit(f"{name} = list(await asyncio.gather({', '.join(self.call(function, 1) for _ in range(2))}{self.pick(['', ', return_exceptions=True'])}))")
        self.emit(f"print(list({name}))")

    def do_tasks(self):
        if not self.asynchronous():
            return self.do_sleep()
        name = self.fresh()
        self.emit(f"{name} = asyncio.create_task({self.call(self.pick(self.asynchronous()), 1)})")
        self.emit(f"print('started', {self.any_value(0)})")
        self.emit(f"print(await {name})")

    def do_timeout(self):
        if not self.asynchronous():
            return self.do_sleep()
        self.emit("try:")
        self.emit(f"    print(await asyncio.wait_for({self.call(self.pick(self.asynchronous()), 1)}, timeout={self.pick(['1', '2.5'])}))")
        self.emit("except TimeoutError:")
        self.emit("    print('late')")

    def do_async_loop(self):
        if not self.asynchronous():
            return self.do_sleep()
        name = self.fresh()
        self.emit(f"for {name} in range({self.rng.randint(1, 3)}):")
        self.emit(f"    print(await {self.call(self.pick(self.asynchronous()), 0)}, {name})")

    # ---- declarations
    def function(self, asynchronous):
        name = self.fresh()
        params = [(f"arg_{i}", self.pick(["number", "text"])) for i in range(self.rng.randint(1, 2))]
        result = "number" if asynchronous else self.pick(["number", "text"])
        outer, self.scopes = self.scopes, [dict(params)]
        signature = [p for p, _ in params]
        if self.chance(0.3):
            signature[-1] += f"={'3' if params[-1][1] == 'number' else repr('dflt')}"
        self.emit(f"{'async ' if asynchronous else ''}def {name}({', '.join(signature)}):")
        outer_async, self.is_async = self.is_async, asynchronous
        self.depth += 1
        if asynchronous:
            self.do_sleep()
        for _ in range(self.rng.randint(0, 2)):
            self.pick([self.do_let, self.do_if, self.do_for_in, self.do_print])()
        self.emit(f"return {getattr(self, result)()}")
        self.depth -= 1
        self.scopes, self.is_async = outer, outer_async
        self.emit("")
        self.functions[name] = (params, result, asynchronous)

    def klass(self):
        name = self.pick(WORDS).capitalize() + str(len(self.classes))
        base = self.pick(self.classes) if self.classes and self.chance(0.4) else None
        if self.chance(0.4) and not base:
            self.need("from dataclasses import dataclass")
            self.emit("@dataclass")
            self.emit(f"class {name}:")
            self.emit("    label: str")
            self.emit(f"    size: int = {self.rng.randint(0, 9)}")
        else:
            self.emit(f"class {name}{'(' + base + ')' if base else ''}:")
            self.emit("    def __init__(self, label, size=2):")
            self.emit("        super().__init__(label, size)" if base else "        self.label = label")
            self.emit(f"        self.size = size{self.pick(['', ' + 1', ' * 2'])}")
            self.emit("    def __repr__(self):")
            self.emit(f"        return f'{name}<{{self.label}}>'")
        self.emit("    @property")
        self.emit("    def area(self):")
        self.emit(f"        return self.size * {self.rng.randint(2, 4)}")
        self.emit("    def describe(self, mark=':'):")
        self.emit(f"        return {'super().describe() + ' if base else ''}f'{{self.label}}{{mark}}{{self.size}}'")
        self.emit("    @classmethod")
        self.emit("    def make(cls, n):")
        self.emit(f"        return cls('{self.pick(WORDS)}', n)")
        self.emit("")
        self.classes.append(name)

    def use_class(self):
        if not self.classes:
            return
        name, made = self.fresh(), self.pick(self.classes)
        self.emit(f"{name} = {self.pick([f'{made}({self.text(1)}, {self.number(1)})', f'{made}.make({self.number(1)})', f'{made}({self.text(1)})'])}")
        self.emit(f"print({name}.describe({self.pick(['', repr('-'), 'mark=' + repr('/')])}), {name}.area, isinstance({name}, {self.pick(self.classes)}))")
        self.emit(self.pick([f"print({name})", f"print(f'{{{name}.label!r}} {{{name}}}')", f"print([{name}])"]))

    def source(self):
        self.imports = ["import asyncio"]
        for _ in range(self.rng.randint(1, 3)):
            self.function(False)
        for _ in range(self.rng.randint(0, 2)):
            self.function(True)
        for _ in range(self.rng.randint(0, 2)):
            self.klass()
        self.declarations(self.topics(self.structures, "declare_"), self.rng.randint(0, 2))
        self.declarations(self.topics(self.waiting, "declare_"), self.rng.randint(1, 2))
        self.emit("async def main():")
        self.is_async = True
        self.depth += 1
        self.scopes.append({})
        self.emit("print('start')")
        for _ in range(self.rng.randint(3, 7)):
            self.pick([self.statement] * 5 + [self.use_class])()
        for use in self.rng.sample(self.uses, min(len(self.uses), 4)):
            use()
            if self.chance(0.5):
                self.statement()
        self.emit("await asyncio.sleep(0.2)")  # what is still going may end
        self.emit("print('end')")
        self.scopes.pop()
        self.depth -= 1
        self.emit("")
        self.emit("asyncio.run(main())")
        return "\n".join([*self.imports, "", *self.lines]) + "\n"
