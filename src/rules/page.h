// The page about an id, as people read it: the card without what is for programs.
// Example: PageOf(*diag::FindEntry("floating-promise")) begins with "# A promise that nobody waits for".
#pragma once

#include <string>
#include <string_view>

#include "diag/diagnostic.h"

namespace asyncport::rules {

// Markdown: heading, message, help, the card.
std::string PageOf(const diag::Entry& entry);
// The card without its front matter; empty if there is none.
std::string_view PageBody(std::string_view id);
// Its section "Lesson", without the heading; empty if it has none.
std::string_view LessonOf(std::string_view id);

}  // namespace asyncport::rules
