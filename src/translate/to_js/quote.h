// Quoted JavaScript (see translate/quote.h), and the local definitions of locals.cpp.
// Example: Js(c, "$X.slice($A, $B)", {{"X", list}, {"A", low}, {"B", high}}, origin).
#pragma once

#include <span>

#include "translate/quote.h"

namespace asyncport::translate::to_js {

using translate::CopyTarget;
using translate::Fill;
using translate::LocalDefinition;

inline ir::NodeId Js(Context& c, std::string_view code, std::initializer_list<Fill> fills, ir::NodeId origin = {}) {
  return Quote(c, code, fills, origin);
}
inline void JsStatements(Context& c, std::string_view code, std::initializer_list<Fill> fills, ir::NodeId origin,
                         ir::NodeList& out) {
  QuoteStatements(c, code, fills, origin, out);
}

// The name of a definition of locals.cpp, which is placed after the imports at its first use.
ir::NodeId Local(Context& c, std::string_view name, ir::NodeId origin = {});
const LocalDefinition* FindLocal(std::string_view name);
// Its code as this file needs it.
std::string LocalCode(Context& c, const LocalDefinition& definition);
std::span<const LocalDefinition> AsyncLocals();    // locals_async.cpp
std::span<const LocalDefinition> LineLocals();     // locals_lines.cpp
std::span<const LocalDefinition> StreamLocals();   // locals_streams.cpp
std::span<const LocalDefinition> LibraryLocals();  // locals_library.cpp
std::span<const LocalDefinition> TextLocals();     // locals_text.cpp
std::span<const LocalDefinition> OrderLocals();    // locals_order.cpp
// `compare` for what the file can hand it: lists, instances with an order, named tuples.
std::string CompareCode(Context& c);

}  // namespace asyncport::translate::to_js
