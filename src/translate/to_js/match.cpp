// match: an if chain of type, length and value tests; captures become declarations of the branch.
// Example: `case ["go", direction]:` -> `if (Array.isArray(command) && command.length === 2 && command[0] === "go")`.
#include <utility>

#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

struct Branch {
  NodeList tests;
  std::vector<std::pair<NodeId, NodeId>> captures;  // source Name, target value
  bool refused = false;
};

// `case int():` takes True and False too.
bool SubjectMayBeFlag(Context& c, NodeId pattern) {
  NodeId around = c.facts().Parent(pattern);
  while (c.As<MatchOr>(around)) around = c.facts().Parent(around);
  auto branch = c.As<MatchCase>(around);
  NodeId at = branch ? c.facts().Parent(branch.id()) : kNoNode;
  auto match = c.As<ir::Match>(at);
  return match && (KindsOf(c, match.subject()) & kUnknown) == 0 && May(c, match.subject(), kFlag);
}

NodeId And(Context& c, const NodeList& tests) {
  NodeId result;
  for (NodeId t : tests) result = result ? c.New(make::Logical{.left = result, .right = t, .op = LogicalOp::kAnd}, {}) : t;
  return result;
}

// `__match_args__ = ("x", "y")`, of the class or a base.
std::vector<std::string> MatchArgs(Context& c, NodeId class_def) {
  std::vector<std::string> names;
  for (int depth = 0; class_def && depth < 20; ++depth, class_def = BaseInFile(c, class_def)) {
    for (NodeId member : c.As<ir::Block>(c.As<ClassDef>(class_def).body()).statements()) {
      auto field = c.As<Field>(member);
      auto tuple = field && field.name() == "__match_args__" && field.value() ? c.As<Tuple>(field.value()) : Tuple();
      if (!tuple) continue;
      for (NodeId element : tuple.elements()) {
        if (auto text = c.As<String>(element)) names.emplace_back(text.value());
      }
      return names;
    }
  }
  return names;
}

void Test(Context& c, NodeId pattern, NodeId subject, Branch& branch) {
  auto copy = [&] { return CopyTarget(c, subject); };
  if (c.src().Is(pattern, NodeKind::kMatchWildcard)) return;
  if (c.src().Is(pattern, NodeKind::kName)) {
    branch.captures.emplace_back(pattern, copy());
    return;
  }
  if (auto value = c.As<MatchValue>(pattern)) {
    branch.tests.push_back(c.New(make::Binary{.left = copy(), .right = c.Expr(value.value()), .op = BinaryOp::kStrictEq}, pattern));
    return;
  }
  if (auto as = c.As<MatchAs>(pattern)) {
    Test(c, as.pattern(), subject, branch);
    branch.captures.emplace_back(as.target(), copy());
    return;
  }
  if (auto any = c.As<MatchOr>(pattern)) {
    NodeId result;
    for (NodeId one : any.alternatives()) {
      Branch inner;
      Test(c, one, copy(), inner);
      if (!inner.captures.empty() || inner.refused || inner.tests.empty()) {
        branch.refused = true;
        return;
      }
      NodeId test = And(c, inner.tests);
      result = result ? c.New(make::Logical{.left = result, .right = test, .op = LogicalOp::kOr}, {}) : test;
    }
    branch.tests.push_back(result);
    return;
  }
  if (auto sequence = c.As<MatchSequence>(pattern)) {
    auto elements = sequence.elements();
    std::size_t star = elements.size();
    for (std::size_t i = 0; i < elements.size(); ++i) {
      if (c.src().Is(elements[i], NodeKind::kRestPattern)) star = i;
    }
    branch.tests.push_back(Js(c, "Array.isArray($X)", {{"X", copy()}}, pattern));
    bool open = star < elements.size();
    long long fixed = static_cast<long long>(elements.size()) - (open ? 1 : 0);
    if (open) branch.tests.push_back(Js(c, "$X.length >= $N", {{"X", copy()}, {"N", c.NewInt(fixed)}}));
    else branch.tests.push_back(Js(c, "$X.length === $N", {{"X", copy()}, {"N", c.NewInt(fixed)}}));
    for (std::size_t i = 0; i < elements.size(); ++i) {
      if (i == star) {
        NodeId target = c.As<RestPattern>(elements[i]).target();
        if (!target) continue;
        NodeList args{c.NewInt(static_cast<long long>(i))};
        if (i + 1 < elements.size()) args.push_back(c.NewInt(static_cast<long long>(i + 1) - static_cast<long long>(elements.size())));
        branch.captures.emplace_back(target, c.NewCall(c.NewAttribute(copy(), "slice"), std::move(args)));
        continue;
      }
      NodeId item = i < star ? Js(c, "$X[$I]", {{"X", copy()}, {"I", c.NewInt(static_cast<long long>(i))}})
                             : Js(c, "$X.at($I)", {{"X", copy()}, {"I", c.NewInt(static_cast<long long>(i) - static_cast<long long>(elements.size()))}});
      Test(c, elements[i], item, branch);
    }
    return;
  }
  if (auto mapping = c.As<MatchMapping>(pattern)) {
    // Objects; a Map would be asked in another way.
    if (FileHasMaps(c)) c.SayOnce("object-or-dict", pattern, {{"name", std::string(c.source().Text(c.src().span(pattern)))}});
    branch.tests.push_back(Js(c, "$X?.constructor === Object", {{"X", copy()}}, pattern));
    if (mapping.rest()) {
      NodeList keys;
      for (NodeId e : mapping.entries()) keys.push_back(c.Expr(c.As<MatchEntry>(e).key()));
      NodeId named = c.New(make::List{.elements = std::move(keys)}, {});
      NodeId others = Js(c, "Object.entries($X).filter(([key]) => !$K.includes(key))", {{"X", copy()}, {"K", named}});
      branch.captures.emplace_back(mapping.rest(), Js(c, "Object.fromEntries($E)", {{"E", others}}));
    }
    for (NodeId e : mapping.entries()) {
      auto entry = c.As<MatchEntry>(e);
      auto key = c.As<String>(entry.key());
      if (!key) {
        branch.refused = true;
        return;
      }
      NodeId item = IsJsIdentifier(key.value()) ? c.NewAttribute(copy(), key.value()) : c.New(make::Subscript{.object = copy(), .index = c.NewString(key.value())}, {});
      if (!c.src().Is(entry.pattern(), NodeKind::kMatchValue)) {
        branch.tests.push_back(Js(c, "Object.hasOwn($X, $K)", {{"X", copy()}, {"K", c.NewString(key.value())}}));
      }
      Test(c, entry.pattern(), item, branch);
    }
    return;
  }
  if (auto type = c.As<MatchClass>(pattern)) {
    struct Row {
      std::string_view python;
      std::string_view js;
    };
    static constexpr Row kRows[] = {
        {"int", "Number.isInteger($X)"}, {"str", "typeof $X === \"string\""}, {"bool", "typeof $X === \"boolean\""},
        {"float", "typeof $X === \"number\""}, {"list", "Array.isArray($X)"}, {"tuple", "Array.isArray($X)"},
        {"dict", "$X?.constructor === Object"}, {"set", "$X instanceof Set"}, {"frozenset", "$X instanceof Set"}, {"bytes", "Buffer.isBuffer($X)"},
    };
    std::string name = c.facts().ResolvedName(type.type());
    for (const Row& row : kRows) {
      if (row.python != name) continue;
      NodeId is_type = Js(c, row.js, {{"X", copy()}}, pattern);
      if (name == "int" && SubjectMayBeFlag(c, pattern)) {
        is_type = Js(c, "$T || typeof $X === \"boolean\"", {{"T", is_type}, {"X", copy()}}, pattern);
      }
      branch.tests.push_back(is_type);
      if (type.positional().size() == 1) Test(c, type.positional()[0], copy(), branch);
      return;
    }
    branch.tests.push_back(c.New(make::Binary{.left = copy(), .right = c.Expr(type.type()), .op = BinaryOp::kInstanceOf}, pattern));
    NodeId definition = c.facts().type(c.facts().TypeOf(type.type())).decl;
    NodeList fields = definition && (IsDataclass(c, definition) || IsNamedTuple(c, definition)) ? DataFields(c, definition) : NodeList{};
    auto positional = type.positional();
    std::vector<std::string> names;
    for (NodeId field : fields) names.emplace_back(c.As<Field>(field).name());
    if (fields.empty() && c.src().Is(definition, NodeKind::kClassDef)) names = MatchArgs(c, definition);
    if (positional.size() > names.size()) {
      branch.refused = true;
      return;
    }
    for (std::size_t i = 0; i < positional.size(); ++i) {
      Test(c, positional[i], c.NewAttribute(copy(), c.names().Member(names[i], false)), branch);
    }
    for (NodeId k : type.keywords()) {
      auto keyword = c.As<MatchKeyword>(k);
      Test(c, keyword.pattern(), c.NewAttribute(copy(), c.names().Member(keyword.name(), false)), branch);
    }
    return;
  }
  branch.refused = true;
}

// A name in the guard stands for the captured value, which is declared only inside the branch.
NodeId InGuard(Context& c, NodeId guard, const Branch& branch) {
  NodeId test = Condition(c, guard);
  for (auto [name, value] : branch.captures) test = CopyTarget(c, test, c.TargetName(name), value);
  return test;
}

bool TranslateMatch(Context& c, NodeId id, NodeList& out) {
  auto match = c.As<Match>(id);
  c.SayOnce("match-to-if", id);
  NodeId subject = c.Expr(match.subject());
  if (!c.src().Is(match.subject(), NodeKind::kName)) {
    std::string name = c.names().Fresh("subject");
    out.push_back(c.NewAssign(c.NewName(name), subject, id, DeclKind::kConst));
    subject = c.NewName(name);
  }
  struct Made {
    NodeId test;
    NodeId body;
    NodeId origin;
  };
  std::vector<Made> branches;
  for (NodeId case_id : match.cases()) {
    auto one = c.As<MatchCase>(case_id);
    Branch branch;
    Test(c, one.pattern(), subject, branch);
    if (branch.refused) {
      c.Refuse(case_id, "untranslated", {{"reason", "this pattern"}});
      return true;
    }
    if (one.guard()) branch.tests.push_back(InGuard(c, one.guard(), branch));
    NodeList body;
    for (auto [name, value] : branch.captures) {
      facts::BindingId binding = c.facts().BindingOf(name);
      // A plain name that the plan has declared above is only assigned.
      bool reads_same = c.dst().Is(value, NodeKind::kName) && c.dst().text(value) == c.TargetName(name);
      if (reads_same) continue;
      (void)binding;
      body.push_back(c.NewAssign(c.NewName(c.TargetName(name), name), value));
    }
    NodeList own = c.Stmts(c.As<ir::Block>(one.body()).statements());
    body.insert(body.end(), own.begin(), own.end());
    branches.push_back({And(c, branch.tests), c.New(make::Block{.statements = std::move(body)}, one.body()), case_id});
  }
  NodeId chain;
  for (std::size_t i = branches.size(); i-- > 0;) {
    if (!branches[i].test) {
      chain = branches[i].body;
      continue;
    }
    NodeId branch = c.New(make::If{.test = branches[i].test, .body = branches[i].body, .else_body = chain}, i == 0 ? id : branches[i].origin);
    chain = i == 0 ? branch : c.NewBlock({branch});
  }
  if (!chain) return true;
  if (c.dst().Is(chain, NodeKind::kBlock)) {
    auto statements = ir::Block(c.dst(), chain).statements();
    NodeList list(statements.begin(), statements.end());
    out.insert(out.end(), list.begin(), list.end());
  } else {
    out.push_back(chain);
  }
  return true;
}

}  // namespace

void RegisterMatch(Topics& t) { t.Claim(NodeKind::kMatch, Order::kAfterCards, &TranslateMatch); }

}  // namespace asyncport::translate::to_js
