// Functions, arrows and their parameters; await, yield and what starts work.
// Example: Lambda(Param x, Binary) -> `(x) => x + 1`.
#include "emit/js/emitter.h"

namespace asyncport::emit::js {

Doc Emitter::EmitParam(NodeId id) {
  auto view = ir::Param(tree_, id);
  Doc target = Print(view.target());
  if (view.kind() == ir::ParamKind::kRest) return C({Text("..."), target});
  if (!view.default_value()) return target;
  return C({target, Text(" = "), Print(view.default_value())});
}

// A destructured parameter alone shares its brackets with the parameter list.
bool Emitter::HugsOnlyParam(NodeId function) const {
  std::vector<NodeId> params = ParamsOf(function);
  if (params.size() != 1 || HasComments(params[0])) return false;
  auto param = As<ir::Param>(params[0]);
  if (!param || param.kind() == ir::ParamKind::kRest) return false;
  bool pattern =
      Is(param.target(), NodeKind::kObjectPattern) || Is(param.target(), NodeKind::kListPattern);
  if (!pattern || !param.default_value()) return pattern;
  NodeId value = param.default_value();
  if (auto dict = As<ir::Dict>(value)) return dict.entries().empty();
  if (auto list = As<ir::List>(value)) return list.elements().empty();
  return Is(value, NodeKind::kName);
}

Doc Emitter::Params(NodeId function, bool expand) {
  std::vector<NodeId> params = ParamsOf(function);
  if (params.empty()) return C({Text("("), DanglingInside(function), Text(")")});
  bool in_test = IsTestCall(Ancestor(1));
  bool hug = HugsOnlyParam(function) || in_test;
  bool has_rest = false;
  Docs parts;
  for (std::size_t i = 0; i < params.size(); ++i) {
    parts.push_back(Print(params[i]));
    if (auto param = As<ir::Param>(params[i])) has_rest = param.kind() == ir::ParamKind::kRest;
    if (i + 1 == params.size()) break;
    parts.push_back(Text(","));
    parts.push_back(hug ? Text(" ") : b_.Line());
  }
  Doc list = b_.Concat(parts);
  if (expand) {
    // The function is hugged by its call: its parameters stay on the line of the call or it is not
    // hugged.
    std::optional<std::string> flat = b_.WillBreak(list) ? std::nullopt : Flat(list);
    if (!flat) {
      bailed_out_ = true;
      return Text("()");
    }
    return b_.Group(Text("(" + *flat + ")"));
  }
  if (hug) return C({Text("("), list, Text(")")});
  return C({Text("("), b_.Indent(C({b_.SoftLine(), list})),
            has_rest ? Doc() : b_.IfBreak(Text(",")), b_.SoftLine(), Text(")")});
}

Doc Emitter::EmitFunctionDef(NodeId id) {
  auto view = ir::FunctionDef(tree_, id);
  return C({Text(view.is_async() ? "async function" : "function"),
            Text(view.is_generator() ? "* " : " "), Print(view.name()), b_.Group(Params(id, false)),
            Text(" "), Print(view.body())});
}

Doc Emitter::EmitFunctionExpr(NodeId id) {
  auto view = ir::FunctionExpr(tree_, id);
  if (view.is_arrow()) return Arrow(id);
  bool expand = false;
  if (args_.expand_last) {
    NodeId call = Ancestor(1);
    std::vector<NodeId> params = ParamsOf(id);
    bool plain = true;
    for (NodeId param : params) {
      auto p = As<ir::Param>(param);
      plain &= p && Is(p.target(), NodeKind::kName) && !p.default_value() &&
               p.kind() == ir::ParamKind::kPlain;
    }
    expand = IsCall(call) && (ArgsOf(call).size() > 1 || plain);
  }
  return C({Text(view.is_async() ? "async function" : "function"),
            Text(view.is_generator() ? "* " : " "), Print(view.name()),
            b_.Group(Params(id, expand)), Text(" "), Print(view.body())});
}

Doc Emitter::EmitLambda(NodeId id) { return Arrow(id); }

NodeId Emitter::ArrowBodyOf(NodeId arrow) const {
  if (auto lambda = As<ir::Lambda>(arrow)) return lambda.body();
  return ir::FunctionExpr(tree_, arrow).body();
}

Doc Emitter::ArrowSignature(NodeId id, Args args) {
  auto lambda = As<ir::Lambda>(id);
  bool is_async = lambda ? lambda.is_async() : ir::FunctionExpr(tree_, id).is_async();
  Doc params = b_.Group(Params(id, args.expand_last || args.expand_first));
  return C({Text(is_async ? "async " : ""), params});
}

bool Emitter::BodyStaysOnLine(NodeId body) const {
  switch (Kind(body)) {
    case NodeKind::kList:
    case NodeKind::kDict:
    case NodeKind::kBlock:
    case NodeKind::kLambda:
    case NodeKind::kFunctionExpr:
      return !Is(body, NodeKind::kFunctionExpr) || IsArrow(body);
    default:
      return BreaksOverLines(body);
  }
}

// Arrows that return arrows are one chain: `(a) => (b) => c`.
Doc Emitter::Arrow(NodeId id) {
  Args args = args_;
  // A deferred call prints its own arrow.
  auto is_link = [&](NodeId body) { return IsArrow(body) && !Is(body, NodeKind::kDefer); };
  bool chains = !args.expand_last && is_link(ArrowBodyOf(id));
  bool broken = false;
  Docs signatures;
  std::size_t depth = path_.size();
  NodeId arrow = id;
  for (;;) {
    signatures.push_back(ArrowSignature(arrow, args));
    for (NodeId param : ParamsOf(arrow)) {
      auto p = As<ir::Param>(param);
      broken |= chains && p &&
                (!Is(p.target(), NodeKind::kName) || p.default_value() ||
                 p.kind() == ir::ParamKind::kRest);
    }
    NodeId body = ArrowBodyOf(arrow);
    if (!chains || !is_link(body)) break;
    arrow = body;
    path_.push_back(arrow);
  }
  NodeId body = ArrowBodyOf(arrow);
  NodeId outer_start = arrow_start_;
  arrow_start_ = Is(body, NodeKind::kSequence) || Is(body, NodeKind::kAssignExpr) ? ir::kNoNode
                                                                                  : Leftmost(body);
  Doc printed = Print(body);
  arrow_start_ = outer_start;
  path_.resize(depth);

  bool conditional = Is(body, NodeKind::kConditional) && !Is(Leftmost(body), NodeKind::kDict);
  bool same_line =
      Is(body, NodeKind::kSequence) || BodyStaysOnLine(body) || (!broken && conditional);
  bool is_callee = IsCallLike(Ancestor(1)) && CalleeOf(Ancestor(1)) == id;
  Doc head = ArrowChain(id, args, signatures, broken);
  bool indented = chains && (is_callee || args.layout != Layout::kNone);
  bool head_broken =
      indented && (args.layout == Layout::kChainTailArrow || (is_callee && !same_line));
  printed = ArrowBody(body, printed, same_line, args);
  doc::GroupId group = b_.NewGroupId();
  return b_.Group(C({b_.Group(indented ? b_.Indent(C({b_.SoftLine(), head})) : head,
                              {.id = group, .broken = head_broken}),
                     Text(" =>"), chains ? b_.IndentIfBreak(printed, group) : b_.Group(printed),
                     chains && is_callee ? b_.IfBreak(b_.SoftLine(), {}, group) : Doc()}));
}

Doc Emitter::ArrowChain(NodeId id, const Args& args, const Docs& signatures, bool broken) {
  if (signatures.size() == 1) return signatures[0];
  Doc separator = C({Text(" =>"), b_.Line()});
  NodeId parent = Ancestor(1);
  bool is_callee = IsCallLike(parent) && CalleeOf(parent) == id;
  if ((!is_callee && IsCallLike(parent)) || IsBinaryish(parent)) {
    Docs rest(signatures.begin() + 1, signatures.end());
    return b_.Group(
        C({signatures[0], Text(" =>"), b_.Indent(C({b_.Line(), b_.Join(separator, rest)}))}),
        {.id = {}, .broken = broken});
  }
  Doc joined = b_.Join(separator, signatures);
  bool flush = is_callee || args.layout != Layout::kNone;
  return b_.Group(flush ? joined : b_.Indent(joined), {.id = {}, .broken = broken});
}

Doc Emitter::ArrowBody(NodeId body, Doc printed, bool same_line, const Args& args) {
  Doc comma = args.expand_last ? b_.IfBreak(Text(",")) : Doc();
  Doc end = args.expand_last ? b_.SoftLine() : Doc();
  if (!same_line) return C({b_.Indent(C({b_.Line(), printed})), comma, end});
  bool conditional = Is(body, NodeKind::kConditional) && !Is(Leftmost(body), NodeKind::kDict);
  if (!conditional) return C({Text(" "), printed});
  return C(
      {Text(" "), b_.Group(C({b_.IfBreak({}, Text("(")), b_.Indent(C({b_.SoftLine(), printed})),
                              b_.IfBreak({}, Text(")")), comma, end}))});
}

Doc Emitter::EmitAwait(NodeId id) {
  Doc doc = C({Text("await "), Print(ir::Await(tree_, id).value())});
  NodeId parent = Ancestor(1);
  bool is_head =
      (IsCall(parent) && CalleeOf(parent) == id) || (IsMember(parent) && ObjectOf(parent) == id);
  if (!is_head) return doc;
  doc = SoftIndented(doc);
  for (std::size_t up = 1; NodeId ancestor = Ancestor(up); ++up) {
    if (Is(ancestor, NodeKind::kBlock)) break;
    auto await = As<ir::Await>(ancestor);
    if (await && Leftmost(await.value()) == id) return doc;
    if (await) break;
  }
  return b_.Group(doc);
}

Doc Emitter::EmitYield(NodeId id) {
  auto view = ir::Yield(tree_, id);
  Doc head = Text(view.is_delegate() ? "yield*" : "yield");
  if (!view.value()) return head;
  return C({head, Text(" "), ReturnValue(view.value())});
}

// A promise is running as soon as it is made.
Doc Emitter::EmitSpawn(NodeId id) { return Print(ir::Spawn(tree_, id).call()); }

Doc Emitter::EmitDefer(NodeId id) {
  return C({Text("() => "), b_.Group(Print(ir::Defer(tree_, id).call()))});
}

}  // namespace asyncport::emit::js
