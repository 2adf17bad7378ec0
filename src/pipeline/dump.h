// Texts for --print=PHASE where the phase has no dump of its own.
#pragma once

#include <string>

#include "comments/comments.h"
#include "facts/facts.h"
#include "ir/tree.h"
#include "support/source.h"

namespace asyncport {

// One line per node that a card matches: position, card, holes.
std::string DumpMatches(const facts::Facts& facts, const Source& source);
// One line per lesson about the source: position and id.
std::string DumpAdvice(const facts::Facts& facts, const comments::Attached& attached, const Source& source);
// The document that the printer gets.
std::string DumpDoc(const ir::Tree& tree, const comments::CommentMap& comments);

}  // namespace asyncport
