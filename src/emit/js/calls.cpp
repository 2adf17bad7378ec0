// Calls and their arguments: when the first or the last argument is hugged by the parentheses.
// Example: `setTimeout(() => { f(); }, 100)` keeps `setTimeout(() => {` on one line.
#include <algorithm>
#include <array>

#include "emit/js/emitter.h"

namespace asyncport::emit::js {
namespace {

// Calls of test frameworks: `describe("a long name", () => {` stays on its line.
constexpr std::array<std::string_view, 16> kTestCalls = {
    "it",        "it.only",   "it.skip",   "describe",  "describe.only", "describe.skip",
    "test",      "test.only", "test.skip", "test.step", "skip",          "xit",
    "xdescribe", "xtest",     "fit",       "fdescribe"};

}  // namespace

Doc Emitter::EmitSpread(NodeId id) {
  return C({Text("..."), Print(ir::Spread(tree_, id).value())});
}

bool Emitter::IsTestCall(NodeId call) const {
  auto view = As<ir::Call>(call);
  if (!view || view.is_optional()) return false;
  std::string name;
  if (Is(view.callee(), NodeKind::kName)) {
    name = tree_.text(view.callee());
  } else if (auto attribute = As<ir::Attribute>(view.callee());
             attribute && Is(attribute.object(), NodeKind::kName)) {
    name = std::string(tree_.text(attribute.object())) + "." + std::string(attribute.name());
  }
  if (std::ranges::find(kTestCalls, name) == kTestCalls.end()) return false;
  auto args = view.args();
  if (args.size() != 2 && args.size() != 3) return false;
  if (!Is(args[0], NodeKind::kTemplate) && !Is(args[0], NodeKind::kString)) return false;
  if (args.size() == 3 && !Is(args[2], NodeKind::kNumber)) return false;
  if (!IsFunction(args[1]) || Is(args[1], NodeKind::kDefer)) return false;
  return args.size() == 2 ? true
                          : Is(args[1], NodeKind::kFunctionExpr) && ParamsOf(args[1]).size() <= 1;
}

bool Emitter::PrintsArgumentsFlat(NodeId call) const {
  std::vector<NodeId> args = ArgsOf(call);
  auto commented = [&](NodeId arg) { return HasComments(arg); };
  if (!comments_.Dangling(call).empty() || std::ranges::any_of(args, commented)) return false;
  if (args.size() == 1 && BreaksOverLines(args[0])) return true;
  if (IsTestCall(call)) return true;
  if (args.size() != 1 || !IsStringLike(args[0])) return false;
  if (Is(call, NodeKind::kDynamicImport)) return true;
  auto view = As<ir::Call>(call);
  if (!view || view.is_optional()) return false;
  if (Is(view.callee(), NodeKind::kName)) return tree_.text(view.callee()) == "require";
  auto attribute = As<ir::Attribute>(view.callee());
  if (!attribute || attribute.name() != "resolve") return false;
  NodeId object = attribute.object();
  return (Is(object, NodeKind::kName) && tree_.text(object) == "require") ||
         (Is(object, NodeKind::kMetaProperty) && tree_.text(object) == "import.meta");
}

Doc Emitter::EmitCall(NodeId id) {
  auto view = ir::Call(tree_, id);
  Doc optional = Text(view.is_optional() ? "?." : "");
  if (PrintsArgumentsFlat(id)) {
    Docs args;
    for (NodeId arg : view.args()) args.push_back(Print(arg));
    return C({Print(view.callee()), optional, Text("("), b_.Join(Text(", "), args), Text(")")});
  }
  if (IsMember(view.callee())) return MemberChain(id);
  Doc doc = C({Print(view.callee()), optional, Arguments(id)});
  return IsCall(view.callee()) ? b_.Group(doc) : doc;
}

Doc Emitter::EmitNew(NodeId id) {
  return C({Text("new "), Print(ir::New(tree_, id).callee()), Arguments(id)});
}

Doc Emitter::EmitSuperCall(NodeId id) { return C({Text("super"), Arguments(id)}); }

Doc Emitter::EmitDynamicImport(NodeId id) {
  if (PrintsArgumentsFlat(id))
    return C({Text("import("), Print(ir::DynamicImport(tree_, id).module()), Text(")")});
  return b_.Group(C({Text("import"), Arguments(id)}));
}

Doc Emitter::AllBroken(const Docs& printed, bool trailing_comma) {
  return b_.Group(C({Text("("), b_.Indent(C({b_.Line(), b_.Concat(printed)})),
                     trailing_comma ? b_.IfBreak(Text(",")) : Doc(), b_.Line(), Text(")")}),
                  {.id = {}, .broken = true});
}

// The call is the node being printed.
Doc Emitter::Arguments(NodeId call) {
  std::vector<NodeId> args = ArgsOf(call);
  if (args.empty()) return C({Text("("), DanglingInside(call), Text(")")});
  if (IsHook(args)) {
    Docs flat;
    for (NodeId arg : args) flat.push_back(Print(arg));
    return C({Text("("), b_.Join(Text(", "), flat), Text(")")});
  }
  Docs printed;  // each with the comma and line after it
  bool any_blank = false;
  for (std::size_t i = 0; i < args.size(); ++i) {
    Doc arg = Print(args[i]);
    if (i + 1 < args.size()) {
      bool blank = comments_.BlankBefore(args[i + 1]);
      any_blank |= blank;
      arg = C({arg, Text(","), blank ? b_.BlankLine() : b_.Line()});
    }
    printed.push_back(arg);
  }
  bool comma = !Is(call, NodeKind::kDynamicImport);
  if (Doc dangling = DanglingComments(call); !dangling.empty()) {
    printed.push_back(C({Text(","), b_.HardLine(), dangling}));
    return AllBroken(printed, false);
  }
  if (any_blank || IsComposition(args)) return AllBroken(printed, comma);
  if (ShouldHugFirst(args)) {
    if (auto hugged = FirstHugged(args, printed)) return *hugged;
    return AllBroken(printed, comma);
  }
  if (ShouldHugLast(args)) {
    if (auto hugged = LastHugged(args, printed)) return *hugged;
    return AllBroken(printed, comma);
  }
  Doc doc = C({Text("("), b_.Indent(C({b_.SoftLine(), b_.Concat(printed)})),
               comma ? b_.IfBreak(Text(",")) : Doc(), b_.SoftLine(), Text(")")});
  if (IsLongCurried(call)) return doc;
  bool broken = std::ranges::any_of(printed, [&](Doc arg) { return b_.WillBreak(arg); });
  return b_.Group(doc, {.id = {}, .broken = broken});
}

std::optional<Doc> Emitter::FirstHugged(const std::vector<NodeId>& args, const Docs& printed) {
  Docs rest(printed.begin() + 1, printed.end());
  if (std::ranges::any_of(rest, [&](Doc arg) { return b_.WillBreak(arg); })) return std::nullopt;
  bailed_out_ = false;
  Doc first = Print(args[0], {.expand_first = true});
  if (std::exchange(bailed_out_, false)) return std::nullopt;
  Doc others = b_.Concat(rest);
  Doc expanded =
      C({Text("("), b_.Group(first, {.id = {}, .broken = true}), Text(", "), others, Text(")")});
  if (b_.WillBreak(first))
    return C({b_.BreakParent(), b_.BestOf({expanded, AllBroken(printed, true)})});
  return b_.BestOf(
      {C({Text("("), first, Text(", "), others, Text(")")}), expanded, AllBroken(printed, true)});
}

std::optional<Doc> Emitter::LastHugged(const std::vector<NodeId>& args, const Docs& printed) {
  Docs before(printed.begin(), printed.end() - 1);
  if (std::ranges::any_of(before, [&](Doc arg) { return b_.WillBreak(arg); })) return std::nullopt;
  bailed_out_ = false;
  Doc last = Print(args.back(), {.expand_last = true});
  if (std::exchange(bailed_out_, false)) return std::nullopt;
  Doc others = b_.Concat(before);
  Doc expanded = C({Text("("), others, b_.Group(last, {.id = {}, .broken = true}), Text(")")});
  if (b_.WillBreak(last))
    return C({b_.BreakParent(), b_.BestOf({expanded, AllBroken(printed, true)})});
  return b_.BestOf({C({Text("("), others, last, Text(")")}), expanded, AllBroken(printed, true)});
}

bool Emitter::ShouldHugFirst(const std::vector<NodeId>& args) const {
  if (args.size() != 2 || HasComments(args[0])) return false;
  NodeId first = args[0];
  NodeId second = args[1];
  bool function = Is(first, NodeKind::kFunctionExpr);  // with a body of statements, arrow or not
  return function && !IsFunction(second) && !Is(second, NodeKind::kConditional) &&
         IsHopefullyShort(second) && !CouldExpand(second, false);
}

bool Emitter::ShouldHugLast(const std::vector<NodeId>& args) const {
  NodeId last = args.back();
  NodeId before = args.size() > 1 ? args[args.size() - 2] : ir::kNoNode;
  if (HasLeading(last) || HasTrailing(last) || !CouldExpand(last, false)) return false;
  if (before) {
    auto form = [&](NodeId id) {  // what counts as one kind of argument
      return IsArrow(id) ? NodeKind::kLambda : Kind(id);
    };
    if (form(before) == form(last)) return false;
    if (args.size() == 2 && IsArrow(before) && Is(last, NodeKind::kList)) return false;
    auto list = As<ir::List>(last);
    if (list && IsConciseList(list.elements())) return false;
  }
  return true;
}

// Whether breaking inside `arg` looks better than breaking around it.
bool Emitter::CouldExpand(NodeId arg, bool in_arrow_chain) const {
  if (auto dict = As<ir::Dict>(arg)) return !dict.entries().empty() || HasComments(arg);
  if (auto list = As<ir::List>(arg)) return !list.elements().empty() || HasComments(arg);
  if (Is(arg, NodeKind::kFunctionExpr)) return true;
  auto lambda = As<ir::Lambda>(arg);
  if (!lambda) return false;
  NodeId body = lambda.body();
  if (Is(body, NodeKind::kDict) || Is(body, NodeKind::kList)) return true;
  if (IsArrow(body)) return CouldExpand(body, true);
  return !in_arrow_chain && (Is(body, NodeKind::kConditional) || IsCall(body));
}

// `useEffect(() => { ... }, [a, b])`
bool Emitter::IsHook(const std::vector<NodeId>& args) const {
  auto pair = [&](std::size_t at) {
    return IsArrowWithBlock(args[at]) && ParamsOf(args[at]).empty() &&
           Is(args[at + 1], NodeKind::kList) &&
           std::ranges::none_of(args, [&](NodeId arg) { return HasComments(arg); });
  };
  if (args.size() == 2) return pair(0);
  return args.size() == 3 && Is(args[0], NodeKind::kName) && pair(1);
}

// Several functions, or a function inside a call beside other arguments: all on lines of their own.
bool Emitter::IsComposition(const std::vector<NodeId>& args) const {
  if (args.size() <= 1) return false;
  int functions = 0;
  for (NodeId arg : args) {
    if (IsFunction(arg)) {
      if (++functions > 1) return true;
    } else if (IsCall(arg)) {
      for (NodeId inner : ArgsOf(arg)) {
        if (IsFunction(inner)) return true;
      }
    }
  }
  return false;
}

bool Emitter::IsHopefullyShort(NodeId arg) const {
  if (IsCallLike(arg) && ArgsOf(arg).size() > 1) return false;
  if (auto binary = As<ir::Binary>(arg))
    return IsSimpleArgument(binary.left(), 1) && IsSimpleArgument(binary.right(), 1);
  if (auto logical = As<ir::Logical>(arg)) {
    return IsSimpleArgument(logical.left(), 1) && IsSimpleArgument(logical.right(), 1);
  }
  return Is(arg, NodeKind::kRegex) || IsSimpleArgument(arg);
}

bool Emitter::IsSimpleArgument(NodeId arg, int depth) const {
  if (depth <= 0) return false;
  arg = Bare(arg);
  auto inner = [&](NodeId id) { return IsSimpleArgument(id, depth - 1); };
  constexpr std::size_t kShortPattern = 5;
  switch (Kind(arg)) {
    case NodeKind::kRegex: {
      std::string_view text = tree_.text(arg);
      return text.find_last_of('/') <= kShortPattern + 1;
    }
    case NodeKind::kString:
      return !BreaksOverLines(arg);
    case NodeKind::kNumber:
    case NodeKind::kBool:
    case NodeKind::kNull:
    case NodeKind::kUndefined:
    case NodeKind::kName:
    case NodeKind::kSelfRef:
    case NodeKind::kSuperRef:
      return true;
    case NodeKind::kTemplate: {
      auto view = ir::Template(tree_, arg);
      return !view.is_multiline() && std::ranges::all_of(view.parts(), [&](NodeId part) {
        return Is(part, NodeKind::kString) || inner(part);
      });
    }
    case NodeKind::kDict:
      return std::ranges::all_of(ir::Dict(tree_, arg).entries(), [&](NodeId id) {
        auto entry = As<ir::DictEntry>(id);
        if (!entry || !(Is(entry.key(), NodeKind::kString) || Is(entry.key(), NodeKind::kNumber)))
          return false;
        return IsShorthand(entry.key(), entry.value()) || inner(entry.value());
      });
    case NodeKind::kList:
      return std::ranges::all_of(ir::List(tree_, arg).elements(), [&](NodeId id) {
        return Is(id, NodeKind::kElision) || inner(id);
      });
    case NodeKind::kCall:
    case NodeKind::kNew:
    case NodeKind::kSuperCall:
    case NodeKind::kDynamicImport: {
      NodeId callee = CalleeOf(arg);
      if (callee && !IsSimpleArgument(callee, depth)) return false;
      std::vector<NodeId> args = ArgsOf(arg);
      return args.size() <= static_cast<std::size_t>(depth) && std::ranges::all_of(args, inner);
    }
    case NodeKind::kAttribute:
      return IsSimpleArgument(ObjectOf(arg), depth);
    case NodeKind::kSubscript:
      return IsSimpleArgument(ObjectOf(arg), depth) &&
             IsSimpleArgument(ir::Subscript(tree_, arg).index(), depth);
    case NodeKind::kUnary: {
      auto unary = ir::Unary(tree_, arg);
      bool sign = unary.op() == ir::UnaryOp::kNot || unary.op() == ir::UnaryOp::kNeg ||
                  unary.op() == ir::UnaryOp::kPos || unary.op() == ir::UnaryOp::kBitNot;
      return sign && IsSimpleArgument(unary.operand(), depth);
    }
    case NodeKind::kUpdate:
      return IsSimpleArgument(ir::Update(tree_, arg).target(), depth);
    default:
      return false;
  }
}

// `f(a, b)(c)`: the first list is the longer one.
bool Emitter::IsLongCurried(NodeId call) const {
  NodeId parent = Ancestor(1);
  if (!IsCall(call) || !IsCall(parent) || CalleeOf(parent) != call) return false;
  std::size_t outer = ArgsOf(parent).size();
  return outer > 0 && ArgsOf(call).size() > outer;
}

}  // namespace asyncport::emit::js
