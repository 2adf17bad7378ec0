// One argument of the program: where none was given JavaScript reads undefined, and Python raises IndexError. A file
// that looks at `process.argv.length` has made sure itself; there the card `process-argv` speaks.
// Example: `process.argv[2] ?? "8080"` -> `sys.argv[1] if len(sys.argv) > 1 else "8080"`.
#include <charconv>
#include <optional>
#include <string>

#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;

namespace {

struct LengthIsRead {
  explicit LengthIsRead(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size() && !value; ++i) {
      auto attribute = c.As<Attribute>(NodeId{i});
      value = attribute && attribute.name() == "length" &&
              c.facts().ResolvedName(attribute.object()) == "process.argv";
    }
  }
  bool value = false;
};

// The index in sys.argv of `process.argv[2]` and up.
std::optional<int> ArgumentIndex(Context& c, NodeId id) {
  auto item = c.As<Subscript>(id);
  if (!item || item.is_optional() || c.facts().ResolvedName(item.object()) != "process.argv")
    return std::nullopt;
  auto index = c.As<Number>(item.index());
  if (!index || index.kind() != NumberKind::kInt) return std::nullopt;
  const std::string_view text = index.text();
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 2) return std::nullopt;
  return value - 1;
}

NodeId SysArgv(Context& c) { return c.Library("sys.argv"); }

NodeId ArgumentOr(Context& c, int index, bool not_empty, NodeId otherwise, NodeId id) {
  const std::string text = std::to_string(index);
  auto argument = [&] {
    return c.New(make::Subscript{.object = SysArgv(c), .index = c.NewInt(index)}, id);
  };
  NodeId test = c.New(make::Binary{.left = c.NewCall(c.NewName("len"), {SysArgv(c)}),
                                   .right = c.NewInt(index),
                                   .op = BinaryOp::kGt},
                      {});
  if (not_empty)
    test = c.New(make::Logical{.left = test, .right = argument(), .op = LogicalOp::kAnd}, {});
  return c.New(make::Conditional{.test = test, .then_value = argument(), .else_value = otherwise},
               id);
}

std::optional<NodeId> TranslateArgument(Context& c, NodeId id) {
  const std::optional<int> index = ArgumentIndex(c, id);
  if (!index || c.State<LengthIsRead>().value) return std::nullopt;
  return ArgumentOr(c, *index, false, c.New(make::Null{}, {}), id);
}

std::optional<NodeId> TranslateDefault(Context& c, NodeId id) {
  auto choice = c.As<Logical>(id);
  const bool is_or = choice.op() == LogicalOp::kOr;
  if (!is_or && choice.op() != LogicalOp::kNullish) return std::nullopt;
  const std::optional<int> index = ArgumentIndex(c, choice.left());
  // What the default needs before it would run whether or not the argument is there.
  if (!index || !c.IsPure(choice.right())) return std::nullopt;
  return ArgumentOr(c, *index, is_or, c.Expr(choice.right()), id);
}

}  // namespace

void RegisterArguments(Topics& t) {
  t.Claim(NodeKind::kSubscript, Order::kBeforeCards, &TranslateArgument);
  t.Claim(NodeKind::kLogical, Order::kBeforeCards, &TranslateDefault);
}

}  // namespace asyncport::translate::to_py
