// Node kinds, operators and the small enums of the IR; their names and what the .def files say about them.
// Everything here is made from node_kind.def and operators.def.
#pragma once

#include <cstdint>
#include <string_view>

#include "support/language.h"

namespace asyncport::ir {

enum class NodeKind : std::uint8_t {
#define IR_BEGIN(Kind, categories, dialect, anchor) k##Kind,
#include "ir/node_kind.def"
  kCount
};

// Which places a node may stand in; a mask.
namespace category {
enum : std::uint8_t { Stmt = 1, Expr = 2, Pattern = 4, Part = 8 };
}

// kNone is plain assignment (AssignExpr).
enum class BinaryOp : std::uint8_t {
  kNone,
#define BINARY_OP(Name, dialect, js, py, js_prec, py_prec) k##Name,
#include "ir/operators.def"
};
enum class LogicalOp : std::uint8_t {
#define LOGICAL_OP(Name, dialect, js, py, js_prec, py_prec) k##Name,
#include "ir/operators.def"
};
enum class UnaryOp : std::uint8_t {
#define UNARY_OP(Name, dialect, js, py, js_prec, py_prec) k##Name,
#include "ir/operators.def"
};

struct OperatorInfo {
  std::string_view name;
  Dialect dialect;
  std::string_view js;  // spelling; empty where the language lacks it
  std::string_view py;
  std::uint8_t js_precedence;
  std::uint8_t py_precedence;
};
const OperatorInfo& Info(BinaryOp op);  // op != kNone
const OperatorInfo& Info(LogicalOp op);
const OperatorInfo& Info(UnaryOp op);

bool IsComparison(BinaryOp op);  // from Lt to NotIn

enum class DeclKind : std::uint8_t { kNone, kConst, kLet, kVar };
enum class ParamKind : std::uint8_t { kPlain, kRest, kKeywordOnly, kKeywordRest, kPositionalOnly };
enum class MethodKind : std::uint8_t { kMethod, kConstructor, kGetter, kSetter };
enum class ImportKind : std::uint8_t { kNamed, kDefault, kNamespace, kAll };
enum class NumberKind : std::uint8_t { kInt, kFloat, kBigInt, kImaginary };
enum class ComprehensionKind : std::uint8_t { kList, kSet, kDict, kGenerator };
enum class HoleKind : std::uint8_t { kOne, kList, kAny };

std::string_view NameOf(DeclKind v);
std::string_view NameOf(ParamKind v);
std::string_view NameOf(MethodKind v);
std::string_view NameOf(ImportKind v);
std::string_view NameOf(NumberKind v);
std::string_view NameOf(ComprehensionKind v);
std::string_view NameOf(HoleKind v);
std::string_view NameOf(BinaryOp v);
std::string_view NameOf(LogicalOp v);
std::string_view NameOf(UnaryOp v);

enum class SlotArity : std::uint8_t { kOne, kOptional, kList };
struct SlotInfo {
  std::string_view name;
  SlotArity arity;
  std::uint8_t categories;
};
struct KindInfo {
  std::string_view name;
  std::uint8_t categories;
  Dialect dialect;
  bool anchor;
  const SlotInfo* slots;
  std::uint8_t slot_count;
  const std::string_view* flags;
  std::uint8_t flag_count;
  std::string_view atom;                        // accessor name; empty: the kind has no text
  std::string_view oper;                        // accessor name; empty: the kind has no enum
  std::string_view (*oper_name)(std::uint8_t);  // nullptr: no enum
};
const KindInfo& Info(NodeKind kind);

inline std::string_view NameOf(NodeKind kind) { return Info(kind).name; }
inline bool IsAnchor(NodeKind kind) { return Info(kind).anchor; }
inline bool HasCategory(NodeKind kind, std::uint8_t mask) {
  return (Info(kind).categories & mask) != 0;
}

}  // namespace asyncport::ir
