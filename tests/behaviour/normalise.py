"""Decides whether two printed outputs say the same thing in two languages.

`compare(expected, actual)` gives None when they do, else a short text on the first
difference. It knows how Node's console.log and Python's print write the same value, and
nothing about programs, processes or files.

Example: compare("{ userId: 42 }", "{'user_id': 42}") is None;
compare("[ 1, 2 ]", "[2, 1]") names line 1.

What counts as the same (both sides are brought to one form before they are compared):
  lines      CRLF -> LF, ANSI colours dropped, trailing blanks and trailing blank lines
             dropped. A line that ends in an opening bracket or in a comma inside an open
             bracket is joined with the following ones until the brackets balance (Node
             breaks long values over lines, Python never). The number of lines that
             remain and their ORDER must be equal.
  tokens     each line is cut into strings, numbers, words and punctuation.
  constants  true=True, false=False, null=undefined=None, NaN=nan, Infinity=inf (bare
             words only, never inside a quoted string).
  quotes     'a' = "a" = `a` with escapes resolved; but 'a' is NOT a (bare), and '1' is
             NOT 1. Node's 'aa' + 'bb' continuation is one string.
  numbers    1 = 1.0, 1e-7 = 1e-07, 1e+21 = 1000000000000000000000, 5n = 5, -0 = 0;
             integers above 2**53 may be written in the shortest-double form; two values
             with 15 or more significant digits may differ by 4 ulp (Math.sin and the
             like). 2.00 is NOT 2 and 1.50 is NOT 1.5 (a fixed format is text).
  headers    Map(2) {..}, Set(2) {..}, Foo {..}, Foo(2) [..], [Object: null prototype]
             {..}, [Map Iterator] {..}, deque([..]), frozenset({..}), Counter({..}),
             dict_keys([..]), set() lose the header; Foo(a=1, b=2) (a dataclass, a named
             tuple) = Foo { a: 1, b: 2 }.
  pairs      'k' => v is 'k': v; quotes of a KEY do not count; KEYS (only those of a
             {..}) are compared in snake_case, so userId = user_id.
  tuples     (1, 2) = [1, 2], (1,) = [1]; [] is NOT {}.
  errors     the bare words Error=Exception, RangeError=ValueError=IndexError,
             ReferenceError=NameError=UnboundLocalError, AggregateError=ExceptionGroup,
             AbortError=CancelledError.
  blanks     in a line with a bracket: not significant. In a line without any bracket:
             leading indentation is significant, a gap must exist on both sides or on
             neither, gaps of 1-2 are one class, gaps of 3 and more must be equal.
"""

import re
from dataclasses import dataclass

ANSI_COLOUR = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")
OPENING, CLOSING = "([{", ")]}"
QUOTES = "'\"`"
# A quote opens or closes a string only beside these, so that "don't" stays a word.
BEFORE_STRING = frozenset(" \t([{,:=<>+")
AFTER_STRING = frozenset(" \t)]},:;+.=!?")
NUMBER = re.compile(r"\d+(?:\.\d+)?(?:[eE][+-]?\d+)?n?")
NUMBER_PARTS = re.compile(r"(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?")
WORD = re.compile(r"[\w$]+")
BRACKET = re.compile(r"[\[\](){}]")
ESCAPE = re.compile(r"\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)", re.S)
SHORT_ESCAPES = {
    "n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "a": "\a",
}  # fmt: skip
CONSTANTS = {
    "true": "true", "True": "true", "false": "false", "False": "false",
    "null": "null", "undefined": "null", "None": "null",
    "NaN": "nan", "nan": "nan", "Infinity": "inf", "inf": "inf",
}  # fmt: skip
ERROR_NAMES = {
    "Exception": "Error", "ValueError": "RangeError", "IndexError": "RangeError",
    "NameError": "ReferenceError", "UnboundLocalError": "ReferenceError",
    "ExceptionGroup": "AggregateError", "CancelledError": "AbortError",
}  # fmt: skip
# Headers that say more than a class name does.
KEPT_HEADERS = frozenset(["Promise", "WeakMap", "WeakSet", "Proxy", "Symbol", "Error"])
WRAPPERS = frozenset([
    "deque", "frozenset", "Counter", "dict_keys", "dict_values", "dict_items", "OrderedDict",
    "mappingproxy", "MappingProxyType",
])  # fmt: skip
LONGEST_VALUE = 5000  # lines that one printed value may take
EXACT_INTEGERS = 2**53
ULP = 2.220446049250313e-16


@dataclass
class Token:
    kind: str  # str, num, word, const, punct, key
    text: str
    gap: int = 0  # blanks before it

    def is_punct(self, text):
        return self.kind == "punct" and self.text == text

    def opens(self):
        return self.kind == "punct" and self.text in OPENING

    def closes(self):
        return self.kind == "punct" and self.text in CLOSING

    def is_class_name(self):
        return self.kind == "word" and self.text[:1].isupper()


# ---------------------------------------------------------------- text to lines


def string_end(text, start):
    """Where the quoted string that starts at `start` ends (exclusive), or None."""
    if start and text[start - 1] not in BEFORE_STRING:
        return None
    quote, at = text[start], start + 1
    while at < len(text):
        if text[at] == "\\":
            at += 2
            continue
        if text[at] == quote and (at + 1 >= len(text) or text[at + 1] in AFTER_STRING):
            return at + 1
        at += 1
    return None


def open_brackets(text):
    """Opening minus closing brackets, those inside strings left out."""
    depth = at = 0
    while at < len(text):
        if text[at] in QUOTES and (end := string_end(text, at)):
            at = end
            continue
        depth += (text[at] in OPENING) - (text[at] in CLOSING)
        at += 1
    return depth


def joined_value(lines, first):
    """(text, next line) for a bracketed value that starts at `first`, or None."""
    if not lines[first] or lines[first][-1] not in OPENING + ",":
        return None
    depth = open_brackets(lines[first])
    if depth <= 0:
        return None
    parts, last = [lines[first]], first
    while depth > 0 and last + 1 < len(lines) and last - first < LONGEST_VALUE:
        last += 1
        depth += open_brackets(lines[last])
        parts.append(lines[last].strip())
    return (" ".join(parts), last + 1) if depth == 0 else None


def logical_lines(text):
    """The lines that are compared: values spread over several lines are joined."""
    plain = ANSI_COLOUR.sub("", text).replace("\r\n", "\n")
    lines = [line.rstrip() for line in plain.split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    out, at = [], 0
    while at < len(lines):
        line, at = joined_value(lines, at) or (lines[at], at + 1)
        out.append(line)
    return out


# --------------------------------------------------------------- line to tokens


def unescape(text):
    def one(match):
        body = match.group(1)
        if (body[0] == "x" and len(body) == 3) or (body[0] in "uU" and len(body) in (5, 9)):
            try:
                return chr(int(body[1:], 16))
            except ValueError:
                return body
        return SHORT_ESCAPES.get(body, body)

    return ESCAPE.sub(one, text)


def number_end(line, at):
    """Where the number that starts at `at` ends, or None. `a1`, `1.2.3`, `3px` are not numbers."""
    before = line[at - 1] if at else " "
    start = at
    after_value = before.isalnum() or before in "_$."
    if line[at] == "-" and line[at + 1 : at + 2].isdigit() and not (after_value or before in ")]"):
        start = at + 1
    elif after_value:
        return None
    if not (line[start].isdigit() and line[start].isascii()):
        return None
    end = NUMBER.match(line, start).end()
    next_char, then = line[end : end + 1], line[end + 1 : end + 2]
    if next_char and (next_char.isalnum() or next_char in "_$"):
        return None
    return None if next_char == "." and then.isalnum() else end


def next_token(line, at):
    """(token, next position) for the token that starts at `at`; its gap is still 0."""
    if line[at] in QUOTES and (end := string_end(line, at)):
        return Token("str", unescape(line[at + 1 : end - 1])), end
    if end := number_end(line, at):
        return Token("num", line[at:end]), end
    if match := WORD.match(line, at):
        word = match.group()
        if word in CONSTANTS:
            return Token("const", CONSTANTS[word]), match.end()
        return Token("word", ERROR_NAMES.get(word, word)), match.end()
    length = 2 if line.startswith("=>", at) else 1
    return Token("punct", line[at : at + length]), at + length


def tokenise(line):
    tokens, at, gap = [], 0, 0
    while at < len(line):
        if line[at] in " \t\n\xa0":
            gap += 1
            at += 1
            continue
        token, at = next_token(line, at)
        token.gap, gap = gap, 0
        tokens.append(token)
    return tokens


# ------------------------------------------------------- tokens to a common form


def closing_of(tokens, start):
    """Index of the bracket that closes the one at `start`, or None."""
    depth = 0
    for at in range(start, len(tokens)):
        if tokens[at].opens():
            depth += 1
        elif tokens[at].closes():
            depth -= 1
            if depth == 0:
                return at
    return None


def punct_at(tokens, at, text):
    return 0 <= at < len(tokens) and tokens[at].is_punct(text)


# Each of the following removes one kind of header at `at`, in place. They say True when
# they did, so that the same place is looked at again.


def strip_bracketed_header(tokens, at):
    """[Object: null prototype] {..}, [Map Iterator] {..}, [Set Entries] {..}."""
    if not tokens[at].is_punct("["):
        return False
    end = closing_of(tokens, at)
    if not end or not punct_at(tokens, end + 1, "{") or not 1 < end - at <= 6:
        return False
    inside = tokens[at + 1 : end]
    if not all(t.kind in ("word", "const") or t.text == ":" for t in inside):
        return False
    if inside[-1].text in ("Iterator", "Entries"):
        last = closing_of(tokens, end + 1)
        if last:
            tokens[end + 1] = Token("punct", "[", tokens[at].gap)
            tokens[last] = Token("punct", "]", tokens[last].gap)
            del tokens[at : end + 1]
            return True
    if inside[0].text == "Object":
        del tokens[at : end + 1]
        return True
    return False


def strip_class_header(tokens, at):
    """Foo {..}, Foo(2) [..], Foo(2) [Map] {..}."""
    if not tokens[at].is_class_name() or tokens[at].text in KEPT_HEADERS:
        return False
    body, sized = at + 1, False
    if (
        punct_at(tokens, body, "(")
        and body + 3 < len(tokens)
        and tokens[body + 1].kind == "num"
        and tokens[body + 2].is_punct(")")
        and tokens[body + 3].kind == "punct"
        and tokens[body + 3].text in "[{"
    ):
        body, sized = body + 3, True
    if (
        punct_at(tokens, body, "[")
        and body + 2 < len(tokens)
        and tokens[body + 1].kind == "word"
        and tokens[body + 2].is_punct("]")
        and punct_at(tokens, body + 3, "{")
    ):
        body += 3
    if punct_at(tokens, body, "{") and tokens[body].gap or sized and punct_at(tokens, body, "["):
        tokens[body].gap = max(tokens[body].gap, tokens[at].gap)
        del tokens[at:body]
        return True
    return False


def strip_wrapper(tokens, at):
    """deque([..], maxlen=2), frozenset({..}), dict_keys([..])."""
    if tokens[at].kind != "word" or tokens[at].text not in WRAPPERS:
        return False
    if not punct_at(tokens, at + 1, "("):
        return False
    end = closing_of(tokens, at + 1)
    if not end or end <= at + 2 or tokens[at + 2].kind != "punct" or tokens[at + 2].text not in "[{":
        return False
    last = closing_of(tokens, at + 2)
    if last is None or not (last + 1 == end or punct_at(tokens, last + 1, ",")):
        return False
    inner = tokens[at + 2 : last + 1]
    inner[0].gap = tokens[at].gap
    tokens[at : end + 1] = inner
    return True


def strip_empty_set(tokens, at):
    """set(), frozenset()."""
    if tokens[at].kind != "word" or tokens[at].text not in ("set", "frozenset"):
        return False
    if not (punct_at(tokens, at + 1, "(") and punct_at(tokens, at + 2, ")")):
        return False
    tokens[at : at + 3] = [Token("punct", "{", tokens[at].gap), Token("punct", "}")]
    return True


def strip_keyword_header(tokens, at):
    """Foo(a=1, b=2), the way Python prints a dataclass or a named tuple."""
    if not (tokens[at].is_class_name() and punct_at(tokens, at + 1, "(")):
        return False
    end = closing_of(tokens, at + 1)
    if tokens[at + 1].gap or not end:
        return False
    named = at + 3 < len(tokens) and tokens[at + 2].kind == "word" and tokens[at + 3].is_punct("=")
    if end != at + 2 and not named:
        return False
    depth = 0
    for place in range(at + 1, end + 1):
        if tokens[place].opens():
            depth += 1
        elif tokens[place].closes():
            depth -= 1
        elif depth == 1 and tokens[place].is_punct("="):
            tokens[place] = Token("punct", ":")
    tokens[at + 1] = Token("punct", "{", tokens[at].gap)
    tokens[end] = Token("punct", "}")
    del tokens[at]
    return True


HEADERS = (
    strip_bracketed_header,
    strip_class_header,
    strip_wrapper,
    strip_empty_set,
    strip_keyword_header,
)


def strip_headers(tokens):
    tokens, at = list(tokens), 0
    while at < len(tokens):
        if not any(strip(tokens, at) for strip in HEADERS):
            at += 1
    return tokens


def tuples_to_lists(tokens):
    """(1, 2) and (1,) become [1, 2] and [1]; a call's parentheses stay."""
    for at, token in enumerate(tokens):
        if not token.is_punct("("):
            continue
        before = tokens[at - 1] if at else None
        separate = before is None or token.gap or before.kind == "punct" and before.text in "([{,:="
        end = closing_of(tokens, at) if separate else None
        if end is None:
            continue
        depth, comma = 0, False
        for inner in tokens[at:end]:
            depth += inner.opens() - inner.closes()
            comma = comma or depth == 1 and inner.is_punct(",")
        if comma:
            tokens[at] = Token("punct", "[", token.gap)
            tokens[end] = Token("punct", "]", tokens[end].gap)


def snake_case(key):
    return re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", key).lower().strip("_") or key


def common_form(tokens):
    tokens = strip_headers(tokens)
    tuples_to_lists(tokens)
    out, stack = [], []
    for at, token in enumerate(tokens):
        if token.opens():
            stack.append(token.text)
        elif token.closes():
            if stack:
                stack.pop()
            if len(out) > 1 and out[-1].is_punct(","):
                out.pop()  # a trailing comma
        in_braces = bool(stack) and stack[-1] == "{"
        if token.is_punct("=>") and in_braces:
            token = Token("punct", ":")
        is_key = (
            in_braces
            and token.kind in ("str", "word", "num", "const")
            and (punct_at(tokens, at + 1, ":") or punct_at(tokens, at + 1, "=>"))
            and out
            and out[-1].kind == "punct"
            and out[-1].text in "{,"
        )
        continues = (
            stack
            and token.kind == "str"
            and len(out) >= 2
            and out[-1].is_punct("+")
            and out[-2].kind == "str"
        )
        if is_key:
            out.append(Token("key", snake_case(token.text), token.gap))
        elif continues:
            out.pop()
            out[-1] = Token("str", out[-1].text + token.text, out[-1].gap)
        else:
            out.append(token)
    return out


# ------------------------------------------------------------------- comparing


def number_parts(text):
    """(sign, whole, fraction, exponent), or None."""
    match = NUMBER_PARTS.fullmatch(text.rstrip("n"))
    return match.groups() if match else None


def is_fixed_format(parts):
    """2.00, 1.50 and 007 were written that way on purpose: they are text."""
    _, whole, fraction, exponent = parts
    if fraction and exponent is None and fraction.endswith("0") and fraction != "0":
        return True
    return len(whole) > 1 and whole[0] == "0"


def as_integer(parts):
    sign, whole, fraction, exponent = parts
    return int(sign + whole) if exponent is None and fraction in (None, "0") else None


def is_shortest_double(integer):
    """Is this how JavaScript prints the double? (15511210043330986000000000)"""
    shortest = repr(abs(float(integer)))
    digits = re.sub(r"[.]0$|[eE].*|[.]", "", shortest).rstrip("0")
    return str(abs(integer)).rstrip("0") == digits


def same_integer(a, b):
    if a == b:
        return True
    if abs(a) <= EXACT_INTEGERS or abs(b) <= EXACT_INTEGERS:
        return False
    try:
        return float(a) == float(b) and (is_shortest_double(a) or is_shortest_double(b))
    except OverflowError:
        return False


def significant_digits(parts):
    return len((parts[1] + (parts[2] or "")).strip("0"))


def same_number(a, b):
    if a == b:
        return True
    parts_a, parts_b = number_parts(a), number_parts(b)
    if not parts_a or not parts_b or is_fixed_format(parts_a) or is_fixed_format(parts_b):
        return False
    integer_a, integer_b = as_integer(parts_a), as_integer(parts_b)
    if integer_a is not None and integer_b is not None:
        return same_integer(integer_a, integer_b)
    float_a, float_b = float(a.rstrip("n")), float(b.rstrip("n"))
    if float_a == float_b:
        return True
    if float_a - float_a != 0 or float_b - float_b != 0:
        return False  # an overflow is not near anything
    if min(significant_digits(parts_a), significant_digits(parts_b)) < 15:
        return False
    return abs(float_a - float_b) <= 4 * ULP * max(abs(float_a), abs(float_b))


def same_token(a, b):
    if a.kind != b.kind:
        return False
    return same_number(a.text, b.text) if a.kind == "num" else a.text == b.text


def gap_class(gap):
    return 1 if 1 <= gap <= 2 else gap


def same_words(a, b):
    """Lines without brackets: the blanks count too."""
    if len(a) != len(b) or not all(map(same_token, a, b)):
        return False
    if a and a[0].gap != b[0].gap:
        return False
    return all(gap_class(x.gap) == gap_class(y.gap) for x, y in zip(a[1:], b[1:]))


def same_line(a, b):
    if a == b:
        return True
    tokens_a, tokens_b = tokenise(a), tokenise(b)
    if not BRACKET.search(a) and not BRACKET.search(b):
        return same_words(tokens_a, tokens_b)
    form_a, form_b = common_form(tokens_a), common_form(tokens_b)
    return len(form_a) == len(form_b) and all(map(same_token, form_a, form_b))


def compare(expected, actual):
    """None if both say the same, else a short text on the first difference."""
    want, got = logical_lines(expected), logical_lines(actual)
    for number in range(max(len(want), len(got))):
        count = f"({len(got)} lines, {len(want)} expected)"
        if number >= len(want):
            return f"line {number + 1}: extra output {got[number][:160]!r} {count}"
        if number >= len(got):
            return f"line {number + 1}: missing {want[number][:160]!r} {count}"
        if not same_line(want[number], got[number]):
            return f"line {number + 1}: expected {want[number][:160]!r} got {got[number][:160]!r}"
    return None
