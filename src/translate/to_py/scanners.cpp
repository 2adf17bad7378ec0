// Regular expressions that remember where their last match ended (`lastIndex`, sticky ones), and those that are put
// together at run time. Others are in regex.cpp.
// Example: `TOKEN.lastIndex = 0; const m = TOKEN.exec(src);` with a sticky TOKEN -> `TOKEN = Scanner(re.compile(...))`,
// `TOKEN.last_index = 0` and `m = TOKEN.exec(src)`.
#include <string>
#include <unordered_set>
#include <utility>

#include "translate/quote.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

std::string_view FlagsOf(std::string_view regex) {
  std::size_t slash = regex.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : regex.substr(slash + 1);
}

// `while ((m = re.exec(s)))`, which goes through all matches from the start.
bool IsExecLoop(Context& c, NodeId call) {
  NodeId assign = c.facts().Parent(call);
  if (!c.src().Is(assign, NodeKind::kAssignExpr)) return false;
  NodeId test = c.facts().Parent(assign);
  if (c.src().Is(test, NodeKind::kBinary)) test = c.facts().Parent(test);
  return c.src().Is(test, NodeKind::kWhile);
}

// Variables that hold such a regular expression.
struct Scanners {
  explicit Scanners(Context& c) {
    for (std::uint32_t i = 1; i <= c.facts().binding_count(); ++i) {
      const facts::Binding& b = c.facts().binding({i});
      auto assign = b.definition ? c.As<Assign>(b.definition) : Assign();
      if (!assign || !assign.value() || b.reassigned) continue;
      auto literal = c.As<Regex>(assign.value());
      if (!literal) continue;
      std::string_view flags = FlagsOf(literal.text());
      const bool sticky = flags.find('y') != std::string_view::npos;
      const bool global = flags.find('g') != std::string_view::npos;
      if (!sticky && !global) continue;
      for (NodeId read : b.reads) {
        auto member = c.As<Attribute>(c.facts().Parent(read));
        if (!member || member.object() != read) continue;
        NodeId call = c.facts().Parent(member.id());
        bool steps = member.name() == "exec" && (sticky || !IsExecLoop(c, call));
        if (member.name() == "lastIndex" || steps) bindings.insert(i);
      }
    }
  }
  std::unordered_set<std::uint32_t> bindings;
};

NodeId ScannerClass(Context& c) {
  return DefineOnce(c, "Scanner", R"(
class Scanner:
    """A pattern that goes on where its last match ended."""

    def __init__(self, pattern, sticky=False):
        self.pattern = pattern
        self.sticky = sticky
        self.last_index = 0

    def exec(self, text):
        find = self.pattern.match if self.sticky else self.pattern.search
        match = find(text, self.last_index) if self.last_index <= len(text) else None
        self.last_index = match.end() if match else 0
        return match
)");
}

std::optional<NodeId> TranslateLiteral(Context& c, NodeId id) {
  auto assign = c.As<Assign>(c.facts().Parent(id));
  if (!assign || assign.targets().size() != 1 || !IsScanner(c, assign.targets()[0]))
    return std::nullopt;
  if (!c.marks().insert("scanner:" + std::to_string(id.index)).second) return std::nullopt;
  NodeList args{c.Expr(id)};
  if (FlagsOf(c.As<Regex>(id).text()).find('y') != std::string_view::npos) {
    args.push_back(c.NewKeyword("sticky", c.New(make::Bool{.value = true}, {})));
  }
  return c.NewCall(ScannerClass(c), std::move(args), id);
}

std::optional<NodeId> TranslateLastIndex(Context& c, NodeId id) {
  auto attribute = c.As<Attribute>(id);
  if (attribute.name() != "lastIndex" || !IsScanner(c, attribute.object())) return std::nullopt;
  return c.NewAttribute(c.Expr(attribute.object()), "last_index", id);
}

std::optional<NodeId> TranslateExec(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto method = c.As<Attribute>(call.callee());
  if (!method || !IsScanner(c, method.object()) || call.args().size() != 1) return std::nullopt;
  if (method.name() != "exec" && method.name() != "test") return std::nullopt;
  NodeId match =
      c.NewCall(c.NewAttribute(c.Expr(method.object()), "exec"), {c.Expr(call.args()[0])}, id);
  if (method.name() == "exec") return match;
  return c.New(
      make::Binary{.left = match, .right = c.New(make::Null{}, {}), .op = BinaryOp::kIsNot}, id);
}

// JavaScript's named groups in the texts that the pattern is made of: `(?<name>` is `(?P<name>` in Python.
void NameGroups(Context& c, NodeId id) {
  if (auto text = c.As<String>(id)) {
    std::string value(text.value());
    bool changed = false;
    for (std::size_t at = value.find("(?<"); at != std::string::npos;
         at = value.find("(?<", at + 3)) {
      char next = at + 3 < value.size() ? value[at + 3] : 'x';
      if (next == '=' || next == '!') continue;
      value.insert(at + 2, "P");
      changed = true;
    }
    if (changed) c.Override(id, c.NewString(value, id));
    return;
  }
  c.src().ForEachChild(id, [&](NodeId child) { NameGroups(c, child); });
}

std::optional<NodeId> TranslateNewRegExp(Context& c, NodeId id) {
  auto made = c.As<ir::New>(id);
  if (c.facts().ResolvedName(made.callee()) != "RegExp" || made.args().empty() ||
      made.args().size() > 2)
    return std::nullopt;
  NodeId pattern = made.args()[0];
  if (c.facts().KindOf(pattern) != TypeKind::kUnknown && !c.facts().Only(pattern, {TypeKind::kStr}))
    return std::nullopt;
  NodeList args;
  if (made.args().size() == 2) {
    auto flags = c.As<String>(made.args()[1]);
    if (!flags || flags.value().find('y') != std::string_view::npos) return std::nullopt;
    NodeId all;
    for (auto [letter, name] : {std::pair<char, std::string_view>{'i', "re.IGNORECASE"},
                                {'m', "re.MULTILINE"},
                                {'s', "re.DOTALL"}}) {
      if (flags.value().find(letter) == std::string_view::npos) continue;
      NodeId one = c.Library(name);
      all = all ? c.New(make::Binary{.left = all, .right = one, .op = BinaryOp::kBitOr}, {}) : one;
    }
    if (all) args.push_back(all);
  }
  NameGroups(c, pattern);
  args.insert(args.begin(), c.Expr(pattern));
  return c.NewCall(c.Library("re.compile"), std::move(args), id);
}

}  // namespace

bool IsScanner(Context& c, NodeId id) {
  facts::BindingId binding =
      c.src().Is(id, NodeKind::kName) ? c.facts().BindingOf(id) : facts::BindingId{};
  return binding && c.State<Scanners>().bindings.contains(binding.index);
}

void RegisterScanners(Topics& t) {
  t.Claim(NodeKind::kRegex, Order::kBeforeCards, &TranslateLiteral);
  t.Claim(NodeKind::kAttribute, Order::kBeforeCards, &TranslateLastIndex);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateExec);
  t.Claim(NodeKind::kNew, Order::kAfterCards, &TranslateNewRegExp);
}

}  // namespace asyncport::translate::to_py
