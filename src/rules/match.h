// Does a source node look like one side of a shape? Binds holes; asks no predicates.
// Example: shape `$XS.push($X)` on `users.push(ada)` binds XS to Name users and X to Name ada.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "rules/compile.h"

namespace asyncport::rules {

struct Bindings {
  std::vector<Bound> bound;
  // Names that the shape binds itself (`(a, b) => a - b`) and what the source calls them.
  std::map<std::string, std::string, std::less<>> locals;

  const Bound* Find(std::string_view hole) const;
};

// True if the side fits `node`, an expression or a whole statement; then `bindings` is complete. Whether the shape as a
// whole stands for that kind of node is for `Holds` to say: it takes the other side to know.
bool MatchShape(const Side& side, const facts::Facts& facts, ir::NodeId node, Bindings& bindings);

// A function written as an expression whose only statement returns: its body; else kNoNode. Lambdas too.
ir::NodeId SingleReturn(const ir::Tree& tree, ir::NodeId function);

// May be evaluated twice, or not at all, without being noticed: names, literals, attributes of such.
bool IsSimple(const ir::Tree& tree, ir::NodeId node);

}  // namespace asyncport::rules
