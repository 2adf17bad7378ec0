// Statements and plain expressions of a function as a shape, and the public Build functions.
// Example: `while (x) { await f(); }` is Loop(f).
#include <algorithm>
#include <functional>
#include <map>
#include <utility>

#include "shape/builder.h"
#include "support/strings.h"

namespace asyncport::shape {

using ir::kNoNode;
using ir::NodeId;
using ir::NodeKind;

std::string VariableName(const ir::Tree& tree, NodeId target) {
  if (const auto name = ir::As<ir::Name>(tree, target)) return ToCamelCase(name.id());
  if (const auto attribute = ir::As<ir::Attribute>(tree, target)) return ToCamelCase(attribute.name());
  return {};
}

Shape Sequence(Parts parts) {
  Shape shape;
  for (Shape& part : parts) {
    if (part.empty()) continue;
    if (part.kind == Kind::kSeq) {
      for (Shape& inner : part.parts) shape.parts.push_back(std::move(inner));
    } else {
      shape.parts.push_back(std::move(part));
    }
  }
  if (shape.parts.size() == 1) {
    Shape only = std::move(shape.parts[0]);
    return only;
  }
  return shape;
}

Shape Make(Kind kind, Parts parts, NodeId node) {
  Shape shape;
  shape.kind = kind;
  shape.parts = std::move(parts);
  shape.node = node;
  return shape;
}

bool IsFunctionLiteral(const ir::Tree& tree, NodeId node) {
  return tree.Is(node, NodeKind::kFunctionExpr) || tree.Is(node, NodeKind::kLambda);
}

namespace {

NodeId BodyOf(const ir::Tree& tree, NodeId function) {
  if (const auto f = ir::As<ir::FunctionDef>(tree, function)) return f.body();
  if (const auto f = ir::As<ir::FunctionExpr>(tree, function)) return f.body();
  if (const auto f = ir::As<ir::Method>(tree, function)) return f.body();
  if (const auto f = ir::As<ir::Module>(tree, function)) return f.body();
  return kNoNode;
}

// Loop over something; nothing if nothing asynchronous happens in it.
void AddLoop(Parts body, NodeId node, Parts& out) {
  Shape inner = Sequence(std::move(body));
  if (!inner.empty()) out.push_back(Make(Kind::kLoop, {std::move(inner)}, node));
}

void AddBranch(std::vector<Shape> arms, NodeId node, Parts& out) {
  arms.erase(std::remove_if(arms.begin(), arms.end(), [](const Shape& arm) { return arm.empty(); }),
             arms.end());
  if (!arms.empty()) out.push_back(Make(Kind::kBranch, std::move(arms), node));
}

}  // namespace

// ---------------------------------------------------------------- functions

Shape Builder::Function(NodeId function) {
  started_.clear();
  lazy_.clear();
  groups_.clear();
  returned_ = Fate{Fate::kReturned, {}};
  Parts parts;
  if (const auto lambda = ir::As<ir::Lambda>(tree_, function)) {
    Eval(lambda.body(), returned_, parts);
  } else {
    Statements(BodyOf(tree_, function ? function : tree_.root()), parts);
  }
  Shape shape = Sequence(std::move(parts));
  ResolveLazy(shape);
  return shape;
}

void Builder::ResolveLazy(Shape& shape) {
  if (lazy_.empty()) return;
  // What is made under each name, and whether anything waits for that name.
  std::map<std::string, Parts> made;
  std::unordered_set<std::string> joined;
  const std::function<void(const Shape&)> look = [&](const Shape& s) {
    if (s.kind == Kind::kJoin) joined.insert(s.name);
    if (s.kind == Kind::kStart && lazy_.contains(s.node.index) && !s.name.empty()) {
      made[s.name].push_back(s.parts[0]);
    }
    for (const Shape& part : s.parts) look(part);
  };
  look(shape);
  const std::function<void(Shape&)> replace = [&](Shape& s) {
    Parts kept;
    for (Shape& part : s.parts) {
      if (part.kind == Kind::kStart && lazy_.contains(part.node.index) && joined.contains(part.name)) {
        if (s.kind != Kind::kSeq) kept.emplace_back();  // a branch of nothing keeps its place
        continue;
      }
      if (part.kind == Kind::kJoin && made.contains(part.name)) {
        for (const Shape& work : made[part.name]) kept.push_back(work);
        continue;
      }
      replace(part);
      kept.push_back(std::move(part));
    }
    s.parts = std::move(kept);
    if (s.kind == Kind::kSeq) s = Sequence(std::move(s.parts));
  };
  Shape root = Make(Kind::kSeq, {std::move(shape)}, kNoNode);
  replace(root);
  shape = std::move(root);
}

Shape Builder::Body(NodeId block) {
  Parts parts;
  Statements(block, parts);
  return Sequence(std::move(parts));
}

void Builder::Statements(NodeId block, Parts& out) {
  if (!block) return;
  for (NodeId statement : ir::Cast<ir::Block>(tree_, block).statements()) Statement(statement, out);
}

// ---------------------------------------------------------------- statements

void Builder::Statement(NodeId statement, Parts& out) {
  switch (tree_.kind(statement)) {
    case NodeKind::kFunctionDef:
    case NodeKind::kClassDef:
    case NodeKind::kImport:
      return;
    case NodeKind::kBlock:
      return Statements(statement, out);
    case NodeKind::kExprStmt:
      return Eval(ir::ExprStmt(tree_, statement).value(), Fate{Fate::kDropped, {}}, out);
    case NodeKind::kAssign:
      return AssignStatement(statement, out);
    case NodeKind::kVarDecl:
      for (NodeId declaration : ir::VarDecl(tree_, statement).declarations()) {
        AssignStatement(declaration, out);
      }
      return;
    case NodeKind::kReturn:
      if (NodeId value = ir::Return(tree_, statement).value()) Eval(value, returned_, out);
      return;
    case NodeKind::kIf: {
      const ir::If view(tree_, statement);
      Eval(view.test(), {}, out);
      return AddBranch({Body(view.body()), Body(view.else_body())}, statement, out);
    }
    case NodeKind::kWhile: {
      const ir::While view(tree_, statement);
      Parts body;
      Eval(view.test(), {}, body);
      Statements(view.body(), body);
      return AddLoop(std::move(body), statement, out);
    }
    case NodeKind::kDoWhile: {
      const ir::DoWhile view(tree_, statement);
      Parts body;
      Statements(view.body(), body);
      Eval(view.test(), {}, body);
      return AddLoop(std::move(body), statement, out);
    }
    case NodeKind::kCFor: {
      const ir::CFor view(tree_, statement);
      if (view.init()) Statement(view.init(), out);
      Parts body;
      if (view.test()) Eval(view.test(), {}, body);
      Statements(view.body(), body);
      if (view.update()) Statement(view.update(), body);
      return AddLoop(std::move(body), statement, out);
    }
    case NodeKind::kForIn: {
      const ir::ForIn view(tree_, statement);
      Eval(view.object(), {}, out);
      return AddLoop({Body(view.body())}, statement, out);
    }
    case NodeKind::kForEach:
      return ForEachStatement(statement, out);
    case NodeKind::kLoopElse: {
      const ir::LoopElse view(tree_, statement);
      Statement(view.loop(), out);
      return AddBranch({Body(view.else_body())}, statement, out);
    }
    case NodeKind::kLabeled:
      return Statement(ir::Labeled(tree_, statement).body(), out);
    case NodeKind::kExport:
      if (NodeId declaration = ir::Export(tree_, statement).declaration()) Statement(declaration, out);
      if (NodeId value = ir::Export(tree_, statement).value()) Eval(value, {}, out);
      return;
    case NodeKind::kSwitch: {
      const ir::Switch view(tree_, statement);
      Eval(view.subject(), {}, out);
      std::vector<Shape> arms;
      for (NodeId id : view.cases()) arms.push_back(Body(ir::Cast<ir::SwitchCase>(tree_, id).body()));
      return AddBranch(std::move(arms), statement, out);
    }
    case NodeKind::kMatch: {
      const ir::Match view(tree_, statement);
      Eval(view.subject(), {}, out);
      std::vector<Shape> arms;
      for (NodeId id : view.cases()) arms.push_back(Body(ir::Cast<ir::MatchCase>(tree_, id).body()));
      return AddBranch(std::move(arms), statement, out);
    }
    case NodeKind::kTry:
      return TryStatement(statement, out);
    case NodeKind::kWith:
      return WithStatement(statement, out);
    default:
      return Children(statement, out);
  }
}

void Builder::AssignStatement(NodeId statement, Parts& out) {
  const auto view = ir::As<ir::Assign>(tree_, statement);
  if (!view || !view.value()) return;
  NodeId target = view.targets().empty() ? kNoNode : view.targets().front();
  // `const [a, b] = [f(), g()]` and `a, b = f(), g()`
  if (const auto pattern = ir::As<ir::ListPattern>(tree_, target)) {
    std::span<const NodeId> values;
    if (const auto list = ir::As<ir::List>(tree_, view.value())) values = list.elements();
    if (const auto tuple = ir::As<ir::Tuple>(tree_, view.value())) values = tuple.elements();
    if (values.size() == pattern.elements().size() && !values.empty()) {
      for (std::size_t i = 0; i < values.size(); ++i) {
        Eval(values[i], {Fate::kStored, VariableName(tree_, pattern.elements()[i])}, out);
      }
      return;
    }
    target = kNoNode;
  }
  if (IsFunctionLiteral(tree_, view.value())) return;
  Eval(view.value(), {Fate::kStored, VariableName(tree_, target)}, out);
}

void Builder::TryStatement(NodeId statement, Parts& out) {
  const ir::Try view(tree_, statement);
  Parts body;
  Statements(view.body(), body);
  Statements(view.else_body(), body);
  Parts handlers;
  for (NodeId id : view.handlers()) {
    Shape handler = Body(ir::Cast<ir::CatchClause>(tree_, id).body());
    if (!handler.empty()) handlers.push_back(std::move(handler));
  }
  Shape handler = handlers.size() == 1 ? std::move(handlers[0])
                  : handlers.empty()   ? Shape{}
                                       : Make(Kind::kBranch, std::move(handlers), statement);
  Shape inner = Sequence(std::move(body));
  Shape last = Body(view.finally_body());
  if (inner.empty() && handler.empty() && last.empty()) return;
  out.push_back(Make(Kind::kGuard, {std::move(inner), std::move(handler), std::move(last)}, statement));
}

namespace {

// Splits a term into the starts of one name (with the loops and branches around them) and the rest.
void Extract(Shape& shape, const std::string& name, Shape& taken) {
  if (shape.kind == Kind::kStart && shape.name == name) {
    taken = std::move(shape.parts[0]);
    shape = Shape{};
    return;
  }
  Parts found;
  Parts kept;
  for (Shape& part : shape.parts) {
    Shape piece;
    Extract(part, name, piece);
    if (!piece.empty()) found.push_back(std::move(piece));
    if (!part.empty() || shape.kind == Kind::kGuard) kept.push_back(std::move(part));
  }
  if (!found.empty()) {
    if (shape.kind == Kind::kSeq || shape.kind == Kind::kGuard || shape.kind == Kind::kPar) {
      taken = Make(Kind::kSeq, std::move(found), shape.node);
    } else {
      taken = shape;
      taken.parts = std::move(found);
    }
  }
  shape.parts = std::move(kept);
  if (shape.kind == Kind::kSeq) {
    shape = Sequence(std::move(shape.parts));
  } else if (shape.parts.empty() && shape.kind != Kind::kOp && shape.kind != Kind::kJoin) {
    shape = Shape{};
  }
}

}  // namespace

void Builder::WithStatement(NodeId statement, Parts& out) {
  const ir::With view(tree_, statement);
  std::vector<std::string> groups;
  struct Wrapper {
    Kind kind;
    double amount;
  };
  std::vector<Wrapper> wrappers;
  for (NodeId id : view.items()) {
    const auto item = ir::Cast<ir::WithItem>(tree_, id);
    const auto call = ir::As<ir::Call>(tree_, item.context());
    const std::string path = call ? facts_.ResolvedName(call.callee()) : std::string();
    const std::string type = TypeName(item.context());
    if (path == "asyncio.TaskGroup" || path == "anyio.create_task_group") {
      groups.push_back(VariableName(tree_, item.target()));
      continue;
    }
    if (path == "asyncio.timeout" || path == "asyncio.timeout_at") {
      double seconds = 0;
      if (!call.args().empty()) NumberValue(tree_, call.args()[0], seconds);
      wrappers.push_back({Kind::kTimeout, seconds});
      continue;
    }
    if (view.is_async() && (type == "asyncio.Semaphore" || type == "asyncio.BoundedSemaphore" ||
                            type == "asyncio.Lock")) {
      wrappers.push_back({Kind::kLimit, type == "asyncio.Lock" ? 1 : LimitOf(item.context())});
      continue;
    }
    Eval(item.context(), view.is_async() ? Fate{Fate::kReturned, {}} : Fate{}, out);
  }
  for (const std::string& group : groups) groups_.push_back(group);
  Shape body = Body(view.body());
  for (const std::string& group : groups) {
    groups_.pop_back();
    Shape started;
    Extract(body, "group " + group, started);
    Parts parts;
    if (started.kind == Kind::kSeq) {
      parts = std::move(started.parts);
    } else {
      parts.push_back(std::move(started));
    }
    if (!body.empty()) parts.push_back(std::move(body));
    body = parts.empty() ? Shape{} : Make(Kind::kPar, std::move(parts), statement);
    body.join = Join::kGroup;
  }
  if (body.empty()) return;
  for (auto it = wrappers.rbegin(); it != wrappers.rend(); ++it) {
    body = Make(it->kind, {std::move(body)}, statement);
    body.amount = it->amount;
  }
  out.push_back(std::move(body));
}

void Builder::ForEachStatement(NodeId statement, Parts& out) {
  const ir::ForEach view(tree_, statement);
  Parts body;
  const auto call = ir::As<ir::Call>(tree_, view.iterable());
  if (call && facts_.ResolvedName(call.callee()) == "asyncio.as_completed" && !call.args().empty()) {
    Parts parts;
    PartOf(call.args()[0], parts);
    out.push_back(Make(Kind::kPar, std::move(parts), view.iterable()));
  } else if (view.is_async()) {
    Eval(view.iterable(), {Fate::kAwaited, {}}, body);
  } else {
    Eval(view.iterable(), {}, out);
  }
  Statements(view.body(), body);
  AddLoop(std::move(body), statement, out);
}

// ---------------------------------------------------------------- expressions

Shape Builder::Capture(NodeId expression, const Fate& fate) {
  Parts parts;
  Eval(expression, fate, parts);
  return Sequence(std::move(parts));
}

void Builder::Children(NodeId node, Parts& out) {
  tree_.ForEachChild(node, [&](NodeId child) { Eval(child, {}, out); });
}

void Builder::Emit(Shape shape, const Fate& fate, bool starts, Parts& out) {
  if (shape.empty()) return;
  const NodeId node = shape.node;
  switch (fate.kind) {
    case Fate::kAwaited:
    case Fate::kReturned:
      out.push_back(std::move(shape));
      return;
    case Fate::kDropped:
      if (starts) out.push_back(Make(Kind::kDetach, {std::move(shape)}, node));
      return;
    case Fate::kStored:
    case Fate::kPassed: {
      Shape start = Make(Kind::kStart, {std::move(shape)}, node);
      start.name = fate.name;
      if (!fate.name.empty()) started_.insert(fate.name);
      if (!starts) lazy_.insert(node.index);
      out.push_back(std::move(start));
      return;
    }
  }
}

// A value that is awaited and is no call.
void Builder::AwaitValue(NodeId expression, Parts& out) {
  const std::string name = VariableName(tree_, expression);
  if (!name.empty() && started_.contains(name)) {
    Shape join = Make(Kind::kJoin, {}, expression);
    join.name = name;
    out.push_back(std::move(join));
    return;
  }
  Children(expression, out);
  Shape op = Make(Kind::kOp, {}, expression);
  op.name = "(value)";
  op.is_library = true;
  out.push_back(std::move(op));
}

void Builder::ComprehensionValue(NodeId expression, const Fate& fate, Parts& out) {
  const ir::Comprehension view(tree_, expression);
  Parts body;
  for (NodeId id : view.clauses()) {
    if (const auto clause = ir::As<ir::CompFor>(tree_, id)) {
      if (clause.is_async()) {
        Eval(clause.iterable(), {Fate::kAwaited, {}}, body);
      } else {
        Eval(clause.iterable(), {}, id == view.clauses().front() ? out : body);
      }
    } else if (const auto condition = ir::As<ir::CompIf>(tree_, id)) {
      Eval(condition.test(), {}, body);
    }
  }
  if (fate.kind == Fate::kAwaited) {  // the arguments of a combinator
    Eval(view.element(), fate, body);
    return AddLoop(std::move(body), expression, out);
  }
  Parts elements;
  Eval(view.element(), {Fate::kStored, fate.name}, elements);
  if (view.value()) Eval(view.value(), {Fate::kStored, fate.name}, elements);
  // [f(x) for x in xs]: one start of many.
  for (Shape& part : elements) {
    if (part.kind != Kind::kStart) {
      body.push_back(std::move(part));
      continue;
    }
    const bool lazy = lazy_.contains(part.node.index);
    Parts loop = std::move(body);
    body.clear();
    loop.push_back(std::move(part.parts[0]));
    Shape many = Make(Kind::kLoop, {Sequence(std::move(loop))}, part.node);
    Emit(std::move(many), fate, !lazy, out);
  }
  AddLoop(std::move(body), expression, out);
}

void Builder::Eval(NodeId expression, const Fate& fate, Parts& out) {
  if (!expression) return;
  switch (tree_.kind(expression)) {
    case NodeKind::kAwait:
      return Eval(ir::Await(tree_, expression).value(), {Fate::kAwaited, {}}, out);
    case NodeKind::kCall:
      return CallValue(expression, fate, out);
    case NodeKind::kNew:
      return NewValue(expression, fate, out);
    case NodeKind::kFunctionExpr:
    case NodeKind::kLambda:
    case NodeKind::kFunctionDef:
    case NodeKind::kClassExpr:
    case NodeKind::kMethodEntry:
      return;  // work of their own
    case NodeKind::kOptionalChain:
      return Eval(ir::OptionalChain(tree_, expression).value(), fate, out);
    case NodeKind::kSpawn:
      return Emit(Capture(ir::Spawn(tree_, expression).call(), {Fate::kAwaited, {}}), fate, true, out);
    case NodeKind::kDefer:
      return Eval(ir::Defer(tree_, expression).call(), fate, out);
    case NodeKind::kConditional: {
      const ir::Conditional view(tree_, expression);
      Eval(view.test(), {}, out);
      return AddBranch({Capture(view.then_value(), fate), Capture(view.else_value(), fate)}, expression, out);
    }
    case NodeKind::kLogical: {
      const ir::Logical view(tree_, expression);
      Eval(view.left(), {}, out);
      return AddBranch({Capture(view.right(), fate)}, expression, out);
    }
    case NodeKind::kSequence: {
      const auto list = ir::Sequence(tree_, expression).expressions();
      for (NodeId id : list) Eval(id, id == list.back() ? fate : Fate{Fate::kDropped, {}}, out);
      return;
    }
    case NodeKind::kUnary: {
      const ir::Unary view(tree_, expression);
      return Eval(view.operand(), view.op() == ir::UnaryOp::kVoid ? Fate{Fate::kDropped, {}} : Fate{}, out);
    }
    case NodeKind::kAssignExpr:
    case NodeKind::kWalrus: {
      const NodeId target = tree_.Slot(expression, 0);
      const NodeId value = tree_.Slot(expression, 1);
      if (fate.kind == Fate::kAwaited || fate.kind == Fate::kReturned) return Eval(value, fate, out);
      return Eval(value, {Fate::kStored, VariableName(tree_, target)}, out);
    }
    case NodeKind::kLogicalAssign: {
      const ir::LogicalAssign view(tree_, expression);
      const bool awaited = fate.kind == Fate::kAwaited || fate.kind == Fate::kReturned;
      const Fate inner = awaited ? fate : Fate{Fate::kStored, VariableName(tree_, view.target())};
      return AddBranch({Capture(view.value(), inner)}, expression, out);
    }
    case NodeKind::kList:
    case NodeKind::kTuple:
    case NodeKind::kSetLit:
    case NodeKind::kDict: {
      // Stored work keeps the name of what holds it: `tasks = [f(), g()]`.
      const Fate element = fate.kind == Fate::kStored ? fate : Fate{};
      tree_.ForEachChild(expression, [&](NodeId child) {
        if (const auto entry = ir::As<ir::DictEntry>(tree_, child)) {
          Eval(entry.key(), {}, out);
          Eval(entry.value(), element, out);
        } else {
          Eval(child, element, out);
        }
      });
      return;
    }
    case NodeKind::kComprehension:
      return ComprehensionValue(expression, fate, out);
    case NodeKind::kName:
    case NodeKind::kAttribute:
    case NodeKind::kSubscript:
      if (fate.kind == Fate::kAwaited) return AwaitValue(expression, out);
      return Children(expression, out);
    default:
      return Children(expression, out);
  }
}

// ---------------------------------------------------------------- whole files

}  // namespace asyncport::shape
