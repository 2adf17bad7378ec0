// Classes that a call makes: namedtuple and Enum in their functional form become the class statement that says the same.
// Does not know names that only the running program has.
// Example: `Point = namedtuple("Point", "x y")` -> ClassDef Point(namedtuple) with the fields x and y.
#include "lower/py/lowering.h"

namespace asyncport::lower::py {
namespace {

// The words of "x y" or "x, y".
void AppendWords(std::string_view text, std::vector<std::string>& out) {
  std::string word;
  for (char ch : text) {
    if (ch != ' ' && ch != ',' && ch != '\n' && ch != '\t') {
      word += ch;
    } else if (!word.empty()) {
      out.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) out.push_back(std::move(word));
}

// What is between the quotes of a plain text without escapes.
std::optional<std::string_view> PlainText(const CstNode& node, std::string_view text) {
  if (!node.Is("string") || text.size() < 2 || text.find('\\') != std::string_view::npos)
    return std::nullopt;
  char quote = text.front();
  if ((quote != '"' && quote != '\'') || text.starts_with("\"\"\"") || text.starts_with("'''"))
    return std::nullopt;
  return text.substr(1, text.size() - 2);
}

}  // namespace

NodeId Lowering::MadeClass(const CstNode& assignment, Span span) {
  CstNode left = assignment.Field("left");
  CstNode call = assignment.Field("right");
  if (!left || !left.Is("identifier") || HoleOf(left) || assignment.Field("type"))
    return ir::kNoNode;
  if (!call || !call.Is("call") || !call.Field("function") || !call.Field("arguments"))
    return ir::kNoNode;
  std::string maker = DottedText(call.Field("function"));
  bool tuple = maker == "namedtuple" || maker == "collections.namedtuple";
  bool is_enum =
      maker == "Enum" || maker == "enum.Enum" || maker == "IntEnum" || maker == "enum.IntEnum";
  if (!tuple && !is_enum) return ir::kNoNode;
  std::vector<CstNode> args = NamedParts(call.Field("arguments"));
  CstNode defaults;
  if (args.size() == 3 && tuple && args[2].Is("keyword_argument") &&
      TextOf(args[2].Field("name")) == "defaults") {
    defaults = args[2].Field("value");
    if (!defaults.Is("list") && !defaults.Is("tuple")) return ir::kNoNode;
    args.pop_back();
  }
  if (args.size() != 2) return ir::kNoNode;
  auto name = PlainText(args[0], TextOf(args[0]));
  if (!name || *name != TextOf(left)) return ir::kNoNode;
  std::vector<std::string> names;
  if (auto text = PlainText(args[1], TextOf(args[1]))) {
    AppendWords(*text, names);
  } else if (args[1].Is("list") || args[1].Is("tuple")) {
    for (const CstNode& item : NamedParts(args[1])) {
      auto word = PlainText(item, TextOf(item));
      if (!word) return ir::kNoNode;
      names.emplace_back(*word);
    }
  }
  if (names.empty()) return ir::kNoNode;
  std::vector<CstNode> values = defaults ? NamedParts(defaults) : std::vector<CstNode>{};
  if (values.size() > names.size()) return ir::kNoNode;

  Span place = args[1].span();
  NodeId class_name = NameOf(left);
  NodeId base = Expression(call.Field("function"));
  NodeList members;
  for (std::size_t i = 0; i < names.size(); ++i) {
    NodeId annotation;
    NodeId value;
    if (is_enum) {
      value = Make(tree_, make::Number{.text = std::to_string(i + 1), .kind = ir::NumberKind::kInt},
                   place);
    } else {
      // A field is a name with an annotation.
      annotation = Make(tree_, make::Name{.id = "Any"}, place);
      std::size_t first = names.size() - values.size();
      if (i >= first) value = Expression(values[i - first]);
    }
    members.push_back(Make(
        tree_,
        make::Field{.annotation = annotation, .value = value, .name = names[i], .is_static = true},
        place));
  }
  NodeId body = Make(tree_, make::Block{.statements = std::move(members)}, place);
  return Make(tree_, make::ClassDef{.name = class_name, .bases = {base}, .body = body}, span);
}

}  // namespace asyncport::lower::py
