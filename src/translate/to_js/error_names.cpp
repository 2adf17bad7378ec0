// Names of errors as Python gives them. A class of the file carries its own; what JavaScript throws by itself (aborts,
// groups, plain errors) is called otherwise there.
// Example: `type(err).__name__` -> `err.name`, or `errorName(err)` where an AbortError may be a CancelledError.
#include "translate/to_js/cancellation.h"
#include "translate/to_js/error_table.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

// Does the file make errors of classes that go by another name in JavaScript?
struct Renamed {
  bool groups = false;
  bool plain = false;
  bool json = false;

  explicit Renamed(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size(); ++i) {
      NodeId node{i};
      NodeKind kind = c.src().kind(node);
      if (kind != NodeKind::kName && kind != NodeKind::kAttribute) continue;
      std::string name = Canonical(c.facts().ResolvedName(node));
      NodeKind parent = c.src().kind(c.facts().Parent(node));
      groups = groups || name == "asyncio.TaskGroup" || name.ends_with("ExceptionGroup");
      bool made = parent == NodeKind::kCall || parent == NodeKind::kRaise;
      plain = plain || ((name == "Exception" || name == "BaseException") && made);
      json = json || name == "json.loads";
    }
  }
};

// `type(x)` or `x.__class__`: x.
NodeId ClassSubject(Context& c, NodeId id) {
  if (auto call = c.As<Call>(id)) {
    bool asks = call.args().size() == 1 && c.facts().ResolvedName(call.callee()) == "type";
    return asks ? call.args()[0] : kNoNode;
  }
  auto attribute = c.As<Attribute>(id);
  return attribute && attribute.name() == "__class__" ? attribute.object() : kNoNode;
}

// `type(err).__name__`
std::optional<NodeId> TranslateName(Context& c, NodeId id) {
  auto attribute = c.As<Attribute>(id);
  if (attribute.name() != "__name__" && attribute.name() != "__qualname__") return std::nullopt;
  NodeId value = ClassSubject(c, attribute.object());
  if (!value || !HasCategory(c.src().kind(value), category::Expr)) return std::nullopt;
  bool error = Only(c, value, kError) || IsErrorHere(c, value);
  if (!error && !MayBeError(c, value)) return std::nullopt;
  // There may be no cause, whose type has a name as well.
  auto cause = c.As<Attribute>(value);
  if (!error || (cause && (cause.name() == "__cause__" || cause.name() == "__context__"))) {
    return c.NewCall(Local(c, "typeName"), {c.Expr(value)}, id);
  }
  if (!ErrorsAreRenamed(c)) return c.NewAttribute(c.Expr(value), "name", id);
  return c.NewCall(Local(c, "errorName"), {c.Expr(value)}, id);
}

// `map(str, errors)`: a function that gives the message.
std::optional<NodeId> TranslateTextFunction(Context& c, NodeId id) {
  std::string_view name = c.src().text(id);
  if (name != "str" && name != "repr") return std::nullopt;
  auto call = c.As<Call>(c.facts().Parent(id));
  if (!call || call.args().size() != 2 || call.args()[0] != id) return std::nullopt;
  if (c.facts().ResolvedName(call.callee()) != "map" || c.facts().ResolvedName(id) != name)
    return std::nullopt;
  unsigned kinds = KindsOf(c, ElementOf(c, call.args()[1]));
  if ((kinds & (kError | kUnknown)) != kError) return std::nullopt;
  if (name == "repr") return Local(c, "repr", id);
  if (kinds == kError) return Js(c, "(err) => err.message", {}, id);
  return Js(c, "(item) => String(item instanceof Error ? item.message : item)", {}, id);
}

bool IsCancelled(Context& c, NodeId id) {
  return c.facts().type(c.facts().TypeOf(id)).name.ends_with("CancelledError");
}

// `exc.args` of a cancellation: the message that `cancel` was given.
std::optional<NodeId> TranslateCancelledArgs(Context& c, NodeId id) {
  auto attribute = c.As<Attribute>(id);
  if (attribute.name() != "args" || !IsCancelled(c, attribute.object())) return std::nullopt;
  NodeId text = CancelText(c, attribute.object());
  if (c.dst().Is(text, NodeKind::kString)) return c.New(make::List{}, id);
  return Js(c, "[$T].filter(Boolean)", {{"T", text}}, id);
}

}  // namespace

bool FileHasGroups(Context& c) { return c.State<Renamed>().groups; }
bool RaisesPlainErrors(Context& c) { return c.State<Renamed>().plain; }
bool ReadsJson(Context& c) { return c.State<Renamed>().json; }
bool ErrorsAreRenamed(Context& c) {
  const Renamed& renamed = c.State<Renamed>();
  return renamed.groups || renamed.plain || renamed.json || FileHasSignals(c);
}

bool CancelsWithMessage(Context& c) {
  struct Cancels {
    bool some = false;
    explicit Cancels(Context& context) {
      for (std::uint32_t i = 1; i < context.src().size() && !some; ++i) {
        NodeId node{i};
        if (context.MethodName(node) != "cancel") continue;
        some = !context.As<Call>(node).args().empty();
      }
    }
  };
  return c.State<Cancels>().some;
}

NodeId CancelText(Context& c, NodeId error) {
  if (!IsCancelled(c, error)) return kNoNode;
  if (!CancelsWithMessage(c)) return c.NewString("", error);
  return c.NewCall(Local(c, "cancelMessage"), {c.Expr(error)}, error);
}

void RegisterErrorNames(Topics& t) {
  t.Claim(NodeKind::kAttribute, Order::kBeforeCards, &TranslateName);
  t.Claim(NodeKind::kAttribute, Order::kBeforeCards, &TranslateCancelledArgs);
  t.Claim(NodeKind::kName, Order::kBeforeCards, &TranslateTextFunction);
}

}  // namespace asyncport::translate::to_js
