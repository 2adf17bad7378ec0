"""Random JavaScript about structures: classes, closures, parameters, containers, generators, texts, truth, errors.

A mixin of js_programs.Program: `declare_*` writes something at the top of the program and adds to `self.uses` what
main may do with it; `do_*` writes statements. Nothing here waits: that is js_waiting.py's.
"""

from writer import WORDS


class Structures:
    """Statements and declarations about data."""

    structures = (
        "shapes", "counter", "rest", "nested_destructure", "nested_record", "group", "sort_records", "map_chain", "set_algebra",
        "labels", "for_in", "generator", "truth", "nullish", "text_methods", "number_formats", "arithmetic", "switch_text",
        "json", "custom_error", "rethrow", "matrix", "reduce_record", "spread_call", "regex", "curry", "iterator", "do_while",
        "typeof", "number_parsing", "char_codes", "fill", "optional_call", "object_methods", "swap", "early_return",
        "map_of_lists", "stack_queue", "memo", "recursion", "static_members", "getter_setter", "frozen", "comma_numbers",
        "tuples", "bits", "dates", "concat_numbers", "find_last", "string_compare", "finally_order", "closures_in_loop",
    )  # fmt: skip

    def word(self):
        return f"'{self.pick(WORDS)}'"

    def words(self, least=2, most=4):
        return "[" + ", ".join(self.word() for _ in range(self.rng.randint(least, most))) + "]"

    def small(self):
        return self.rng.randint(-4, 12)

    # ---- declarations
    def declare_shapes(self):
        base, one, two = (self.pick(WORDS).capitalize() + f"{kind}{self.fresh_number()}" for kind in ("Base", "One", "Two"))
        factor, show = self.rng.randint(2, 5), self.pick(["toString", "describe"])
        self.lines_of(
            f"class {base} {{",
            f"  static made = {self.rng.randint(0, 2)};",
            f"  #secret = {self.small()};",
            "  constructor(name) {",
            "    this.name = name;",
            f"    {base}.made += 1;",
            "  }",
            f"  get secret() {{ return this.#secret; }}",
            "  set secret(value) {",
            f"    if (value < {self.rng.randint(-2, 3)}) throw new RangeError(`bad secret ${{value}}`);",
            "    this.#secret = value;",
            "  }",
            f"  area() {{ return {self.rng.randint(0, 3)}; }}",
            f"  {show}() {{ return `${{this.name}}(${{this.area()}})`; }}",
            "}",
            "",
            f"class {one} extends {base} {{",
            f"  constructor(name, width = {factor}, height = width * 2) {{",
            "    super(name);",
            "    this.width = width;",
            "    this.height = height;",
            "  }",
            "  area() { return this.width * this.height; }",
            f"  {show}() {{ return `{self.pick(WORDS)}:${{super.{show}()}}`; }}",
            "}",
            "",
            f"class {two} extends {base} {{",
            "  #side;",
            "  constructor(side) {",
            f"    super('{self.pick(WORDS)}');",
            "    this.#side = side;",
            "  }",
            "  area() { return this.#double(); }",
            f"  #double() {{ return this.#side ** 2 + super.area(); }}",
            f"  static unit() {{ return new {two}({self.rng.randint(1, 4)}); }}",
            "}",
            "",
        )

        def use():
            shapes, shape, total = self.fresh(), self.fresh(), self.fresh()
            made = [f"new {one}({self.word()})", f"new {one}({self.word()}, {self.rng.randint(1, 9)})", f"new {two}({self.rng.randint(1, 9)})",
                    f"{two}.unit()", f"new {base}({self.word()})"]  # fmt: skip
            self.emit(f"const {shapes} = [{', '.join(self.rng.sample(made, 3))}];")
            text = f"${{{shape}}}" if show == "toString" else f"${{{shape}.describe()}}"
            self.emit(f"for (const {shape} of {shapes}) console.log(`{text} ${{{shape} instanceof {one}}}`, {shape}.area());")
            self.emit(f"const {total} = {shapes}.reduce((sum, s) => sum + s.area(), 0);")
            self.emit(f"console.log({total}, {base}.made, {shapes}.map((s) => s.constructor.name).join());")
            self.lines_of(
                "try {",
                f"  {shapes}[0].secret = {self.small()};",
                f"  console.log({shapes}[0].secret);",
                "} catch (problem) {",
                "  console.log(problem.name, problem.message);",
                "}",
            )
            self.declare(total, "number")

        self.use(use)

    def declare_counter(self):
        name, step = self.fresh(), self.rng.randint(1, 4)
        self.lines_of(
            f"function {name}(start = {self.small()}, {{ step = {step}, label = '{self.pick(WORDS)}' }} = {{}}) {{",
            "  let current = start;",
            "  const seen = [];",
            "  return {",
            "    next() {",
            "      current += step;",
            "      seen.push(current);",
            "      return current;",
            "    },",
            f"    reset: () => {{ current = start; }},",
            "    get history() { return [...seen]; },",
            "    show: () => `${label}=${current}`,",
            "  };",
            "}",
            "",
        )

        def use():
            made = self.fresh()
            self.emit(f"const {made} = {name}({self.pick(['', str(self.small()), '5, { step: 3 }', 'undefined, { label: ' + self.word() + ' }'])});")
            self.emit(f"{made}.next();")
            if self.chance(0.5):
                self.emit(f"{made}.reset();")
            self.emit(f"console.log({made}.next(), {made}.show(), {made}.history);")

        self.use(use)

    def declare_rest(self):
        name = self.fresh()
        self.lines_of(
            f"const {name} = (first, ...others) => {{",
            f"  const total = others.reduce((sum, n) => sum + n, first);",
            f"  return others.length ? total / {self.pick([1, 2, 4])} : first;",
            "};",
            "",
        )

        def use():
            self.emit(f"console.log({name}({self.small()}), {name}({self.small()}, {self.small()}, {self.small()}), {name}({self.small()}, ...{self.numbers(0)}));")

        self.use(use)

    def declare_custom_error(self):
        name = self.pick(WORDS).capitalize() + f"Error{self.fresh_number()}"
        checker = self.fresh()
        self.lines_of(
            f"class {name} extends Error {{",
            "  constructor(message, code) {",
            "    super(message);",
            f"    this.name = '{name}';",
            "    this.code = code;",
            "  }",
            "}",
            "",
            f"function {checker}(value) {{",
            f"  if (value < 0) throw new {name}(`negative: ${{value}}`, {self.rng.randint(1, 99)});",
            f"  if (value > {self.rng.randint(5, 9)}) throw new TypeError('too large');",
            "  return value * 2;",
            "}",
            "",
        )
        self.errors.append((name, checker))

        def use():
            one = self.fresh()
            self.lines_of(
                f"for (const {one} of [{self.small()}, {self.small()}, {self.small()}]) {{",
                "  try {",
                f"    console.log('ok', {checker}({one}));",
                "  } catch (err) {",
                f"    if (err instanceof {name}) console.log(err.name, err.message, err.code);",
                f"    else console.log('other', err.name, err.message);",
                "  } finally {",
                f"    console.log('after', {one});",
                "  }",
                "}",
            )

        self.use(use)

    def declare_generator(self):
        name = self.fresh()
        body = self.pick([
            ["let a = 0;", "let b = 1;", "while (a < limit) {", "  yield a;", "  [a, b] = [b, a + b];", "}"],
            ["for (let i = 0; i < limit; i += 2) yield i * i;"],
            ["for (let i = limit; i > 0; i--) {", "  if (i % 3 === 0) continue;", "  yield i;", "}"],
            ["yield* [limit, limit + 1];", "yield limit * 10;"],
        ])  # fmt: skip
        self.lines_of(f"function* {name}(limit) {{", *(f"  {line}" for line in body), "}", "")

        def use():
            limit, one = self.rng.randint(2, 9), self.fresh()
            self.pick([
                lambda: self.emit(f"console.log([...{name}({limit})]);"),
                lambda: self.emit(f"for (const {one} of {name}({limit})) console.log('item', {one});"),
                lambda: self.emit(f"console.log(Math.max(...{name}({limit})), Array.from({name}({limit}), (n) => n * 2));"),
                lambda: self.lines_of(f"const {one} = {name}({limit});", f"console.log({one}.next().value, {one}.next().done);"),
            ])()  # fmt: skip

        self.use(use)

    def declare_iterator(self):
        name = self.pick(WORDS).capitalize() + f"List{self.fresh_number()}"
        self.lines_of(
            f"class {name} {{",
            "  #items = [];",
            "  add(item) {",
            "    this.#items.push(item);",
            "    return this;",
            "  }",
            "  get size() { return this.#items.length; }",
            "  *[Symbol.iterator]() {",
            "    for (const item of this.#items) yield item;",
            "  }",
            f"  map(change) {{ return this.#items.map(change); }}",
            "}",
            "",
        )

        def use():
            made = self.fresh()
            self.emit(f"const {made} = new {name}();")
            self.emit(f"{made}.add({self.small()}).add({self.small()});")
            self.emit(f"for (const item of {made}) console.log(item);")
            self.emit(f"console.log({made}.size, [...{made}].join('/'), {made}.map((n) => n + 1));")

        self.use(use)

    def declare_memo(self):
        name, slow = self.fresh(), self.fresh()
        self.lines_of(
            f"function {name}(work) {{",
            "  const known = new Map();",
            "  return (key) => {",
            "    if (!known.has(key)) known.set(key, work(key));",
            "    return known.get(key);",
            "  };",
            "}",
            "",
        )

        def use():
            self.lines_of(
                f"let {slow} = 0;",
                f"const {slow}Cached = {name}((n) => {{",
                f"  {slow} += 1;",
                f"  return n * {self.rng.randint(2, 6)};",
                "});",
                f"console.log({slow}Cached(2), {slow}Cached(2), {slow}Cached({self.rng.randint(2, 4)}), {slow});",
            )

        self.use(use)

    def declare_recursion(self):
        name = self.fresh()
        kind = self.pick(["flatten", "factorial", "depth", "gcd"])
        if kind == "flatten":
            self.lines_of(f"const {name} = (list) => list.reduce((all, x) => all.concat(Array.isArray(x) ? {name}(x) : [x]), []);", "")
            self.use(lambda: self.emit(f"console.log({name}([1, [2, [3, {self.small()}]], []]));"))
        elif kind == "factorial":
            self.lines_of(f"function {name}(n) {{", f"  return n <= 1 ? 1 : n * {name}(n - 1);", "}", "")
            self.use(lambda: self.emit(f"console.log({name}({self.rng.randint(0, 9)}));"))
        elif kind == "gcd":
            self.lines_of(f"const {name} = (a, b) => (b === 0 ? a : {name}(b, a % b));", "")
            self.use(lambda: self.emit(f"console.log({name}({self.rng.randint(1, 60)}, {self.rng.randint(1, 60)}));"))
        else:
            self.lines_of(f"function {name}(node) {{", "  if (!node) return 0;", f"  return 1 + Math.max({name}(node.left), {name}(node.right));", "}", "")
            self.use(lambda: self.emit(f"console.log({name}({{ left: {{ left: null, right: null }}, right: {self.pick(['null', '{ left: null, right: { left: null, right: null } }'])} }}));"))

    def declare_static_members(self):
        name = self.pick(WORDS).capitalize() + f"Tally{self.fresh_number()}"
        self.lines_of(
            f"class {name} {{",
            "  static #total = 0;",
            f"  static limit = {self.rng.randint(2, 6)};",
            "  static add(n = 1) {",
            f"    {name}.#total += n;",
            f"    return {name}.#total > {name}.limit;",
            "  }",
            f"  static get total() {{ return {name}.#total; }}",
            "}",
            "",
        )
        self.use(lambda: self.emit(f"console.log({name}.add(), {name}.add({self.rng.randint(1, 5)}), {name}.total);"))

    def declare_getter_setter(self):
        name = self.pick(WORDS).capitalize() + f"Degrees{self.fresh_number()}"
        self.lines_of(
            f"class {name} {{",
            f"  _celsius = {self.small()};",
            "  get celsius() { return this._celsius; }",
            "  set celsius(value) { this._celsius = Math.max(-50, value); }",
            "  get fahrenheit() { return this.celsius * 9 / 5 + 32; }",
            "  toJSON() { return { celsius: this.celsius }; }",
            "}",
            "",
        )

        def use():
            made = self.fresh()
            self.emit(f"const {made} = new {name}();")
            self.emit(f"{made}.celsius {self.pick(['=', '+=', '-='])} {self.pick([5, 20, 99, -70])};")
            self.emit(f"console.log({made}.celsius, {made}.fahrenheit, JSON.stringify({made}));")

        self.use(use)

    def declare_early_return(self):
        name = self.fresh()
        limit = self.rng.randint(1, 6)
        self.lines_of(
            f"function {name}(items, wanted) {{",
            "  for (const [i, item] of items.entries()) {",
            f"    if (item.length > {limit} && wanted) return i;",
            "    if (item === wanted) return -i;",
            "  }",
            f"  {self.pick(['return null;', 'return;', 'return undefined;'])}",
            "}",
            "",
        )
        self.use(lambda: self.emit(f"console.log({name}({self.words()}, {self.word()}) ?? 'nothing', {name}([], 'x') === {self.pick(['null', 'undefined'])});"))

    # ---- statements
    def do_nested_destructure(self):
        a, b, c = self.fresh(), self.fresh(), self.fresh()
        self.emit(f"const {{ one: {a}, two: {{ deep: [{b}, {c} = {self.small()}] }}, other = {self.word()} }} = {{ one: {self.number(1)}, two: {{ deep: [{self.small()}] }} }};".replace("other =", f"other{a}: {a}Other ="))
        self.emit(f"console.log({a}, {b}, {c}, {a}Other);")
        for name in (a, b, c):
            self.declare(name, "number")

    def do_nested_record(self):
        name = self.fresh()
        self.emit(f"const {name} = {{ id: {self.small()}, user: {{ name: {self.word()}, tags: {self.words()} }}, scores: {self.numbers(0)} }};")
        self.emit(self.pick([
            f"{name}.user.tags.push({self.word()});", f"{name}.user.name += '!';", f"{name}.scores[0] = {self.number(1)};",
            f"{name}.user = {{ ...{name}.user, age: {self.small()} }};", f"delete {name}.id;", f"{name}['extra'] = {self.any_value(1)};",
        ]))  # fmt: skip
        self.emit(self.pick([
            f"console.log(JSON.stringify({name}));", f"console.log({name}.user.name, {name}.scores.length, {name}.user?.tags?.[1]);",
            f"console.log(Object.keys({name}).join(), {name}.missing?.deep);", f"console.log({name});",
            f"console.log({name}.user.tags.map((t, i) => `${{i}}${{t}}`), 'id' in {name});",
        ]))  # fmt: skip

    def do_group(self):
        name, one = self.fresh(), self.fresh()
        key = self.pick([f"{one}.length", f"{one}[0]", f"{one}.length > 4 ? 'long' : 'short'"])
        self.lines_of(
            f"const {name} = {{}};",
            f"for (const {one} of {self.words(3, 6)}) {{",
            f"  const key = {key};",
            self.pick([f"  ({name}[key] ??= []).push({one});", f"  {name}[key] = ({name}[key] || 0) + 1;", f"  if (!{name}[key]) {name}[key] = [];\n" + "  " * (self.depth + 1) + f"{name}[key].push({one});"]),
            "}",
            self.pick([f"for (const [key, value] of Object.entries({name}).sort()) console.log(key, value);", f"console.log(Object.values({name}).length, Object.keys({name}).sort());"]),
        )

    def do_sort_records(self):
        name = self.fresh()
        people = ", ".join(f"{{ name: {self.word()}, age: {self.rng.randint(20, 24)} }}" for _ in range(self.rng.randint(3, 5)))
        compare = self.pick(["(a, b) => a.age - b.age", "(a, b) => b.age - a.age || a.name.localeCompare(b.name)", "(a, b) => a.name.localeCompare(b.name) || a.age - b.age",
                             "(a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.age - b.age)", "({ age: a }, { age: b }) => a - b"])  # fmt: skip
        self.emit(f"const {name} = [{people}];")
        self.emit(f"{name}.sort({compare});")
        self.emit(self.pick([f"console.log({name}.map(({{ name, age }}) => `${{name}}-${{age}}`).join(' '));", f"for (const {{ name, age }} of {name}) console.log(name.padEnd(8), String(age).padStart(4, '0'));", f"console.log({name}.find((p) => p.age > 21)?.name, {name}.findIndex((p) => p.age === 99));"]))

    def do_map_chain(self):
        self.emit(f"console.log({self.numbers(1)}.filter((n) => n > {self.small()}).map((n, i) => n * i).reduce((sum, n) => sum + n, {self.small()}), {self.words()}.map((w) => w[0].toUpperCase() + w.slice(1)).join(' '));")

    def do_set_algebra(self):
        a, b = self.fresh(), self.fresh()
        self.emit(f"const {a} = new Set({self.numbers(0)});")
        self.emit(f"const {b} = new Set({self.numbers(0)});")
        self.emit(self.pick([
            f"console.log([...{a}].filter((x) => {b}.has(x)), [...new Set([...{a}, ...{b}])].length);",
            f"{b}.forEach((x) => {a}.add(x));\n{'  ' * self.depth}console.log([...{a}].sort((x, y) => x - y), {a}.size);",
            f"console.log({a}.has({self.small()}) ? 'in' : 'out', Array.from({b}).every((x) => {a}.has(x)));",
        ]))  # fmt: skip

    def do_labels(self):
        a, b = self.fresh(), self.fresh()
        self.lines_of(
            f"outer{a}: for (let {a} = 0; {a} < 3; {a}++) {{",
            f"  for (let {b} = 0; {b} < 3; {b}++) {{",
            f"    if ({b} === {self.rng.randint(0, 2)}) {self.pick(['continue', 'break'])} outer{a};",
            f"    if ({a} + {b} > {self.rng.randint(1, 3)}) {self.pick(['break', 'continue'])};",
            f"    console.log({a}, {b});",
            "  }",
            "}",
        )

    def do_for_in(self):
        name, key = self.fresh(), self.fresh()
        self.emit(f"const {name} = {{ b: {self.small()}, a: {self.word()}, c: {self.flag(0)} }};")
        self.emit(f"for (const {key} in {name}) console.log({key}, {name}[{key}]);")

    def do_truth(self):
        values = ["0", "''", "[]", "null", "undefined", "NaN", "'0'", "-1", "0.5", "'a'", "false", "[0]", "{}"]
        one = self.fresh()
        chosen = self.pick(values)
        self.pick([
            lambda: self.emit(f"console.log({', '.join(f'{v} ? 1 : 2' for v in self.rng.sample(values, 3))});"),
            lambda: self.emit(f"console.log(Boolean({chosen}), !{self.pick(values)}, !!{self.pick(values)});"),
            lambda: self.lines_of(f"const {one} = {chosen};", f"if ({one}) console.log('yes'); else console.log('no');"),
            lambda: self.lines_of(f"let {one} = {self.numbers(1)};", f"if ({one}) console.log('list', {one}.length);", f"if (!{one}.length) console.log('empty');"),
            lambda: self.emit(f"console.log({self.numbers(0)}.concat([0, 0]).filter(Boolean), [{', '.join(self.rng.sample(values[:5] + values[7:10], 3))}].filter(Boolean).length);"),
            lambda: self.lines_of(f"const {one} = {self.text(1)};", f"console.log({one} ? 'some' : 'none', {one} && 1 ? 'x' : 'y', {one}.length || 'zero');"),
        ])()  # fmt: skip

    def do_nullish(self):
        name = self.fresh()
        self.emit(f"const {name} = {{ zero: 0, empty: '', nothing: null, some: {self.small()} }};")
        field = self.pick(["zero", "empty", "nothing", "some", "gone"])
        self.emit(f"console.log({name}.{field} ?? 'd', {name}.{self.pick(['zero', 'empty', 'some'])} || 'e', {name}.{self.pick(['zero', 'nothing', 'gone'])} === {self.pick(['null', 'undefined', '0'])}, {name}.gone?.x ?? {self.small()});")
        if self.chance(0.4):
            self.emit(f"{name}.nothing ??= {self.small()};")
            self.emit(f"{name}.zero ||= {self.small()};")
            self.emit(f"{name}.some &&= {self.small()};")
            self.emit(f"console.log({name}.nothing, {name}.zero, {name}.some);")

    def do_text_methods(self):
        name = self.fresh()
        self.emit(f"const {name} = {self.pick([self.text(1), repr('  Hello, World  '), repr('a-b-c-d'), repr('one two  three')])};")
        calls = ["substring(1, 4)", "indexOf('o')", "lastIndexOf('e')", "split('-')", "trim().length", "trimStart()", "trimEnd()", "charCodeAt(0) || 0", "codePointAt(0) ?? 0",
                 "toUpperCase()", "slice(-3)", "slice(2, -1)", "split(' ').length", "replace('-', '+')", "replaceAll('-', '')", "padStart(20, '*')", "includes('el')",
                 "startsWith('a', 0)", "at(0)", "split('').sort().join('')", "concat('x', 'y')", "search(/[aeiou]/)", "match(/[a-z]+/g)?.length ?? 0", "repeat(2)", "localeCompare('m')",
                 "substring(3, 1)", "split('').map((c) => c + c).join('')", "slice(5)", "trim().split(/\\s+/)", "normalize() === ''", "[0]", "length"]  # fmt: skip
        for call in self.rng.sample(calls, 3):
            self.emit(f"console.log({name}{'' if call[0] == '[' else '.'}{call});")
        self.declare(name, "text")

    def do_number_formats(self):
        name = self.fresh()
        self.emit(f"const {name} = {self.pick([str(self.small()), '3.14159', '-7.5', '1234567.891', '0.1 + 0.2', '1e21', '255', '1 / 3', '100', '2 ** 40'])};")
        calls = [f"{name}.toFixed({self.rng.randint(0, 3)})", f"String({name})", f"{name} + ''", f"`${{{name}}}`", f"{name}.toString()", f"Math.round({name} * 100) / 100",
                 f"{name} / 2", f"{name} % 3", f"Math.trunc({name})", f"Math.floor(-{name})", f"Math.sign({name})", f"Number.isInteger({name})", f"JSON.stringify({name})",
                 f"[{name}, {name} * 2].join(';')", f"{name} > 3 ? '>' : '<='", f"-{name}", f"{name} ** 2", f"Math.round({name})", f"Math.ceil({name} / 2)", f"Math.max({name}, 3)", f"Math.hypot(3, 4)", f"Math.sqrt(16) + {name}"]  # fmt: skip
        self.emit(f"console.log({', '.join(self.rng.sample(calls, 3))});")

    def do_arithmetic(self):
        a, b = self.fresh(), self.fresh()
        self.emit(f"let {a} = {self.small()};")
        self.emit(f"const {b} = {self.rng.choice([-3, -2, 2, 3, 4, 7])};")
        for _ in range(2):
            self.emit(self.pick([f"{a} += {b};", f"{a} -= {b} * 2;", f"{a} *= {b};", f"{a} = {a} % {b};", f"{a} = Math.floor({a} / {b});", f"{a} /= {b};", f"{a} **= 2;", f"{a} = {a} > 0 ? {a} : -{a};", f"{a} = -{a} + {b};"]))
        self.emit(f"console.log({a}, {a} / {b}, {a} * 1.5, {a} === {b}, {a} - -{abs(self.small())});")
        self.declare(a, "number")

    def do_switch_text(self):
        name = self.fresh()
        a, b, c = self.rng.sample(WORDS, 3)
        self.lines_of(
            f"for (const {name} of ['{a}', '{b}', '{c}', 'none']) {{",
            f"  switch ({name}) {{",
            f"    case '{a}':",
            f"      console.log('first', {self.any_value(1)});",
            f"      {self.pick(['break;', 'break;', 'continue;'])}",
            f"    case '{b}':",
            f"    case '{c}':",
            f"      console.log('second');",
            "      break;" if self.chance(0.7) else "      console.log('falls');",
            "    default:",
            f"      console.log('neither');",
            "  }",
            "}",
        )

    def do_json(self):
        name = self.fresh()
        value = f"{{ n: {self.small()}, t: {self.word()}, list: {self.numbers(0)}, ok: {self.flag(0)}, none: null, inner: {{ x: {self.pick([1.5, 2, 0.25])} }} }}"
        self.emit(self.pick([
            f"console.log(JSON.stringify({value}));", f"console.log(JSON.stringify({value}, null, 2));",
            f"const {name} = JSON.parse(JSON.stringify({value}));\n{'  ' * self.depth}console.log({name}.n + 1, {name}.list.length, {name}.inner.x, {name}.none);",
            f"const {name} = JSON.parse('{{\"a\": [1, 2, {{\"b\": null}}], \"c\": \"x\"}}');\n{'  ' * self.depth}console.log({name}.a[2].b, {name}.c, {name}.a.length);",
            f"try {{\n{'  ' * self.depth}  JSON.parse('{{bad');\n{'  ' * self.depth}}} catch (err) {{\n{'  ' * self.depth}  console.log(err.name, err instanceof SyntaxError);\n{'  ' * self.depth}}}",
        ]))  # fmt: skip

    def do_rethrow(self):
        self.lines_of(
            "try {",
            "  try {",
            f"    if ({self.flag(1)}) throw new TypeError({self.text(1)});",
            f"    console.log('inner', {self.any_value(1)});",
            "  } catch (err) {",
            f"    {self.pick(['throw err;', 'throw new Error(`outer: ${err.message}`);', 'throw new Error(' + repr('wrapped') + ', { cause: err });', 'console.log(err.message);'])}",
            "  } finally {",
            "    console.log('cleanup');",
            "  }",
            "} catch (outer) {",
            f"  console.log({self.pick(['outer.message', 'outer instanceof TypeError, outer.message', 'outer.name'])});",
            "}",
        )

    def do_matrix(self):
        name = self.fresh()
        rows = ", ".join("[" + ", ".join(str(self.small()) for _ in range(3)) + "]" for _ in range(2))
        self.emit(f"const {name} = [{rows}];")
        self.emit(self.pick([
            f"console.log({name}[0].map((_, c) => {name}.map((row) => row[c])));", f"for (const row of {name}) console.log(row.join(' '));", f"console.log({name}.flat().reduce((a, b) => Math.max(a, b)));",
            f"for (let r = 0; r < {name}.length; r++) {{\n{'  ' * self.depth}  for (let c = 0; c < {name}[r].length; c++) {name}[r][c] *= {self.rng.randint(2, 3)};\n{'  ' * self.depth}}}\n{'  ' * self.depth}console.log({name});",
            f"{name}.push([{self.small()}]);\n{'  ' * self.depth}console.log({name}.map((row) => row.length), {name}.at(-1));",
        ]))  # fmt: skip

    def do_reduce_record(self):
        name = self.fresh()
        self.emit(f"const {name} = {self.words(3, 6)}.reduce((all, w) => ({{ ...all, [w]: (all[w] ?? 0) + 1 }}), {{}});")
        self.emit(self.pick([f"console.log({name});", f"console.log(Object.entries({name}).filter(([, n]) => n > 1).map(([w]) => w));", f"console.log(Object.fromEntries(Object.entries({name}).map(([k, v]) => [k.toUpperCase(), v * 2])));"]))

    def do_spread_call(self):
        name = self.fresh()
        self.emit(f"const {name} = {self.numbers(0)};")
        self.emit(f"console.log(Math.max(...{name}), Math.min(...{name}, {self.small()}), [...{name}, ...{self.words()}].length);")
        self.declare(name, "numbers")

    def do_regex(self):
        name = self.fresh()
        self.emit(f"const {name} = '{self.pick(WORDS)}={self.small()}; {self.pick(WORDS)}={abs(self.small())};';")
        self.emit(self.pick([
            f"console.log({name}.match(/(\\w+)=(-?\\d+)/)?.[2]);", f"console.log({name}.replace(/\\d/g, '#'));", f"console.log([...{name}.matchAll(/(\\w+)=/g)].map((m) => m[1]));",
            f"console.log(/^[a-z]+=/.test({name}), {name}.split(/;\\s*/).filter(Boolean));", f"console.log({name}.replace(/(\\w+)=/g, (_, key) => key.toUpperCase() + ':'));",
        ]))  # fmt: skip

    def do_curry(self):
        name = self.fresh()
        self.emit(f"const {name} = (a) => (b) => a {self.pick('+-*')} b;")
        self.emit(f"const {name}Bound = {name}({self.small()});")
        self.emit(f"console.log({name}Bound({self.small()}), {self.numbers(0)}.map({name}Bound), {name}(1)(2));")

    def do_do_while(self):
        name = self.fresh()
        self.lines_of(f"let {name} = {self.rng.randint(20, 90)};", "do {", f"  {name} = Math.floor({name} / 2);", f"  if ({name} % 5 === 0) continue;", f"  console.log({name});", f"}} while ({name} > {self.rng.randint(3, 9)});")

    def do_typeof(self):
        values = ["1", "'a'", "true", "undefined", "null", "[]", "{}", "() => 1", "new Map()", "NaN"]
        name, one = self.fresh(), self.fresh()
        self.emit(f"const {name} = [{', '.join(self.rng.sample(['1', repr('a'), 'true', 'null', '[1]', '2.5'], 4))}];")
        self.emit(f"for (const {one} of {name}) console.log(typeof {one}, Array.isArray({one}), typeof {one} === 'number' ? {one} + 1 : '-');")
        self.emit(f"console.log(typeof {self.pick([v if v[0] not in '{(' else f'({v})' for v in values])});")

    def do_number_parsing(self):
        texts = ["'12'", "'3.5'", "'x1'", "''", "'12px'", "' 7 '", "'-4'", "'1e3'", "'0x1f'"]
        self.emit(f"console.log({self.pick(['Number', 'parseInt', 'parseFloat'])}({self.pick(texts)}), parseInt({self.pick(texts)}, 10), Number.isNaN(Number({self.pick(texts)})), +{self.pick(texts[:2])} + 1, Number({self.pick(['null', 'true', repr('5')])}));")

    def do_char_codes(self):
        self.emit(f"console.log({self.text(1)}.split('').map((c) => c.charCodeAt(0)).reduce((a, b) => (a * 31 + b) % 1000, 7), String.fromCharCode({self.rng.randint(65, 90)}, {self.rng.randint(97, 122)}));")

    def do_fill(self):
        name = self.fresh()
        self.emit(f"const {name} = {self.pick(['new Array(3).fill(0)', 'Array.from({ length: 3 }, (_, i) => i * i)', '[...Array(3).keys()]', 'Array(3).fill(null).map((_, i) => i + 1)', 'Array.of(1, 2, 3)'])};")
        self.emit(f"{name}[{self.rng.randint(0, 2)}] = {self.small()};")
        self.emit(f"console.log({name}, {name}.lastIndexOf(1), {name}.reduceRight((a, n) => a + '' + n, ''));")
        self.declare(name, "numbers")

    def do_optional_call(self):
        name = self.fresh()
        self.emit(f"const {name} = {{ run: (n) => n + {self.small()}, name: {self.word()} }};")
        self.emit(f"console.log({name}.run?.({self.small()}), {name}.stop?.(), {name}?.name?.length, {name}.list?.[0] ?? 'no');")

    def do_object_methods(self):
        name = self.fresh()
        self.lines_of(
            f"const {name} = {{",
            f"  items: {self.numbers(0)},",
            "  total() { return this.items.reduce((a, b) => a + b, 0); },",
            f"  get first() {{ return this.items[0] ?? {self.small()}; }},",
            f"  scale(by = {self.rng.randint(2, 4)}) {{",
            "    this.items = this.items.map((n) => n * by);",
            "    return this;",
            "  },",
            "};",
            f"console.log({name}.total(), {name}.scale().total(), {name}.scale({self.small()}).first);",
        )

    def do_swap(self):
        a, b = self.fresh(), self.fresh()
        self.lines_of(f"let {a} = {self.small()};", f"let {b} = {self.number(1)};", f"[{a}, {b}] = [{b}, {a} + {b}];", f"{a}++;", f"--{b};", f"console.log({a}, {b}, {a} + {b});")
        self.declare(a, "number", False)

    def do_map_of_lists(self):
        name, one = self.fresh(), self.fresh()
        self.lines_of(
            f"const {name} = new Map([['a', [{self.small()}]], ['b', []]]);",
            f"for (const {one} of {self.words(2, 5)}) {{",
            f"  const key = {one}.includes('e') ? 'a' : {one}[0];",
            f"  if (!{name}.has(key)) {name}.set(key, []);",
            f"  {name}.get(key).push({one});",
            "}",
            self.pick([f"for (const [key, list] of {name}) console.log(key, list.length, list);", f"console.log([...{name}.keys()], [...{name}.values()].map((l) => l.length));", f"{name}.forEach((list, key) => console.log(`${{key}}: ${{list.join()}}`));", f"{name}.delete('b');\n{'  ' * self.depth}console.log({name}.size, {name}.get('b')?.length ?? 'gone', [...{name}.entries()].length);"]),
        )

    def do_stack_queue(self):
        name = self.fresh()
        self.lines_of(
            f"const {name} = {self.numbers(0)};",
            f"while ({name}.length{self.pick(['', ' > 1', ' > 0'])}) {{",
            f"  const item = {name}.{self.pick(['pop', 'shift'])}();",
            f"  console.log(item, {name}.length);",
            f"  if (item > {self.rng.randint(5, 20)}) {self.pick(['break', name + '.length = 0'])};",
            "}",
        )

    def do_frozen(self):
        name = self.fresh()
        self.emit(f"const {name} = Object.freeze({{ LOW: {self.small()}, HIGH: {self.word()} }});")
        self.emit(f"console.log({name}.LOW, Object.values({name}).includes({name}.HIGH));")

    def do_comma_numbers(self):
        self.emit(f"console.log(({self.pick([1234567, 999, 1000, 1234.5])}).toLocaleString('en-US'), ({self.pick([0.256, 0.5, 1.239])} * 100).toFixed(1) + '%');")

    def do_tuples(self):
        name = self.fresh()
        self.emit(f"const {name} = [[{self.word()}, {self.small()}], [{self.word()}, {self.small()}]];")
        self.emit(self.pick([f"for (const [key, value] of {name}) console.log(`${{key}}=${{value}}`);", f"console.log(Object.fromEntries({name}));", f"console.log({name}.map(([k, v]) => v + k).sort());", f"const [[{name}First]] = {name};\n{'  ' * self.depth}console.log({name}First, new Map({name}).size);"]))

    def do_bits(self):
        a, b = self.rng.randint(0, 255), self.rng.randint(0, 255)
        self.emit(f"console.log({a} & {b}, {a} | {b}, {a} ^ {b}, ~{a}, {a} << {self.rng.randint(0, 4)}, {a} >> 2, {a} >>> 1, ({a}).toString(2), ({b}).toString(16).padStart(4, '0'), parseInt('{a:x}', 16));")

    def do_dates(self):
        self.emit(f"console.log(new Date({self.rng.randint(0, 10**12)}).toISOString(), new Date('2024-0{self.rng.randint(1, 9)}-1{self.rng.randint(0, 9)}T00:00:00Z').getUTCDate());")

    def do_concat_numbers(self):
        self.emit(f"console.log({self.number(1)} + {self.text(0)} + {self.number(0)}, '' + ({self.number(1)}), {self.small()} + {self.small()} + 'x' + {self.small()} + {self.small()}, 'n: ' + ({self.flag(0)}), 'list: ' + {self.numbers(0)});")

    def do_find_last(self):
        name = self.fresh()
        self.emit(f"const {name} = {self.numbers(1)};")
        self.emit(f"console.log({name}.find((n) => n > {self.small()}) ?? 'none', {name}.findLast((n) => n < {self.small()}), {name}.some((n) => n === 0), {name}.at(-1), {name}.indexOf({self.small()}));")

    def do_string_compare(self):
        self.emit(f"console.log({self.words(3, 5)}.sort(), {self.word()} < {self.word()}, [{', '.join(str(self.rng.randint(-20, 120)) for _ in range(4))}].sort(), {self.words(3, 4)}.sort((a, b) => b.length - a.length || (a < b ? -1 : 1)));")

    def do_finally_order(self):
        name = self.fresh()
        self.lines_of(
            f"const {name} = (n) => {{",
            "  try {",
            f"    if (n % 2) {self.pick(['throw new Error(`odd ${n}`)', 'return `odd ${n}`'])};",
            "    return 'even';",
            "  } catch (err) {",
            "    return err.message;",
            "  } finally {",
            "    console.log('leaving', n);",
            "  }",
            "};",
            f"console.log({name}({self.small()}), {name}({self.small()}));",
        )

    def do_closures_in_loop(self):
        name = self.fresh()
        self.lines_of(f"const {name} = [];", f"for (let i = 0; i < {self.rng.randint(2, 4)}; i++) {name}.push(() => i * {self.rng.randint(2, 9)});", f"console.log({name}.map((f) => f()));")
