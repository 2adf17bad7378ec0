// Layouts in a given width: groups, forced breaks, end-of-line comments, best_of, fill, marks, and deep documents.
#include <string>
#include <vector>

#include "doc/doc.h"
#include "doc/printer.h"
#include "unit/catch_compat.hpp"

using namespace asyncport::doc;

namespace {

std::string Text(const Builder& b, Doc doc, std::uint32_t width, std::uint32_t indent = 2) {
  return Print(b, doc, {.width = width, .indent_width = indent}).text;
}

// `NAME(ITEMS)` as both formatters lay it out.
Doc Call(Builder& b, std::string_view name, const std::vector<Doc>& items,
         GroupOptions options = {}) {
  Doc list = b.Join(b.Concat({b.Text(","), b.Line()}), items);
  return b.Concat(
      {b.Text(name), b.Group(b.Concat({b.Text("("), b.Indent(b.Concat({b.SoftLine(), list})),
                                       b.IfBreak(b.Text(",")), b.SoftLine(), b.Text(")")}),
                             options)});
}

}  // namespace

TEST_CASE("a group is flat when it fits and broken when it does not", "[doc]") {
  Builder b;
  Doc call = Call(b, "f", {b.Text("one"), b.Text("two")});
  CHECK(Text(b, call, 11) == "f(one, two)");
  CHECK(Text(b, call, 10) == "f(\n  one,\n  two,\n)");
  CHECK(Text(b, call, 10, 4) == "f(\n    one,\n    two,\n)");
}

TEST_CASE("inner groups are tried anew when the outer one breaks", "[doc]") {
  Builder b;
  Doc call = Call(b, "outer", {Call(b, "f", {b.Text("one"), b.Text("two")}), b.Text("x")});
  CHECK(Text(b, call, 16) == "outer(\n  f(one, two),\n  x,\n)");
}

TEST_CASE("what follows a group up to the next possible newline counts", "[doc]") {
  Builder b;
  Doc doc = b.Concat(
      {Call(b, "f", {b.Text("one")}), b.Text(".then"), b.HardLine(), b.Text("a very long line")});
  CHECK(Text(b, doc, 11) == "f(one).then\na very long line");
  CHECK(Text(b, doc, 10) == "f(\n  one,\n).then\na very long line");
}

TEST_CASE("a forced break reaches the groups around it, and nothing else", "[doc]") {
  Builder b;
  SECTION("a magic trailing comma") {
    Doc inner = Call(b, "g", {b.Text("x")}, {.broken = true});
    CHECK(b.WillBreak(inner));
    CHECK(Text(b, Call(b, "f", {inner, Call(b, "h", {b.Text("y")})}), 80) ==
          "f(\n  g(\n    x,\n  ),\n  h(y),\n)");
  }
  SECTION("a comment at the end of a line") {
    Doc commented = b.Concat({b.Text("a"), b.LineSuffix(b.Text("  # why")), b.BreakParent()});
    CHECK(Text(b, Call(b, "f", {commented, b.Text("b")}), 80) == "f(\n  a,  # why\n  b,\n)");
  }
  SECTION("a line end inside a string does not") {
    Doc text = b.Lines("'''one\n  two'''");
    CHECK_FALSE(b.WillBreak(text));
    CHECK(Text(b, b.Indent(Call(b, "f", {text})), 80) == "f('''one\n  two''')");
  }
  SECTION("the broken form of an if_break does not") {
    Doc doc = b.Group(b.Concat({b.Text("a"), b.IfBreak(b.HardLine(), b.Text("-")), b.Text("b")}));
    CHECK(Text(b, doc, 80) == "a-b");
  }
}

TEST_CASE("end-of-line comments wait for the newline and for the end", "[doc]") {
  Builder b;
  Doc comment = b.LineSuffix(b.Text("  // why"));
  CHECK(Text(b, b.Concat({b.Text("f("), comment, b.Text(");"), b.HardLine(), b.Text("g();")}),
             80) == "f();  // why\ng();");
  CHECK(Text(b, b.Concat({comment, b.Text("last")}), 80) == "last  // why");
  CHECK(Text(b, b.Concat({b.Text("`${x"), comment, b.LineSuffixBoundary(), b.Text("}`")}), 80) ==
        "`${x  // why\n}`");
  // Not measured: the comment does not break what it follows.
  CHECK(Text(b, b.Concat({Call(b, "f", {b.Text("one")}), comment}), 6) == "f(one)  // why");
}

TEST_CASE("blank lines carry no blanks", "[doc]") {
  Builder b;
  Doc body = b.Indent(b.Concat({b.HardLine(), b.Text("a"), b.BlankLine(), b.Text("b")}));
  CHECK(Text(b, b.Concat({b.Text("{"), body, b.HardLine(), b.Text("}")}), 80) ==
        "{\n  a\n\n  b\n}");
  CHECK(Text(b, b.Concat({b.Text("a  "), b.BlankLine(2), b.Text("b ")}), 80) == "a\n\n\nb");
}

TEST_CASE("literal text keeps its blanks and gets no indentation", "[doc]") {
  Builder b;
  Doc doc = b.Indent(b.Concat({b.HardLine(), b.Lines("`one  \n  two\n\n`")}));
  CHECK(Text(b, doc, 80) == "\n  `one  \n  two\n\n`");
}

TEST_CASE("if_break and indent_if_break follow a named group", "[doc]") {
  Builder b;
  GroupId id = b.NewGroupId();
  auto build = [&](bool broken) {
    Doc head = b.Group(b.Concat({b.Text("x ="), b.Indent(b.Line())}), {.id = id, .broken = broken});
    return b.Concat({head, b.IndentIfBreak(b.Concat({b.Text("{"), b.HardLine(), b.Text("}")}), id),
                     b.IfBreak(b.Text(" wide"), b.Text(" narrow"), id)});
  };
  CHECK(Text(b, build(true), 80) == "x =\n  {\n  } wide");
  CHECK(Text(b, build(false), 80) == "x = {\n} narrow");
}

TEST_CASE("best_of hugs the last argument", "[doc]") {
  Builder b;
  auto call = [&](std::string_view first, std::string_view statement) {
    Doc body = b.Concat({b.Text("() => {"), b.Indent(b.Concat({b.HardLine(), b.Text(statement)})),
                         b.HardLine(), b.Text("}")});
    Doc hugged = b.Concat({b.Text("f("), b.Text(first), b.Text(", "), b.Group(body), b.Text(")")});
    Doc all = b.Concat({b.Text("f("),
                        b.Indent(b.Concat({b.HardLine(), b.Text(first), b.Text(","), b.HardLine(),
                                           body, b.Text(",")})),
                        b.HardLine(), b.Text(")")});
    return b.BestOf({hugged, all});
  };
  CHECK(Text(b, call("a", "g();"), 20) == "f(a, () => {\n  g();\n})");
  CHECK(Text(b, call("averylongargument", "g();"), 20) ==
        "f(\n  averylongargument,\n  () => {\n    g();\n  },\n)");
  // The groups around decide for themselves.
  CHECK_FALSE(b.WillBreak(call("a", "g();")));
}

TEST_CASE("best_of takes the first candidate that fits, flat first", "[doc]") {
  Builder b;
  auto brackets = [&](std::string_view open, Doc inner, std::string_view close, bool broken) {
    return b.Group(b.Concat({b.Text(open), b.Indent(b.Concat({b.SoftLine(), inner})), b.SoftLine(),
                             b.Text(close)}),
                   {.broken = broken});
  };
  Doc args = b.Text("aaa, bbb");
  Doc flat = b.Concat({b.Text("x = ff"), brackets("(", args, ")", false)});
  Doc right = b.Concat({b.Text("x = ff"), brackets("(", args, ")", true)});
  Doc wrapped = b.Concat({b.Text("x = "), brackets("(", b.Text("ff(aaa, bbb)"), ")", true)});
  Doc doc = b.BestOf({flat, right, wrapped});
  CHECK(Text(b, doc, 16) == "x = ff(aaa, bbb)");
  CHECK(Text(b, doc, 15) == "x = ff(\n  aaa, bbb\n)");
  CHECK(Text(b, doc, 6) == "x = (\n  ff(aaa, bbb)\n)");
}

TEST_CASE("after a forced newline inside flat text, groups are measured again", "[doc]") {
  Builder b;
  Doc body =
      b.Concat({b.Text("{"), b.HardLine(), Call(b, "long_function_name", {b.Text("argument")}),
                b.HardLine(), b.Text("}")});
  CHECK(Text(b, b.BestOf({body, b.Text("never")}), 20) ==
        "{\nlong_function_name(\n  argument,\n)\n}");
}

TEST_CASE("fill breaks only where it must", "[doc]") {
  Builder b;
  std::vector<Doc> parts;
  for (const char* item : {"100,", "200,", "300,", "400,", "500"}) {
    if (!parts.empty()) parts.push_back(b.Line());
    parts.push_back(b.Text(item));
  }
  CHECK(Text(b, b.Fill(parts), 14) == "100, 200, 300,\n400, 500");
  CHECK(Text(b, b.Fill(parts), 80) == "100, 200, 300, 400, 500");
}

TEST_CASE("widths are columns, not bytes", "[doc]") {
  Builder b;
  CHECK(Text(b, Call(b, "f", {b.Text("\"é\""), b.Text("b")}), 9) == "f(\"é\", b)");
  CHECK(Text(b, Call(b, "f", {b.Text("\"名\"")}), 7) == "f(\"名\")");
  CHECK(Text(b, Call(b, "f", {b.Text("\"名\"")}), 6) == "f(\n  \"名\",\n)");
}

TEST_CASE("marks give output ranges", "[doc]") {
  Builder b;
  Doc doc =
      b.Concat({b.Mark(1, b.Concat({b.Text("a"), b.Mark(2, b.Text("é"))})), b.Text(";"),
                b.HardLine(), b.Mark(3, b.Concat({b.Text("b "), b.HardLine()})), b.Text("c")});
  Printed printed = Print(b, doc, {});
  CHECK(printed.text == "aé;\nb\nc");
  CHECK(printed.marks == std::vector<MarkRange>{{2, 1, 3}, {1, 0, 3}, {3, 5, 7}});

  SECTION("blanks that are trimmed belong to nobody") {
    Printed trimmed =
        Print(b, b.Concat({b.Mark(1, b.Text("a  ")), b.HardLine(), b.Mark(2, b.Text("  "))}), {});
    CHECK(trimmed.text == "a\n");
    CHECK(trimmed.marks == std::vector<MarkRange>{{1, 0, 1}, {2, 2, 2}});
  }
}

TEST_CASE("empty documents print nothing and simplify away", "[doc]") {
  Builder b;
  CHECK(b.Text("").empty());
  CHECK(b.Concat({}).empty());
  CHECK(b.Group(b.Concat({Doc{}, Doc{}})).empty());
  Doc only = b.Text("x");
  CHECK(b.Concat({Doc{}, only}) == only);
  CHECK(Text(b, Doc{}, 80).empty());
}

TEST_CASE("depth costs neither stack nor quadratic time", "[doc]") {
  Builder b;
  Doc doc = b.Text("x");
  for (int i = 0; i < 50'000; ++i) {
    doc = b.Group(b.Concat(
        {b.Text("("), b.Indent(b.Concat({b.SoftLine(), doc})), b.SoftLine(), b.Text(")")}));
  }
  // Without indentation, which would be quadratic by itself.
  std::string text = Text(b, doc, 80, 0);
  CHECK(text.size() > 190'000);
  CHECK(Dump(b, doc).size() > 1'000'000);
}

TEST_CASE("the dump shows the structure", "[doc]") {
  Builder b;
  Doc doc = b.Group(b.Concat({b.Text("say(\"\")"), b.Line(), b.IfBreak(b.Text(","), {})}),
                    {.broken = true});
  CHECK(
      Dump(b, doc) ==
      "group broken {\n  concat {\n    \"say(\\\"\\\")\"\n    line\n    if_break {\n      broken: \",\"\n"
      "      flat: empty\n    }\n  }\n}\n");
}
