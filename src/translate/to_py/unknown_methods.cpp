// Methods that only JavaScript's own classes have, called on a receiver that nothing is known of: no card fitted, and a
// method of that name in Python's spelling would be a guess.
// Example: `x.lastIndexOf(2)` is refused; `x.delete(2)` draws the lesson that x is taken for an instance.
#include <string_view>
#include <unordered_set>

#include "translate/to_py/objects.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

// Nobody else calls a method so. (ECMA-262, chapters 20 to 27.)
bool IsBuiltIn(std::string_view name) {
  static const std::unordered_set<std::string_view> kNames = {
      "forEach",        "flatMap",        "findIndex",      "findLastIndex",
      "lastIndexOf",    "copyWithin",     "toSorted",       "toReversed",
      "toSpliced",      "toLocaleString", "valueOf",        "toPrecision",
      "toExponential",  "isWellFormed",   "substr",         "substring",
      "charAt",         "charCodeAt",     "codePointAt",    "localeCompare",
      "getTime",        "getFullYear",    "getMonth",       "getDate",
      "getHours",       "getMinutes",     "getSeconds",     "getMilliseconds",
      "getUTCFullYear", "getUTCMonth",    "getUTCDate",     "getUTCHours",
      "setFullYear",    "setMonth",       "setDate",        "setHours",
      "setUTCHours",    "toISOString",    "toUTCString",    "toLocaleDateString",
      "toTimeString",   "toDateString",   "hasOwnProperty", "propertyIsEnumerable",
      "isPrototypeOf",  "padStart",       "padEnd",         "trimStart",
      "trimEnd",        "matchAll",       "reduceRight",    "unshift"};
  return kNames.contains(name);
}

// Classes of the author have them too.
bool MayBeBuiltIn(std::string_view name) {
  static const std::unordered_set<std::string_view> kNames = {
      "set", "delete", "entries", "test", "exec", "fill", "with", "splice", "toString"};
  return kNames.contains(name);
}

std::optional<NodeId> TranslateCall(Context& c, NodeId id) {
  auto method = c.As<Attribute>(c.As<Call>(id).callee());
  if (!method || c.src().Is(method.object(), NodeKind::kSelfRef) ||
      c.src().Is(method.object(), NodeKind::kSuperRef) ||
      c.facts().KindOf(method.object()) != TypeKind::kUnknown ||
      !c.facts().ResolvedName(method.object()).empty() || DeclaredByAClass(c, method.name()))
    return std::nullopt;
  const std::string name(method.name());
  // `text.match(pattern) || []`: a list of matches, which only texts give.
  auto fallback = c.As<Logical>(c.facts().Parent(id));
  const bool gives_matches = name == "match" && fallback && fallback.left() == id &&
                             c.src().Is(fallback.right(), NodeKind::kList);
  if (IsBuiltIn(name) || gives_matches) {
    return c.Refuse(id, "untranslated",
                    {{"reason", "the method `" + name + "` of something unknown"}});
  }
  // `f.call(this, x)`: whatever f is, it is not told here how to give it another `this`.
  const auto args = c.As<Call>(id).args();
  if ((name == "call" || name == "apply") && !args.empty() &&
      (c.src().Is(args[0], NodeKind::kSelfRef) || c.src().Is(args[0], NodeKind::kNull))) {
    return c.Refuse(id, "untranslated", {{"reason", "`" + name + "` of an unknown function"}});
  }
  if (MayBeBuiltIn(name)) SayUnknownObject(c, method.object());
  return std::nullopt;
}

}  // namespace

void RegisterUnknownMethods(Topics& t) {
  t.Claim(NodeKind::kCall, Order::kAfterCards, &TranslateCall);
}

}  // namespace asyncport::translate::to_py
