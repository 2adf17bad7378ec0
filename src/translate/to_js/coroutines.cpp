// See coroutines.h. Variables are taken for deferred until a source or a use of theirs says otherwise.
#include "translate/to_js/coroutines.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "translate/to_js/cancellation.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;
using facts::BindingId;

namespace {

class Deferred {
 public:
  explicit Deferred(Context& c) : c_(c) {
    for (std::uint32_t i = 1; i < c.src().size(); ++i) {
      NodeId id{i};
      if (IsCoroutineCall(c, id) && !StartsWork(id) && !c.IsStarted(id)) sites_.push_back(id);
    }
    if (sites_.empty()) return;
    FindCandidates();
    bool changed = true;
    while (changed) {
      changed = false;
      for (std::uint32_t i = 1; i <= c.facts().binding_count(); ++i) {
        if ((items_.contains(i) || lists_.contains(i)) && !Holds(BindingId{i})) {
          items_.erase(i);
          lists_.erase(i);
          changed = true;
        }
      }
    }
    for (NodeId site : sites_) {
      if (Sink(site)) deferred_.insert(site.index);
    }
    // Tasks among the sources of a deferred parameter.
    for (NodeId other : promises_) {
      if (Sink(other)) deferred_.insert(other.index);
    }
  }

  bool item(BindingId id) const { return items_.contains(id.index); }
  bool list(BindingId id) const { return lists_.contains(id.index); }
  bool site(NodeId id) const { return deferred_.contains(id.index); }

  // Awaited, or the work of a task, where it stands.
  bool StartsWork(NodeId id) const {
    NodeId parent = c_.facts().Parent(id);
    if (c_.src().Is(parent, NodeKind::kAwait)) return true;
    if (IsGathering(parent) && c_.As<Call>(parent).callee() != id) return true;
    if (auto call = c_.As<Call>(parent); call && !call.args().empty() && call.args()[0] == id) {
      std::string name = c_.facts().ResolvedName(call.callee());
      return IsTaskCall(c_, parent) || name == "asyncio.wait_for" || name == "asyncio.shield" || name == "asyncio.run" || name == "asyncio.Runner#run" || name.ends_with("run_until_complete");
    }
    // Listed, or made by a comprehension, right in the call that starts them.
    auto comprehension = c_.As<Comprehension>(parent);
    bool element = comprehension && comprehension.element() == id;
    if (element || c_.src().Is(parent, NodeKind::kList) || c_.src().Is(parent, NodeKind::kTuple) || c_.src().Is(parent, NodeKind::kSetLit)) {
      NodeId above = c_.facts().Parent(parent);
      if (c_.src().Is(above, NodeKind::kSpread)) above = c_.facts().Parent(above);
      return IsGathering(above);
    }
    return false;
  }

 private:
  bool IsGathering(NodeId call) const {
    if (!c_.src().Is(call, NodeKind::kCall)) return false;
    std::string name = c_.facts().ResolvedName(c_.As<Call>(call).callee());
    return name == "asyncio.gather" || name == "asyncio.as_completed" || name == "asyncio.wait";
  }

  std::span<const NodeId> Params(NodeId function) const {
    if (auto f = c_.As<FunctionDef>(function)) return f.params();
    if (auto m = c_.As<Method>(function)) return m.params();
    return {};
  }

  // Variables and parameters of the file that a site may reach.
  void FindCandidates() {
    for (std::uint32_t i = 1; i <= c_.facts().binding_count(); ++i) {
      const facts::Binding& b = c_.facts().binding(BindingId{i});
      if (b.reads.empty()) continue;
      if (b.kind == facts::BindingKind::kParam) {
        auto param = c_.As<Param>(b.definition);
        if (!param || param.default_value()) continue;
        if (param.kind() == ParamKind::kPlain) items_.insert(i);
        if (param.kind() == ParamKind::kRest) lists_.insert(i);
      } else if (b.kind == facts::BindingKind::kVariable && b.writes.size() == 1) {
        auto assign = c_.As<Assign>(c_.facts().Parent(b.writes[0]));
        if (!assign || !assign.value() || assign.targets().size() != 1) continue;
        if (IsCoroutineCall(c_, assign.value())) items_.insert(i);
        if (IsListOfWork(assign.value()) && !IsStartedNext(b, assign)) lists_.insert(i);
      } else if (b.kind == facts::BindingKind::kLoop) {
        items_.insert(i);
      }
    }
  }

  bool IsListOfWork(NodeId value) const {
    if (auto comprehension = c_.As<Comprehension>(value)) {
      return comprehension.kind() == ComprehensionKind::kList && IsCoroutineCall(c_, comprehension.element());
    }
    auto list = c_.As<ir::List>(value);
    if (!list) return false;
    return std::all_of(list.elements().begin(), list.elements().end(), [&](NodeId e) { return IsCoroutineCall(c_, e); });
  }

  // `jobs = [work(x) for x in xs]` and then at once `await asyncio.gather(*jobs)`: nobody can tell whether the calls
  // started a line earlier.
  bool IsStartedNext(const facts::Binding& b, Assign assign) const {
    if (b.reads.size() != 1) return false;
    NodeId use = c_.facts().Parent(b.reads[0]);
    if (c_.src().Is(use, NodeKind::kSpread)) use = c_.facts().Parent(use);
    if (!c_.IsCallTo(use, "asyncio.gather") && !c_.IsCallTo(use, "asyncio.as_completed")) return false;
    auto block = c_.As<ir::Block>(c_.facts().Parent(assign.id()));
    if (!block) return false;
    auto statements = block.statements();
    auto at = std::find(statements.begin(), statements.end(), assign.id());
    if (at == statements.end() || at + 1 == statements.end()) return false;
    NodeId next = *(at + 1);
    if (auto loop = c_.As<ForEach>(next)) return loop.iterable() == use;
    return c_.facts().EnclosingStatement(use) == next && !c_.src().Is(next, NodeKind::kWhile) && !c_.src().Is(next, NodeKind::kWith);
  }

  BindingId NameOf(NodeId id) const { return c_.src().Is(id, NodeKind::kName) ? c_.facts().BindingOf(id) : BindingId(); }

  // Does every source give work, and is every use one that starts or hands on?
  bool Holds(BindingId id) {
    const facts::Binding& b = c_.facts().binding(id);
    bool list = lists_.contains(id.index);
    if (b.kind == facts::BindingKind::kParam && !SourcesOfParam(id, list)) return false;
    if (b.kind == facts::BindingKind::kLoop && !SourceOfLoop(id)) return false;
    if (list && b.kind == facts::BindingKind::kVariable && !SourcesOfList(b)) return false;
    return std::all_of(b.reads.begin(), b.reads.end(), [&](NodeId read) { return list ? UseOfList(read) : UseOfItem(read); });
  }

  bool UseOfItem(NodeId read) const {
    if (StartsWork(read) || Sink(read)) return true;
    return c_.MethodName(c_.facts().Parent(c_.facts().Parent(read))) == "close" && c_.src().Is(c_.facts().Parent(read), NodeKind::kAttribute);
  }

  bool UseOfList(NodeId read) const {
    NodeId parent = c_.facts().Parent(read);
    if (auto loop = c_.As<ForEach>(parent)) return loop.iterable() == read && item(NameOf(loop.target()));
    if (auto each = c_.As<CompFor>(parent)) return each.iterable() == read && item(NameOf(each.target()));
    if (c_.IsCallTo(parent, "len") || c_.IsCallTo(parent, "asyncio.as_completed")) return true;
    if (c_.src().Is(parent, NodeKind::kSpread)) {
      NodeId call = c_.facts().Parent(parent);
      if (c_.IsCallTo(call, "asyncio.gather")) return true;
      BindingId rest = ParamFor(call, parent);
      return rest && list(rest);
    }
    if (c_.MethodName(c_.facts().Parent(parent)) == "append") {
      auto args = c_.As<Call>(c_.facts().Parent(parent)).args();
      return args.size() == 1 && IsCoroutineCall(c_, args[0]) && c_.src().Is(c_.facts().Parent(c_.facts().Parent(parent)), NodeKind::kExprStmt);
    }
    BindingId param = c_.src().Is(parent, NodeKind::kCall) ? ParamFor(parent, read) : BindingId();
    return param && list(param);
  }

  bool SourcesOfList(const facts::Binding& b) const {
    auto assign = c_.As<Assign>(c_.facts().Parent(b.writes[0]));
    auto literal = c_.As<ir::List>(assign.value());
    if (!literal || !literal.elements().empty()) return true;
    // An empty list: filled by append.
    return std::any_of(b.reads.begin(), b.reads.end(), [&](NodeId read) { return c_.MethodName(c_.facts().Parent(c_.facts().Parent(read))) == "append"; });
  }

  bool SourceOfLoop(BindingId id) const {
    NodeId target = c_.facts().binding(id).declaration;
    NodeId parent = c_.facts().Parent(target);
    auto loop = c_.As<ForEach>(parent);
    auto each = c_.As<CompFor>(parent);
    NodeId iterable = loop ? loop.iterable() : each ? each.iterable() : kNoNode;
    BindingId list_name = iterable ? NameOf(iterable) : BindingId();
    return list_name && list(list_name) && c_.facts().binding(id).writes.size() == 1;
  }

  // Parameter of a function of the file that takes this argument.
  BindingId ParamFor(NodeId call, NodeId arg) const {
    NodeId function = c_.src().Is(call, NodeKind::kCall) ? c_.facts().CalleeDefinition(call) : kNoNode;
    auto params = Params(function);
    std::size_t at = 0;
    for (NodeId a : c_.As<Call>(call).args()) {
      if (a == arg) break;
      if (c_.src().Is(a, NodeKind::kSpread) || c_.src().Is(a, NodeKind::kKeyword)) return {};
      ++at;
    }
    for (std::size_t i = 0; i < params.size(); ++i) {
      auto param = c_.As<Param>(params[i]);
      if (i == at || param.kind() == ParamKind::kRest) return i <= at ? NameOf(param.target()) : BindingId();
    }
    return {};
  }

  // Calls of what is decorated are calls of the function itself.
  bool KeepsSignature(std::span<const NodeId> decorators) const {
    return std::all_of(decorators.begin(), decorators.end(), [&](NodeId d) {
      std::string name = c_.facts().ResolvedName(d);
      return name == "contextlib.contextmanager" || name == "contextlib.asynccontextmanager" || name == "staticmethod" || name == "classmethod";
    });
  }

  bool SourcesOfParam(BindingId id, bool list) {
    const facts::Binding& b = c_.facts().binding(id);
    NodeId function = c_.facts().EnclosingFunction(b.definition);
    auto f = c_.As<FunctionDef>(function);
    auto m = c_.As<Method>(function);
    if ((!f && !m) || (f && !KeepsSignature(f.decorators())) || (m && !KeepsSignature(m.decorators()))) return false;
    // All uses of the function are calls of it.
    NodeList calls;
    if (f) {
      BindingId own = NameOf(f.name());
      if (!own) return false;
      for (NodeId read : c_.facts().binding(own).reads) calls.push_back(c_.facts().Parent(read));
    } else {
      for (std::uint32_t i = 1; i < c_.src().size(); ++i) {
        auto attribute = c_.As<Attribute>(NodeId{i});
        if (attribute && attribute.name() == m.name()) calls.push_back(c_.facts().Parent(NodeId{i}));
      }
    }
    if (calls.empty()) return false;
    auto params = Params(function);
    std::size_t at = 0;
    while (at < params.size() && params[at] != b.definition) ++at;
    for (NodeId call_id : calls) {
      auto call = c_.As<Call>(call_id);
      if (!call || c_.facts().CalleeDefinition(call_id) != function) return false;
      auto args = call.args();
      if (args.size() <= at && !list) {
        NodeId keyword = KeywordArg(c_, call_id, c_.src().text(b.declaration));
        if (!keyword || !GivesWork(keyword)) return false;
        continue;
      }
      for (std::size_t i = 0; i < args.size(); ++i) {
        if (i < at && c_.src().Is(args[i], NodeKind::kSpread)) return false;
        if (i < at || (!list && i > at)) continue;
        if (auto spread = c_.As<Spread>(args[i]); spread && list) {
          BindingId other = NameOf(spread.value());
          auto comprehension = c_.As<Comprehension>(spread.value());
          bool work = comprehension && IsCoroutineCall(c_, comprehension.element());
          if (!work && (!other || !this->list(other))) return false;
          continue;
        }
        if (c_.src().Is(args[i], NodeKind::kKeyword)) {
          if (!list) return false;
          continue;
        }
        if (!GivesWork(args[i])) return false;
      }
    }
    return true;
  }

  bool GivesWork(NodeId value) {
    if (IsCoroutineCall(c_, value)) return true;
    if (BindingId other = NameOf(value); other && item(other)) return true;
    if (!c_.src().Is(value, NodeKind::kName) || !Only(c_, value, kPromise)) return false;
    if (c_.facts().KindOf(value) != facts::TypeKind::kPromise) return false;
    promises_.push_back(value);
    return true;
  }

  // Does the place that the value goes to take deferred work?
  bool Sink(NodeId id) const {
    NodeId parent = c_.facts().Parent(id);
    if (auto assign = c_.As<Assign>(parent)) {
      if (assign.value() != id || assign.targets().size() != 1) return false;
      BindingId name = NameOf(assign.targets()[0]);
      return name && item(name);
    }
    if (auto keyword = c_.As<Keyword>(parent)) {
      NodeId function = c_.facts().CalleeDefinition(c_.facts().Parent(parent));
      for (NodeId p : Params(function)) {
        BindingId name = NameOf(c_.As<Param>(p).target());
        if (name && c_.src().text(c_.As<Param>(p).target()) == keyword.name()) return item(name);
      }
      return false;
    }
    if (c_.src().Is(parent, NodeKind::kCall) && c_.As<Call>(parent).callee() != id) {
      if (c_.MethodName(parent) == "append") {
        BindingId name = NameOf(c_.As<Attribute>(c_.As<Call>(parent).callee()).object());
        return name && list(name);
      }
      BindingId param = ParamFor(parent, id);
      return param && (item(param) || list(param));
    }
    auto comprehension = c_.As<Comprehension>(parent);
    if ((comprehension && comprehension.element() == id) || c_.src().Is(parent, NodeKind::kList)) {
      NodeId above = c_.facts().Parent(parent);
      if (auto assign = c_.As<Assign>(above); assign && assign.targets().size() == 1) {
        BindingId name = NameOf(assign.targets()[0]);
        return name && list(name);
      }
      if (c_.src().Is(above, NodeKind::kSpread)) {
        NodeId call = c_.facts().Parent(above);
        BindingId param = c_.src().Is(call, NodeKind::kCall) ? ParamFor(call, above) : BindingId();
        return param && list(param);
      }
      BindingId param = c_.src().Is(above, NodeKind::kCall) ? ParamFor(above, parent) : BindingId();
      return param && list(param);
    }
    return false;
  }

  Context& c_;
  NodeList sites_;
  NodeList promises_;
  std::unordered_set<std::uint32_t> items_;
  std::unordered_set<std::uint32_t> lists_;
  std::unordered_set<std::uint32_t> deferred_;
};

}  // namespace

bool IsDeferred(Context& c, BindingId id) { return id && c.State<Deferred>().item(id); }
bool IsDeferredList(Context& c, BindingId id) { return id && c.State<Deferred>().list(id); }
bool IsDeferredSite(Context& c, NodeId id) { return c.State<Deferred>().site(id); }
bool StartsHere(Context& c, NodeId id) { return c.State<Deferred>().StartsWork(id); }

}  // namespace asyncport::translate::to_js
