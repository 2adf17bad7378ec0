// Pages of cards: a heading from the registry, and the card without its front matter.
#include "cli/explain.h"

#include <unistd.h>

#include <string_view>
#include <vector>

#include "cli/files.h"
#include "cli/suggest.h"
#include "cli/translate.h"
#include "diag/diagnostic.h"
#include "rules/page.h"
#include "support/json_text.h"

namespace asyncport::cli {
namespace {

std::string Json(const diag::Entry& entry) {
  std::string out = "{\"schema\":1";
  auto field = [&](std::string_view key, std::string_view value) {
    out += ",";
    AppendJsonString(out, key);
    out += ":";
    AppendJsonString(out, value);
  };
  field("id", entry.id);
  field("level", diag::Name(entry.level));
  field("class", diag::Name(entry.klass));
  field("title", entry.title);
  field("message", entry.message);
  field("help", entry.help);
  field("page", rules::PageBody(entry.id));
  return out + "}\n";
}

}  // namespace

int RunExplain(const Command& command) {
  if (command.files.size() != 1) {
    return Report(
        command,
        {Problem::Kind::kUsage, "", "explain takes the id of one diagnostic",
         "`asyncport explain floating-promise`; the id stands in brackets in each diagnostic"});
  }
  const std::string& id = command.files[0];
  const diag::Entry* entry = diag::FindEntry(id);
  if (entry == nullptr) {
    std::vector<std::string_view> ids;
    auto [first, last] = diag::AllEntries();
    for (const diag::Entry* e = first; e != last; ++e) ids.push_back(e->id);
    return Report(command, {Problem::Kind::kUsage, "", "there is no diagnostic '" + id + "'",
                            DidYouMean(id, ids)});
  }
  Format format = command.settings.format.value_or(Format::kFull);
  bool json = format == Format::kJson || format == Format::kJsonLines;
  if (std::optional<std::string> why =
          WriteStream(STDOUT_FILENO, json ? Json(*entry) : rules::PageOf(*entry))) {
    return Report(command, {Problem::Kind::kIo, "standard output", *why, ""});
  }
  return kExitOk;
}

}  // namespace asyncport::cli
