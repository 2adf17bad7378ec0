// Type inference over one file: every expression, variable, parameter, field and element gets the set of values that can
// reach it. A work list of nodes runs until nothing grows. See lattice.h for values, library.h for what comes from outside.
//
// Files: infer.cpp (driver, statements), infer_expr.cpp (operators, literals, names), infer_call.cpp (calls),
// infer_library.cpp (signatures), infer_event.cpp, infer_member.cpp (attributes), infer_element.cpp (containers),
// infer_pattern.cpp, infer_classes.cpp (overrides, what bases declare), infer_narrow.cpp (guards, reaching writes),
// infer_flow.cpp (ends of functions), infer_annotation.cpp (Python), expose.cpp (structural types).
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "facts/lattice.h"
#include "facts/library.h"
#include "facts/names.h"
#include "facts/scopes.h"
#include "facts/structure.h"
#include "ir/views.h"

namespace asyncport::facts {

struct Args {
  std::vector<SetId> positional;
  std::vector<std::pair<Atom, SetId>> keywords;
  bool has_spread = false;  // positions after `positional` are `spread`
  SetId spread;
  bool has_keyword_spread = false;
  SetId keyword_spread;
};

class Inference {
 public:
  Inference(const ir::Tree& tree, const Structure& structure, const Scopes& scopes,
            const Names& names);
  void Run();

  const Lattice& lattice() const { return lattice_; }
  Lattice& lattice() { return lattice_; }
  // Of an expression, a Param, or a Name in a pattern (then of its variable).
  SetId ValueOf(ir::NodeId node);
  // What the function's returns give, before wrapping in a promise or coroutine.
  SetId Returned(ir::NodeId function);
  // With the values that callers give in the place of parameters.
  SetId Resolve(SetId set);
  bool CanFallThrough(ir::NodeId block) const;
  SetId AwaitedValue(SetId set);  // of `await`, which asks objects with a `then` too
  SetId Awaited(SetId set);

  bool is_js() const { return is_js_; }
  bool IsLiteral(ir::NodeId node) const { return tree_.Is(node, ir::NodeKind::kDict); }
  std::string ClassName(ir::NodeId class_def) const;
  ir::NodeId FindConstructor(ir::NodeId class_def) const;
  // "Array#push", "asyncio.Queue#get": the library's name for a member of what `object` holds; "" if that is not one
  // thing, or a class of the file declares the member itself.
  std::string MemberPath(SetId object, Atom name);
  std::string_view TextOf(Atom atom) const { return tree_.strings().Text(atom); }
  Atom AtomOf(std::string_view text) const { return tree_.strings().Intern(text); }
  // The name under which an attribute, field or method is kept: `#size` and `size` are two members of one class.
  Atom MemberAtom(ir::NodeId node) const;

 private:
  // ---- infer.cpp
  void Wake(std::uint32_t node);
  void Drain();
  void FillGaps();
  bool IsGap(ir::NodeId node);
  void Evaluate(ir::NodeId node);
  void EvaluateStatement(ir::NodeId node);
  void EvaluateFunction(ir::NodeId node);
  void EvaluateClass(ir::NodeId node);
  void EvaluateImport(ir::NodeId node);
  void EvaluateForEach(ir::NodeId target, ir::NodeId iterable, bool is_async);
  void EvaluateCatch(ir::NodeId node);
  void EvaluateParam(ir::NodeId node);
  SetId ComparedWith(ir::NodeId param);
  SetId AnyIterable(ir::NodeId annotation, SetId declared, SetId given);
  SetId ClassGivenToExit();
  SetId ErrorGivenToExit();
  SetId GivenToExit(ir::NodeId param);
  SetId AllGivenToExit(ir::NodeId param);
  SetId DeclaredByBase(ir::NodeId param);
  // Registers that the current node depends on the cell. Raw: with parameters as they are, for what is only handed on.
  SetId ReadRaw(CellId cell);
  SetId ReadRaw(ir::NodeId node) { return node ? ReadRaw(CellOf(node)) : kUnknownSet; }
  SetId Read(CellId cell) { return Resolve(ReadRaw(cell)); }
  SetId Read(ir::NodeId node) { return Resolve(ReadRaw(node)); }
  static CellId CellOf(ir::NodeId node) { return node.index; }
  CellId CellOf(BindingId id) const { return binding_cells_[id.index]; }
  void SetNode(ir::NodeId node, SetId set);
  CellId ReturnCell(ir::NodeId function);
  CellId YieldCell(ir::NodeId function);
  SetId Nothing();  // undefined / None

  // ---- infer_expr.cpp
  SetId Expression(ir::NodeId node);
  SetId EvalName(ir::NodeId node);
  SetId EvalSelf(ir::NodeId node);
  SetId EvalBinary(ir::NodeId node);
  SetId EvalUnary(ir::NodeId node);
  SetId EvalLogical(ir::NodeId node);
  SetId EvalSequenceLiteral(ir::NodeId node, TypeKind kind, std::span<const ir::NodeId> elements);
  SetId EvalDict(ir::NodeId node);
  SetId EvalComprehension(ir::NodeId node);
  SetId BinaryResult(ir::BinaryOp op, SetId left, SetId right, ir::NodeId at,
                     ir::NodeId right_node);
  // Python's __add__ and its kin.
  std::optional<SetId> CallOperator(ir::BinaryOp op, SetId left, SetId right);
  std::optional<SetId> CallInPlace(ir::BinaryOp op, SetId left, SetId right);  // `__iadd__`, else `__add__`
  SetId AddResult(SetId left, SetId right, ir::NodeId at);
  SetId Truthy(SetId set);  // part of the set that can be true
  SetId Falsy(SetId set);

  // ---- infer_text.cpp
  static std::uint32_t LooksOf(std::string_view text);
  std::uint32_t LooksOfTemplate(ir::NodeId node);
  std::uint32_t LooksOfFormatted(ir::NodeId node);
  std::uint32_t LooksOfSum(SetId left, SetId right);
  std::uint32_t LooksOfFormat(ir::NodeId pattern, SetId value);
  std::uint32_t LooksOfStr(SetId value);
  std::uint32_t LooksOfResult(const LibraryEntry& entry, SetId self, const Args& args, ir::NodeId at);
  std::uint32_t LooksOfNumber(std::string_view text) const;
  SetId FloatOf(SetId a, SetId b);  // what arithmetic makes of two numbers
  SetId WithLooks(SetId declared, SetId given);
  SetId PartOfText(SetId set);  // a character, a slice, a group of a match; never if it has no text

  // ---- infer_call.cpp
  SetId EvalCall(ir::NodeId node);
  SetId EvalNew(ir::NodeId node);
  bool IsChainStep(Atom method, const Args& args);
  static bool IsClassName(std::string_view name);
  SetId InstanceOfImport(ir::NodeId callee, bool (*is_class)(std::string_view));
  SetId EvalSuperCall(ir::NodeId node);
  Args ReadArgs(std::span<const ir::NodeId> args);
  SetId ElementOrFields(SiteId id);
  SetId CallSet(SetId callee, const Args& args, ir::NodeId at);
  SetId CallSite(SiteId callee, const Args& args, ir::NodeId at);
  SetId CallMethod(SetId object, Atom name, const Args& args, ir::NodeId at);
  SetId CallDeclared(ir::NodeId function, const Args& args, ir::NodeId at);
  // What each plain parameter of a function gets from one call.
  using ParamValues = std::vector<std::pair<ir::NodeId, SetId>>;
  SetId Substitute(SetId set, const ParamValues& values);
  SetId SubstituteInside(SetId set, const ParamValues& values, ir::NodeId at);
  SetId Construct(ir::NodeId class_def, const Args& args, ir::NodeId at, int depth);
  ParamValues FlowArgs(std::span<const ir::NodeId> params, const Args& args);
  void FlowFields(ir::NodeId class_def, const Args& args);
  SetId ResultOf(ir::NodeId function);
  SetId OwnResultOf(ir::NodeId function);
  std::span<const ir::NodeId> OverridesOf(ir::NodeId function) const;
  void CollectOverrides();
  SetId CallLibrary(const LibraryEntry& entry, SetId self, const Args& args, ir::NodeId at);
  SetId JsonCopy(ir::NodeId parse);
  const Signature& SignatureOf(const LibraryEntry& entry);
  SetId LibraryValue(std::string_view path);
  bool IsGlobalRegex(ir::NodeId node) const;
  struct Application;
  SetId Evaluate(Application& call, std::uint32_t term);
  std::uint32_t LookingLike(std::uint32_t bits, const Application& call) const;
  SetId MakeFrom(Application& call, std::uint32_t term);
  SetId Gather(Application& call, SetId list, std::uint32_t term);
  void Apply(Application& call, const Effect& effect);

  // ---- infer_event.cpp
  bool CallEmitter(std::string_view method, SetId self, const Args& args, ir::NodeId at);
  SetId AbortReason(std::string_view member, const Args& args, SetId error);
  bool EmitsOnlyHere(SetId self) const;
  const std::vector<CellId>& EventCells(std::string_view event);

  // ---- infer_member.cpp
  SetId ReadMember(SetId object, Atom name, ir::NodeId at);
  SetId ReadSiteMember(SiteId object, Atom name, ir::NodeId at);
  SetId ReadInstance(ir::NodeId class_def, Atom name, ir::NodeId at, int depth);
  SetId ReadClass(ir::NodeId class_def, Atom name, ir::NodeId at, int depth);
  SetId ReadLibraryMember(std::string_view type, SetId self, Atom name, ir::NodeId at);
  const LibraryEntry* FindMember(std::string_view type, Atom name) const;
  ir::NodeId FindMethod(ir::NodeId class_def, Atom name, bool is_static) const;
  bool HasLibraryBase(ir::NodeId class_def, std::string_view prefix);
  SetId BaseInstances(ir::NodeId class_def);
  void AddField(SiteId site, Atom name, SetId value);
  void WriteMember(SetId object, Atom name, SetId value);
  SetId ReadIndex(SetId object, ir::NodeId index, ir::NodeId at);
  void WriteIndex(SetId object, ir::NodeId index, SetId value);
  void Delete(SetId object);
  SetId ElementOf(SetId iterable, bool is_async);  // what iterating gives
  SetId At(SetId sequence, std::size_t position);
  SetId ValuesOf(SetId dict);  // fields and elements
  SetId KeysOf(SetId dict);
  void Merge(SetId into, SetId from);
  void Push(SetId into, SetId value);
  SiteId Make(TypeKind kind, ir::NodeId node, std::uint32_t variant, SetId element,
              SetId key = kNeverSet);
  SiteId MakeTuple(ir::NodeId node, std::uint32_t variant, const std::vector<SetId>& items);
  void Bind(ir::NodeId pattern, SetId value);
  void BindClassVariable(BindingId id, SetId value);
  void BindList(std::span<const ir::NodeId> elements, SetId value);
  void BindMatch(ir::NodeId pattern, SetId value);
  ir::NodeId ClassBody(ir::NodeId class_def) const;
  std::span<const ir::NodeId> ClassBases(ir::NodeId class_def) const;
  std::span<const ir::NodeId> ParamsOf(ir::NodeId function) const;

  // ---- infer_narrow.cpp
  SetId Narrow(ir::NodeId expression, SetId set);
  bool IsTested(ir::NodeId name);  // does any test around it speak of it?
  ir::NodeId ReachingWrite(ir::NodeId read) const;
  SetId ApplyTest(ir::NodeId test, bool holds, ir::NodeId expression, SetId set, int depth);
  SetId ApplyComparison(ir::NodeId left, ir::BinaryOp op, ir::NodeId right, bool holds,
                        ir::NodeId expression, SetId set);
  SetId KeepInstances(SetId set, ir::NodeId type, bool holds);
  bool SamePlace(ir::NodeId a, ir::NodeId b);
  void CollectGuards();

  // ---- infer_annotation.cpp
  SetId Annotation(ir::NodeId node, int depth = 0);
  bool IsTypedDict(ir::NodeId class_def, int depth = 0);
  SetId RecordOf(ir::NodeId class_def, int depth = 0);

  const ir::Tree& tree_;
  const Structure& structure_;
  const Scopes& scopes_;
  const Names& names_;
  const bool is_js_;
  Lattice lattice_;
  ir::NodeId current_;  // the node being evaluated
  std::deque<std::uint32_t> queue_;
  std::vector<bool> queued_;
  std::vector<CellId> binding_cells_;
  std::unordered_map<std::uint32_t, CellId> return_cells_;
  std::unordered_map<std::uint32_t, CellId> yield_cells_;
  std::vector<bool> is_called_;  // by function node
  std::unordered_map<std::string, std::vector<CellId>> event_cells_;  // by event and position
  bool fills_gaps_ = false;      // second phase: absent fields count
  // Asked when something is absent. Whoever is told "not yet" is asked again in the second phase.
  bool FillsGaps() {
    if (!fills_gaps_ && current_) met_gap_[current_.index] = true;
    return fills_gaps_;
  }
  std::vector<bool> met_gap_;
  std::unordered_map<const LibraryEntry*, Signature> signatures_;
  std::unordered_map<std::uint32_t, std::vector<ir::NodeId>> subclasses_;
  // By method: those of derived classes that a call of it may reach. Constructors and private ones are not in it.
  std::unordered_map<std::uint32_t, std::vector<ir::NodeId>> overrides_;
  bool calls_super_ = false;  // the call at hand is `super.m()`, which reaches the method itself
  // Methods and constructors by class node and name.
  std::unordered_map<std::uint64_t, ir::NodeId> methods_;
  std::unordered_map<std::uint64_t, ir::NodeId> setters_;
  // By Block: the If statements in it whose body always leaves.
  std::unordered_map<std::uint32_t, std::vector<ir::NodeId>> guards_;
  mutable std::unordered_map<std::uint32_t, bool> falls_through_;
  std::vector<std::uint8_t> is_tested_;  // by Name node: 0 not looked at, 1 no, 2 yes
  bool saw_same_place_ = false;
  int call_depth_ = 0;
};

}  // namespace asyncport::facts
