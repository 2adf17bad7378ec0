// The tables behind node_kind.h, made from the .def files.
#include "ir/node_kind.h"

#include <array>
#include <cstddef>

#include "support/check.h"

namespace asyncport::ir {
namespace {

using namespace category;  // the .def file spells Stmt | Expr

template <typename Enum>
std::string_view OperName(std::uint8_t value) {
  return NameOf(static_cast<Enum>(value));
}

// One table per kind. The last element is a sentinel: it keeps arrays of kinds without slots or flags well-formed.
#define IR_BEGIN(Kind, categories, dialect, anchor) constexpr SlotInfo kSlots##Kind[] = {
#define IR_ONE(Kind, slot, categories) {#slot, SlotArity::kOne, categories},
#define IR_OPT(Kind, slot, categories) {#slot, SlotArity::kOptional, categories},
#define IR_LIST(Kind, slot, categories) {#slot, SlotArity::kList, categories},
#define IR_END(Kind) {"", SlotArity::kOne, 0}};
#include "ir/node_kind.def"

#define IR_BEGIN(Kind, categories, dialect, anchor) constexpr std::string_view kFlags##Kind[] = {
#define IR_FLAG(Kind, name) #name,
#define IR_END(Kind) ""};
#include "ir/node_kind.def"

template <std::size_t N, typename T>
constexpr std::uint8_t CountWithoutSentinel(const T (&)[N]) {
  return static_cast<std::uint8_t>(N - 1);
}

constexpr auto MakeInfos() {
  std::array<KindInfo, static_cast<std::size_t>(NodeKind::kCount)> infos{};
  std::size_t i = 0;
#define IR_BEGIN(Kind, categories, dialect_, anchor_)                                       \
  infos[i] = KindInfo{#Kind, categories, Dialect::k##dialect_, anchor_ != 0, kSlots##Kind, \
                      CountWithoutSentinel(kSlots##Kind), kFlags##Kind,                     \
                      CountWithoutSentinel(kFlags##Kind), "", "", nullptr};
#define IR_ATOM(Kind, name_) infos[i].atom = #name_;
#define IR_OPER(Kind, name_, EnumType)      \
  infos[i].oper_name = &OperName<EnumType>; \
  infos[i].oper = #name_;
#define IR_END(Kind) ++i;
#include "ir/node_kind.def"
  return infos;
}
constexpr auto kInfos = MakeInfos();

constexpr OperatorInfo kBinary[] = {
#define BINARY_OP(Name, dialect, js, py, js_prec, py_prec) \
  {#Name, Dialect::k##dialect, js, py, js_prec, py_prec},
#include "ir/operators.def"
};
constexpr OperatorInfo kLogical[] = {
#define LOGICAL_OP(Name, dialect, js, py, js_prec, py_prec) \
  {#Name, Dialect::k##dialect, js, py, js_prec, py_prec},
#include "ir/operators.def"
};
constexpr OperatorInfo kUnary[] = {
#define UNARY_OP(Name, dialect, js, py, js_prec, py_prec) \
  {#Name, Dialect::k##dialect, js, py, js_prec, py_prec},
#include "ir/operators.def"
};

template <typename Enum, std::size_t N>
std::string_view Pick(const std::string_view (&names)[N], Enum value) {
  auto index = static_cast<std::size_t>(value);
  return index < N ? names[index] : std::string_view("?");
}

}  // namespace

const KindInfo& Info(NodeKind kind) { return kInfos[static_cast<std::size_t>(kind)]; }

const OperatorInfo& Info(BinaryOp op) {
  AP_CHECK(op != BinaryOp::kNone, "no operator");
  return kBinary[static_cast<std::size_t>(op) - 1];
}
const OperatorInfo& Info(LogicalOp op) { return kLogical[static_cast<std::size_t>(op)]; }
const OperatorInfo& Info(UnaryOp op) { return kUnary[static_cast<std::size_t>(op)]; }

bool IsComparison(BinaryOp op) { return op >= BinaryOp::kLt; }

std::string_view NameOf(DeclKind v) {
  static constexpr std::string_view kNames[] = {"", "const", "let", "var"};
  return Pick(kNames, v);
}
std::string_view NameOf(ParamKind v) {
  static constexpr std::string_view kNames[] = {"", "rest", "keyword_only", "keyword_rest",
                                                "positional_only"};
  return Pick(kNames, v);
}
std::string_view NameOf(MethodKind v) {
  static constexpr std::string_view kNames[] = {"", "constructor", "getter", "setter"};
  return Pick(kNames, v);
}
std::string_view NameOf(ImportKind v) {
  static constexpr std::string_view kNames[] = {"named", "default", "namespace", "all"};
  return Pick(kNames, v);
}
std::string_view NameOf(NumberKind v) {
  static constexpr std::string_view kNames[] = {"int", "float", "bigint", "imaginary"};
  return Pick(kNames, v);
}
std::string_view NameOf(ComprehensionKind v) {
  static constexpr std::string_view kNames[] = {"list", "set", "dict", "generator"};
  return Pick(kNames, v);
}
std::string_view NameOf(HoleKind v) {
  static constexpr std::string_view kNames[] = {"one", "list", "any"};
  return Pick(kNames, v);
}
std::string_view NameOf(BinaryOp v) { return v == BinaryOp::kNone ? "" : Info(v).name; }
std::string_view NameOf(LogicalOp v) { return Info(v).name; }
std::string_view NameOf(UnaryOp v) { return Info(v).name; }

}  // namespace asyncport::ir
