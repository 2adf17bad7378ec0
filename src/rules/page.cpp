// See page.h.
#include "rules/page.h"

#include "rules/rules.h"
#include "support/strings.h"

namespace asyncport::rules {

std::string_view PageBody(std::string_view id) {
  constexpr std::string_view kFence = "+++";
  const std::string_view card = CardText(id);
  if (!card.starts_with(kFence)) return Trim(card);
  const std::size_t end = card.find("\n+++", kFence.size());
  return Trim(end == std::string_view::npos ? card : card.substr(end + 1 + kFence.size()));
}

std::string PageOf(const diag::Entry& entry) {
  std::string out = "# " + std::string(entry.title) + "\n\n" + std::string(entry.id) + " (" +
                    std::string(diag::Name(entry.level)) + "): " + std::string(entry.message) +
                    "\n";
  if (!entry.help.empty()) out += "help: " + std::string(entry.help) + "\n";
  const std::string_view body = PageBody(entry.id);
  if (!body.empty()) out += "\n" + std::string(body) + "\n";
  return out;
}

std::string_view LessonOf(std::string_view id) {
  constexpr std::string_view kHeading = "## Lesson\n";
  const std::string_view body = PageBody(id);
  const std::size_t begin = body.find(kHeading);
  if (begin == std::string_view::npos) return {};
  const std::string_view rest = body.substr(begin + kHeading.size());
  return Trim(rest.substr(0, rest.find("\n## ")));
}

}  // namespace asyncport::rules
