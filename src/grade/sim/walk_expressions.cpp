// Expressions of a submission. See machine.h.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <utility>

#include "grade/sim/machine.h"
#include "shape/shape.h"
#include "support/strings.h"

namespace asyncport::grade::sim {

using ir::kNoNode;
using ir::NodeId;
using ir::NodeKind;

Value Machine::NameValue(NodeId node, Frame& frame) {
  const std::string name(ir::Name(tree_, node).id());
  const facts::BindingId id = facts_.BindingOf(node);
  const Value* found = nullptr;
  for (Env* env = frame.env; env != nullptr && id; env = env->parent) {
    if (const auto it = env->values.find(id.index); it != env->values.end()) {
      found = &it->second;
      break;
    }
  }
  const bool is_variable =
      found != nullptr && (found->object == nullptr || (found->object->sort != Sort::kFunction &&
                                                        found->object->sort != Sort::kOpaque &&
                                                        found->object->sort != Sort::kClass));
  if (!is_variable) {
    const int given = GivenByName(name);
    const bool own = found != nullptr && found->object != nullptr && found->object->node == entry_;
    // What the submission writes for itself in place of a given function stands for it.
    if (given >= 0 && !own) {
      Object* object = Make(Sort::kGiven);
      object->index = given;
      object->text = name;
      object->is_map = name != world_.functions[static_cast<std::size_t>(given)].name;
      if (id && facts_.binding(id).kind == facts::BindingKind::kImport) {
        const std::string& path = facts_.binding(id).path;
        const std::string last = path.substr(path.rfind('.') + 1);
        object->is_map = last != world_.functions[static_cast<std::size_t>(given)].name;
      }
      return Value::Of(object);
    }
  }
  if (found != nullptr) return *found;
  if (id) {
    const facts::Binding& binding = facts_.binding(id);
    if (binding.kind == facts::BindingKind::kImport) {
      const std::string last = binding.path.substr(binding.path.rfind('.') + 1);
      if (const int given = GivenByName(last); given >= 0) {
        Object* object = Make(Sort::kGiven);
        object->index = given;
        object->text = last;
        object->is_map = last != world_.functions[static_cast<std::size_t>(given)].name;
        return Value::Of(object);
      }
      return Library(binding.path);
    }
    if (binding.kind != facts::BindingKind::kFree) return {};
  }
  if (is_js_) {
    if (name == "NaN") return Value::Number(std::nan(""));
    if (name == "Infinity") return Value::Number(HUGE_VAL);
  }
  return Library(name);
}

void Machine::Consume(const Value& value, NodeId node) {
  if (value.object == nullptr) return;
  if (value.object->sort == Sort::kPromise || value.object->sort == Sort::kCoroutine)
    Note(Event::kNotAwaitedUse, node);
}

Value Machine::Eval(NodeId node, Frame& frame) {
  if (!node) return {};
  if (++steps_ > world_.max_steps) throw Halt{"too many steps"};
  if (current_ != nullptr && current_->IsFull()) throw Halt{"expressions are nested too deeply"};
  return EvalInner(node, frame);
}

Value Machine::EvalInner(NodeId node, Frame& frame) {
  switch (tree_.kind(node)) {
    case NodeKind::kName:
      return NameValue(node, frame);
    case NodeKind::kNumber: {
      std::string text;
      for (char c : ir::Number(tree_, node).text()) {
        if (c != '_') text += c;
      }
      if (text.size() > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X'))
        return Value::Number(static_cast<double>(std::strtoull(text.c_str(), nullptr, 16)));
      return Value::Number(std::strtod(text.c_str(), nullptr));
    }
    case NodeKind::kString:
      return String(ir::String(tree_, node).value());
    case NodeKind::kBytes:
      return String(ir::Bytes(tree_, node).value());
    case NodeKind::kRegex:
      return Opaque("regex");
    case NodeKind::kBool:
      return Value::Bool(ir::Bool(tree_, node).value());
    case NodeKind::kNull:
      return Value::Null();
    case NodeKind::kUndefined:
      return {};
    case NodeKind::kSelfRef:
      return frame.self;
    case NodeKind::kSuperRef: {
      Object* member = Make(Sort::kInstance);
      member->text = "super";
      member->type = frame.home != nullptr ? frame.home->type : nullptr;
      member->self = frame.self;
      return Value::Of(member);
    }
    case NodeKind::kSuperCall: {
      Args args = Arguments(ir::SuperCall(tree_, node).args(), frame);
      args.call = node;
      Object* base = frame.home != nullptr ? frame.home->type : nullptr;
      for (; base != nullptr && base->sort == Sort::kClass; base = base->type) {
        if (const auto it = base->statics.find("<constructor>"); it != base->statics.end())
          return CallFunction(it->second.object, frame.self, std::move(args), base), Value{};
      }
      if (frame.self.object != nullptr && !args.positional.empty())
        Set(frame.self, "message", args.positional[0]);
      return {};
    }
    case NodeKind::kTemplate: {
      std::string text;
      int operation = -1;
      for (NodeId part : ir::Template(tree_, node).parts()) {
        const Value value = Eval(part, frame);
        Consume(value, part);
        if (value.object != nullptr && value.object->operation >= 0)
          operation = value.object->operation;
        text += TextOf(value);
      }
      Value out = String(text);
      out.object->operation = operation;
      out.object->is_part = true;
      return out;
    }
    case NodeKind::kFormatValue:
      return Eval(ir::FormatValue(tree_, node).value(), frame);
    case NodeKind::kTaggedTemplate:
      return Opaque("template");
    case NodeKind::kList:
    case NodeKind::kTuple:
    case NodeKind::kSetLit: {
      std::vector<Value> items;
      std::vector<NodeId> children;
      tree_.ForEachChild(node, [&](NodeId child) { children.push_back(child); });
      for (NodeId child : children) {
        if (const auto spread = ir::As<ir::Spread>(tree_, child)) {
          for (const Value& item : Elements(Eval(spread.value(), frame), child))
            items.push_back(item);
        } else {
          items.push_back(Eval(child, frame));
        }
      }
      const NodeKind kind = tree_.kind(node);
      return List(std::move(items), kind == NodeKind::kTuple  ? Sort::kTuple
                                    : kind == NodeKind::kList ? Sort::kList
                                                              : Sort::kSet);
    }
    case NodeKind::kDict: {
      Value dict = Dict();
      for (NodeId child : ir::Dict(tree_, node).entries()) {
        if (const auto entry = ir::As<ir::DictEntry>(tree_, child)) {
          const Value key = Eval(entry.key(), frame);
          SetIndex(dict, key, Eval(entry.value(), frame));
        } else if (const auto spread = ir::As<ir::Spread>(tree_, child)) {
          const Value source = Eval(spread.value(), frame);
          Consume(source, child);
          if (source.object == nullptr) continue;
          if (source.object->sort == Sort::kOpaque) {
            if (source.object->operation >= 0) Note(Event::kFlatMerge, child);
            SetIndex(dict, String("..." + std::to_string(dict.object->entries.size())),
                     Part(source, "..." + source.object->text));
          }
          for (const auto& [key, value] : source.object->entries) SetIndex(dict, key, value);
        } else if (const auto method = ir::As<ir::MethodEntry>(tree_, child)) {
          const auto view = ir::Cast<ir::Method>(tree_, method.method());
          const Value function = MakeFunction(method.method(), frame);
          function.object->self = dict;
          const std::string key = view.computed_key() ? TextOf(Eval(view.computed_key(), frame))
                                                      : std::string(view.name());
          if (view.kind() == ir::MethodKind::kMethod) SetIndex(dict, String(key), function);
        }
      }
      return dict;
    }
    case NodeKind::kFunctionExpr:
    case NodeKind::kLambda:
    case NodeKind::kFunctionDef:
      return MakeFunction(node, frame);
    case NodeKind::kClassExpr:
      return MakeClass(node, frame);
    case NodeKind::kCall:
    case NodeKind::kNew:
      return CallNode(node, frame);
    case NodeKind::kAttribute: {
      const ir::Attribute view(tree_, node);
      const Value object = Eval(view.object(), frame);
      if (view.is_optional() && object.IsNothing()) return {};
      return Get(object, std::string(view.name()), node);
    }
    case NodeKind::kSubscript: {
      const ir::Subscript view(tree_, node);
      const Value object = Eval(view.object(), frame);
      if (view.is_optional() && object.IsNothing()) return {};
      const Value key = Eval(view.index(), frame);
      return Index(object, key, node);
    }
    case NodeKind::kSlice: {
      const ir::Slice view(tree_, node);
      const Value lower = view.lower() ? Eval(view.lower(), frame) : Value{};
      const Value upper = view.upper() ? Eval(view.upper(), frame) : Value{};
      Value slice = List({lower, upper}, Sort::kTuple);
      slice.object->text = "slice";
      return slice;
    }
    case NodeKind::kOptionalChain:
      return Eval(ir::OptionalChain(tree_, node).value(), frame);
    case NodeKind::kAwait: {
      const NodeId inner = ir::Await(tree_, node).value();
      const Value value = Eval(inner, frame);
      if (frame.function && !frame.is_async) Note(Event::kAwaitOutside, node);
      if (!frame.function && !is_js_) Note(Event::kAwaitOutside, node);
      return Await(value, node);
    }
    case NodeKind::kSpawn:
    case NodeKind::kDefer:
      return Eval(tree_.Slot(node, 0), frame);
    case NodeKind::kYield: {
      const ir::Yield view(tree_, node);
      const Value value = view.value() ? Eval(view.value(), frame) : Value{};
      Object* generator = frame.generator;
      if (generator == nullptr) return {};
      const auto give = [&](const Value& item) -> Value {
        Object* asked = std::exchange(generator->waits_for, nullptr);
        Value ready = item;
        if (generator->is_async && is_js_ && item.object != nullptr &&
            item.object->sort == Sort::kPromise)
          ready = AwaitPromise(item.object);
        if (asked != nullptr)
          Settle(asked, State::kDone, List({ready, Value::Bool(false)}, Sort::kTuple));
        Fiber* fiber = current_;
        Object* task = current_task_;
        Frame* outer = frame_;
        fiber->Suspend();
        current_task_ = task;
        frame_ = outer;
        if (generator->cancelled) throw Thrown{Error("GeneratorExit", "closed")};
        return generator->result;
      };
      if (!view.is_delegate()) return give(value);
      Each(value, generator->is_async, node,
           [&](const Value& item) { return (void)give(item), true; });
      return {};
    }
    case NodeKind::kUnary: {
      const ir::Unary view(tree_, node);
      const Value value = Eval(view.operand(), frame);
      switch (view.op()) {
        case ir::UnaryOp::kNot:
          Consume(value, node);
          return Value::Bool(!Truthy(value));
        case ir::UnaryOp::kVoid:
          return {};
        default:
          break;
      }
      const std::string_view name = ir::Info(view.op()).name;
      if (value.tag == Value::kNumber && (name == "Neg" || name == "Minus"))
        return Value::Number(-value.number);
      if (value.tag == Value::kNumber && (name == "Pos" || name == "Plus")) return value;
      if (name == "TypeOf" || name == "Typeof") {
        if (value.tag == Value::kUndefined) return String("undefined");
        if (value.tag == Value::kNumber) return String("number");
        if (value.tag == Value::kBool) return String("boolean");
        if (value.object != nullptr && value.object->sort == Sort::kString) return String("string");
        if (value.object != nullptr &&
            (value.object->sort == Sort::kFunction || value.object->sort == Sort::kGiven ||
             value.object->sort == Sort::kClass))
          return String("function");
        if (value.object != nullptr && value.object->sort == Sort::kOpaque) return Opaque("typeof");
        return String("object");
      }
      return Opaque("value");
    }
    case NodeKind::kBinary: {
      const ir::Binary view(tree_, node);
      const Value left = Eval(view.left(), frame);
      const Value right = Eval(view.right(), frame);
      // Promises may be compared and looked for.
      using Op = ir::BinaryOp;
      const bool compares = view.op() == Op::kIn || view.op() == Op::kNotIn ||
                            view.op() == Op::kIs || view.op() == Op::kIsNot ||
                            view.op() == Op::kInstanceOf || view.op() == Op::kJsIn;
      if (!compares) {
        Consume(left, node);
        Consume(right, node);
      }
      return BinaryValue(view.op(), left, right);
    }
    case NodeKind::kCompareChain: {
      const ir::CompareChain view(tree_, node);
      Value left = Eval(view.first(), frame);
      for (NodeId id : view.links()) {
        const auto link = ir::Cast<ir::CompareLink>(tree_, id);
        const Value right = Eval(link.right(), frame);
        if (!Truthy(BinaryValue(link.op(), left, right))) return Value::Bool(false);
        left = right;
      }
      return Value::Bool(true);
    }
    case NodeKind::kLogical: {
      const ir::Logical view(tree_, node);
      const Value left = Eval(view.left(), frame);
      const std::string_view name = ir::Info(view.op()).name;
      if (name == "Nullish") return left.IsNothing() ? Eval(view.right(), frame) : left;
      const bool truth = Truthy(left);
      if (name == "And") return truth ? Eval(view.right(), frame) : left;
      return truth ? left : Eval(view.right(), frame);
    }
    case NodeKind::kConditional: {
      const ir::Conditional view(tree_, node);
      const Value test = Eval(view.test(), frame);
      return Eval(Truthy(test) ? view.then_value() : view.else_value(), frame);
    }
    case NodeKind::kAssignExpr: {
      const ir::AssignExpr view(tree_, node);
      Value value = Eval(view.value(), frame);
      if (view.op() != ir::BinaryOp::kNone)
        value = BinaryValue(view.op(), Eval(view.target(), frame), value);
      Bind(view.target(), value, frame, false);
      return value;
    }
    case NodeKind::kLogicalAssign: {
      const ir::LogicalAssign view(tree_, node);
      const Value before = Eval(view.target(), frame);
      const std::string_view name = ir::Info(view.op()).name;
      const bool keeps = name == "Nullish" ? !before.IsNothing() : Truthy(before) == (name == "Or");
      if (keeps) return before;
      const Value value = Eval(view.value(), frame);
      Bind(view.target(), value, frame, false);
      return value;
    }
    case NodeKind::kUpdate: {
      const ir::Update view(tree_, node);
      const Value before = Eval(view.target(), frame);
      const Value after = Value::Number(before.number + (view.is_decrement() ? -1 : 1));
      Bind(view.target(), after, frame, false);
      return view.is_prefix() ? after : before;
    }
    case NodeKind::kSequence: {
      Value last;
      for (NodeId id : ir::Sequence(tree_, node).expressions()) last = Eval(id, frame);
      return last;
    }
    case NodeKind::kWalrus: {
      const ir::Walrus view(tree_, node);
      const Value value = Eval(view.value(), frame);
      Bind(view.target(), value, frame, false);
      return value;
    }
    case NodeKind::kComprehension:
      return ComprehensionValue(node, frame);
    case NodeKind::kDynamicImport: {
      Value promise = Promise();
      promise.object->used = true;
      Settle(promise.object, State::kDone, Opaque("module"));
      return promise;
    }
    default: {
      Value value = Opaque("value");
      value.object->awaitable = true;
      return value;
    }
  }
}

Args Machine::Arguments(std::span<const NodeId> nodes, Frame& frame) {
  Args args;
  for (NodeId id : nodes) {
    if (const auto spread = ir::As<ir::Spread>(tree_, id)) {
      for (const Value& item : Elements(Eval(spread.value(), frame), id))
        args.positional.push_back(item);
    } else if (const auto keyword = ir::As<ir::Keyword>(tree_, id)) {
      args.named.emplace_back(std::string(keyword.name()), Eval(keyword.value(), frame));
    } else if (const auto all = ir::As<ir::KeywordSpread>(tree_, id)) {
      const Value value = Eval(all.value(), frame);
      if (value.object == nullptr) continue;
      for (const auto& [key, item] : value.object->entries)
        args.named.emplace_back(TextOf(key), item);
    } else {
      args.positional.push_back(Eval(id, frame));
    }
  }
  return args;
}

Value Machine::CallNode(NodeId node, Frame& frame) {
  const bool is_new = tree_.Is(node, NodeKind::kNew);
  const NodeId callee_node =
      is_new ? ir::New(tree_, node).callee() : ir::Call(tree_, node).callee();
  Value self;
  Value callee;
  NodeId member = callee_node;
  const auto attribute = ir::As<ir::Attribute>(tree_, member);
  if (attribute && !is_new) {
    self = Eval(attribute.object(), frame);
    if (attribute.is_optional() && self.IsNothing()) return {};
    callee = Get(self, std::string(attribute.name()), callee_node);
  } else {
    callee = Eval(callee_node, frame);
  }
  if (!is_new && callee.IsNothing() && ir::Call(tree_, node).is_optional()) return {};
  Args args = Arguments(is_new ? ir::New(tree_, node).args() : ir::Call(tree_, node).args(), frame);
  args.call = node;
  place_ = node;
  if (is_new && callee.object != nullptr) {
    if (callee.object->sort == Sort::kClass) return NewObject(callee.object, std::move(args));
    if (callee.object->sort == Sort::kLibrary) {
      const std::string path = "new " + callee.object->text;
      Out out = JsLibrary(path, args);
      if (out.known) return out.value;
    }
    if (callee.object->sort == Sort::kFunction) {
      const Value made = Instance("object");
      (void)CallFunction(callee.object, made, std::move(args), nullptr);
      return made;
    }
    Value value = Opaque("new " + callee.object->text);
    value.object->awaitable = true;
    return value;
  }
  if (callee.object == nullptr) {
    if (callee.IsNothing() && self.object != nullptr && self.object->sort == Sort::kPromise) {
      Note(Event::kNotAwaitedUse, node);
      return Opaque("value");
    }
    Raise("TypeError", "not a function");
  }
  return Call(callee, std::move(args));
}

void Machine::CompClauses(NodeId node, std::size_t at, Frame& frame,
                          const std::function<void()>& visit) {
  const auto clauses = ir::Comprehension(tree_, node).clauses();
  if (at == clauses.size()) return visit();
  if (const auto condition = ir::As<ir::CompIf>(tree_, clauses[at])) {
    if (Truthy(Eval(condition.test(), frame))) CompClauses(node, at + 1, frame, visit);
    return;
  }
  const auto clause = ir::Cast<ir::CompFor>(tree_, clauses[at]);
  const Value iterable = Eval(clause.iterable(), frame);
  Each(iterable, clause.is_async(), clauses[at], [&](const Value& item) {
    if (++steps_ > world_.max_steps) throw Halt{"too many steps"};
    Bind(clause.target(), item, frame, true);
    CompClauses(node, at + 1, frame, visit);
    return true;
  });
}

Value Machine::ComprehensionValue(NodeId node, Frame& frame) {
  const ir::Comprehension view(tree_, node);
  Frame inner = frame;
  envs_.push_back(std::make_unique<Env>());
  inner.env = envs_.back().get();
  inner.env->parent = frame.env;
  if (view.kind() == ir::ComprehensionKind::kDict) {
    const Value dict = Dict();
    CompClauses(node, 0, inner, [&] {
      const Value key = Eval(view.element(), inner);
      SetIndex(dict, key, Eval(view.value(), inner));
    });
    return dict;
  }
  std::vector<Value> items;
  CompClauses(node, 0, inner, [&] { items.push_back(Eval(view.element(), inner)); });
  return List(std::move(items),
              view.kind() == ir::ComprehensionKind::kSet ? Sort::kSet : Sort::kList);
}

}  // namespace asyncport::grade::sim
