// Methods that only Python's own classes have, called on a receiver that nothing is known of: no card fitted, and a
// method of that name would be a guess.
// Example: `x.popitem()` is refused; `x.copy()` draws the lesson that x is taken for an instance.
#include <string_view>
#include <unordered_set>

#include "translate/to_js/topics.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

// Nobody else calls a method so. (Python 3.11's library reference: built-in types, collections, datetime.)
bool IsBuiltIn(std::string_view name) {
  static const std::unordered_set<std::string_view> kNames = {"popitem",
                                                              "swapcase",
                                                              "expandtabs",
                                                              "rfind",
                                                              "rindex",
                                                              "rpartition",
                                                              "issubset",
                                                              "issuperset",
                                                              "isdisjoint",
                                                              "popleft",
                                                              "appendleft",
                                                              "extendleft",
                                                              "most_common",
                                                              "isoformat",
                                                              "intersection_update",
                                                              "difference_update",
                                                              "strftime",
                                                              "strptime",
                                                              "symmetric_difference",
                                                              "bit_length",
                                                              "isoweekday",
                                                              "isocalendar",
                                                              "as_integer_ratio",
                                                              "splitlines",
                                                              "format_map",
                                                              "isalnum",
                                                              "isidentifier",
                                                              "isprintable",
                                                              "istitle",
                                                              "to_bytes",
                                                              "from_bytes",
                                                              "groupdict",
                                                              "total_seconds",
                                                              "setdefault",
                                                              "removesuffix",
                                                              "removeprefix"};
  return kNames.contains(name);
}

// Classes of the author have them too.
bool MayBeBuiltIn(std::string_view name) {
  static const std::unordered_set<std::string_view> kNames = {
      "count",  "clear",  "copy",   "update", "union", "intersection", "difference", "discard",
      "encode", "decode", "format", "center", "hex",   "timestamp",    "group",      "groups"};
  return kNames.contains(name);
}

bool DeclaredByAClass(Context& c, std::string_view name) {
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    if (auto method = c.As<Method>(NodeId{i}); method && method.name() == name) return true;
  }
  return false;
}

std::optional<NodeId> TranslateCall(Context& c, NodeId id) {
  auto method = c.As<Attribute>(c.As<Call>(id).callee());
  if (!method || c.src().Is(method.object(), NodeKind::kSelfRef) ||
      c.src().Is(method.object(), NodeKind::kSuperRef) ||
      c.facts().KindOf(method.object()) != facts::TypeKind::kUnknown ||
      !c.facts().ResolvedName(method.object()).empty())
    return std::nullopt;
  const std::string name(method.name());
  const bool only_ours = IsBuiltIn(name);
  if ((!only_ours && !MayBeBuiltIn(name)) || DeclaredByAClass(c, name)) return std::nullopt;
  if (only_ours) {
    return c.Refuse(id, "untranslated",
                    {{"reason", "the method `" + name + "` of something unknown"}});
  }
  c.SayOnce("object-or-dict", id,
            {{"name", std::string(c.source().Text(c.src().span(method.object())))}});
  return std::nullopt;
}

}  // namespace

void RegisterUnknownMethods(Topics& t) {
  t.Claim(NodeKind::kCall, Order::kAfterCards, &TranslateCall);
}

}  // namespace asyncport::translate::to_js
