// Lists from the registry and the cards' front matter; the rest is asked of rules/.
#include "cli/rules.h"

#include <unistd.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "cli/files.h"
#include "cli/suggest.h"
#include "cli/translate.h"
#include "diag/diagnostic.h"
#include "pipeline/pipeline.h"
#include "rules/card_reader.h"
#include "rules/rules.h"
#include "support/json_text.h"
#include "support/source.h"
#include "support/strings.h"

namespace asyncport::cli {
namespace {

// The value of a key of the card's front matter, or "".
std::string_view Key(std::string_view card, std::string_view key) {
  const std::string_view front = card.substr(0, card.find("\n+++", 3));
  const std::string start = "\n" + std::string(key) + " = \"";
  const std::size_t at = front.find(start);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = front.substr(at + start.size());
  return rest.substr(0, rest.find('"'));
}

struct Row {
  const diag::Entry* entry;
  std::string kind;
  std::string languages;  // "js", "py", "js py": of the sources that it speaks of
  std::string fix;        // "safe", "unsafe" or ""
};

Row RowOf(const diag::Entry& entry) {
  const std::string_view card = rules::CardText(entry.id);
  Row row{&entry, std::string(Key(card, "kind")), "js py", std::string(Key(card, "fix"))};
  const std::string_view direction = Key(card, "direction");
  if (direction == "js-to-py") row.languages = "js";
  if (direction == "py-to-js") row.languages = "py";
  if (const std::string_view language = Key(card, "language"); !language.empty())
    row.languages = language;
  // What a card puts in the place of its shape changes what runs.
  const bool has_fix = card.find("\n```py fix") != std::string_view::npos ||
                       card.find("\n```js fix") != std::string_view::npos;
  if (row.fix.empty() && has_fix) row.fix = "unsafe";
  return row;
}

std::vector<Row> Rows() {
  std::vector<Row> rows;
  const auto [first, last] = diag::AllEntries();
  for (const diag::Entry* entry = first; entry != last; ++entry) rows.push_back(RowOf(*entry));
  return rows;
}

std::string Padded(std::string_view text, std::size_t width) {
  return std::string(text) + std::string(text.size() < width ? width - text.size() : 0, ' ');
}

std::string ListText() {
  const std::vector<Row> rows = Rows();
  std::size_t width = 0;
  for (const Row& row : rows) width = std::max(width, row.entry->id.size());
  std::string out = Padded("id", width + 2) + "level    languages  fix     title\n";
  for (const Row& row : rows) {
    out += Padded(row.entry->id, width + 2) + Padded(diag::Name(row.entry->level), 9) +
           Padded(row.languages, 11) + Padded(row.fix, 8) + std::string(row.entry->title) + "\n";
  }
  return out;
}

std::string ListJson() {
  std::string out = "{\"schema\":1,\"rules\":[";
  const auto field = [&](std::string_view key, std::string_view value) {
    AppendJsonString(out, key);
    out += ":";
    AppendJsonString(out, value);
  };
  bool first = true;
  for (const Row& row : Rows()) {
    out += first ? "\n{" : ",\n{";
    first = false;
    field("id", row.entry->id);
    out += ",";
    field("kind", row.kind);
    out += ",";
    field("level", diag::Name(row.entry->level));
    out += ",";
    field("class", diag::Name(row.entry->klass));
    out += ",\"languages\":[";
    out += row.languages == "js py" ? "\"js\",\"py\"" : "\"" + row.languages + "\"";
    out += "],";
    if (row.fix.empty()) {
      out += "\"fix\":null";
    } else {
      field("fix", row.fix);
    }
    out += ",";
    field("title", row.entry->title);
    out += ",";
    field("message", row.entry->message);
    out += ",";
    field("help", row.entry->help);
    out += "}";
  }
  return out + "\n]}\n";
}

std::string Skeleton(const std::string& id) {
  return "+++\nid = \"" + id +
         "\"\nkind = \"correspondence\"   # its folder: correspondences/, or lessons/ for kind = \"lesson\"\n"
         "direction = \"both\"         # or js-to-py, py-to-js\n"
         "level = \"info\"             # error, warning, info, hint\n"
         "title = \"...\"\n"
         "message = \"...\"            # one sentence that names both languages\n+++\n"
         "What it is, in a sentence.\n"
         "## Shape: the usual one\n```js shape\nimport { client } from \"our-client\";\nclient.get($URL)\n```\n"
         "```py shape\nfrom our_client import client\nclient.get($URL)\n```\n"
         "## Lesson\nWhy, for readers who know one of the two.\n"
         "## Examples\n"
         "```js before\nimport { client } from \"our-client\";\nconst a = client.get(\"/a\");\n```\n"
         "```py after\nfrom our_client import client\n\na = client.get(\"/a\")\n```\n"
         "```js before\nimport { client } from \"our-client\";\nconsole.log(client.get(path));\n```\n"
         "```py after\nfrom our_client import client\n\nprint(client.get(path))\n```\n"
         "```js untouched\nother.get(\"/a\");\n```\n";
}

bool IsKebab(std::string_view id) {
  if (id.empty() || id.front() == '-' || id.back() == '-' ||
      id.find("--") != std::string_view::npos)
    return false;
  return std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

int Print(const Command& command, const std::string& text) {
  const std::optional<std::string> why = WriteStream(STDOUT_FILENO, text);
  return why ? Report(command, {Problem::Kind::kIo, "standard output", *why, ""}) : kExitOk;
}

Problem NoSuchId(const std::string& id) {
  std::vector<std::string_view> ids;
  const auto [first, last] = diag::AllEntries();
  for (const diag::Entry* entry = first; entry != last; ++entry) ids.push_back(entry->id);
  return {Problem::Kind::kUsage, "", "there is no card '" + id + "'", DidYouMean(id, ids)};
}

// The examples of a team's card are its tests: the translations are what stands there, line by line. (Those of the embedded
// cards are run by the tests of the repository.)
void CheckExamples(std::string_view id, std::vector<std::string>& problems) {
  const Result<rules::CardSource> card = rules::ReadCard("", id, rules::CardText(id));
  if (!card) return;
  const auto translated = [](Language from, const std::string& text) {
    Options options;
    options.from = from;
    options.to = Other(from);
    return Run(Source("example", text), options).text;
  };
  const auto compare = [&](Language from, const std::string& before, const std::string& after) {
    const std::string text = translated(from, before);
    if (Trim(text) == Trim(after)) return;
    problems.push_back(std::string(id) + ": an example becomes\n" + text + "and not\n" + after);
  };
  const bool both_ways = card.value().direction == rules::Direction::kBoth;
  for (const rules::Example& example : card.value().examples) {
    const bool is_pair = card.value().kind == rules::CardKind::kCorrespondence && example.has_after;
    if (!is_pair) continue;
    compare(example.language, example.before, example.after);
    if (both_ways && !example.one_way) compare(Other(example.language), example.after, example.before);
  }
}

}  // namespace

int RunRules(const Command& command) {
  const std::vector<std::string>& words = command.files;
  const bool json =
      command.settings.format == Format::kJson || command.settings.format == Format::kJsonLines;
  if (words.empty() || (words.size() == 1 && words[0] == "list"))
    return Print(command, json ? ListJson() : ListText());
  if (words[0] == "check" && words.size() == 1) {
    std::vector<std::string> problems = rules::CheckAll();
    for (std::string_view id : rules::AddedCards()) CheckExamples(id, problems);
    std::string text;
    for (const std::string& problem : problems) text += problem + "\n";
    if (problems.empty()) text = std::to_string(Rows().size()) + " cards, nothing wrong\n";
    const int code = Print(command, text);
    return code != kExitOk ? code : problems.empty() ? kExitOk : kExitFindings;
  }
  if (words[0] == "show" && words.size() == 2) {
    const std::string id(rules::CanonicalId(words[1]));
    if (diag::FindEntry(id) == nullptr) return Report(command, NoSuchId(words[1]));
    return Print(command, rules::DescribeShapes(id));
  }
  if (words[0] == "new" && words.size() == 2) {
    const std::string& id = words[1];
    if (!IsKebab(id)) {
      return Report(command, {Problem::Kind::kUsage, "", "'" + id + "' is no id",
                              "small letters, digits and single hyphens: our-client"});
    }
    if (diag::FindEntry(id) != nullptr || rules::CanonicalId(id) != id) {
      return Report(command, {Problem::Kind::kUsage, "", "there is a card '" + id + "' already",
                              "`asyncport rules show " + id + "`"});
    }
    return Print(command, Skeleton(id));
  }
  return Report(command,
                {Problem::Kind::kUsage, "", "`asyncport rules` takes check, show ID or new ID",
                 DidYouMean(words[0], {"check", "show", "new"})});
}

}  // namespace asyncport::cli
