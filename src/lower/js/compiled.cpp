// What compilers and older module systems write around `require`, lowered as the import that it stands for: TypeScript's
// and Babel's interop functions, `require` in the middle of a statement, properties that are defined with a descriptor.
// Only at the top level of a module, and only where the call runs whenever its statement does.
// Example: `const x_1 = __importDefault(require("x"));` with `x_1.default()` -> `import x_1 from "x"` with `x_1()`.
#include <algorithm>
#include <cctype>

#include "lower/js/lowering.h"
#include "lower/js/text.h"

namespace asyncport::lower::js {
namespace {

bool IsWordChar(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$';
}

// How often the word stands in the text, and how often `tail` follows it.
struct Occurrences {
  std::size_t all = 0;
  std::size_t with_tail = 0;
};
Occurrences CountWord(std::string_view text, std::string_view word, std::string_view tail) {
  Occurrences found;
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if (at > 0 && (IsWordChar(text[at - 1]) || text[at - 1] == '.')) continue;
    if (end < text.size() && IsWordChar(text[end])) continue;
    ++found.all;
    const bool follows = text.substr(end).starts_with(tail);
    const std::size_t after = end + tail.size();
    if (follows && (after >= text.size() || !IsWordChar(text[after]))) ++found.with_tail;
  }
  return found;
}

constexpr std::string_view kDefaultImports[] = {"__importDefault", "_interopRequireDefault",
                                                "_interop_require_default"};
constexpr std::string_view kStarImports[] = {"__importStar", "_interopRequireWildcard",
                                             "_interop_require_wildcard"};
// What the imports need of one another.
constexpr std::string_view kParts[] = {"__createBinding", "__setModuleDefault", "__exportStar",
                                       "_getRequireWildcardCache"};

template <std::size_t N>
bool IsOneOf(std::string_view name, const std::string_view (&names)[N]) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

// "__importStar" of `__importStar(...)`, `tslib_1.__importStar(...)` and `(0, tslib_1.__importStar)(...)`.
std::string_view CalledName(const Source& source, const CstNode& call) {
  CstNode callee = Unparenthesised(call.Field("function"));
  if (callee && callee.Is("sequence_expression")) callee = callee.NamedChildren().back();
  if (callee && callee.Is("member_expression")) callee = callee.Field("property");
  return callee ? source.Text(callee.span()) : std::string_view();
}

}  // namespace

bool Lowering::IsInteropHelper(const CstNode& statement) {
  if (!functions_.empty() || block_depth_ != 0) return false;
  const auto is_known = [](std::string_view name) {
    return IsOneOf(name, kDefaultImports) || IsOneOf(name, kStarImports) || IsOneOf(name, kParts);
  };
  const std::string_view text = TextOf(statement);
  if (statement.Is("function_declaration")) {
    if (!is_known(TextOf(statement.Field("name")))) return false;
    if (text.find("__esModule") == std::string_view::npos) return false;
  } else if (statement.Is("variable_declaration") || statement.Is("lexical_declaration")) {
    const std::vector<CstNode> declarators = statement.NamedChildren();
    if (declarators.size() != 1 || !declarators[0].Field("value")) return false;
    if (!is_known(TextOf(declarators[0].Field("name")))) return false;
    if (!TextOf(declarators[0].Field("value")).starts_with("(this && this.__")) return false;
  } else {
    return false;
  }
  // Who asks for a module later still needs them.
  if (!interop_is_plain_) {
    const auto is_plain = [&](std::string_view name) {
      const Occurrences found = CountWord(source_.text(), name, "(require(");
      return found.all == 0 || found.all - 1 == found.with_tail;
    };
    interop_is_plain_ =
        is_plain("__exportStar") &&
        std::all_of(std::begin(kDefaultImports), std::end(kDefaultImports), is_plain) &&
        std::all_of(std::begin(kStarImports), std::end(kStarImports), is_plain);
  }
  if (!*interop_is_plain_) return false;
  // Comments go with statements.
  return text.find("//") == std::string_view::npos && text.find("/*") == std::string_view::npos;
}

Lowering::Interop Lowering::InteropOf(const CstNode& value) const {
  if (!value || !value.Is("call_expression") || value.has_error()) return {};
  const std::string_view name = CalledName(source_, value);
  const bool is_default = IsOneOf(name, kDefaultImports);
  const bool is_star = IsOneOf(name, kStarImports);
  const CstNode list = value.Field("arguments");
  if ((!is_default && !is_star && name != "__exportStar") || !list || !list.Is("arguments"))
    return {};
  const std::vector<CstNode> arguments = list.NamedChildren();
  if (arguments.empty()) return {};
  return {Unparenthesised(arguments[0]), is_default, name == "__exportStar"};
}

// Is the module asked for its default and for nothing else? Then each `x_1.default` is the name itself.
bool Lowering::OnlyDefaultIsAsked(std::string_view local) {
  const Occurrences found = CountWord(source_.text(), local, ".default");
  if (found.all == 0 || found.all - 1 != found.with_tail) return false;
  default_imports_.insert(std::string(local));
  return true;
}

bool Lowering::IsDefaultOfImport(NodeId object, std::string_view property) const {
  if (property != "default" || default_imports_.empty()) return false;
  auto name = ir::As<ir::Name>(tree_, object);
  return name && default_imports_.contains(std::string(name.id()));
}

// `__exportStar(require("m"), exports);`
NodeId Lowering::ExportOfAll(const CstNode& value, Span span) {
  const Interop interop = InteropOf(value);
  if (!interop.argument || !interop.exports_all) return ir::kNoNode;
  const std::string module = RequiredModule(interop.argument);
  if (module.empty()) return ir::kNoNode;
  NodeId all = Make(tree_, make::ExportItem{.local = {}}, span);
  return Make(tree_, make::Export{.items = {all}, .module = module}, span);
}

// Every `require("m")` that runs whenever the statement does becomes an import before it, and a name in it.
void Lowering::ImportInline(const CstNode& statement, NodeList& out) {
  if (!functions_.empty() || block_depth_ != 0) return;
  const bool is_expression = statement.Is("expression_statement");
  if (!is_expression && !statement.Is("variable_declaration") &&
      !statement.Is("lexical_declaration"))
    return;
  if (TextOf(statement).find("require(") == std::string_view::npos) return;
  InlineRequires(statement, out);
}

void Lowering::InlineRequires(const CstNode& node, NodeList& out) {
  static constexpr std::string_view kLater[] = {
      "function_expression", "function_declaration", "arrow_function",   "class",
      "class_declaration",   "generator_function",   "method_definition"};
  for (std::string_view later : kLater) {
    if (node.Is(later)) return;
  }
  if (node.has_error()) return;
  if (node.Is("ternary_expression")) return InlineRequires(node.Field("condition"), out);
  if (node.Is("binary_expression")) {
    const bool may_stop = node.HasToken("&&") || node.HasToken("||") || node.HasToken("??");
    InlineRequires(node.Field("left"), out);
    if (!may_stop) InlineRequires(node.Field("right"), out);
    return;
  }
  if (node.Is("augmented_assignment_expression")) return;
  const std::string module = RequiredModule(node);
  if (!module.empty()) {
    const std::string local = NameForModule(module);
    inline_requires_[node.span().begin] = local;
    NodeId name = Make(tree_, make::Name{.id = local}, node.span());
    NodeId item = Make(tree_, make::ImportItem{.local = name, .kind = ir::ImportKind::kNamespace},
                       node.span());
    out.push_back(Make(tree_, make::Import{.items = {item}, .module = module, .is_require = true},
                       node.span()));
    return;
  }
  for (const CstNode& child : node.NamedChildren()) InlineRequires(child, out);
}

// The last part of the path, in a spelling that the file does not use.
std::string Lowering::NameForModule(std::string_view module) {
  if (std::size_t colon = module.rfind(':'); colon != std::string_view::npos)
    module.remove_prefix(colon + 1);
  while (module.ends_with("/") || module.ends_with(".")) module.remove_suffix(1);
  if (std::size_t slash = module.rfind('/'); slash != std::string_view::npos)
    module.remove_prefix(slash + 1);
  if (std::size_t dot = module.find('.'); dot != std::string_view::npos && dot > 0)
    module = module.substr(0, dot);
  std::string name;
  bool upper = false;
  for (char c : module) {
    if (!IsWordChar(c) || c == '$') {
      upper = !name.empty();
      continue;
    }
    name += upper ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
    upper = false;
  }
  if (name.empty() || std::isdigit(static_cast<unsigned char>(name[0])) != 0)
    name = "module" + name;
  const auto is_taken = [&](std::string_view tried) {
    return CountWord(source_.text(), tried, "").all > 0 ||
           std::any_of(inline_requires_.begin(), inline_requires_.end(),
                       [&](const auto& one) { return one.second == tried; });
  };
  if (is_taken(name)) name += "Module";
  std::string tried = name;
  for (int number = 2; is_taken(tried); ++number) tried = name + std::to_string(number);
  return tried;
}

NodeId Lowering::InlineRequire(const CstNode& call) {
  if (inline_requires_.empty() || !call.Is("call_expression")) return ir::kNoNode;
  auto found = inline_requires_.find(call.span().begin);
  if (found == inline_requires_.end() || RequiredModule(call).empty()) return ir::kNoNode;
  return Make(tree_, make::Name{.id = found->second}, call.span());
}

// `Object.defineProperty(X.prototype, "k", { value: v })` as the assignment that it is where nobody asks which
// properties there are: of classes and exports, and of any object if the property is an ordinary one.
NodeId Lowering::DefinedProperty(const CstNode& call, Span span) {
  if (!call || !call.Is("call_expression") || call.has_error()) return ir::kNoNode;
  const CstNode list = call.Field("arguments");
  if (TextOf(call.Field("function")) != "Object.defineProperty" || !list) return ir::kNoNode;
  const std::vector<CstNode> arguments = list.NamedChildren();
  if (arguments.size() != 3 || !arguments[1].Is("string") || !arguments[2].Is("object"))
    return ir::kNoNode;
  const CstNode target = arguments[0];
  const std::string_view owner = TextOf(target);
  const bool is_open =
      owner == "exports" || owner == "module.exports" || owner.ends_with(".prototype");
  if (!target.Is("identifier") && !target.Is("member_expression") && !target.Is("this"))
    return ir::kNoNode;
  const std::string key = ModuleText(arguments[1]);
  const bool is_word = !key.empty() && std::all_of(key.begin(), key.end(), IsWordChar) &&
                       std::isdigit(static_cast<unsigned char>(key[0])) == 0;
  if (!is_word || key == "__esModule") return ir::kNoNode;
  CstNode value;
  int open_flags = 0;
  for (const CstNode& entry : arguments[2].NamedChildren()) {
    if (entry.Is("comment")) continue;
    const bool is_pair = entry.Is("pair");
    if (!is_pair && !entry.Is("method_definition")) return ir::kNoNode;  // a spread brings anything
    const std::string_view word = TextOf(entry.Field(is_pair ? "key" : "name"));
    if (word == "enumerable" || word == "configurable" || word == "writable") {
      if (is_pair && TextOf(entry.Field("value")) == "true" && word != "configurable") ++open_flags;
    } else if (is_pair && word == "value") {
      value = entry.Field("value");
    } else {
      return ir::kNoNode;
    }
  }
  if (!value || (!is_open && open_flags != 2)) return ir::kNoNode;
  NodeId object = Expression(target);
  NodeId place = Make(tree_, make::Attribute{.object = object, .name = key}, target.span());
  return Make(tree_, make::Assign{.targets = {place}, .annotation = {}, .value = Expression(value)},
              span);
}

}  // namespace asyncport::lower::js
