// See mutate.h.
#include "mutate.h"

#include <algorithm>
#include <vector>

#include "support/source.h"
#include "syntax/cst.h"

namespace asyncport::fuzz {
namespace {

std::size_t Below(Random& random, std::size_t count) {
  return count == 0 ? 0 : std::uniform_int_distribution<std::size_t>(0, count - 1)(random);
}

// Pieces that ordinary programs seldom hold.
constexpr std::string_view kJsPieces[] = {
    "await x",
    "(async () => { await f(); })()",
    "...x",
    "{...a, b}",
    "[, a]",
    "a?.b?.[c]?.()",
    "`${a}\n${`${b}`}`",
    "x \?\?= y",
    "yield* g()",
    "new.target",
    "import.meta.url",
    "super.x",
    "/a[/]b/gu",
    "0x1F_FFn",
    "-0",
    "\"\\u{1F600}\\0\"",
    "label: for (;;) continue label;",
    "/* c */",
    "// c\n",
    "async function* g() { yield 1; }",
    "class A extends B { static #x = 1; get [k]() { return this.#x; } }",
    "for await (const x of y) {}",
    "try { f(); } catch { } finally { return 1; }",
    "switch (x) { case 1: default: break; }",
    "delete a.b",
    "({ a: [b = 1, ...c], d: { e } } = f);",
    "Promise.all([a(), b()])",
    "x => ({ y: x })",
    "void 0",
    "typeof x",
    "a, b",
    "if (a) b; else c;",
    "export default function () {}",
    "import * as m from \"m\";",
    "var undefined;",
    "let async = 1, of = 2, get = 3;",
    "do x(); while (y)",
    "\u2028",
    "#!/usr/bin/env node\n",
    "'use strict'",
};
constexpr std::string_view kPyPieces[] = {
    "await x",
    "lambda *a, b=1, **k: (yield)",
    "*a, b",
    "**k",
    "a if b else c",
    "(y := f(x))",
    "f\"{a!r:>{w}} {b=}\"",
    "rb'\\x00'",
    "1_000j",
    "0xFFFF_FFFF_FFFF_FFFF_F",
    "...",
    "[i async for i in x if i]",
    "{**a, 'b': 1}",
    "{1, *b}",
    "x[::-1]",
    "x[a, b:c]",
    "# c\n",
    "not a",
    "a < b < c",
    "a @ b",
    "pass",
    "del a[0], b.c",
    "global g",
    "nonlocal n",
    "assert x, y",
    "raise A from None",
    "return",
    "yield from g()",
    "print(*a, sep='')",
    "try: x\nexcept* E as e: pass",
    "async with a as b, c: pass",
    "match x:\n    case {'a': [1, *r], **k} if r: pass",
    "class A(B, metaclass=M):\n    x: int = 1\n    @property\n    def y(self): return self.__z",
    "def f(a, /, b: int = 1, *, c) -> 'T': ...",
    "for a, *b in c: pass\nelse: pass",
    "while x: break\nelse: pass",
    "import a.b as c",
    "from . import *",
    "\"\"\"d\n  e\"\"\"",
    "@d(1)\nasync def f(): yield",
    "asyncio.gather(*a, return_exceptions=True)",
    "a = b = c",
    "x: int",
    "a //= -b",
    "None",
    "self",
    "\\\n",
    "type X = int",
};

struct Piece {
  std::string_view kind;
  Span span;
};

std::vector<Piece> PiecesOf(const std::string& text, Language language) {
  const Source source("text", text);
  const Result<syntax::Parsed> parsed = syntax::Parse(source, language, {});
  std::vector<Piece> out;
  if (!parsed) return out;
  std::vector<syntax::CstNode> todo = {parsed.value().cst.root()};
  while (!todo.empty() && out.size() < 20'000) {
    const syntax::CstNode node = todo.back();
    todo.pop_back();
    if (node.span().end > node.span().begin) out.push_back({node.kind(), node.span()});
    for (const syntax::CstNode& child : node.Children()) todo.push_back(child);
  }
  for (const Span& comment : parsed.value().cst.Comments()) out.push_back({"comment", comment});
  return out;
}

// The column where the line of `at` begins to hold something.
std::size_t IndentAt(std::string_view text, std::size_t at) {
  const std::size_t line = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
  std::size_t end = line;
  while (end < text.size() && text[end] == ' ') ++end;
  return end - line;
}

// Python: the lines after the first keep their distance to it.
std::string Moved(std::string_view piece, std::size_t from, std::size_t to) {
  std::string out;
  bool is_first = true;
  for (std::size_t at = 0; at <= piece.size();) {
    const std::size_t end = std::min(piece.find('\n', at), piece.size());
    std::string_view line = piece.substr(at, end - at);
    if (!is_first) {
      out += '\n';
      std::size_t blanks = std::min(line.find_first_not_of(' '), line.size());
      line.remove_prefix(blanks);
      if (!line.empty()) out.append(blanks >= from ? blanks - from + to : to, ' ');
    }
    out += line;
    is_first = false;
    at = end + 1;
  }
  return out;
}

std::string MutateTree(const std::string& text, const std::string& donor, bool py, Random& random) {
  const Language language = py ? Language::kPy : Language::kJs;
  const std::vector<Piece> pieces = PiecesOf(text, language);
  if (pieces.empty()) return donor;
  const Piece& at = pieces[Below(random, pieces.size())];
  const std::size_t to = IndentAt(text, at.span.begin);
  std::string piece;
  switch (Below(random, 8)) {
    case 0:  // taken out
      break;
    case 1: {  // twice
      const std::string_view own =
          std::string_view(text).substr(at.span.begin, at.span.end - at.span.begin);
      piece = std::string(own) + (Below(random, 2) != 0 ? "\n" + std::string(to, ' ') : ", ") +
              std::string(own);
      break;
    }
    case 2: {  // another part of the same program
      const Piece& other = pieces[Below(random, pieces.size())];
      piece =
          Moved(std::string_view(text).substr(other.span.begin, other.span.end - other.span.begin),
                IndentAt(text, other.span.begin), to);
      break;
    }
    case 3: {
      const std::string_view rare = py ? kPyPieces[Below(random, std::size(kPyPieces))]
                                       : kJsPieces[Below(random, std::size(kJsPieces))];
      piece = Moved(rare, 0, to);
      if (Below(random, 3) == 0)
        piece +=
            "\n" + std::string(to, ' ') + text.substr(at.span.begin, at.span.end - at.span.begin);
      break;
    }
    default: {  // a part of another program, of the same kind if there is one
      const std::vector<Piece> others = PiecesOf(donor, language);
      if (others.empty()) return text;
      std::vector<const Piece*> same;
      for (const Piece& other : others) {
        if (other.kind == at.kind) same.push_back(&other);
      }
      const Piece& other = !same.empty() && Below(random, 4) != 0
                               ? *same[Below(random, same.size())]
                               : others[Below(random, others.size())];
      piece =
          Moved(std::string_view(donor).substr(other.span.begin, other.span.end - other.span.begin),
                IndentAt(donor, other.span.begin), to);
    }
  }
  std::string out = text;
  return out.replace(at.span.begin, at.span.end - at.span.begin, piece);
}

std::vector<std::string> Lines(std::string_view text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
    out.emplace_back(text.substr(at, end - at));
    at = end;
  }
  return out;
}

std::string MutateLines(const std::string& text, const std::string& donor, Random& random) {
  static constexpr std::string_view kWords[] = {"[[",
                                                "]]",
                                                "\"",
                                                "```js\n",
                                                "```py rejected x\n",
                                                "+++\n",
                                                "## Shape\n",
                                                "### a\n",
                                                " = [1, \"a\"]\n",
                                                " = { a = -1 }\n",
                                                "is = \"not\"\n",
                                                "$X",
                                                "$$$XS",
                                                "-1e308",
                                                "0x",
                                                "\"?\"",
                                                "\"$f\"",
                                                "requires = \"a\"\n",
                                                "\\u0000",
                                                "{\"a\":"};
  std::vector<std::string> lines = Lines(text);
  const std::vector<std::string> others = Lines(donor);
  if (lines.empty()) return donor;
  const std::size_t at = Below(random, lines.size());
  switch (Below(random, 6)) {
    case 0:
      lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(at));
      break;
    case 1:
      lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(at),
                   lines[Below(random, lines.size())]);
      break;
    case 2:
      std::swap(lines[at], lines[Below(random, lines.size())]);
      break;
    case 3:
      lines[at].insert(Below(random, lines[at].size()), kWords[Below(random, std::size(kWords))]);
      break;
    case 4: {  // the value of one key for another's
      const std::size_t mine = lines[at].find('=');
      const std::string& other = others.empty() ? lines[at] : others[Below(random, others.size())];
      const std::size_t its = other.find('=');
      if (mine != std::string::npos && its != std::string::npos)
        lines[at] = lines[at].substr(0, mine) + other.substr(its);
      break;
    }
    default:
      if (!others.empty()) {
        const std::size_t from = Below(random, others.size());
        const std::size_t count =
            1 + Below(random, std::min<std::size_t>(12, others.size() - from));
        lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(at),
                     others.begin() + static_cast<std::ptrdiff_t>(from),
                     others.begin() + static_cast<std::ptrdiff_t>(from + count));
      }
  }
  std::string out;
  for (const std::string& line : lines) out += line;
  return out;
}

// Messages of the language server: the JSON of one is changed like a program, and framed again.
std::string MutateFrames(std::string_view stream, std::string_view donor, Random& random) {
  const auto split = [](std::string_view text) {
    std::vector<std::string> out;
    static constexpr std::string_view kHead = "Content-Length: ";
    for (std::size_t at = text.find(kHead); at != std::string_view::npos;) {
      const std::size_t next = text.find(kHead, at + 1);
      const std::size_t body = text.find("\r\n\r\n", at);
      if (body != std::string_view::npos && body + 4 <= std::min(next, text.size()))
        out.emplace_back(text.substr(body + 4, std::min(next, text.size()) - body - 4));
      at = next;
    }
    return out;
  };
  std::vector<std::string> messages = split(stream);
  const std::vector<std::string> others = split(donor);
  if (messages.empty()) return std::string(donor);
  std::string& one = messages[Below(random, messages.size())];
  const std::string& other = others.empty() ? one : others[Below(random, others.size())];
  if (Below(random, 3) == 0) {
    messages.push_back(other);
  } else {
    // In brackets a message is an expression for the grammar of JavaScript too.
    const std::string changed = MutateTree("(" + one + ")", "(" + other + ")", false, random);
    one = changed.size() > 2 ? changed.substr(1, changed.size() - 2) : changed;
  }
  std::string out;
  for (const std::string& message : messages) {
    const std::size_t size = message.size() + (Below(random, 50) == 0 ? 1 : 0);
    out += "Content-Length: " + std::to_string(size) + "\r\n\r\n" + message;
  }
  return out;
}

}  // namespace

std::string Mutate(std::string_view bytes, std::string_view donor, Text text, Random& random) {
  if (bytes.empty()) return std::string(donor);
  char first = bytes.front();
  std::string own(bytes.substr(1));
  const std::string other(donor.empty() ? donor : donor.substr(1));
  if (Below(random, 40) == 0 && text == Text::kJsOrPy)
    first = static_cast<char>(first ^ (2 << Below(random, 4)));
  if (Below(random, 20) == 0 && (text == Text::kExercise || text == Text::kLines))
    first = static_cast<char>(Below(random, 256));
  for (std::size_t i = 0, count = 1 + Below(random, 3); i < count; ++i) {
    if (text == Text::kBytes) {
      own = MutateFrames(own, other, random);
    } else if (text == Text::kLines) {
      own = MutateLines(own, other, random);
    } else {
      own = MutateTree(own, other, IsPython(text, static_cast<unsigned char>(first)), random);
    }
  }
  return first + own;
}

}  // namespace asyncport::fuzz
