"""Random JavaScript programs that run, end and print the same each time: typed by construction, so that none fails by
accident. Proves nothing by itself; tests/generated/run translates them and runs both sides.

    Program(random.Random(7)).source()
"""

from js_structures import Structures
from js_waiting import Waiting
from writer import WORDS, Writer


class Program(Structures, Waiting, Writer):
    """One program; `source()` is its text."""

    names = "alpha beta gamma delta total count item label score entry bucket cursor limit offset ratio title".split()
    indentation = "  "

    # ---- helpers
    def declare(self, name, kind, is_const=True):
        self.scopes[-1][name] = (kind, is_const)

    def variables(self, kind, writable=False):
        found = []
        for scope in self.scopes:
            found += [n for n, (k, const) in scope.items() if k == kind and not (writable and const)]
        return found

    # ---- expressions
    def number(self, deep=2):
        choices = ["literal", "literal"]
        if self.variables("number"):
            choices += ["name"] * 3
        if deep:
            choices += ["sum", "times", "mod", "floor", "length", "minmax", "reduce", "ternary", "call", "abs", "divide"]
        kind = self.pick(choices)
        if kind == "name":
            return self.pick(self.variables("number"))
        if kind == "sum":
            return f"({self.number(deep - 1)} {self.pick('+-')} {self.number(deep - 1)})"
        if kind == "times":
            return f"{self.number(deep - 1)} * {self.rng.randint(-3, 9)}" if self.chance(0.5) else f"({self.number(deep - 1)} * {self.rng.randint(2, 5)})"
        if kind == "mod":
            return f"({self.number(deep - 1)} % {self.rng.randint(2, 9)})"
        if kind == "divide":
            return f"({self.number(deep - 1)} / {self.pick([2, 4, 5, 8])})"
        if kind == "floor":
            return f"Math.{self.pick(['floor', 'trunc', 'round', 'ceil'])}({self.number(deep - 1)} / {self.rng.randint(2, 7)})"
        if kind == "abs":
            return f"Math.abs({self.number(deep - 1)})"
        if kind == "length":
            return f"{self.pick([self.text, self.numbers, self.texts])(deep - 1)}.length"
        if kind == "minmax":
            return f"Math.{self.pick(['min', 'max'])}({self.number(deep - 1)}, {self.number(deep - 1)})"
        if kind == "reduce":
            return f"{self.numbers(deep - 1)}.reduce((sum, n) => sum + n, {self.rng.randint(0, 3)})"
        if kind == "ternary":
            return f"({self.flag(deep - 1)} ? {self.number(deep - 1)} : {self.number(deep - 1)})"
        if kind == "call":
            ready = [f for f, (params, result, asynchronous) in self.functions.items() if result == "number" and not asynchronous]
            if ready:
                return self.call(self.pick(ready), deep - 1)
        return str(self.pick([0, 1, 2, 3, 5, 7, 10, 12, 42, 100, -1, -4, 2.5, 0.1, 1.25]))

    def text(self, deep=2):
        choices = ["literal", "literal"]
        if self.variables("text"):
            choices += ["name"] * 3
        if deep:
            choices += ["template", "concat", "method", "slice", "join", "ternary", "pad", "repeat", "fixed", "index", "call"]
        kind = self.pick(choices)
        if kind == "name":
            return self.pick(self.variables("text"))
        if kind == "template":
            return f"`{self.pick(WORDS)} ${{{self.any_value(deep - 1)}}}: ${{{self.text(deep - 1)}}}`"
        if kind == "concat":
            return f"({self.text(deep - 1)} + {self.pick([self.text, self.number])(deep - 1)})"
        if kind == "method":
            method = self.pick(["toUpperCase()", "toLowerCase()", "trim()", f"replace('{self.pick('aeo')}', '*')", "replaceAll('e', 'E')", f"split('').reverse().join('')", "charAt(1)", "at(-1)", "concat('!')"])
            if method == "at(-1)":
                return f"({self.text(deep - 1)} + 'z').at(-1)"
            return f"{self.atom(self.text(deep - 1))}.{method}"
        if kind == "slice":
            return f"{self.atom(self.text(deep - 1))}.slice({self.rng.randint(-3, 3)}{self.pick(['', ', 4', ', -1'])})"
        if kind == "join":
            return f"{self.pick([self.numbers, self.texts])(deep - 1)}.join('{self.pick(['-', ', ', ''])}')"
        if kind == "ternary":
            return f"({self.flag(deep - 1)} ? {self.text(deep - 1)} : {self.text(deep - 1)})"
        if kind == "pad":
            return f"{self.atom(self.text(deep - 1))}.{self.pick(['padStart', 'padEnd'])}({self.rng.randint(3, 9)}{self.pick(['', chr(44) + ' ' + repr('.')])})"
        if kind == "repeat":
            return f"'{self.pick('-=ab')}'.repeat({self.rng.randint(0, 4)})"
        if kind == "fixed":
            return f"({self.number(deep - 1)}).toFixed({self.rng.randint(0, 3)})"
        if kind == "index":
            return f"String({self.number(deep - 1)})"
        if kind == "call":
            ready = [f for f, (params, result, asynchronous) in self.functions.items() if result == "text" and not asynchronous]
            if ready:
                return self.call(self.pick(ready), deep - 1)
        return f"'{self.pick(WORDS)}'"

    def atom(self, expression):
        return expression if expression[0] in "'`(" or expression.isidentifier() else f"({expression})"

    def flag(self, deep=2):
        choices = ["compare", "compare", "literal"]
        if self.variables("flag"):
            choices.append("name")
        if deep:
            choices += ["and", "or", "not", "includes", "some", "starts", "equal"]
        kind = self.pick(choices)
        if kind == "name":
            return self.pick(self.variables("flag"))
        if kind == "compare":
            return f"{self.number(max(deep - 1, 0))} {self.pick(['<', '>', '<=', '>=', '===', '!=='])} {self.number(max(deep - 1, 0))}"
        if kind == "equal":
            return f"{self.text(deep - 1)} {self.pick(['===', '!==', '<', '>'])} {self.text(deep - 1)}"
        if kind in ("and", "or"):
            return f"({self.flag(deep - 1)} {'&&' if kind == 'and' else '||'} {self.flag(deep - 1)})"
        if kind == "not":
            return f"!({self.flag(deep - 1)})"
        if kind == "includes":
            return self.pick([lambda: f"{self.atom(self.text(deep - 1))}.includes('{self.pick('aeo')}')", lambda: f"{self.numbers(deep - 1)}.includes({self.number(0)})"])()
        if kind == "some":
            return f"{self.numbers(deep - 1)}.{self.pick(['some', 'every'])}((n) => n {self.pick('<>')} {self.rng.randint(0, 9)})"
        if kind == "starts":
            return f"{self.atom(self.text(deep - 1))}.{self.pick(['startsWith', 'endsWith'])}('{self.pick('rgbnsa')}')"
        return self.pick(["true", "false"])

    def numbers(self, deep=2):
        choices = ["literal"]
        if self.variables("numbers"):
            choices += ["name"] * 3
        if deep:
            choices += ["map", "filter", "spread", "slice", "sorted", "from", "flat", "reversed"]
        kind = self.pick(choices)
        if kind == "name":
            return self.pick(self.variables("numbers"))
        if kind == "map":
            return f"{self.numbers(deep - 1)}.map((n{self.pick(['', ', i'])}) => n {self.pick(['+', '*', '-'])} {self.rng.randint(1, 4)})"
        if kind == "filter":
            return f"{self.numbers(deep - 1)}.filter((n) => n % {self.rng.randint(2, 4)} {self.pick(['===', '!=='])} 0)"
        if kind == "spread":
            return f"[...{self.numbers(deep - 1)}, {self.number(deep - 1)}]"
        if kind == "slice":
            return f"{self.numbers(deep - 1)}.slice({self.rng.randint(-3, 3)}{self.pick(['', ', 4', ', -1'])})"
        if kind == "sorted":
            return f"[...{self.numbers(deep - 1)}].sort((a, b) => {self.pick(['a - b', 'b - a'])})"
        if kind == "from":
            return f"Array.from({{ length: {self.rng.randint(0, 4)} }}, (_, i) => i * {self.rng.randint(1, 5)})"
        if kind == "flat":
            return f"{self.numbers(deep - 1)}.flatMap((n) => [n, n + 1])"
        if kind == "reversed":
            return f"[...{self.numbers(deep - 1)}].reverse()"
        return "[" + ", ".join(str(self.rng.randint(-3, 20)) for _ in range(self.rng.randint(1, 5))) + "]"

    def texts(self, deep=2):
        choices = ["literal"]
        if self.variables("texts"):
            choices += ["name"] * 3
        if deep:
            choices += ["map", "split", "keys", "sorted", "filter"]
        kind = self.pick(choices)
        if kind == "name":
            return self.pick(self.variables("texts"))
        if kind == "map":
            return f"{self.numbers(deep - 1)}.map((n) => `${{n}}{self.pick(['', 'x', '%'])}`)"
        if kind == "split":
            return f"{self.atom(self.text(deep - 1))}.split('{self.pick(['', 'e', ' '])}')"
        if kind == "keys" and self.variables("record"):
            return f"Object.keys({self.pick(self.variables('record'))})"
        if kind == "sorted":
            return f"[...{self.texts(deep - 1)}].sort()"
        if kind == "filter":
            return f"{self.texts(deep - 1)}.filter((t) => t.length > {self.rng.randint(0, 4)})"
        return "[" + ", ".join(f"'{self.pick(WORDS)}'" for _ in range(self.rng.randint(1, 4))) + "]"

    def call(self, name, deep):
        params, _, _ = self.functions[name]
        return f"{name}({', '.join(getattr(self, 'number' if p == 'number' else 'text')(deep) for p in params)})"

    # ---- statements
    def statement(self):
        kinds = ["log"] * 4 + ["const"] * 4 + ["let", "assign", "if", "for_of", "for_i", "record", "try", "push", "destructure", "map", "set", "switch", "while", "ternary_log", "entries"]
        if self.is_async:
            kinds += ["await_call", "await_all", "sleep", "settled", "async_loop"]
            kinds += self.topics(self.rng.sample(self.waiting, 8), "do_")
        kinds += self.topics(self.rng.sample(self.structures, 16), "do_")
        if self.depth > 3:
            kinds = ["log", "const", "assign"]
        getattr(self, "do_" + self.pick(kinds))()

    def do_log(self):
        parts = [self.any_value(2) for _ in range(self.rng.randint(1, 3))]
        if self.chance(0.25):
            parts.append(self.pick([self.numbers, self.texts])(1))
        self.emit(f"console.log({', '.join(parts)});")

    def do_ternary_log(self):
        self.emit(f"console.log({self.flag()} ? {self.text()} : {self.text()});")

    def do_const(self):
        kind, make = self.pick([("number", self.number), ("text", self.text), ("flag", self.flag), ("numbers", self.numbers), ("texts", self.texts)])
        name = self.fresh()
        value = make()
        self.emit(f"const {name} = {value};")
        self.declare(name, kind)

    def do_let(self):
        kind, make = self.pick([("number", self.number), ("text", self.text)])
        name = self.fresh()
        self.emit(f"let {name} = {make()};")
        self.declare(name, kind, False)

    def do_assign(self):
        numbers = self.variables("number", writable=True)
        texts = self.variables("text", writable=True)
        if numbers and self.chance(0.6):
            name = self.pick(numbers)
            self.emit(self.pick([f"{name} += {self.number(1)};", f"{name}++;", f"{name} = {self.number(1)};", f"{name} -= {self.rng.randint(1, 5)};"]))
        elif texts:
            self.emit(f"{self.pick(texts)} {self.pick(['=', '+='])} {self.text(1)};")
        else:
            self.do_let()

    def do_if(self):
        self.emit(f"if ({self.flag()}) {{")
        self.block(self.rng.randint(1, 2))
        if self.chance(0.4):
            self.emit(f"}} else if ({self.flag()}) {{")
            self.block(1)
        if self.chance(0.5):
            self.emit("} else {")
            self.block(1)
        self.emit("}")

    def do_for_of(self):
        kind, make = self.pick([("number", self.numbers), ("text", self.texts)])
        name = self.fresh()
        self.emit(f"for (const {name} of {make(1)}) {{")
        self.scopes.append({name: (kind, True)})
        if self.chance(0.3):
            self.depth += 1
            self.emit(f"if ({self.flag(1)}) {self.pick(['continue', 'break'])};")
            self.depth -= 1
        self.block(self.rng.randint(1, 2))
        self.scopes.pop()
        self.emit("}")

    def do_entries(self):
        first, second = self.fresh(), self.fresh()
        self.emit(f"for (const [{first}, {second}] of {self.texts(1)}.entries()) {{")
        self.scopes.append({first: ("number", True), second: ("text", True)})
        self.block(1)
        self.scopes.pop()
        self.emit("}")

    def do_for_i(self):
        name = self.fresh()
        self.emit(f"for (let {name} = {self.rng.randint(0, 2)}; {name} < {self.rng.randint(1, 5)}; {name}++) {{")
        self.scopes.append({name: ("number", True)})
        self.block(self.rng.randint(1, 2))
        self.scopes.pop()
        self.emit("}")

    def do_while(self):
        name = self.fresh()
        self.emit(f"let {name} = {self.rng.randint(1, 3)};")
        self.emit(f"while ({name} > 0) {{")
        self.scopes.append({name: ("number", True)})
        self.block(1)
        self.scopes.pop()
        self.emit(f"  {name} -= 1;")
        self.emit("}")
        self.declare(name, "number", True)

    def do_record(self):
        name = self.fresh()
        fields = self.rng.sample(["name", "size", "tags", "ok"], self.rng.randint(2, 4))
        make = {"name": self.text, "size": self.number, "tags": self.texts, "ok": self.flag}
        self.emit(f"const {name} = {{ {', '.join(f'{f}: {make[f](1)}' for f in fields)} }};")
        self.declare(name, "record")
        field = self.pick(fields)
        self.emit(self.pick([
            f"console.log({name}.{field}, {name}.missing ?? 'none');",
            f"console.log(Object.entries({name}).length, '{field}' in {name});",
            f"console.log({{ ...{name}, {field}: 1 }}.{field});",
            f"console.log(JSON.stringify({name}));",
        ]))

    def do_destructure(self):
        first, second = self.fresh(), self.fresh()
        self.emit(f"const [{first}, {second} = {self.rng.randint(0, 9)}] = {self.numbers(1)}.concat([1]);")
        self.declare(first, "number")
        self.declare(second, "number")

    def do_push(self):
        name = self.fresh()
        self.emit(f"const {name} = {self.numbers(1)}.slice();")
        self.emit(self.pick([f"{name}.push({self.number(1)});", f"{name}.unshift({self.number(1)}, 2);", f"console.log({name}.splice(0, 1).length);", f"console.log({name}.indexOf(3), {name}.findIndex((n) => n > 4));"]))
        self.emit(f"console.log({name}, {name}.length);")
        self.declare(name, "numbers")

    def do_map(self):
        name, key, value = self.fresh(), self.fresh(), self.fresh()
        self.emit(f"const {name} = new Map();")
        self.emit(f"for (const {key} of {self.texts(1)}) {name}.set({key}, ({name}.get({key}) ?? 0) + 1);")
        self.emit(f"for (const [{key}, {value}] of {name}) console.log({key}, {value});")
        self.emit(f"console.log({name}.size, {name}.has('{self.pick(WORDS)}'));")

    def do_set(self):
        name = self.fresh()
        self.emit(f"const {name} = new Set({self.numbers(1)});")
        self.emit(self.pick([f"{name}.add({self.number(1)});", f"{name}.delete(3);"]))
        self.emit(f"console.log({name}.size, [...{name}].sort((a, b) => a - b));")

    def do_switch(self):
        self.emit(f"switch ({self.number(1)} % 3) {{")
        for value in range(self.rng.randint(1, 3)):
            self.emit(f"  case {value}:")
            self.emit(f"    console.log('case', {self.any_value(1)});")
            self.emit("    break;")
        self.emit("  default:")
        self.emit(f"    console.log('other', {self.any_value(1)});")
        self.emit("}")

    def do_try(self):
        error = self.pick(["Error", "TypeError", "RangeError"])
        self.emit("try {")
        self.block(1)
        self.emit(f"  if ({self.flag(1)}) throw new {error}({self.text(1)});")
        self.emit("} catch (err) {")
        self.emit(self.pick(["  console.log('caught', err.message);", "  console.log(`failed: ${err.message}`);", "  console.log(err instanceof TypeError);"]))
        self.emit("} finally {" if self.chance(0.3) else "}")
        if self.lines[-1].endswith("finally {"):
            self.emit("  console.log('finally');")
            self.emit("}")

    def asynchronous(self, result=None):
        return [f for f, (_, kind, asynchronous) in self.functions.items() if asynchronous and result in (None, kind)]

    def do_await_call(self):
        ready = self.asynchronous("number")
        if not ready:
            return self.do_sleep()
        name = self.fresh()
        self.emit(f"const {name} = await {self.call(self.pick(ready), 1)};")
        self.declare(name, "number")

    def do_await_all(self):
        ready = self.asynchronous("number")
        if not ready:
            return self.do_sleep()
        name = self.fresh()
        function = self.pick(ready)
        if len(self.functions[function][0]) == 1 and self.functions[function][0][0] == "number" and self.chance(0.5):
            self.emit(f"const {name} = await Promise.all({self.numbers(1)}.map((n) => {function}(n)));")
        else:
            self.emit(f"const {name} = await Promise.all([{', '.join(self.call(function, 1) for _ in range(2))}]);")
        self.emit(f"console.log({name});")
        self.declare(name, "numbers")

    def do_settled(self):
        ready = self.asynchronous("number")
        if not ready:
            return self.do_sleep()
        name = self.fresh()
        self.emit(f"const {name} = await Promise.allSettled([{self.call(self.pick(ready), 1)}, Promise.reject(new Error('{self.pick(WORDS)}'))]);")
        self.emit(f"for (const r of {name}) console.log(r.status, r.status === 'fulfilled' ? r.value : r.reason.message);")

    def do_async_loop(self):
        ready = self.asynchronous("number")
        if not ready:
            return self.do_sleep()
        name = self.fresh()
        self.emit(f"for (let {name} = 0; {name} < {self.rng.randint(1, 3)}; {name}++) {{")
        self.emit(f"  console.log(await {self.call(self.pick(ready), 0)}, {name});")
        self.emit("}")

    def do_sleep(self):
        self.emit(f"await sleep({self.rng.randint(1, 5)});")

    # ---- declarations
    def function(self, asynchronous):
        name = self.fresh()
        params = [self.pick(["number", "text"]) for _ in range(self.rng.randint(1, 2))]
        names = [f"{p[0]}{i}" for i, p in enumerate(params)]
        result = "number" if asynchronous else self.pick(["number", "text"])
        arrow = self.chance(0.4)
        prefix = "async " if asynchronous else ""
        self.emit(f"const {name} = {prefix}({', '.join(names)}) => {{" if arrow else f"{prefix}function {name}({', '.join(names)}) {{")
        outer, self.scopes = self.scopes, [{n: (p, True) for n, p in zip(names, params)}]
        outer_async, self.is_async = self.is_async, asynchronous
        self.depth += 1
        if asynchronous:
            self.do_sleep()
        for _ in range(self.rng.randint(0, 2)):
            self.pick([self.do_const, self.do_let, self.do_if, self.do_for_of, self.do_log])()
        self.emit(f"return {getattr(self, result)()};")
        self.depth -= 1
        self.scopes, self.is_async = outer, outer_async
        self.emit("};" if arrow else "}")
        self.functions[name] = (params, result, asynchronous)

    def klass(self):
        name = self.pick(WORDS).capitalize() + str(len(self.classes))
        base = self.pick(self.classes) if self.classes and self.chance(0.4) else None
        self.emit(f"class {name}{' extends ' + base if base else ''} {{")
        self.emit("  #count = 0;")
        self.emit("  constructor(label, size) {")
        self.emit("    super(label, size);" if base else "    this.label = label;")
        self.emit(f"    this.size = size {self.pick(['', '+ 1', '* 2'])};".replace(" ;", ";"))
        self.emit("  }")
        self.emit(f"  get area() {{ return this.size * {self.rng.randint(2, 4)}; }}")
        self.emit(f"  describe() {{ this.#count += 1; return {'super.describe() + ' if base else ''}`${{this.label}}:${{this.size}}:${{this.#count}}`; }}")
        self.emit(f"  static make(n) {{ return new {name}('{self.pick(WORDS)}', n); }}")
        self.emit("}")
        self.classes.append(name)

    def use_class(self):
        if not self.classes:
            return
        name, made = self.fresh(), self.pick(self.classes)
        self.emit(f"const {name} = {self.pick([f'new {made}({self.text(1)}, {self.number(1)})', f'{made}.make({self.number(1)})'])};")
        self.emit(f"console.log({name}.describe(), {name}.area, {name} instanceof {self.pick(self.classes)});")

    def source(self):
        self.emit("const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));")
        self.functions = {}
        for _ in range(self.rng.randint(1, 3)):
            self.function(False)
        for _ in range(self.rng.randint(0, 2)):
            self.function(True)
        for _ in range(self.rng.randint(0, 2)):
            self.klass()
        self.declarations(self.topics(self.structures, "declare_"), self.rng.randint(0, 2))
        self.declarations(self.topics(self.waiting, "declare_"), self.rng.randint(1, 2))
        self.emit("async function main() {")
        self.is_async = True
        self.depth += 1
        self.scopes.append({})
        self.emit("console.log('start');")  # the first output takes its time
        for _ in range(self.rng.randint(3, 7)):
            self.pick([self.statement] * 5 + [self.use_class])()
        for use in self.rng.sample(self.uses, min(len(self.uses), 4)):
            use()
            if self.chance(0.5):
                self.statement()
        self.emit("await sleep(200);")  # what is still going may end
        self.scopes.pop()
        self.depth -= 1
        self.is_async = False
        self.emit("}")
        self.emit(self.pick(["main();", "main().catch((err) => { console.error(err); process.exit(1); });"]))
        return "\n".join(self.lines) + "\n"
