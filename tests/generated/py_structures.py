"""Random Python about structures: classes, closures, parameters, containers, generators, texts, truth, errors, match.

A mixin of py_programs.Program: `declare_*` writes something at the top of the program and adds to `self.uses` what
main may do with it; `do_*` writes statements. Nothing here waits: that is py_waiting.py's.
"""

from writer import WORDS


class Structures:
    """Statements and declarations about data."""

    structures = (
        "shapes", "counter", "rest", "unpack_nested", "nested_record", "group", "sort_records", "comp_chain", "set_algebra", "loop_else",
        "generator", "truth", "none_handling", "text_methods", "number_formats", "arithmetic", "match_shapes", "json", "custom_error",
        "reraise", "matrix", "counter_class", "spread_call", "regex", "closures", "iterator", "operators", "dataclass", "enum", "decorator",
        "memo", "recursion", "class_members", "property_setter", "early_return", "default_dict", "deque", "itertools", "walrus", "format_method",
        "number_parsing", "slices", "chars", "dict_methods", "named_tuple", "swap", "finally_order", "kwargs", "abstract", "reduce", "string_compare",
        "divmod", "zip_longest", "nested_functions", "global_name", "context_manager", "sorted_keys", "bytes_free", "tuple_keys", "isinstance_chain", "percent_format",
    )  # fmt: skip

    def word(self):
        return f"'{self.pick(WORDS)}'"

    def words(self, least=2, most=4):
        return "[" + ", ".join(self.word() for _ in range(self.rng.randint(least, most))) + "]"

    def small(self):
        return self.rng.randint(-4, 12)

    def small_list(self, least=1, most=5):
        return "[" + ", ".join(str(self.small()) for _ in range(self.rng.randint(least, most))) + "]"

    def need(self, line):
        if line not in self.imports:
            self.imports.append(line)

    # ---- declarations
    def declare_shapes(self):
        base, one, two = (self.pick(WORDS).capitalize() + f"{kind}{self.fresh_number()}" for kind in ("Base", "One", "Two"))
        self.lines_of(
            f"class {base}:",
            f"    made = {self.rng.randint(0, 2)}",
            "",
            f"    def __init__(self, name, *, secret={self.small()}):",
            "        self.name = name",
            "        self._secret = secret",
            f"        {base}.made += 1",
            "",
            "    def area(self):",
            f"        return {self.rng.randint(0, 3)}",
            "",
            "    def __str__(self):",
            "        return f'{self.name}({self.area()})'",
            "",
            f"class {one}({base}):",
            f"    def __init__(self, name, width={self.rng.randint(1, 4)}, height=None):",
            f"        super().__init__(name, secret=width)",
            "        self.width = width",
            f"        self.height = {self.pick(['height if height is not None else width * 2', 'height or width'])}",
            "",
            "    def area(self):",
            "        return self.width * self.height",
            "",
            "    def __repr__(self):",
            f"        return f'{one}({{self.name!r}}, {{self.width}})'",
            "",
            f"class {two}({base}):",
            f"    unit = {self.rng.randint(1, 3)}",
            "",
            "    def area(self):",
            f"        return super().area() + self.unit ** 2",
            "",
            "    @classmethod",
            "    def small(cls):",
            f"        return cls('{self.pick(WORDS)}', secret=cls.unit)",
            "",
            "    @staticmethod",
            "    def describe(value):",
            f"        return f'<{{value}}>' if value else '{self.pick(WORDS)}'",
            "",
        )

        def use():
            shapes, shape = self.fresh(), self.fresh()
            made = [f"{one}({self.word()})", f"{one}({self.word()}, {self.rng.randint(1, 9)}, height={self.rng.randint(0, 5)})", f"{two}({self.word()})", f"{two}.small()", f"{base}({self.word()}, secret={self.small()})"]
            self.emit(f"{shapes} = [{', '.join(self.rng.sample(made, 3))}]")
            self.lines_of(
                f"for {shape} in {shapes}:",
                f"    print({self.pick([f'{shape}', f'str({shape})', 'f' + repr('{' + shape + '!s:>12}')])}, {shape}.area(), isinstance({shape}, {one}), type({shape}).__name__)",
                f"print(sum(s.area() for s in {shapes}), {base}.made, max({shapes}, key=lambda s: s.area()).name)",
                f"print({two}.describe({self.small()}), {two}.describe(''), sorted(s._secret for s in {shapes}), hasattr({shapes}[0], 'width'), getattr({shapes}[1], 'width', 'none'))",
            )

        self.use(use)

    def declare_counter(self):
        name = self.fresh()
        self.lines_of(
            f"def {name}(start={self.small()}, *, step={self.rng.randint(1, 4)}):",
            "    current = start",
            "    history = []",
            "",
            "    def advance(times=1):",
            "        nonlocal current",
            "        for _ in range(times):",
            "            current += step",
            "            history.append(current)",
            "        return current",
            "",
            "    def show():",
            "        return f'{current}:{len(history)}'",
            "",
            "    return advance, show, history",
            "",
        )

        def use():
            a, b, c = self.fresh(), self.fresh(), self.fresh()
            self.lines_of(f"{a}, {b}, {c} = {name}({self.pick(['', str(self.small()), 'step=3', '5, step=-1'])})", f"{a}()", f"{a}({self.rng.randint(0, 3)})", f"print({b}(), {c}, {a}(times=2))")

        self.use(use)

    def declare_rest(self):
        name = self.fresh()
        self.lines_of(
            f"def {name}(first, *others, scale={self.rng.randint(1, 3)}, **options):",
            "    total = first + sum(others)",
            "    if options.get('negate'):",
            "        total = -total",
            f"    return total * scale{self.pick(['', ' / 2', ' // 2'])}",
            "",
        )
        self.use(lambda: self.emit(f"print({name}({self.small()}), {name}({self.small()}, {self.small()}, scale=3), {name}(*{self.small_list()}, negate={self.pick(['True', 'False'])}))"))

    def declare_kwargs(self):
        name = self.fresh()
        self.lines_of(
            f"def {name}(label, **fields):",
            "    parts = [f'{key}={value}' for key, value in sorted(fields.items())]",
            "    return f\"{label}[{', '.join(parts)}]\"",
            "",
        )

        def use():
            options = self.fresh()
            self.lines_of(f"{options} = {{'size': {self.small()}, 'name': {self.word()}}}", f"print({name}({self.word()}), {name}('x', b={self.small()}, a={self.word()}), {name}('y', **{options}, z=None))")

        self.use(use)

    def declare_custom_error(self):
        name = self.pick(WORDS).capitalize() + f"Error{self.fresh_number()}"
        checker, child = self.fresh(), f"{name}Child"
        self.lines_of(
            f"class {name}(Exception):",
            f"    def __init__(self, message, code={self.rng.randint(1, 9)}):",
            "        super().__init__(message)",
            "        self.code = code",
            "",
            f"class {child}({name}):",
            "    pass",
            "",
            f"def {checker}(value):",
            "    if value < 0:",
            f"        raise {child}(f'negative: {{value}}', code=value)",
            f"    if value > {self.rng.randint(5, 9)}:",
            f"        raise {name}('too large')",
            f"    return value * 2{self.pick(['', ' // 3', ' / 4'])}",
            "",
        )
        self.errors.append(name)

        def use():
            one = self.fresh()
            self.lines_of(
                f"for {one} in ({self.small()}, {self.small()}, {self.small()}):",
                "    try:",
                f"        print('ok', {checker}({one}))",
                f"    except {child} as err:",
                "        print('child', err, err.code)",
                f"    except {self.pick([name, f'({name}, ValueError)', 'Exception'])} as err:",
                f"        print(type(err).__name__, str(err), {self.pick(['err.args[0]', 'repr(err)', 'isinstance(err, ValueError)'])})",
                "    else:",
                f"        print('no error', {one})",
                "    finally:",
                f"        print('after', {one})",
            )

        self.use(use)

    def declare_generator(self):
        name = self.fresh()
        body = self.pick([
            ["a, b = 0, 1", "while a < limit:", "    yield a", "    a, b = b, a + b"],
            ["for i in range(0, limit, 2):", "    yield i * i"],
            ["for i in range(limit, 0, -1):", "    if i % 3 == 0:", "        continue", "    yield i"],
            ["yield from (limit, limit + 1)", "yield limit * 10"],
            ["yield limit", "if limit > 4:", "    return", "yield -limit"],
        ])  # fmt: skip
        self.lines_of(f"def {name}(limit):", *(f"    {line}" for line in body), "")

        def use():
            limit, one = self.rng.randint(2, 9), self.fresh()
            self.pick([
                lambda: self.emit(f"print(list({name}({limit})))"),
                lambda: self.lines_of(f"for {one} in {name}({limit}):", f"    print('item', {one})"),
                lambda: self.emit(f"print(sum({name}({limit})), max({name}({limit})), sorted({name}({limit}), reverse=True))"),
                lambda: self.lines_of(f"{one} = {name}({limit})", f"print(next({one}), next({one}, 'end'), list({one}))"),
                lambda: self.emit(f"print(dict(enumerate({name}({limit}))), tuple(x * 2 for x in {name}({limit})))"),
            ])()  # fmt: skip

        self.use(use)

    def declare_iterator(self):
        name = self.pick(WORDS).capitalize() + f"Bag{self.fresh_number()}"
        self.lines_of(
            f"class {name}:",
            "    def __init__(self, *items):",
            "        self._items = list(items)",
            "",
            "    def add(self, item):",
            "        self._items.append(item)",
            "        return self",
            "",
            "    def __len__(self):",
            "        return len(self._items)",
            "",
            "    def __iter__(self):",
            f"        {self.pick(['return iter(self._items)', 'yield from self._items'])}",
            "",
            "    def __contains__(self, item):",
            "        return item in self._items",
            "",
            "    def __getitem__(self, index):",
            "        return self._items[index]",
            "",
        )

        def use():
            made = self.fresh()
            self.lines_of(
                f"{made} = {name}({self.small()}, {self.small()})",
                f"{made}.add({self.small()}).add({self.small()})",
                f"print(len({made}), list({made}), {self.small()} in {made}, {made}[0], {made}[-1])",
                f"print([x + 1 for x in {made}], 'full' if {made} else 'empty', 'full' if {name}() else 'empty')",
            )

        self.use(use)

    def declare_operators(self):
        name = self.pick(WORDS).capitalize() + f"Vector{self.fresh_number()}"
        self.lines_of(
            f"class {name}:",
            "    def __init__(self, x, y=0):",
            "        self.x = x",
            "        self.y = y",
            "",
            "    def __add__(self, other):",
            f"        return {name}(self.x + other.x, self.y + other.y)",
            "",
            "    def __mul__(self, factor):",
            f"        return {name}(self.x * factor, self.y * factor)",
            "",
            "    def __eq__(self, other):",
            f"        return isinstance(other, {name}) and (self.x, self.y) == (other.x, other.y)",
            "",
            "    def __lt__(self, other):",
            "        return self.x < other.x",
            "",
            "    def __repr__(self):",
            f"        return f'V({{self.x}}, {{self.y}})'",
            "",
        )
        self.use(lambda: self.emit(f"print({name}({self.small()}, 1) + {name}({self.small()}), {name}(2) * {self.small()}, {name}(1, 2) == {name}(1, {self.rng.randint(1, 3)}), sorted([{name}(3), {name}({self.small()}), {name}(1)]), {name}(1) < {name}({self.small()}))"))

    def declare_dataclass(self):
        name = self.pick(WORDS).capitalize() + f"Item{self.fresh_number()}"
        self.need("from dataclasses import dataclass, field")
        options = self.pick(["", "(frozen=True)", "(order=True)"])
        self.lines_of(
            f"@dataclass{options}",
            f"class {name}:",
            "    name: str",
            f"    count: int = {self.rng.randint(0, 4)}",
            "    tags: list[str] = field(default_factory=list)",
            "",
            "    @property",
            "    def label(self) -> str:",
            f"        return f\"{{self.name}}x{{self.count}}{{'!' if self.tags else ''}}\"",
            "",
        )

        def use():
            a, b = self.fresh(), self.fresh()
            self.emit(f"{a} = {name}({self.word()}, {self.small()})")
            self.emit(f"{b} = {name}(name={self.word()}, tags={self.words()})")
            self.emit(f"print({a}, {b}.label, {a} == {name}({self.word()}, {self.small()}))")
            if options == "(order=True)":
                self.emit(f"print({a} < {b}, sorted([{b}, {a}])[0].name)")
            elif not options:
                self.lines_of(f"{a}.count += {self.small()}", f"{a}.tags.append({self.word()})", f"print({a}.count, {a}.tags, {b}.tags)")

        self.use(use)

    def declare_enum(self):
        name = self.pick(WORDS).capitalize() + f"Kind{self.fresh_number()}"
        self.need("from enum import Enum")
        self.lines_of(f"class {name}(Enum):", f"    LOW = {self.pick(['1', repr('low')])}", f"    HIGH = {self.pick(['2', repr('high')])}", "", "    def is_low(self):", f"        return self is {name}.LOW", "")

        def use():
            one = self.fresh()
            self.lines_of(f"for {one} in {name}:", f"    print({one}.name, {one}.value, {one} == {name}.LOW, {one}.is_low())", f"print({name}['LOW'].name, len({name}), {name}.HIGH is {name}.HIGH, [k.name for k in {name}])")

        self.use(use)

    def declare_named_tuple(self):
        name = self.pick(WORDS).capitalize() + f"Point{self.fresh_number()}"
        if self.chance(0.5):
            self.need("from typing import NamedTuple")
            self.lines_of(f"class {name}(NamedTuple):", "    x: int", f"    y: int = {self.small()}", "", "    def total(self):", "        return self.x + self.y", "")
            self.use(lambda: self.lines_of(f"print({name}({self.small()}).total(), {name}(1, y={self.small()}).y, {name}(1, 2)[0])"))
        else:
            self.need("from collections import namedtuple")
            self.lines_of(f"{name} = namedtuple('{name}', ['x', 'y'])", "")
            a = self.fresh()
            self.use(lambda: self.lines_of(f"{a} = {name}({self.small()}, y={self.small()})", f"print({a}.x, {a}[1], sum({a}), {a} == ({self.small()}, 2), {a}._replace(x=1).x)"))

    def declare_decorator(self):
        name, decorated = self.fresh(), self.fresh()
        self.need("import functools")
        form = self.pick(["plain", "argument"])
        inner = [
            "    @functools.wraps(func)",
            "    def wrapper(*args, **kwargs):",
            "        wrapper.calls += 1",
            f"        result = func(*args, **kwargs)",
            "        print('called', func.__name__, args, kwargs)",
            f"        return result{self.pick(['', ' * 2', ' + 1'])}",
            "    wrapper.calls = 0",
            "    return wrapper",
        ]
        if form == "plain":
            self.lines_of(f"def {name}(func):", *inner, "", f"@{name}")
        else:
            inner = [line.replace("wrapper.calls += 1", "print('times', times)") for line in inner if "calls = 0" not in line]
            self.lines_of(f"def {name}(times):", "    def decorate(func):", *(f"    {line}" for line in inner), "    return decorate", "", f"@{name}({self.rng.randint(1, 4)})")
        self.lines_of(f"def {decorated}(a, b={self.small()}):", f"    return a {self.pick('+-*')} b", "")
        self.use(lambda: self.emit(f"print({decorated}({self.small()}), {decorated}(1, b={self.small()}){f', {decorated}.calls' if form == 'plain' else ''})"))

    def declare_memo(self):
        name = self.fresh()
        self.need("import functools")
        self.lines_of(f"@functools.{self.pick(['lru_cache(maxsize=None)', 'cache'])}", f"def {name}(n):", f"    return n if n < 2 else {name}(n - 1) + {name}(n - 2)", "")
        self.use(lambda: self.emit(f"print({name}({self.rng.randint(0, 40)}), [{name}(i) for i in range(8)])"))

    def declare_recursion(self):
        name = self.fresh()
        kind = self.pick(["flatten", "factorial", "depth", "hanoi"])
        if kind == "flatten":
            self.lines_of(f"def {name}(items):", "    result = []", "    for item in items:", "        if isinstance(item, list):", f"            result.extend({name}(item))", "        else:", "            result.append(item)", "    return result", "")
            self.use(lambda: self.emit(f"print({name}([1, [2, [3, {self.small()}]], []]))"))
        elif kind == "factorial":
            self.lines_of(f"def {name}(n):", f"    return 1 if n <= 1 else n * {name}(n - 1)", "")
            self.use(lambda: self.emit(f"print({name}({self.rng.randint(0, 15)}))"))
        elif kind == "depth":
            self.lines_of(f"def {name}(node):", "    if node is None:", "        return 0", f"    return 1 + max({name}(node.get('left')), {name}(node.get('right')))", "")
            self.use(lambda: self.emit(f"print({name}({{'left': {{'right': None}}, 'right': {self.pick(['None', '{}'])}}}))"))
        else:
            self.lines_of(f"def {name}(n, a='A', b='B', c='C'):", "    if n == 0:", "        return 0", f"    return {name}(n - 1, a, c, b) + 1 + {name}(n - 1, c, b, a)", "")
            self.use(lambda: self.emit(f"print({name}({self.rng.randint(0, 4)}))"))

    def declare_class_members(self):
        name = self.pick(WORDS).capitalize() + f"Tally{self.fresh_number()}"
        self.lines_of(
            f"class {name}:",
            "    __total = 0",
            f"    limit = {self.rng.randint(2, 6)}",
            "    names = []",
            "",
            "    @classmethod",
            "    def add(cls, n=1):",
            "        cls.__total += n",
            "        cls.names.append(n)",
            "        return cls.__total > cls.limit",
            "",
            "    @classmethod",
            "    def total(cls):",
            "        return cls.__total",
            "",
        )
        self.use(lambda: self.emit(f"print({name}.add(), {name}.add({self.rng.randint(1, 5)}), {name}.total(), {name}.names, {name}.limit)"))

    def declare_property_setter(self):
        name = self.pick(WORDS).capitalize() + f"Gauge{self.fresh_number()}"
        self.lines_of(
            f"class {name}:",
            "    def __init__(self):",
            f"        self._level = {self.small()}",
            "",
            "    @property",
            "    def level(self):",
            "        return self._level",
            "",
            "    @level.setter",
            "    def level(self, value):",
            "        if value > 90:",
            "            raise ValueError(f'{value} is too much')",
            "        self._level = max(-50, value)",
            "",
            "    def __bool__(self):",
            "        return self._level > 0",
            "",
        )

        def use():
            made = self.fresh()
            self.lines_of(f"{made} = {name}()", "try:", f"    {made}.level {self.pick(['=', '+=', '-='])} {self.pick([5, 20, 99, -70])}", "except ValueError as err:", "    print(err)", f"print({made}.level, bool({made}), 'on' if {made} else 'off')")

        self.use(use)

    def declare_early_return(self):
        name = self.fresh()
        self.lines_of(
            f"def {name}(items, wanted=None):",
            "    for index, item in enumerate(items):",
            f"        if wanted and len(item) > {self.rng.randint(2, 6)}:",
            "            return index",
            "        if item == wanted:",
            "            return -index",
            f"    {self.pick(['return None', 'return', 'pass'])}",
            "",
        )
        self.use(lambda: self.emit(f"print({name}({self.words()}, {self.word()}), {name}([]) is None, {name}({self.words()}) or 'nothing')"))

    def declare_abstract(self):
        base, one = self.pick(WORDS).capitalize() + f"Plan{self.fresh_number()}", self.pick(WORDS).capitalize() + f"Real{self.fresh_number()}"
        self.need("from abc import ABC, abstractmethod")
        self.lines_of(
            f"class {base}(ABC):", "    @abstractmethod", "    def cost(self):", "        ...", "", "    def total(self, count):", "        return self.cost() * count", "",
            f"class {one}({base}):", "    def cost(self):", f"        return {self.small()}", "",
        )  # fmt: skip
        self.use(lambda: self.emit(f"print({one}().total({self.rng.randint(1, 5)}), isinstance({one}(), {base}))"))

    def declare_context_manager(self):
        name = self.fresh()
        if self.chance(0.5):
            self.need("from contextlib import contextmanager")
            self.lines_of("@contextmanager", f"def {name}(label):", "    print('enter', label)", "    try:", f"        yield label.upper()", "    finally:", "        print('exit', label)", "")
        else:
            self.lines_of(f"class {name}:", "    def __init__(self, label):", "        self.label = label", "    def __enter__(self):", "        print('enter', self.label)", "        return self.label.upper()",
                          "    def __exit__(self, kind, problem, trace):", "        print('exit', self.label, kind.__name__ if kind else None)", f"        return {self.pick(['False', 'kind is KeyError', 'None'])}", "")  # fmt: skip

        def use():
            self.lines_of("try:", f"    with {name}({self.word()}) as opened:", f"        print(opened, {self.any_value(1)})", f"        {self.pick(['raise KeyError(' + repr('inside') + ')', 'print(' + repr('fine') + ')', 'int(' + repr('x') + ')'])}", "except (KeyError, ValueError) as err:", "    print('out', type(err).__name__)")

        self.use(use)

    def declare_global_name(self):
        name, function = self.fresh(), self.fresh()
        self.lines_of(f"{name} = {self.small()}", "", f"def {function}(by={self.small()}):", f"    global {name}", f"    {name} += by", f"    return {name}", "")
        self.use(lambda: self.emit(f"print({function}(), {function}({self.small()}), {name})"))

    # ---- statements
    def do_unpack_nested(self):
        a, b, c = self.fresh(), self.fresh(), self.fresh()
        self.emit(self.pick([f"({a}, {b}), {c} = ({self.small()}, {self.number(1)}), {self.small()}", f"{a}, *_, {b} = [{self.small()}, 1, 2, {self.small()}]\n{'    ' * self.depth}{c} = 1", f"{a}, {b}, {c} = sorted([{self.small()}, {self.small()}, {self.small()}])", f"{a} = {b} = {c} = {self.number(1)}"]))
        self.emit(f"print({a}, {b}, {c})")
        for name in (a, b, c):
            self.declare(name, "number")

    def do_nested_record(self):
        name = self.fresh()
        self.emit(f"{name} = {{'id': {self.small()}, 'user': {{'name': {self.word()}, 'tags': {self.words()}}}, 'scores': {self.small_list()}}}")
        self.emit(self.pick([
            f"{name}['user']['tags'].append({self.word()})", f"{name}['user']['name'] += '!'", f"{name}['scores'][0] = {self.number(1)}", f"{name}['user'] = {{**{name}['user'], 'age': {self.small()}}}",
            f"del {name}['id']", f"{name}.update(extra={self.any_value(1)})", f"{name}.setdefault('list', []).append({self.small()})", f"{name} |= {{'id': {self.small()}}}",
        ]))  # fmt: skip
        self.emit(self.pick([
            f"print({name}['user']['name'], len({name}['scores']), {name}.get('missing', {{}}).get('deep'))", f"print(', '.join({name}), 'id' in {name})", f"print({name})",
            f"print([f'{{i}}{{t}}' for i, t in enumerate({name}['user']['tags'])], {name}['scores'][-1])", f"print({{k: type(v).__name__ for k, v in {name}.items()}})",
        ]))  # fmt: skip

    def do_group(self):
        name, one = self.fresh(), self.fresh()
        key = self.pick([f"len({one})", f"{one}[0]", f"'long' if len({one}) > 4 else 'short'"])
        self.lines_of(
            f"{name} = {{}}",
            f"for {one} in {self.words(3, 6)}:",
            f"    key = {key}",
            self.pick([f"    {name}.setdefault(key, []).append({one})", f"    {name}[key] = {name}.get(key, 0) + 1", f"    if key not in {name}:\n{'    ' * (self.depth + 2)}{name}[key] = []\n{'    ' * (self.depth + 1)}{name}[key].append({one})"]),
            self.pick([f"for key, value in sorted({name}.items()):\n{'    ' * (self.depth + 1)}print(key, value)", f"print(len({name}), sorted({name}), list({name}.values()))", f"print({name})"]),
        )

    def do_sort_records(self):
        name = self.fresh()
        people = ", ".join(f"{{'name': {self.word()}, 'age': {self.rng.randint(20, 24)}}}" for _ in range(self.rng.randint(3, 5)))
        key = self.pick(["key=lambda p: p['age']", "key=lambda p: (-p['age'], p['name'])", "key=lambda p: p['name'], reverse=True", "key=lambda p: len(p['name'])", "key=lambda p: (p['name'], p['age'])"])
        self.emit(f"{name} = [{people}]")
        self.emit(self.pick([f"{name}.sort({key})", f"{name} = sorted({name}, {key})"]))
        self.emit(self.pick([f"print(' '.join(f\"{{p['name']}}-{{p['age']}}\" for p in {name}))", f"for p in {name}:\n{'    ' * (self.depth + 1)}print(f\"{{p['name']:<8}}|{{p['age']:>4}}|{{p['age'] / 7:.2f}}\")", f"print(next((p['name'] for p in {name} if p['age'] > 21), None), max({name}, key=lambda p: p['age'])['name'])", f"print([p['age'] for p in {name}], sum(p['age'] for p in {name}) / len({name}))"]))

    def do_comp_chain(self):
        self.emit(self.pick([
            f"print([x * y for x in {self.small_list()} for y in range({self.rng.randint(1, 3)}) if x != y])", f"print({{w[0]: w for w in {self.words()}}})", f"print(sorted({{len(w) for w in {self.words()}}}))",
            f"print([[c for c in w if c in 'aeiou'] for w in {self.words()}])", f"print(list(map(lambda n: n * 2, filter(lambda n: n > {self.small()}, {self.numbers(1)}))))",
            f"print(sum(len(w) for w in {self.words()} if 'e' in w), ' '.join(w.capitalize() for w in {self.words()}))", f"print({{(a, b) for a, b in zip({self.small_list()}, {self.small_list()})}} == set())",
            f"print([n if n % 2 else -n for n in {self.numbers(1)}], dict(zip({self.words()}, {self.small_list()})))",
        ]))  # fmt: skip

    def do_set_algebra(self):
        a, b = self.fresh(), self.fresh()
        self.emit(f"{a}, {b} = set({self.small_list()}), {{{self.small()}, {self.small()}}}")
        self.emit(f"print({', '.join(self.rng.sample([f'sorted({a} & {b})', f'sorted({a} | {b})', f'sorted({a} - {b})', f'sorted({a} ^ {b})', f'{a} <= {b}', f'{a}.isdisjoint({b})', f'len({a}.union({b}, [1]))', f'{self.small()} in {a}', f'{a} == {b}'], 3))})")

    def do_loop_else(self):
        one = self.fresh()
        self.pick([
            lambda: self.lines_of(f"for {one} in {self.numbers(1)}:", f"    if {one} > {self.small()}:", f"        print('found', {one})", "        break", "else:", "    print('none found')"),
            lambda: self.lines_of(f"{one} = {self.rng.randint(0, 4)}", f"while {one} < {self.rng.randint(2, 6)}:", f"    {one} += 1", f"    if {one} == {self.rng.randint(1, 7)}:", "        break", f"    print({one})", "else:", f"    print('ended at', {one})"),
            lambda: self.lines_of(f"for {one} in range({self.rng.randint(2, 4)}):", "    for inner in range(3):", f"        if inner == {one}:", f"            {self.pick(['break', 'continue'])}", f"        print({one}, inner)", "    else:", f"        print('row', {one})"),
        ])()  # fmt: skip

    def do_truth(self):
        values = ["0", "''", "[]", "None", "{}", "()", "'0'", "-1", "0.5", "'a'", "False", "[0]", "0.0", "set()", "range(0)", "[[]]"]
        one, chosen = self.fresh(), self.pick(values)
        self.pick([
            lambda: self.emit(f"print({', '.join(f'1 if {v} else 2' for v in self.rng.sample(values, 3))})"),
            lambda: self.emit(f"print(bool({chosen}), not {self.pick(values)}, {self.pick(values)} or 'other', {self.pick(values)} and 'both')"),
            lambda: self.lines_of(f"{one} = {chosen}", f"if {one}:", "    print('yes')", "else:", "    print('no')"),
            lambda: self.lines_of(f"{one} = {self.numbers(1)}", f"if {one}:", f"    print('list', len({one}))", f"if not {one}:", "    print('empty')", f"print({one} or 'fallback', len({one}) and 'some')"),
            lambda: self.emit(f"print([v for v in [{', '.join(self.rng.sample(values, 4))}] if v])"),
            lambda: self.emit(f"print(any({self.small_list()}), all({self.small_list()}), any([]), all([]), list(filter(None, {self.small_list()} + [0])))"),
            lambda: self.lines_of(f"{one} = {{'a': {self.pick(['[]', '0', 'None', '[1]', repr('')])}}}", f"while {one}:", f"    print('popped', {one}.popitem()[0])", f"print({one}.get('a') or 'gone')"),
        ])()  # fmt: skip

    def do_none_handling(self):
        name = self.fresh()
        self.emit(f"{name} = {{'zero': 0, 'empty': '', 'nothing': None, 'some': {self.small()}}}")
        field = self.pick(["zero", "empty", "nothing", "some", "gone"])
        self.emit(f"print({name}.get('{field}') or 'd', {name}.get('{self.pick(['zero', 'nothing', 'gone'])}') is None, {name}.get('{self.pick(['zero', 'nothing', 'gone'])}', 'default'), {name}['nothing'] == None)")
        self.emit(f"print(f\"{{{name}['nothing']}} {{{name}['zero']!r}} {{{name}['empty']!r}}\", [v for v in {name}.values() if v is not None])")

    def do_text_methods(self):
        name = self.fresh()
        self.emit(f"{name} = {self.pick([self.text(1), repr('  Hello, World  '), repr('a-b-c-d'), repr('one two  three'), repr('MixedCase42')])}")
        calls = ["[1:4]", ".find('o')", ".rfind('e')", ".split('-')", ".strip()", ".lstrip()", ".rstrip('d')", ".split()", ".rsplit(' ', 1)", ".split(' ', 1)", ".partition('-')", ".upper()", "[-3:]", "[2:-1]", "[::-1]",
                 ".replace('-', '+', 1)", ".replace('o', '')", ".zfill(16)", ".center(21, '*')", ".startswith(('a', 'o'))", ".isdigit()", ".isalpha()", ".islower()", ".swapcase()", ".title()", ".capitalize()", ".count('e')",
                 ".splitlines()", ".removeprefix('one')", ".removesuffix('d')", ".casefold()", ".expandtabs(4)", ".isupper()", ".ljust(18) + '|'", ".encode('utf-8').hex()[:6]", ".isalnum()", " * 2", " + str(len(" + name + "))"]  # fmt: skip
        for call in self.rng.sample(calls, 3):
            self.emit(f"print(repr({name}{call}))" if self.chance(0.4) else f"print({name}{call})")
        self.declare(name, "text")

    def do_number_formats(self):
        name = self.fresh()
        self.emit(f"{name} = {self.pick([str(self.small()), '3.14159', '-7.5', '1234567.891', '0.1 + 0.2', '12.5', '255', '1 / 3', '100', '2 ** 40', '10.0', '0.75', '-0.0', '2.5', '1_000_000'])}")
        calls = [f"f'{{{name}:.{self.rng.randint(0, 3)}f}}'", f"str({name})", f"f'{{{name}}}'", f"round({name}, 2)", f"{name} / 2", f"{name} % 3", f"int({name})", f"{name} // 1", f"abs({name})", f"float({name})", f"[{name}, {name} * 2]",
                 f"{name} > 3", f"-{name}", f"{name} ** 2", f"round({name})", f"max({name}, 3)", f"f'{{{name}:,.2f}}'", f"f'{{{name}:>12}}'", f"f'{{{name}:e}}'", f"f'{{{name}:+.1f}}'", f"f'{{{name}:08.2f}}'", f"f'{{{name}:.1%}}'", f"f'{{{name}:g}}'",
                 f"repr({name})", f"{name} * 1.0", f"{name} == int({name})", f"isinstance({name}, int)", f"'%.2f' % {name}", f"int({name}) // 4", f"-{name} // 2", f"type({name}).__name__"]  # fmt: skip
        self.emit(f"print({', '.join(self.rng.sample(calls, 3))})")

    def do_arithmetic(self):
        a, b = self.fresh(), self.fresh()
        self.emit(f"{a} = {self.small()}")
        self.emit(f"{b} = {self.rng.choice([-3, -2, 2, 3, 4, 7])}")
        for _ in range(2):
            self.emit(self.pick([f"{a} += {b}", f"{a} -= {b} * 2", f"{a} *= {b}", f"{a} %= {b}", f"{a} //= {b}", f"{a} = {a} ** 2", f"{a} = {a} if {a} > 0 else -{a}", f"{a} = -{a} + {b}", f"{a} <<= 2", f"{a} &= 255", f"{a} = {a} ^ {abs(self.small())}"]))
        self.emit(f"print({a}, {a} / {b}, {a} * 1.5, {a} == {b}, {a} // {b}, {a} % {b}, -{a} % 5, 2 ** {self.rng.randint(0, 70)})")
        self.declare(a, "number")

    def do_divmod(self):
        a, b = self.fresh(), self.fresh()
        self.emit(f"{a}, {b} = divmod({self.rng.randint(-50, 500)}, {self.rng.choice([-7, 7, 60])})")
        self.emit(f"print({a}, {b}, f'{{{a}:02d}}:{{{b}:02d}}', {self.rng.randint(10, 99)} / {self.rng.randint(1, 9)}, {self.rng.randint(1, 99)} // {self.rng.choice([2.0, 2.5, 4])})")
        self.declare(a, "number")

    def do_match_shapes(self):
        one = self.fresh()
        values = ["('move', 1, 2)", "('move', 5)", "{'kind': 'circle', 'r': 2}", "{'kind': 'square'}", "[1, 2, 3]", "[]", "'stop'", "7", "None", "-1.5", "True", "[1]"]
        cases = [
            ["case ('move', x, y):", "print('move', x, y)"], ["case {'kind': 'circle', 'r': r}:", "print('circle', r * 2)"], ["case {'kind': kind}:", "print('kind', kind)"], ["case [first, *rest]:", "print('list', first, rest)"],
            ["case 'stop' | 'halt':", "print('stop')"], ["case None:", "print('none')"], ["case int() as n if n > 3:", "print('big', n)"], ["case str():", "print('text')"], ["case []:", "print('empty')"], ["case float() | int():", "print('number')"], ["case True | False:", "print('flag')"],
        ]  # fmt: skip
        self.emit(f"for {one} in [{', '.join(self.rng.sample(values, 4))}]:")
        self.emit(f"    match {one}:")
        for pattern, action in self.rng.sample(cases, 3):
            self.emit(f"        {pattern}")
            self.emit(f"            {action}")
        self.emit("        case _:")
        self.emit("            print('other')")

    def do_json(self):
        name = self.fresh()
        self.need("import json")
        value = f"{{'n': {self.small()}, 't': {self.word()}, 'list': {self.small_list()}, 'ok': {self.pick(['True', 'False'])}, 'none': None, 'inner': {{'x': {self.pick([1.5, 2, 0.25])}}}}}"
        self.emit(self.pick([
            f"print(json.dumps({value}))", f"print(json.dumps({value}, indent=2))", f"print(json.dumps({value}, sort_keys=True))", f"print(json.dumps({value}, separators=(',', ':')))",
            f"{name} = json.loads(json.dumps({value}))\n{'    ' * self.depth}print({name}['n'] + 1, len({name}['list']), {name}['inner']['x'], {name}['none'])",
            f"{name} = json.loads('{{\"a\": [1, 2, {{\"b\": null}}], \"c\": \"x\"}}')\n{'    ' * self.depth}print({name}['a'][2]['b'], {name}['c'], len({name}['a']))",
            f"try:\n{'    ' * self.depth}    json.loads('{{bad')\n{'    ' * self.depth}except {self.pick(['json.JSONDecodeError', 'ValueError'])} as err:\n{'    ' * self.depth}    print('bad json', isinstance(err, ValueError))",
            f"print(json.dumps([{self.small()}, None, True, 'é\"', 1.0]), json.dumps({self.text(1)}))",
        ]))  # fmt: skip

    def do_reraise(self):
        self.lines_of(
            "try:",
            "    try:",
            f"        if {self.flag(1)}:",
            f"            raise KeyError({self.word()})",
            f"        print('inner', {self.any_value(1)})",
            f"    except {self.pick(['KeyError', 'LookupError', '(KeyError, TypeError)'])} as err:",
            f"        {self.pick(['raise', 'raise ValueError(f' + repr('outer: {err}') + ') from err', 'raise RuntimeError(' + repr('wrapped') + ')', 'print(err)', 'raise ValueError(' + repr('gone') + ') from None'])}",
            "    finally:",
            "        print('cleanup')",
            "except Exception as outer:",
            f"    print(type(outer).__name__, {self.pick(['outer', 'outer.__cause__ is None', 'isinstance(outer, KeyError)', 'outer.args'])})",
        )

    def do_matrix(self):
        name = self.fresh()
        rows = ", ".join("[" + ", ".join(str(self.small()) for _ in range(3)) + "]" for _ in range(2))
        self.emit(f"{name} = [{rows}]")
        self.emit(self.pick([
            f"print([list(row) for row in zip(*{name})])", f"for row in {name}:\n{'    ' * (self.depth + 1)}print(*row)", f"print(max(max(row) for row in {name}), sum({name}, []))",
            f"for r in range(len({name})):\n{'    ' * (self.depth + 1)}for c in range(len({name}[r])):\n{'    ' * (self.depth + 2)}{name}[r][c] *= {self.rng.randint(2, 3)}\n{'    ' * self.depth}print({name})",
            f"{name}.append([{self.small()}])\n{'    ' * self.depth}print([len(row) for row in {name}], {name}[-1])", f"print([[0] * 2 for _ in range(2)], [row[::-1] for row in {name}])",
        ]))  # fmt: skip

    def do_counter_class(self):
        name = self.fresh()
        self.need("from collections import Counter")
        self.emit(f"{name} = Counter({self.pick([self.words(3, 6), repr('mississippi'), self.small_list()])})")
        self.emit(self.pick([f"print({name}.most_common(1)[0][1], sum({name}.values()), len({name}))", f"{name}.update(['x', 'x'])\n{'    ' * self.depth}print({name}['x'], {name}['nothing'])", f"print(sorted({name}.items(), key=lambda p: (-p[1], str(p[0]))))"]))

    def do_spread_call(self):
        name = self.fresh()
        self.emit(f"{name} = {self.small_list()}")
        self.emit(f"print(max(*{name}, 3), [*{name}, *{self.words()}], *{name}, sep={self.pick([repr(','), repr(' - ')])})")
        self.declare(name, "numbers")

    def do_regex(self):
        name = self.fresh()
        self.need("import re")
        self.emit(f"{name} = '{self.pick(WORDS)}={self.small()}; {self.pick(WORDS)}={abs(self.small())};'")
        self.emit(self.pick([
            f"print(re.search(r'(\\w+)=(-?\\d+)', {name}).group(2))", f"print(re.sub(r'\\d', '#', {name}))", f"print(re.findall(r'(\\w+)=', {name}))", f"print(bool(re.match(r'^[a-z]+=', {name})), [p for p in re.split(r';\\s*', {name}) if p])",
            f"print(re.sub(r'(\\w+)=', lambda m: m.group(1).upper() + ':', {name}))", f"for m in re.finditer(r'(?P<key>\\w+)=(\\d+)', {name}):\n{'    ' * (self.depth + 1)}print(m['key'], int(m[2]) + 1)",
        ]))  # fmt: skip

    def do_closures(self):
        name = self.fresh()
        self.pick([
            lambda: self.lines_of(f"{name} = [lambda x, i=i: x * i for i in range({self.rng.randint(2, 4)})]", f"print([f({self.small()}) for f in {name}])"),
            lambda: self.lines_of(f"{name} = [lambda: i for i in range({self.rng.randint(2, 4)})]", f"print([f() for f in {name}])"),
            lambda: self.lines_of(f"{name} = []", f"for i in range({self.rng.randint(2, 4)}):", f"    {name}.append(lambda: i * 2)", f"print([f() for f in {name}])"),
            lambda: self.lines_of(f"{name} = lambda a: lambda b: a {self.pick('+-*')} b", f"print({name}({self.small()})({self.small()}), list(map({name}(2), {self.small_list()})))"),
        ])()  # fmt: skip

    def do_default_dict(self):
        name = self.fresh()
        self.need("from collections import defaultdict")
        kind = self.pick(["list", "int", "set"])
        self.emit(f"{name} = defaultdict({kind})")
        action = {"list": f"{name}[w[0]].append(w)", "int": f"{name}[w[0]] += 1", "set": f"{name}[w[0]].add(len(w))"}[kind]
        self.lines_of(f"for w in {self.words(3, 5)}:", f"    {action}", f"print(sorted({name}), {'len(' + name + '[' + repr('zz') + '])' if kind != 'int' else name + '[' + repr('zz') + ']'}, 'zz' in {name}, {{k: {'v' if kind != 'set' else 'sorted(v)'} for k, v in sorted({name}.items())}})")

    def do_deque(self):
        name = self.fresh()
        self.need("from collections import deque")
        self.emit(f"{name} = deque({self.small_list()}{self.pick(['', ', maxlen=3'])})")
        for _ in range(2):
            self.emit(self.pick([f"{name}.append({self.small()})", f"{name}.appendleft({self.small()})", f"{name}.rotate({self.pick([1, -1, 2])})", f"{name}.extend([{self.small()}, 1])", f"print({name}.popleft() if {name} else 'empty')", f"print({name}.pop() if {name} else 'empty')"]))
        self.emit(f"print(list({name}), len({name}), {name}[0] if {name} else None)")

    def do_itertools(self):
        self.need("import itertools")
        self.emit(self.pick([
            f"print(list(itertools.chain({self.small_list()}, {self.words()})))", f"print(list(itertools.islice(itertools.count({self.small()}, 3), {self.rng.randint(0, 4)})))", f"print(list(itertools.accumulate({self.small_list()})))",
            f"print([a + b for a, b in itertools.product('ab', 'xy')])", f"print(list(itertools.pairwise({self.small_list()})))", f"for key, items in itertools.groupby(sorted({self.words()}, key=len), key=len):\n{'    ' * (self.depth + 1)}print(key, list(items))",
            f"print(list(itertools.combinations([1, 2, {self.small()}], 2)))", f"print(list(itertools.takewhile(lambda n: n < {self.small()}, {self.small_list()})))", f"print(list(itertools.chain.from_iterable([{self.small_list()}, {self.small_list()}])), list(itertools.repeat('x', 2)))",
        ]))  # fmt: skip

    def do_zip_longest(self):
        self.emit(self.pick([f"print(list(zip({self.words()}, {self.small_list()}, range(3))))", f"print([f'{{i}}.{{a}}{{b}}' for i, (a, b) in enumerate(zip({self.words()}, {self.small_list()}), start=1)])", f"print(dict(zip('abc', {self.small_list()})), list(zip(*[(1, 'a'), (2, 'b')])))"]))

    def do_walrus(self):
        name = self.fresh()
        self.pick([
            lambda: self.lines_of(f"{name} = {self.small_list(2, 5)}", f"while {name} and ({name}Item := {name}.pop()) > {self.rng.randint(-2, 6)}:", f"    print('popped', {name}Item)", f"print({name})"),
            lambda: self.lines_of(f"if ({name} := len({self.text(1)})) > {self.rng.randint(2, 9)}:", f"    print('long', {name})", "else:", f"    print('short', {name})"),
            lambda: self.lines_of(f"print([{name} for n in {self.small_list()} if ({name} := n * 3) > {self.small()}])"),
        ])()  # fmt: skip

    def do_format_method(self):
        self.emit(self.pick([
            f"print('{{}}-{{}}'.format({self.any_value(0)}, {self.small()}), '{{0}}{{1}}{{0}}'.format({self.word()}, {self.small()}))", f"print('{{name}}: {{n:>5}}'.format(name={self.word()}, n={self.small()}))",
            f"print(f'{{{self.small()}:>{self.rng.randint(3, 6)}}}|{{{self.small()}:<4}}|{{{self.small()}:^5}}|{{{self.small()}:05}}')", f"value = {self.word()}\n{'    ' * self.depth}print(f'{{value!r:>10}} {{value=}} {{value.upper()}} {{len(value):03d}}')", f"width = {self.rng.randint(4, 9)}\n{'    ' * self.depth}print(f'{{{self.small()}:<{{width}}}}|{{{self.small()}:*>{{width}}}}|')",
            f"print(f'{{{abs(self.small())}:b}} {{{abs(self.small())}:o}} {{{self.rng.randint(10, 999)}:#x}} {{{self.rng.randint(1000, 10**7)}:,}} {{{self.rng.randint(1000, 10**7)}:_}}')",
        ]))  # fmt: skip

    def do_percent_format(self):
        self.emit(f"print('%s and %d' % ({self.word()}, {self.small()}), '%5.1f|%-6s|%03d' % ({self.small()}, {self.word()}, {abs(self.small())}), '%s' % {self.small()}, '%d%%' % {self.small()})")

    def do_number_parsing(self):
        one = self.fresh()
        texts = ["'12'", "'3.5'", "'x1'", "''", "' 7 '", "'-4'", "'1e3'", "'0x1f'", "'1_000'"]
        self.lines_of(f"for {one} in ({', '.join(self.rng.sample(texts, 3))}):", "    try:", f"        print({self.pick(['int', 'float'])}({one}) + 1)", "    except ValueError as err:", f"        print('bad', {self.pick(['err', f'{one}', 'type(err).__name__'])})")
        self.emit(f"print(int('ff', 16), int({self.pick([3.7, -3.7])}), float('{self.small()}'), int(True), str({self.small()}) + '1', bool('False'))")

    def do_slices(self):
        name = self.fresh()
        self.lines_of(f"{name} = list(range({self.rng.randint(4, 9)}))")
        self.emit(self.pick([f"{name}[1:3] = [{self.small()}]", f"del {name}[0]", f"{name}[::2] = [0] * len({name}[::2])", f"{name}[-1] = {self.small()}", f"del {name}[:2]", f"{name}[2:2] = [9, 9]"]))
        self.emit(f"print({name}, {name}[{self.rng.randint(-3, 3)}:{self.rng.randint(-3, 6)}], {name}[::-{self.rng.randint(1, 2)}], {name}[{self.rng.randint(-2, 4)}:])")
        self.declare(name, "numbers")

    def do_chars(self):
        self.emit(f"print([ord(c) for c in {self.word()}][:3], chr({self.rng.randint(97, 122)}), ''.join(chr(ord(c) + 1) for c in {self.word()}), sum(map(ord, {self.text(1)})) % 97, sorted({self.word()}), ''.join(sorted(set({self.word()}))))")

    def do_dict_methods(self):
        name = self.fresh()
        self.emit(f"{name} = dict({self.pick(['a=1, b=2', '[(' + repr('a') + ', 1), (' + repr('c') + ', 3)]', 'zip(' + repr('ab') + ', [5, 6])'])})")
        calls = [f"{name}.pop('a', None)", f"{name}.get('b', 0)", f"list({name}.items())", f"{name}.setdefault('d', {self.small()})", f"sorted({name}, key={name}.get)", f"{name} == {{'a': 1, 'b': 2}}", f"'b' in {name}", f"len({name})", f"max({name}, key=lambda k: {name}[k])", f"list({name}.keys())[0]", f"sum({name}.values())", f"{{v: k for k, v in {name}.items()}}", f"dict.fromkeys('xy', 0)", f"list(reversed({name}))", f"{name}.copy() is {name}", f"next(iter({name}))"]
        for call in self.rng.sample(calls, 3):
            self.emit(f"print({call})" if not call.startswith(("max", "next", "list(" + name + ".keys")) else f"print({call} if {name} else 'empty')")

    def do_swap(self):
        a, b = self.fresh(), self.fresh()
        self.lines_of(f"{a}, {b} = {self.small()}, {self.number(1)}", f"{a}, {b} = {b}, {a} + {b}", f"print({a}, {b})", f"{name_list(a)} = [3, 1, 2]", f"{name_list(a)}[0], {name_list(a)}[2] = {name_list(a)}[2], {name_list(a)}[0]", f"print({name_list(a)})")
        self.declare(a, "number")

    def do_finally_order(self):
        name = self.fresh()
        self.lines_of(f"def {name}(n):", "    try:", "        if n % 2:", f"            {self.pick(['raise ValueError(f' + repr('odd {n}') + ')', 'return f' + repr('odd {n}')])}", "        return 'even'", "    except ValueError as err:", "        return str(err)", "    finally:", "        print('leaving', n)", f"print({name}({self.small()}), {name}({self.small()}))")

    def do_nested_functions(self):
        name = self.fresh()
        self.lines_of(f"def {name}(items, *, key=None, limit={self.rng.randint(1, 4)}):", "    def score(item):", "        return key(item) if key else item", f"    return sorted(items, key=score)[:limit]", f"print({name}({self.small_list()}), {name}({self.words()}, key=len, limit=2), {name}({self.small_list()}, key=lambda n: -n))")

    def do_reduce(self):
        self.need("import functools")
        self.emit(f"print(functools.reduce(lambda a, b: a {self.pick('+-*')} b, {self.small_list()}), functools.reduce(lambda a, b: {{**a, b: a.get(b, 0) + 1}}, {self.words()}, {{}}), list(map(functools.partial(max, {self.small()}), {self.small_list()})))")

    def do_string_compare(self):
        self.emit(f"print(sorted({self.words(3, 5)}), {self.word()} < {self.word()}, sorted([{', '.join(str(self.rng.randint(-20, 120)) for _ in range(4))}], key=str), max({self.words()}, key=lambda w: (len(w), w)), min({self.words()}), sorted({self.words()}, key=str.lower))")

    def do_sorted_keys(self):
        name = self.fresh()
        self.emit(f"{name} = {{{', '.join(f'{self.word()}: {self.small()}' for _ in range(3))}}}")
        self.emit(f"print(sorted({name}.items(), key=lambda kv: kv[1]), max({name}, key={name}.get), min({name}.values()), sorted({name}.values(), reverse=True), [k for k, v in {name}.items() if v > {self.small()}])")

    def do_bytes_free(self):
        self.emit(f"print(len({self.text(1)}.encode()), {self.flag(0)} + 1, sum([True, False, {self.flag(0)}]), {self.flag(0)} is True, [1, 2] < [1, {self.small()}], (1, 'a') == (1, 'a'), [1] + [{self.small()}] * 2)")

    def do_tuple_keys(self):
        name = self.fresh()
        self.lines_of(f"{name} = {{(0, 0): 'start', (1, {self.rng.randint(0, 2)}): {self.word()}}}", f"{name}[(2, 2)] = {self.small()}", f"for (x, y), value in {name}.items():", "    print(x + y, value)", f"print((1, 1) in {name}, {name}.get((0, 0)), len({name}))")

    def do_isinstance_chain(self):
        one = self.fresh()
        values = ["1", "2.5", "'a'", "None", "[1]", "{'k': 1}", "True", "(1, 2)", "{3}"]
        self.lines_of(f"for {one} in [{', '.join(self.rng.sample(values, 4))}]:", f"    if isinstance({one}, bool):", "        print('bool')", f"    elif isinstance({one}, (int, float)):", f"        print('number', {one} * 2)", f"    elif isinstance({one}, str):", f"        print('text', {one}.upper())", f"    elif {one} is None:", "        print('none')", "    else:", f"        print('many', len({one}))")


def name_list(name):
    return f"{name}_list"
