// What the standard libraries give back, as data: library_js.cpp, library_py.cpp and library_py_async.cpp, and the little
// language their signatures are written in. Only types; which calls block or have a counterpart is rules/api's business.
//
// A name is a resolved name ("Math.floor") or a member of a type ("Array#map"). A signature is one of
//   T; effects         a function and what it returns
//   =T                 a value or property
//   class T; effects   a class; T is what making one gives
// with types
//   int str ... unknown never error       primitives; any error instance
//   list<T> tuple<T,..> set<T> dict<K,V> map<K,V> promise<T> coroutine<T> iter<T> aiter<T>
//   {name:T,..}  inst(NAME)  inst(NAME)<T>  fn(NAME)  fn<T>  module(NAME)
//   self  0 1 2  args  kw:NAME            receiver, arguments, all of them, a keyword argument
//   ret0 ret1  ret:NAME                   what calling that argument gives
//   if1(A,B)                              A if argument 1 was given
//   ifkey(A,B)                            A if the keyword argument `key` was given
//   ifglobal(A,B)                         A if argument 0 is a regular expression with the flag g
//   gather(T)  gatherargs                 list of what the awaitables in T give; a tuple where T is a literal list
//   T.elem T.key T.value T.await T.at0 T.ret T.nonnull T|T
//   T.fields                              everything in a dict; what an inst(NAME)<T> holds
// and effects
//   call0(T,..)  call:NAME(T,..)          calls that argument
//   push(T) put(K,V) merge(T) shuffle     adds to the receiver; `push0(T)` .. `merge0(T)` to argument 0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "facts/types.h"
#include "support/language.h"

namespace asyncport::facts {

struct LibraryEntry {
  std::string_view name;
  std::string_view signature;
};
std::span<const LibraryEntry> JsLibrary();
std::span<const LibraryEntry> PyLibrary();
std::span<const LibraryEntry> PyAsyncLibrary();
std::span<const LibraryEntry> PyTextLibrary();

// nullptr if the name is not in the table.
const LibraryEntry* FindLibrary(Language language, std::string_view name);
// Does the table know members of this path ("Math", "node:fs/promises", "os.path")?
bool IsLibraryNamespace(Language language, std::string_view path);
// Errors share the members of one class; "" if the class has no base in the tables.
std::string_view LibraryBase(Language language, std::string_view class_name);
// Is every instance of `derived` one of `base`?
bool IsLibrarySubclass(Language language, std::string_view derived, std::string_view base);
// Table name of a primitive or container kind ("Array" / "list"); "" if it has no members.
std::string_view LibraryTypeName(Language language, TypeKind kind);
bool IsErrorName(std::string_view class_name);

// A signature, parsed.
enum class TermOp : std::uint8_t {
  kBits,  // `bits`
  kUnknown,
  kError,
  kMake,      // `kind` with kids: element, or key and value, or positions
  kRecord,    // names and kids
  kInstance,  // `name`; kid: element
  kNamedFunction,
  kModule,
  kFunctionOf,  // a function that returns kid
  kSelf,
  kArg,
  kArgs,
  kKeyword,
  kReturn,
  kReturnKeyword,
  kIfArg,  // kids: then, else
  kIfKey,  // kids: with a keyword argument `key`, without
  kIfGlobal,
  kGather,
  kGatherArgs,
  kElement,
  kKey,
  kValue,
  kAwait,
  kAt,
  kResult,
  kNonNull,
  kFields,
  kUnion,
};
struct Term {
  TermOp op = TermOp::kUnknown;
  TypeKind kind = TypeKind::kUnknown;
  std::uint32_t bits = 0;
  std::uint32_t arg = 0;  // argument or position
  std::string_view name;
  std::vector<std::string_view> names;
  std::vector<std::uint32_t> kids;  // indexes into Signature::terms
};
enum class EffectOp : std::uint8_t { kCall, kCallKeyword, kPush, kPut, kMerge, kShuffle };
struct Effect {
  EffectOp op = EffectOp::kCall;
  std::uint32_t arg = 0;
  bool on_argument = false;  // else on the receiver
  std::string_view name;
  std::vector<std::uint32_t> kids;
};
enum class SignatureForm : std::uint8_t { kFunction, kValue, kClass };
struct Signature {
  SignatureForm form = SignatureForm::kFunction;
  std::uint32_t result = 0;
  std::vector<Term> terms;
  std::vector<Effect> effects;
};
// A malformed signature gives an empty list of terms; a test parses all of them.
Signature ParseSignature(std::string_view text);

}  // namespace asyncport::facts
