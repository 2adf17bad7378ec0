// Types and colours before inference has looked: nothing is known.
#include "facts/facts_impl.h"
#include "ir/views.h"

namespace asyncport::facts {

using ir::NodeId;

TypeId FactsImpl::TypeOf(NodeId) const { return {}; }
const Type& FactsImpl::type(TypeId) const {
  static const Type unknown;
  return unknown;
}
bool FactsImpl::Only(NodeId, std::initializer_list<TypeKind>) const { return false; }
bool FactsImpl::May(NodeId, std::initializer_list<TypeKind>) const { return true; }
std::string FactsImpl::TypeName(TypeId) const { return "unknown"; }
CallColour FactsImpl::ColourOf(NodeId call) const {
  return IsAsync(CalleeDefinition(call)) == Async::kYes ? CallColour::kAsync : CallColour::kUnknown;
}
Async FactsImpl::IsAsync(NodeId function) const {
  bool is_async = false;
  if (auto f = ir::As<ir::FunctionDef>(tree_, function)) is_async = f.is_async();
  if (auto f = ir::As<ir::FunctionExpr>(tree_, function)) is_async = f.is_async();
  if (auto f = ir::As<ir::Lambda>(tree_, function)) is_async = f.is_async();
  if (auto f = ir::As<ir::Method>(tree_, function)) is_async = f.is_async();
  return is_async ? Async::kYes : Async::kNo;
}
bool FactsImpl::BecomesAsync(NodeId) const { return false; }
bool FactsImpl::NeedsLoop(NodeId) const { return false; }
bool FactsImpl::BecomesAwaited(NodeId) const { return false; }
bool FactsImpl::HasEagerPrefix(NodeId) const { return false; }

}  // namespace asyncport::facts
