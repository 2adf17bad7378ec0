// Text of the facts for --print=facts: one line per binding, then one per call, in source order.
// Example:   variable user  line 3  instance<User>  reads 2  writes 1  captured
#include "facts/facts_impl.h"
#include "ir/views.h"

namespace asyncport::facts {

using ir::NodeId;
using ir::NodeKind;

namespace {

std::string_view Name(BindingKind kind) {
  switch (kind) {
    case BindingKind::kFree:
      return "free";
    case BindingKind::kImport:
      return "import";
    case BindingKind::kFunction:
      return "function";
    case BindingKind::kClass:
      return "class";
    case BindingKind::kParam:
      return "param";
    case BindingKind::kVariable:
      return "variable";
    case BindingKind::kLoop:
      return "loop";
    case BindingKind::kCatch:
      return "catch";
    case BindingKind::kWith:
      return "with";
  }
  return "";
}

std::string_view Name(Use use) {
  switch (use) {
    case Use::kDropped:
      return "dropped";
    case Use::kAwaited:
      return "awaited";
    case Use::kReturned:
      return "returned";
    case Use::kStored:
      return "stored";
    case Use::kPassed:
      return "passed";
  }
  return "";
}

std::string_view Name(CallColour colour) {
  switch (colour) {
    case CallColour::kSync:
      return "sync";
    case CallColour::kAsync:
      return "async";
    case CallColour::kUnknown:
      return "unknown colour";
  }
  return "";
}

// "fetchUser", "this.items.push", "(...)()".
std::string Spelling(const ir::Tree& tree, NodeId callee) {
  std::string tail;
  for (;;) {
    if (auto name = ir::As<ir::Name>(tree, callee)) return std::string(name.id()) + tail;
    if (tree.Is(callee, NodeKind::kSelfRef)) return "self" + tail;
    if (tree.Is(callee, NodeKind::kSuperRef)) return "super" + tail;
    auto attribute = ir::As<ir::Attribute>(tree, callee);
    if (!attribute) return "(...)" + tail;
    tail = "." + std::string(attribute.name()) + tail;
    callee = attribute.object();
  }
}

}  // namespace

std::string FactsImpl::Dump() const {
  std::string out;
  for (std::size_t i = 1; i < scopes_.bindings.size(); ++i) {
    const Binding& b = scopes_.bindings[i];
    ((out += Name(b.kind)) += ' ') += tree_.strings().Text(b.name);
    if (!b.path.empty()) (out += " = ") += b.path;
    const NodeId sample = b.declaration ? b.declaration : b.reads.empty() ? NodeId{} : b.reads[0];
    if (sample && b.kind != BindingKind::kImport) (out += ": ") += TypeName(TypeOf(sample));
    out +=
        "  reads " + std::to_string(b.reads.size()) + " writes " + std::to_string(b.writes.size());
    if (b.captured) out += " captured";
    if (b.reassigned) out += " reassigned";
    out += '\n';
  }
  for (NodeId node : structure_.preorder) {
    if (IsFunctionKind(tree_.kind(node))) {
      out += "function at " + std::to_string(tree_.span(node).begin) + ':';
      if (IsAsync(node) == Async::kYes) out += " async";
      if (BecomesAsync(node)) out += " becomes-async";
      if (NeedsLoop(node)) out += " needs-loop";
      if (HasEagerPrefix(node)) out += " eager-prefix";
      out += '\n';
    }
    NodeId callee;
    if (auto call = ir::As<ir::Call>(tree_, node)) callee = call.callee();
    if (auto call = ir::As<ir::New>(tree_, node)) callee = call.callee();
    if (!callee) continue;
    out += "call " + Spelling(tree_, callee);
    if (std::string path = ResolvedName(callee); !path.empty()) (out += " = ") += path;
    (out += ": ") += TypeName(TypeOf(node));
    (out += "  ") += Name(ColourOf(node));
    (out += ' ') += Name(UseOf(node));
    if (BecomesAwaited(node)) out += " becomes-awaited";
    out += '\n';
  }
  return out;
}

}  // namespace asyncport::facts
