// Looks at what stands outside of all brackets and quotes: operators with blanks around them, and how the text begins and
// ends. See root_guess.h.
#include "rules/root_guess.h"

#include <algorithm>
#include <array>

#include "ir/views.h"
#include "support/strings.h"

namespace asyncport::rules {
namespace {

using ir::NodeKind;

enum Form : unsigned {
  kUnary = 1,
  kBinary = 2,
  kLogical = 4,
  kConditional = 8,
  kAssignment = 16,
  kGroup = 32,
  kSubscript = 64,
  kLambda = 128,
  kAny = 256,
};

constexpr std::array<std::string_view, 8> kComparisons = {"==", "===", "!=", "!==", "<=", ">=", "<", ">"};

unsigned FormOfToken(std::string_view token) {
  if (token == "=>") return kLambda;
  if (token == "?" || token == ":" || token == "if" || token == "else") return kConditional;
  if (token == "&&" || token == "||" || token == "??" || token == "and" || token == "or") return kLogical;
  if (token == "in" || token == "not" || token == "is" || token == "instanceof") return kBinary | kUnary;
  if (token == "for" || token == "async" || token == "lambda" || token == "await") return kAny;
  const bool is_operator = token.find_first_not_of("=+-*/%&|^<>!?~@") == std::string_view::npos;
  if (!is_operator) return 0;
  const bool compares = std::find(kComparisons.begin(), kComparisons.end(), token) != kComparisons.end();
  return token.ends_with('=') && !compares ? kAssignment : kBinary;
}

bool IsBlank(char c) { return c == ' ' || c == '\n' || c == '\t'; }

std::string_view WithoutImports(std::string_view shape) {
  while (shape.starts_with("import ") || shape.starts_with("from ")) {
    const std::size_t end = shape.find('\n');
    if (end == std::string_view::npos) break;
    shape.remove_prefix(end + 1);
  }
  shape = Trim(shape);
  if (shape.ends_with(';')) shape.remove_suffix(1);
  return shape;
}

unsigned FormsOf(std::string_view text) {
  for (const std::string_view word : {"await ", "yield ", "return ", "lambda ", "async ", "function ", "new ",
                                      "if ", "for ", "while ", "with ", "raise ", "throw ", "@"}) {
    if (text.starts_with(word)) return kAny;
  }
  unsigned forms = 0;
  for (const std::string_view prefix : {"!", "+", "-", "~", "not ", "typeof ", "void ", "delete ", "del "}) {
    if (text.starts_with(prefix)) forms |= kUnary;
  }
  int depth = 0;
  bool whole_group = !text.empty() && (text[0] == '[' || text[0] == '{' || text[0] == '(');
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"' || c == '\'' || c == '`') {
      const std::size_t end = text.find(c, at + 1);
      if (end == std::string_view::npos || text.substr(at, end - at).find('\\') != std::string_view::npos)
        return kAny;
      at = end;
    } else if (c == '(' || c == '[' || c == '{') {
      ++depth;
    } else if (c == ')' || c == ']' || c == '}') {
      if (--depth == 0 && at + 1 != text.size()) whole_group = false;
    } else if (depth == 0 && IsBlank(c)) {
      std::size_t end = at + 1;
      while (end < text.size() && !IsBlank(text[end])) ++end;
      forms |= FormOfToken(text.substr(at + 1, end - at - 1));
    }
  }
  if (depth != 0 || text.find("?.") != std::string_view::npos) return kAny;
  if (whole_group) return forms | kGroup;
  if (text.ends_with(']')) forms |= kSubscript;
  return forms == 0 ? unsigned{kAny} : forms;
}

}  // namespace

RootGuess::RootGuess(std::string_view shape) : text_(WithoutImports(shape)), forms_(FormsOf(text_)) {}

bool RootGuess::MayBe(NodeKind kind) const {
  if ((forms_ & kAny) != 0) return true;
  switch (kind) {
    case NodeKind::kUnary:
    case NodeKind::kDelete:
      return (forms_ & kUnary) != 0;
    case NodeKind::kBinary:
    case NodeKind::kCompareChain:
      return (forms_ & kBinary) != 0;
    case NodeKind::kLogical:
      return (forms_ & kLogical) != 0;
    case NodeKind::kConditional:
      return (forms_ & kConditional) != 0;
    case NodeKind::kAssign:
    case NodeKind::kAugAssign:
    case NodeKind::kAssignExpr:
    case NodeKind::kLogicalAssign:
      return (forms_ & kAssignment) != 0;
    case NodeKind::kList:
    case NodeKind::kTuple:
    case NodeKind::kDict:
    case NodeKind::kSetLit:
    case NodeKind::kComprehension:
      return (forms_ & kGroup) != 0;
    case NodeKind::kSubscript:
    case NodeKind::kSlice:
      return (forms_ & kSubscript) != 0;
    case NodeKind::kLambda:
    case NodeKind::kFunctionExpr:
      return (forms_ & kLambda) != 0;
    default:
      return false;
  }
}

bool RootGuess::HasOperatorOf(const ir::Tree& tree, ir::NodeId node) const {
  const bool is_js = tree.language() == Language::kJs;
  const auto in_text = [&](const ir::OperatorInfo& info) {
    return text_.find(is_js ? info.js : info.py) != std::string_view::npos;
  };
  if ((forms_ & kAny) != 0) return true;
  if (auto unary = ir::As<ir::Unary>(tree, node)) return in_text(ir::Info(unary.op()));
  if (auto binary = ir::As<ir::Binary>(tree, node))
    return binary.op() == ir::BinaryOp::kNone || in_text(ir::Info(binary.op()));
  if (auto logical = ir::As<ir::Logical>(tree, node)) return in_text(ir::Info(logical.op()));
  return true;
}

}  // namespace asyncport::rules
