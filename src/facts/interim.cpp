// Colours before the async pass has looked: nothing is known.
#include "facts/facts_impl.h"
#include "ir/views.h"

namespace asyncport::facts {

using ir::NodeId;

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
