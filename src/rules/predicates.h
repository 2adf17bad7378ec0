// The meaning of `where` lines over facts. The words themselves are parsed in card_reader_where.cpp.
// Example: `$XS is list` holds for `xs` after `const xs = []`.
#pragma once

#include "rules/compile.h"
#include "rules/match.h"

namespace asyncport::rules {

// All predicates of the shape for this source language, and what every shape needs: a hole that the target uses more
// often than the source must be simple; what the target repeats or delays must be a plain expression.
bool Holds(const Shape& shape, const Side& from, const facts::Facts& facts, ir::NodeId node,
           const Bindings& bindings);

// Can a value satisfy both `is` lists? For the check of overlaps.
bool MayMeet(const std::vector<KindWord>& a, const std::vector<KindWord>& b);

}  // namespace asyncport::rules
