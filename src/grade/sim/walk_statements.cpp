// Statements of a submission, one after the other, and what binds names. See machine.h.
#include <algorithm>
#include <utility>

#include "grade/sim/machine.h"
#include "shape/shape.h"
#include "support/strings.h"

namespace asyncport::grade::sim {

using ir::kNoNode;
using ir::NodeId;
using ir::NodeKind;

// ---------------------------------------------------------------- names

void Machine::BindName(NodeId name, const Value& value, Frame& frame, bool declares) {
  const facts::BindingId id = facts_.BindingOf(name);
  if (!id) return;
  if (!declares) {
    for (Env* env = frame.env; env != nullptr; env = env->parent) {
      if (const auto it = env->values.find(id.index); it != env->values.end()) {
        it->second = value;
        return;
      }
    }
  }
  const facts::Scope& scope = facts_.scope(facts_.binding(id).scope);
  Env* env = frame.env;
  if (tree_.Is(scope.node, NodeKind::kModule)) env = globals_;
  env->values[id.index] = value;
}

void Machine::Bind(NodeId pattern, const Value& value, Frame& frame, bool declares) {
  if (!pattern) return;
  switch (tree_.kind(pattern)) {
    case NodeKind::kName:
      return BindName(pattern, value, frame, declares);
    case NodeKind::kAttribute: {
      const ir::Attribute view(tree_, pattern);
      return Set(Eval(view.object(), frame), std::string(view.name()), value);
    }
    case NodeKind::kSubscript: {
      const ir::Subscript view(tree_, pattern);
      const Value object = Eval(view.object(), frame);
      return SetIndex(object, Eval(view.index(), frame), value);
    }
    case NodeKind::kDefaultPattern: {
      const ir::DefaultPattern view(tree_, pattern);
      return Bind(view.target(),
                  value.tag == Value::kUndefined ? Eval(view.default_value(), frame) : value, frame,
                  declares);
    }
    case NodeKind::kListPattern:
    case NodeKind::kList:
    case NodeKind::kTuple: {
      std::vector<NodeId> targets;
      tree_.ForEachChild(pattern, [&](NodeId child) { targets.push_back(child); });
      std::vector<Value> items;
      if (value.object != nullptr && value.object->sort == Sort::kOpaque) {
        for (std::size_t i = 0; i < targets.size(); ++i)
          items.push_back(Part(value, "[" + std::to_string(i) + "]"));
      } else {
        items = Elements(value, pattern);
      }
      std::size_t at = 0;
      for (std::size_t i = 0; i < targets.size(); ++i) {
        NodeId rest;
        if (const auto view = ir::As<ir::RestPattern>(tree_, targets[i])) rest = view.target();
        if (const auto view = ir::As<ir::Spread>(tree_, targets[i])) rest = view.value();
        if (rest) {
          std::vector<Value> others;
          const std::size_t after = targets.size() - i - 1;
          while (at + after < items.size()) others.push_back(items[at++]);
          Bind(rest, List(std::move(others)), frame, declares);
          continue;
        }
        const Value item = at < items.size() ? items[at] : Value{};
        ++at;
        if (!tree_.Is(targets[i], NodeKind::kElision)) Bind(targets[i], item, frame, declares);
      }
      return;
    }
    case NodeKind::kObjectPattern: {
      const ir::ObjectPattern view(tree_, pattern);
      std::vector<std::string> taken;
      for (NodeId id : view.properties()) {
        const auto property = ir::Cast<ir::PropertyPattern>(tree_, id);
        const Value key = Eval(property.key(), frame);
        taken.push_back(TextOf(key));
        Bind(property.target(), Get(value, TextOf(key), id), frame, declares);
      }
      if (view.rest()) {
        std::vector<std::pair<Value, Value>> others;
        if (value.object != nullptr) {
          for (const auto& [key, field] : value.object->entries) {
            if (std::find(taken.begin(), taken.end(), TextOf(key)) == taken.end())
              others.emplace_back(key, field);
          }
        }
        NodeId rest = view.rest();
        if (const auto target = ir::As<ir::RestPattern>(tree_, rest)) rest = target.target();
        Bind(rest, Dict(std::move(others)), frame, declares);
      }
      return;
    }
    default:
      return;
  }
}

// ---------------------------------------------------------------- definitions

Value Machine::MakeFunction(NodeId node, Frame& frame) {
  Object* function = Make(Sort::kFunction);
  function->node = node;
  function->env = frame.env;
  function->type = frame.home;
  if (const auto def = ir::As<ir::FunctionDef>(tree_, node))
    function->text = tree_.text(def.name());
  if (const auto method = ir::As<ir::Method>(tree_, node)) function->text = method.name();
  const bool is_arrow =
      tree_.Is(node, NodeKind::kLambda) ||
      (tree_.Is(node, NodeKind::kFunctionExpr) && ir::FunctionExpr(tree_, node).is_arrow()) ||
      !is_js_;
  if (is_arrow) function->self = frame.self;
  return Value::Of(function);
}

// What decorators of the file make of a function; those of libraries leave it as it is.
Value Machine::Decorated(Value function, std::span<const NodeId> decorators, Frame& frame) {
  for (std::size_t i = decorators.size(); i-- > 0;) {
    NodeId root = decorators[i];
    if (const auto call = ir::As<ir::Call>(tree_, root)) root = call.callee();
    if (!tree_.Is(root, NodeKind::kName)) continue;
    const Value known = NameValue(root, frame);
    if (known.object == nullptr || known.object->sort != Sort::kFunction) continue;
    const Value made = CallWith(Eval(decorators[i], frame), {function});
    if (made.object != nullptr && made.object->sort == Sort::kFunction) function = made;
  }
  return function;
}

Value Machine::MakeClass(NodeId node, Frame& frame) {
  Object* type = Make(Sort::kClass);
  type->node = node;
  type->env = frame.env;
  const bool is_def = tree_.Is(node, NodeKind::kClassDef);
  const NodeId name = is_def ? ir::ClassDef(tree_, node).name() : ir::ClassExpr(tree_, node).name();
  type->text = name ? std::string(tree_.text(name)) : "class";
  const auto bases =
      is_def ? ir::ClassDef(tree_, node).bases() : ir::ClassExpr(tree_, node).bases();
  for (NodeId base : bases) {
    if (tree_.Is(base, NodeKind::kKeyword)) continue;
    const Value value = Eval(base, frame);
    if (value.object != nullptr && type->type == nullptr &&
        (value.object->sort == Sort::kClass || value.object->sort == Sort::kLibrary ||
         value.object->sort == Sort::kOpaque))
      type->type = value.object;
  }
  const NodeId body = is_def ? ir::ClassDef(tree_, node).body() : ir::ClassExpr(tree_, node).body();
  Frame inner = frame;
  inner.home = type;
  for (NodeId member : ir::Cast<ir::Block>(tree_, body).statements()) {
    if (const auto field = ir::As<ir::Field>(tree_, member)) {
      if (!is_js_ && field.annotation()) type->field_names.emplace_back(field.name());
      if (field.value() && (field.is_static() || !is_js_))
        type->statics[std::string(field.name())] = Eval(field.value(), inner);
    } else if (const auto method = ir::As<ir::Method>(tree_, member)) {
      const Value function = MakeFunction(member, inner);
      function.object->type = type;
      function.object->self = Value{};
      std::string key(method.name());
      if (method.kind() == ir::MethodKind::kConstructor) key = "<constructor>";
      if (method.kind() == ir::MethodKind::kGetter) key = "<get>" + key;
      if (method.kind() == ir::MethodKind::kSetter) key = "<set>" + key;
      if (method.computed_key()) key = TextOf(Eval(method.computed_key(), inner));
      if (method.is_static()) function.object->self = Value::Of(type);
      type->statics[key] = function;
    } else if (const auto assign = ir::As<ir::Assign>(tree_, member); assign && assign.value()) {
      for (NodeId target : assign.targets()) {
        if (const auto target_name = ir::As<ir::Name>(tree_, target))
          type->statics[std::string(target_name.id())] = Eval(assign.value(), inner);
      }
    }
  }
  return Value::Of(type);
}

// Functions can be called above the line that they stand on.
void Machine::Hoist(NodeId block, Frame& frame) {
  if (!block || !is_js_) return;
  for (NodeId statement : ir::Cast<ir::Block>(tree_, block).statements()) {
    if (const auto exported = ir::As<ir::Export>(tree_, statement);
        exported && exported.declaration())
      statement = exported.declaration();
    const auto def = ir::As<ir::FunctionDef>(tree_, statement);
    if (def) BindName(def.name(), MakeFunction(statement, frame), frame, true);
  }
}

// ---------------------------------------------------------------- statements

Flow Machine::Block(NodeId block, Frame& frame) {
  if (!block) return Flow::kNext;
  for (NodeId statement : ir::Cast<ir::Block>(tree_, block).statements()) {
    const Flow flow = Exec(statement, frame);
    if (flow != Flow::kNext) return flow;
  }
  return Flow::kNext;
}

// One round. `stop`: the loop is over, and the flow says how it goes on behind it.
Flow Machine::Loop(NodeId body, Frame& frame, NodeId loop, bool& stop) {
  const Flow flow = Block(body, frame);
  std::string own;
  if (const auto labeled = ir::As<ir::Labeled>(tree_, facts_.Parent(loop))) own = labeled.label();
  stop = true;
  if (flow == Flow::kReturn) return flow;
  if (flow == Flow::kBreak) {
    if (frame.label.empty() || frame.label == own) return frame.label.clear(), Flow::kNext;
    return flow;
  }
  if (flow == Flow::kContinue && !frame.label.empty() && frame.label != own) return flow;
  frame.label.clear();
  stop = false;
  return Flow::kNext;
}

Flow Machine::Exec(NodeId statement, Frame& frame) {
  if (++steps_ > world_.max_steps) throw Halt{"too many steps"};
  place_ = statement;
  switch (tree_.kind(statement)) {
    case NodeKind::kBlock:
      return Block(statement, frame);
    case NodeKind::kFunctionDef: {
      const ir::FunctionDef def(tree_, statement);
      BindName(def.name(), Decorated(MakeFunction(statement, frame), def.decorators(), frame),
               frame, true);
      return Flow::kNext;
    }
    case NodeKind::kClassDef:
      BindName(ir::ClassDef(tree_, statement).name(), MakeClass(statement, frame), frame, true);
      return Flow::kNext;
    case NodeKind::kExport: {
      const ir::Export view(tree_, statement);
      if (view.declaration()) return Exec(view.declaration(), frame);
      if (view.value()) (void)Eval(view.value(), frame);
      return Flow::kNext;
    }
    case NodeKind::kImport:
    case NodeKind::kPass:
    case NodeKind::kScopeDecl:
    case NodeKind::kDebugger:
      return Flow::kNext;
    case NodeKind::kExprStmt:
      (void)Eval(ir::ExprStmt(tree_, statement).value(), frame);
      return Flow::kNext;
    case NodeKind::kVarDecl:
      for (NodeId declaration : ir::VarDecl(tree_, statement).declarations())
        (void)Exec(declaration, frame);
      return Flow::kNext;
    case NodeKind::kAssign: {
      const ir::Assign view(tree_, statement);
      if (!view.value()) {
        if (view.declares() != ir::DeclKind::kNone) {
          for (NodeId target : view.targets()) Bind(target, Value{}, frame, true);
        }
        return Flow::kNext;
      }
      const Value value = Eval(view.value(), frame);
      if (value.object != nullptr && value.object->sort == Sort::kFunction &&
          value.object->text.empty() && tree_.Is(view.targets().front(), NodeKind::kName))
        value.object->text = tree_.text(view.targets().front());
      for (NodeId target : view.targets())
        Bind(target, value, frame, view.declares() != ir::DeclKind::kNone);
      return Flow::kNext;
    }
    case NodeKind::kAugAssign: {
      const ir::AugAssign view(tree_, statement);
      const Value before = Eval(view.target(), frame);
      const Value value = Eval(view.value(), frame);
      if (view.op() == ir::BinaryOp::kAdd && !is_js_ && before.object != nullptr &&
          before.object->sort == Sort::kList) {
        for (const Value& item : Elements(value, statement)) before.object->items.push_back(item);
        return Flow::kNext;
      }
      Bind(view.target(), BinaryValue(view.op(), before, value), frame, false);
      return Flow::kNext;
    }
    case NodeKind::kReturn: {
      const NodeId value = ir::Return(tree_, statement).value();
      frame.result = value ? Eval(value, frame) : is_js_ ? Value{} : Value::Null();
      // Python's `return` of a coroutine from an async function hands the coroutine over; JavaScript waits.
      return Flow::kReturn;
    }
    case NodeKind::kRaise: {
      const ir::Raise view(tree_, statement);
      if (!view.value()) {
        throw Thrown{frame.generator == nullptr && trace_.error.object != nullptr
                         ? trace_.error
                         : Error("Exception", "raised again")};
      }
      Value value = Eval(view.value(), frame);
      if (value.object != nullptr &&
          (value.object->sort == Sort::kClass || value.object->sort == Sort::kLibrary))
        value = Call(value, {});
      if (view.cause()) {
        const Value cause = Eval(view.cause(), frame);
        if (value.object != nullptr && cause.object != nullptr)
          value.object->entries.emplace_back(String("__cause__"), cause);
      }
      throw Thrown{value};
    }
    case NodeKind::kIf: {
      const ir::If view(tree_, statement);
      const Value test = Eval(view.test(), frame);
      Consume(test, view.test());
      if (Truthy(test)) return Block(view.body(), frame);
      return Block(view.else_body(), frame);
    }
    case NodeKind::kWhile: {
      const ir::While view(tree_, statement);
      while (Truthy(Eval(view.test(), frame))) {
        if (++steps_ > world_.max_steps) throw Halt{"too many steps"};
        bool stop = false;
        const Flow flow = Loop(view.body(), frame, statement, stop);
        if (stop) return flow;
      }
      return Flow::kNext;
    }
    case NodeKind::kDoWhile: {
      const ir::DoWhile view(tree_, statement);
      do {
        if (++steps_ > world_.max_steps) throw Halt{"too many steps"};
        bool stop = false;
        const Flow flow = Loop(view.body(), frame, statement, stop);
        if (stop) return flow;
      } while (Truthy(Eval(view.test(), frame)));
      return Flow::kNext;
    }
    case NodeKind::kCFor: {
      const ir::CFor view(tree_, statement);
      if (view.init()) (void)Exec(view.init(), frame);
      while (!view.test() || Truthy(Eval(view.test(), frame))) {
        if (++steps_ > world_.max_steps) throw Halt{"too many steps"};
        bool stop = false;
        const Flow flow = Loop(view.body(), frame, statement, stop);
        if (stop) return flow;
        if (view.update()) (void)Exec(view.update(), frame);
      }
      return Flow::kNext;
    }
    case NodeKind::kForIn:
    case NodeKind::kForEach: {
      const bool names = tree_.Is(statement, NodeKind::kForIn);
      const ir::ForEach each(tree_, statement);
      const ir::ForIn in(tree_, statement);
      Value iterable = Eval(names ? in.object() : each.iterable(), frame);
      if (names)
        iterable =
            List(Elements(Call(Library("Object.keys"), {{iterable}, {}, statement}), statement));
      Flow out = Flow::kNext;
      Env* outer = frame.env;
      // JavaScript: variables of their own for each round, so that closures keep them.
      Each(iterable, !names && each.is_async(), statement, [&](const Value& item) {
        if (++steps_ > world_.max_steps) throw Halt{"too many steps"};
        if (is_js_) {
          envs_.push_back(std::make_unique<Env>());
          frame.env = envs_.back().get();
          frame.env->parent = outer;
        }
        Bind(names ? in.target() : each.target(), item, frame,
             is_js_ && (names ? in.declares() : each.declares()) != ir::DeclKind::kNone);
        bool stop = false;
        out = Loop(names ? in.body() : each.body(), frame, statement, stop);
        frame.env = outer;
        return !stop;
      });
      frame.env = outer;
      return out;
    }
    case NodeKind::kLoopElse: {
      const ir::LoopElse view(tree_, statement);
      const Flow flow = Exec(view.loop(), frame);
      if (flow != Flow::kNext) return flow;
      return Block(view.else_body(), frame);
    }
    case NodeKind::kLabeled:
      return Exec(ir::Labeled(tree_, statement).body(), frame);
    case NodeKind::kBreak:
      frame.label = ir::Break(tree_, statement).label();
      return Flow::kBreak;
    case NodeKind::kContinue:
      frame.label = ir::Continue(tree_, statement).label();
      return Flow::kContinue;
    case NodeKind::kTry:
      return TryStatement(statement, frame);
    case NodeKind::kWith:
      return WithStatement(statement, 0, frame);
    case NodeKind::kSwitch:
      return SwitchStatement(statement, frame);
    case NodeKind::kMatch:
      return MatchStatement(statement, frame);
    case NodeKind::kAssert:
      (void)Eval(ir::Assert(tree_, statement).test(), frame);
      return Flow::kNext;
    case NodeKind::kDelete:
      for (NodeId target : ir::Delete(tree_, statement).targets()) {
        const auto item = ir::As<ir::Subscript>(tree_, target);
        if (!item) continue;
        Args args;
        args.positional = {Eval(item.index(), frame)};
        (void)CommonMember(Eval(item.object(), frame), "pop", args);
      }
      return Flow::kNext;
    default:
      return Flow::kNext;
  }
}

// ---------------------------------------------------------------- try, with

Flow Machine::TryStatement(NodeId statement, Frame& frame) {
  const ir::Try view(tree_, statement);
  Env* env = frame.env;
  // No waiting inside a C++ handler: another stack would find it on top of its own.
  std::optional<Value> error;
  Flow flow = Flow::kNext;
  try {
    flow = Block(view.body(), frame);
  } catch (const Thrown& thrown) {
    error = thrown.value;
  }
  frame.env = env;
  if (!error && flow == Flow::kNext && view.else_body()) {
    try {
      flow = Block(view.else_body(), frame);
    } catch (const Thrown& thrown) {
      error = thrown.value;
    }
  } else if (error) {
    for (NodeId id : view.handlers()) {
      const auto clause = ir::Cast<ir::CatchClause>(tree_, id);
      bool takes = !clause.type();
      if (clause.type()) {
        const Value type = Eval(clause.type(), frame);
        takes = IsInstanceOf(*error, type);
        if (!takes && clause.is_group() && error->object != nullptr) {
          for (const Value& item : error->object->items) takes = takes || IsInstanceOf(item, type);
        }
      } else if (!is_js_) {
        takes = true;
      }
      if (!takes) continue;
      Note(Event::kHandled, id, error->object != nullptr ? error->object->text : "");
      if (clause.target()) Bind(clause.target(), *error, frame, true);
      const Value caught = *error;
      const Value outer = std::exchange(trace_.error, caught);
      error.reset();
      try {
        flow = Block(clause.body(), frame);
      } catch (const Thrown& thrown) {
        error = thrown.value;
      }
      trace_.error = outer;
      break;
    }
  }
  if (view.finally_body()) {
    const Value result = frame.result;
    const Flow last = Block(view.finally_body(), frame);
    if (last != Flow::kNext) return last;
    frame.result = result;
  }
  if (error) throw Thrown{*error};
  return flow;
}

Flow Machine::WithStatement(NodeId statement, std::size_t at, Frame& frame) {
  const ir::With view(tree_, statement);
  if (at == view.items().size()) return Block(view.body(), frame);
  const auto item = ir::Cast<ir::WithItem>(tree_, view.items()[at]);
  const Value manager = Eval(item.context(), frame);
  const Value entered = EnterContext(manager, view.is_async(), view.items()[at]);
  if (item.target()) Bind(item.target(), entered, frame, false);
  std::optional<Value> error;
  Flow flow = Flow::kNext;
  try {
    flow = WithStatement(statement, at + 1, frame);
  } catch (const Thrown& thrown) {
    error = thrown.value;
  }
  const Value result = frame.result;
  const bool swallowed =
      LeaveContext(manager, view.is_async(), error ? &*error : nullptr, view.items()[at]);
  frame.result = result;
  if (error && !swallowed) throw Thrown{*error};
  return error ? Flow::kNext : flow;
}

Flow Machine::SwitchStatement(NodeId statement, Frame& frame) {
  const ir::Switch view(tree_, statement);
  const Value subject = Eval(view.subject(), frame);
  std::size_t start = view.cases().size();
  for (std::size_t i = 0; i < view.cases().size(); ++i) {
    const auto entry = ir::Cast<ir::SwitchCase>(tree_, view.cases()[i]);
    if (!entry.test()) {
      if (start == view.cases().size()) start = i;
      continue;
    }
    if (Same(subject, Eval(entry.test(), frame))) {
      start = i;
      break;
    }
  }
  for (std::size_t i = start; i < view.cases().size(); ++i) {
    const Flow flow = Block(ir::Cast<ir::SwitchCase>(tree_, view.cases()[i]).body(), frame);
    if (flow == Flow::kBreak && frame.label.empty()) return Flow::kNext;
    if (flow != Flow::kNext) return flow;
  }
  return Flow::kNext;
}

bool Machine::Matches(NodeId pattern, const Value& subject, Frame& frame) {
  switch (tree_.kind(pattern)) {
    case NodeKind::kMatchWildcard:
      return true;
    case NodeKind::kName:
      BindName(pattern, subject, frame, false);
      return true;
    case NodeKind::kMatchAs: {
      const ir::MatchAs view(tree_, pattern);
      if (!Matches(view.pattern(), subject, frame)) return false;
      Bind(view.target(), subject, frame, false);
      return true;
    }
    case NodeKind::kMatchOr:
      for (NodeId id : ir::MatchOr(tree_, pattern).alternatives()) {
        if (Matches(id, subject, frame)) return true;
      }
      return false;
    case NodeKind::kMatchValue:
      return Same(subject, Eval(ir::MatchValue(tree_, pattern).value(), frame));
    case NodeKind::kMatchClass:
      return IsInstanceOf(subject, Eval(ir::MatchClass(tree_, pattern).type(), frame));
    case NodeKind::kMatchSequence: {
      const auto elements = ir::MatchSequence(tree_, pattern).elements();
      if (subject.object == nullptr ||
          (subject.object->sort != Sort::kList && subject.object->sort != Sort::kTuple))
        return false;
      if (subject.object->items.size() != elements.size()) return false;
      for (std::size_t i = 0; i < elements.size(); ++i) {
        if (!Matches(elements[i], subject.object->items[i], frame)) return false;
      }
      return true;
    }
    default:
      return Decide();
  }
}

Flow Machine::MatchStatement(NodeId statement, Frame& frame) {
  const ir::Match view(tree_, statement);
  const Value subject = Eval(view.subject(), frame);
  for (NodeId id : view.cases()) {
    const auto entry = ir::Cast<ir::MatchCase>(tree_, id);
    if (!Matches(entry.pattern(), subject, frame)) continue;
    if (entry.guard() && !Truthy(Eval(entry.guard(), frame))) continue;
    return Block(entry.body(), frame);
  }
  return Flow::kNext;
}

}  // namespace asyncport::grade::sim
