// The lattice of types that inference works on: never < ... < unknown. Types are interned in a TypeTable and compared
// by TypeId.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "ir/tree.h"

namespace asyncport::facts {

enum class TypeKind : std::uint8_t {
  kNever,
  kUnknown,
  kNull,
  kUndefined,
  kBool,
  kInt,
  kFloat,
  kBigInt,
  kStr,
  kBytes,
  kList,
  kTuple,
  kSet,
  kDict,      // JavaScript object used as data, Python dict: record fields known or key/value types
  kMap,       // JavaScript Map
  kFunction,  // decl: FunctionDef, FunctionExpr, Lambda, Method; element: what a call returns (after await if async)
  kClass,     // decl: ClassDef
  kInstance,  // decl: ClassDef of the file, or `name` of a library class ("Error", "AbortController", "asyncio.Task")
  kPromise,   // JavaScript promise, Python future or task: element
  kCoroutine,  // Python coroutine object: element
  kIterator,
  kAsyncIterator,  // element
  kRegex,
  kMatch,
  kDate,
  kModule,
  kUnion,  // 2 to 4 members
};

struct TypeId {
  std::uint32_t index = 0;  // 0: kUnknown
  friend constexpr bool operator==(TypeId, TypeId) = default;
};

struct Type {
  TypeKind kind = TypeKind::kUnknown;
  TypeId element;               // list, set, promise, iterator, dict value, function result
  TypeId key;                   // dict and map keys
  ir::NodeId decl;              // class, function, or the literal a record came from
  std::string name;             // library class or module; "ordered": a Set whose order shows
  std::vector<TypeId> members;  // tuple items, union members
  std::vector<std::pair<std::string, TypeId>> fields;  // record fields in source order
};

}  // namespace asyncport::facts
