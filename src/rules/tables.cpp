// The embedded tables until cards are added, then tables of both. What is added stays for the life of the process.
#include "rules/tables.h"

#include <algorithm>
#include <deque>
#include <iterator>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "diag/diagnostic.h"
#include "rules/card_reader.h"
#include "rules/card_reader_trigger.h"
#include "rules/rules.h"

namespace asyncport::rules {
namespace {

// Keeps what the tables point to.
struct Own {
  std::deque<std::string> texts;
  std::deque<CardSource> sources;
  std::vector<Card> cards;
  std::vector<EmbeddedShape> shapes;
  std::vector<EmbeddedTrigger> triggers;
  std::vector<ApiEntry> js_api;
  std::vector<ApiEntry> py_api;
};

Tables& Mutable() {
  static Tables tables{{generated::kCards, generated::kCardCount},
                       {generated::kShapes, generated::kShapeCount},
                       {generated::kTriggers, generated::kTriggerCount},
                       {generated::kJsApi, generated::kJsApiCount},
                       {generated::kPyApi, generated::kPyApiCount},
                       generated::kShapeCount};
  return tables;
}

// Of equal entries the own one counts.
template <typename Entry, typename Less>
std::vector<Entry> Merged(std::span<const Entry> embedded, std::vector<Entry> own, Less less) {
  std::vector<Entry> all;
  std::sort(own.begin(), own.end(), less);
  std::set_union(own.begin(), own.end(), embedded.begin(), embedded.end(), std::back_inserter(all),
                 less);
  return all;
}

std::vector<ApiEntry> ApiOf(Own& own, const std::vector<ApiRow>& rows) {
  std::vector<ApiEntry> entries;
  const auto kept = [&](const std::string& text) -> std::string_view {
    return own.texts.emplace_back(text);
  };
  for (const ApiRow& row : rows) {
    entries.push_back({kept(row.name), kept(row.kind), kept(row.result), kept(row.other)});
  }
  return entries;
}

std::uint32_t IndexOf(const std::vector<Card>& cards, std::string_view id) {
  const auto place =
      std::lower_bound(cards.begin(), cards.end(), id,
                       [](const Card& card, std::string_view key) { return card.id < key; });
  return static_cast<std::uint32_t>(place - cards.begin());
}

void AddShapes(Own& own, const CardSource& source) {
  const std::uint32_t card = IndexOf(own.cards, source.id);
  own.cards[card].first_shape = static_cast<std::uint32_t>(own.shapes.size());
  std::uint32_t number = 0;
  for (const ShapeText& shape : source.shapes) {
    const auto index = static_cast<std::uint32_t>(own.shapes.size());
    own.shapes.push_back({card, number++, shape.name, shape.js, shape.py, shape.fix, shape.where,
                          shape.where_js, shape.where_py, shape.from_js, shape.from_py});
    for (const auto& [enabled, language, text] :
         {std::tuple{shape.from_js, Language::kJs, &shape.js},
          std::tuple{shape.from_py, Language::kPy, &shape.py}}) {
      if (!enabled) continue;
      own.triggers.push_back({language, own.texts.emplace_back(TriggerOfText(*text)), index});
    }
  }
}

void Install(Own& own, const std::vector<ApiRow>& js, const std::vector<ApiRow>& py) {
  std::vector<Card> added;
  std::vector<diag::Entry> entries;
  for (const CardSource& source : own.sources) {
    std::string& beats = own.texts.emplace_back();
    for (const std::string& id : source.beats) beats += id + " ";
    added.push_back({source.id, source.kind, source.direction, source.engine,
                     source.when_translating == "use-fix", beats, source.text, 0,
                     static_cast<std::uint32_t>(source.shapes.size())});
    entries.push_back({source.id, source.level, source.klass, source.title, source.message,
                       source.help, source.message_to_js});
  }
  Tables& tables = Mutable();
  own.cards = Merged(tables.cards, std::move(added),
                     [](const Card& a, const Card& b) { return a.id < b.id; });
  own.shapes.assign(tables.shapes.begin(), tables.shapes.end());
  for (EmbeddedShape& shape : own.shapes)
    shape.card = IndexOf(own.cards, tables.cards[shape.card].id);
  own.triggers.assign(tables.triggers.begin(), tables.triggers.end());
  for (const CardSource& source : own.sources) AddShapes(own, source);
  std::sort(own.triggers.begin(), own.triggers.end(),
            [](const EmbeddedTrigger& a, const EmbeddedTrigger& b) {
              return std::tie(a.language, a.name, a.shape) < std::tie(b.language, b.name, b.shape);
            });
  const auto by_name = [](const ApiEntry& a, const ApiEntry& b) { return a.name < b.name; };
  own.js_api = Merged(tables.js_api, ApiOf(own, js), by_name);
  own.py_api = Merged(tables.py_api, ApiOf(own, py), by_name);
  tables = {own.cards, own.shapes, own.triggers, own.js_api, own.py_api, tables.embedded_shapes};
  diag::AddEntries(std::move(entries));
}

std::string WhyNot(const CardSource& card) {
  if (card.kind != CardKind::kCorrespondence && card.kind != CardKind::kLesson) {
    return "a card of kind " + std::string(Name(card.kind)) +
           " needs C++; correspondence and lesson do not";
  }
  if (!card.engine.empty()) return "`engine` is for cards whose work is done in C++";
  if (diag::FindEntry(card.id) != nullptr) return "there is a card '" + card.id + "' already";
  return {};
}

}  // namespace

const Tables& AllTables() { return Mutable(); }

std::vector<std::string_view> AddedCards() {
  std::vector<std::string_view> ids;
  const Tables& tables = AllTables();
  for (const Card& card : tables.cards) {
    if (card.shape_count > 0 && card.first_shape >= tables.embedded_shapes) ids.push_back(card.id);
  }
  return ids;
}

std::vector<std::string> AddCards(const std::vector<CardFile>& files) {
  static Own own;
  std::vector<std::string> problems;
  std::vector<ApiRow> js;
  std::vector<ApiRow> py;
  for (const CardFile& file : files) {
    if (file.folder == "api") {
      (file.stem == "js" ? js : py) = ReadApi(file.path, file.text, problems);
      continue;
    }
    Result<CardSource> card = ReadCard(file.folder, file.stem, file.text);
    const std::string why = card ? WhyNot(card.value()) : card.error();
    if (why.empty()) {
      own.sources.push_back(std::move(card).value());
    } else {
      problems.push_back(file.path + ": " + why);
    }
  }
  if (!problems.empty()) return problems;
  Install(own, js, py);
  return CheckOwn();
}

}  // namespace asyncport::rules
