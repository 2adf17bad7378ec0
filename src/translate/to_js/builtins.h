// What the files of the builtin functions share: the arguments of a call, and the functions that the table of
// builtins.cpp names. Example: {"sorted", Sorted, true} is tried before the cards.
#pragma once

#include "translate/to_js/topics.h"

namespace asyncport::translate::to_js {

// `itemgetter(1)`, `attrgetter("name")` as a value (orders.cpp).
std::optional<ir::NodeId> TranslateGetter(Context& c, ir::NodeId call);

}  // namespace asyncport::translate::to_js

namespace asyncport::translate::to_js::builtin {

struct Arguments {
  Context& c;
  ir::NodeId id;
  std::span<const ir::NodeId> all;
  std::size_t count;  // positional

  ir::NodeId operator[](std::size_t i) const { return all[i]; }
  ir::NodeId key(std::string_view name) const { return KeywordArg(c, id, name); }
  bool simple() const {
    for (ir::NodeId a : all) {
      if (c.src().Is(a, ir::NodeKind::kSpread) || c.src().Is(a, ir::NodeKind::kKeywordSpread))
        return false;
    }
    return true;
  }
};
using Builtin = std::optional<ir::NodeId> (*)(Context&, Arguments&);

// ---- print.cpp
std::optional<ir::NodeId> Print(Context& c, Arguments& a);
// ---- sequences.cpp
std::optional<ir::NodeId> Sorted(Context& c, Arguments& a);
std::optional<ir::NodeId> Reversed(Context& c, Arguments& a);
std::optional<ir::NodeId> Sum(Context& c, Arguments& a);
std::optional<ir::NodeId> Max(Context& c, Arguments& a);
std::optional<ir::NodeId> Min(Context& c, Arguments& a);
std::optional<ir::NodeId> Any(Context& c, Arguments& a);
std::optional<ir::NodeId> All(Context& c, Arguments& a);
std::optional<ir::NodeId> Map(Context& c, Arguments& a);
std::optional<ir::NodeId> Filter(Context& c, Arguments& a);
std::optional<ir::NodeId> Zip(Context& c, Arguments& a);
std::optional<ir::NodeId> Enumerate(Context& c, Arguments& a);
std::optional<ir::NodeId> List(Context& c, Arguments& a);
std::optional<ir::NodeId> Set(Context& c, Arguments& a);
std::optional<ir::NodeId> Dict(Context& c, Arguments& a);
std::optional<ir::NodeId> Iter(Context& c, Arguments& a);
std::optional<ir::NodeId> Next(Context& c, Arguments& a);
// ---- reflection.cpp
std::optional<ir::NodeId> IsInstance(Context& c, Arguments& a);
std::optional<ir::NodeId> IsSubclass(Context& c, Arguments& a);
std::optional<ir::NodeId> GetAttr(Context& c, Arguments& a);
std::optional<ir::NodeId> HasAttr(Context& c, Arguments& a);
std::optional<ir::NodeId> TypeOf(Context& c, Arguments& a);
std::optional<ir::NodeId> SetAttr(Context& c, Arguments& a);
std::optional<ir::NodeId> DelAttr(Context& c, Arguments& a);
std::optional<ir::NodeId> Vars(Context& c, Arguments& a);

}  // namespace asyncport::translate::to_js::builtin
