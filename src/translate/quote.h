// The target language written as itself: small shapes that topics fill with translated nodes, and the local definitions
// that the catalogue allows (a queue, a mutex, `mod`), once per file. Text is lowered to IR before anything is printed.
// Example: Quote(c, "$X.slice($A, $B)", {{"X", list}, {"A", low}, {"B", high}}, origin).
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "translate/context.h"

namespace asyncport::translate {

struct Fill {
  std::string_view hole;  // without `$`
  ir::NodeList nodes;     // one for $X; any number for $$$XS
  Fill(std::string_view name, ir::NodeId node) : hole(name), nodes{node} {}
  Fill(std::string_view name, ir::NodeList list) : hole(name), nodes(std::move(list)) {}
};

// An expression. A hole that is used twice is copied. Import lines in front of it are needed by the file then.
ir::NodeId Quote(Context& c, std::string_view code, std::initializer_list<Fill> fills,
                 ir::NodeId origin = {});
// Statements; the first one gets `origin`.
void QuoteStatements(Context& c, std::string_view code, std::initializer_list<Fill> fills,
                     ir::NodeId origin, ir::NodeList& out);

// A deep copy of a target node in which the names `from` read `to`.
ir::NodeId CopyTarget(Context& c, ir::NodeId target, std::string_view from = {},
                      ir::NodeId to = {});

struct LocalDefinition {
  std::string_view name;
  std::string_view code;
  std::string_view import = {};  // for Context::Library; may be empty
  std::string_view after = {};   // another definition that it uses
};

// The name of a definition, whose code is placed after the imports at its first use.
ir::NodeId DefineOnce(Context& c, std::string_view name, std::string_view code,
                      ir::NodeId origin = {});

}  // namespace asyncport::translate
