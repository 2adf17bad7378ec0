// Front matter by toml++, code by the reader of rule cards. See exercise.h.
#include "grade/exercise.h"

#include <algorithm>
#include <array>

#include "grade/predicates.h"
#include "rules/card_reader.h"
#include "shape/shape.h"
#include "support/strings.h"
#include "support/toml.h"

namespace asyncport::grade {
namespace {

using Keys = std::vector<std::string_view>;

std::size_t Distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t corner = row[0]++;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t next =
          std::min({row[j] + 1, row[j - 1] + 1, corner + (a[i - 1] != b[j - 1])});
      corner = std::exchange(row[j], next);
    }
  }
  return row[b.size()];
}

std::string Meant(std::string_view word, const Keys& known) {
  std::string_view best;
  std::size_t least = 4;
  for (std::string_view candidate : known) {
    if (const std::size_t distance = Distance(word, candidate); distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best.empty() ? "" : "; did you mean `" + std::string(best) + "`?";
}

class Reader {
 public:
  explicit Reader(Exercise& out) : out_(out) {}

  std::optional<std::string> Read(const toml::table& table) {
    static const Keys kKeys = {"schema",    "id",       "title",    "lesson",   "order",
                               "language",  "source",   "entry",    "pass",     "max_comments",
                               "arguments", "function", "scenario", "criterion"};
    Known(table, kKeys, "");
    if (Number(table, "schema", 1) != 1) Fail(table, "`schema` must be 1");
    out_.id = Text(table, "id", true);
    out_.title = Text(table, "title", true);
    out_.lesson = Text(table, "lesson");
    out_.order = static_cast<int>(Number(table, "order", 0));
    out_.language = LanguageOf(table, "language", Language::kPy);
    out_.source = LanguageOf(table, "source", Other(out_.language));
    out_.entry = Text(table, "entry");
    out_.pass = Number(table, "pass", 1);
    out_.max_comments = static_cast<int>(Number(table, "max_comments", 3));
    Scenario usual;
    Each(table, "function", [&](const toml::table& function) { ReadFunction(function, usual); });
    if (const toml::array* list = table["arguments"].as_array()) usual.arguments = Literals(*list);
    out_.scenarios.push_back(usual);
    Each(table, "scenario", [&](const toml::table& scenario) { ReadScenario(scenario); });
    Each(table, "criterion", [&](const toml::table& criterion) { ReadCriterion(criterion); });
    if (out_.criteria.empty()) Fail(table, "no [[criterion]]");
    return problem_;
  }

 private:
  template <typename Node>
  void Fail(const Node& node, std::string message) {
    // +1: the line of the opening `+++`.
    if (!problem_)
      problem_ = "line " + std::to_string(node.source().begin.line + 1) + ": " + std::move(message);
  }

  void Known(const toml::table& table, const Keys& keys, std::string_view where) {
    for (const auto& [key, value] : table) {
      if (std::find(keys.begin(), keys.end(), key.str()) != keys.end()) continue;
      Fail(value, "unknown key `" + std::string(key.str()) + "`" + std::string(where) +
                      Meant(key.str(), keys));
    }
  }

  std::string Text(const toml::table& table, std::string_view key, bool needed = false) {
    const toml::node* node = table.get(key);
    if (node == nullptr) {
      if (needed) Fail(table, "no `" + std::string(key) + "`");
      return {};
    }
    if (const auto* text = node->as_string()) {
      // They go into every report as they are.
      const std::string& value = text->get();
      if (std::any_of(value.begin(), value.end(), [](unsigned char c) {
            return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7f;
          }))
        Fail(*node, "`" + std::string(key) + "` holds a control character");
      return value;
    }
    Fail(*node, "`" + std::string(key) + "` must be a text");
    return {};
  }

  double Number(const toml::table& table, std::string_view key, double otherwise) {
    const toml::node* node = table.get(key);
    if (node == nullptr) return otherwise;
    if (const auto value = node->value<double>()) return *value;
    Fail(*node, "`" + std::string(key) + "` must be a number");
    return otherwise;
  }

  Language LanguageOf(const toml::table& table, std::string_view key, Language otherwise) {
    const std::string word = Text(table, key);
    if (word.empty()) return otherwise;
    if (word == "py" || word == "python") return Language::kPy;
    if (word == "js" || word == "javascript") return Language::kJs;
    Fail(*table.get(key), "`" + std::string(key) + "` is \"py\" or \"js\"");
    return otherwise;
  }

  std::vector<std::string> Words(const toml::node& node, std::string_view key) {
    std::vector<std::string> out;
    if (const auto* one = node.as_string()) return {one->get()};
    const toml::array* array = node.as_array();
    if (array == nullptr)
      return Fail(node, "`" + std::string(key) + "` must be a list of texts"), out;
    for (const toml::node& item : *array) {
      if (const auto* text = item.as_string())
        out.push_back(text->get());
      else
        Fail(item, "`" + std::string(key) + "` must be a list of texts");
    }
    return out;
  }

  template <typename Visit>
  void Each(const toml::table& table, std::string_view key, Visit&& visit) {
    const toml::node* node = table.get(key);
    if (node == nullptr) return;
    const toml::array* array = node->as_array();
    if (array == nullptr) return Fail(*node, "write [[" + std::string(key) + "]]");
    for (const toml::node& item : *array) {
      if (const toml::table* inner = item.as_table())
        visit(*inner);
      else
        Fail(item, "write [[" + std::string(key) + "]]");
    }
  }

  sim::Literal LiteralOf(const toml::node& node) {
    sim::Literal out;
    if (const auto* text = node.as_string()) {
      out.text = text->get();
      out.kind = sim::Literal::kString;
      if (out.text == "?") out.kind = sim::Literal::kOpaque;
      if (out.text.starts_with("$")) {
        out.kind = sim::Literal::kGiven;
        out.text.erase(0, 1);
      }
    } else if (const auto* flag = node.as_boolean()) {
      out.kind = sim::Literal::kBool;
      out.number = flag->get();
    } else if (const auto number = node.value<double>()) {
      out.kind = sim::Literal::kNumber;
      out.number = *number;
    } else if (const toml::array* array = node.as_array()) {
      out.kind = sim::Literal::kList;
      out.items = Literals(*array);
    } else if (const toml::table* table = node.as_table()) {
      out.kind = sim::Literal::kMap;
      for (const auto& [key, value] : *table) {
        out.keys.emplace_back(key.str());
        out.items.push_back(LiteralOf(value));
      }
    }
    return out;
  }
  std::vector<sim::Literal> Literals(const toml::array& array) {
    std::vector<sim::Literal> out;
    for (const toml::node& item : array) out.push_back(LiteralOf(item));
    return out;
  }

  void ReadFunction(const toml::table& table, Scenario& usual) {
    Known(table, {"name", "kind", "seconds", "result", "takes"}, " of a function");
    sim::GivenFunction function;
    function.name = Text(table, "name", true);
    function.seconds = Number(table, "seconds", 1);
    function.takes = static_cast<int>(Number(table, "takes", 0));
    static const std::map<std::string, sim::GivenFunction::Kind> kKinds = {
        {"async", sim::GivenFunction::kAsync},
        {"sync", sim::GivenFunction::kSync},
        {"callback", sim::GivenFunction::kCallback},
        {"stream", sim::GivenFunction::kStream},
        {"blocking", sim::GivenFunction::kBlocking}};
    const auto kind = kKinds.find(Text(table, "kind", true));
    if (kind == kKinds.end())
      return Fail(table, "`kind` is async, sync, callback, stream or blocking");
    function.kind = kind->second;
    if (const toml::node* result = table.get("result")) function.result = LiteralOf(*result);
    usual.functions.push_back(std::move(function));
  }

  void ReadScenario(const toml::table& table) {
    Known(table,
          {"id", "fails", "errors", "seconds", "times", "results", "arguments", "cancel_after",
           "fails_for"},
          " of a scenario");
    Scenario scenario = out_.scenarios.front();
    scenario.id = Text(table, "id", true);
    scenario.cancel_after = Number(table, "cancel_after", 0);
    if (const toml::array* list = table["arguments"].as_array())
      scenario.arguments = Literals(*list);
    for (std::string_view key : {"fails", "errors", "seconds", "times", "results", "fails_for"}) {
      const toml::table* values = table[key].as_table();
      if (values == nullptr) continue;
      for (const auto& [name, value] : *values) {
        const auto function =
            std::find_if(scenario.functions.begin(), scenario.functions.end(),
                         [&, n = name.str()](const sim::GivenFunction& f) { return f.name == n; });
        if (function == scenario.functions.end()) {
          Fail(value, "no [[function]] is called `" + std::string(name.str()) + "`");
          continue;
        }
        if (key == "fails")
          function->failures = static_cast<int>(value.value<double>().value_or(-1));
        if (key == "errors") function->error = value.value<std::string>().value_or("");
        if (key == "seconds") function->seconds = value.value<double>().value_or(1);
        if (key == "results") function->result = LiteralOf(value);
        if (key == "fails_for") function->fails_for = Words(value, "fails_for");
        if (key == "times" && value.as_array() != nullptr) {
          for (const toml::node& item : *value.as_array())
            function->times.push_back(item.value<double>().value_or(1));
        }
      }
    }
    out_.scenarios.push_back(std::move(scenario));
  }

  void ReadCriterion(const toml::table& table) {
    Known(table, {"id", "text", "points", "manual", "requires", "check"}, " of a criterion");
    Criterion criterion;
    criterion.id = Text(table, "id", true);
    criterion.text = Text(table, "text", true);
    criterion.points = static_cast<int>(Number(table, "points", 1));
    criterion.manual = table["manual"].value_or(false);
    if (const toml::node* needs = table.get("requires"))
      criterion.needs = Words(*needs, "requires");
    for (const std::string& need : criterion.needs) {
      if (std::none_of(out_.criteria.begin(), out_.criteria.end(),
                       [&](const Criterion& c) { return c.id == need; }))
        Fail(table, "`requires` names no criterion above it: `" + need + "`");
    }
    if (std::any_of(out_.criteria.begin(), out_.criteria.end(),
                    [&](const Criterion& c) { return c.id == criterion.id; }))
      Fail(table, "two criteria are called `" + criterion.id + "`");
    Each(table, "check",
         [&](const toml::table& check) { criterion.checks.push_back(ReadCheck(check)); });
    if (!criterion.manual && criterion.checks.empty())
      Fail(table, "criterion `" + criterion.id + "` has no check and is not manual");
    out_.criteria.push_back(std::move(criterion));
  }

  // A check about functions that nothing gives would hold or fail by chance.
  void CheckFunctions(const toml::table& table, std::string_view key, const std::string& is) {
    const toml::node* node = table.get(key);
    const std::vector<std::string> names =
        node == nullptr ? std::vector<std::string>{} : Words(*node, key);
    if (names.empty())
      return Fail(table, "the check `" + is + "` needs `" + std::string(key) + "`");
    const auto& functions = out_.scenarios.front().functions;
    for (const std::string& name : names) {
      if (std::none_of(functions.begin(), functions.end(), [&](const sim::GivenFunction& f) {
            return shape::NameKey(f.name) == shape::NameKey(name);
          }))
        Fail(*node, "no [[function]] is called `" + name + "`");
    }
  }

  Check ReadCheck(const toml::table& table) {
    Check check;
    check.is = Text(table, "is");
    for (std::string_view word : {"any", "all"}) {
      if (!table.contains(word)) continue;
      check.is = word;
      Each(table, word, [&](const toml::table& part) { check.parts.push_back(ReadCheck(part)); });
    }
    if (const toml::table* part = table["not"].as_table()) {
      check.is = "not";
      check.parts.push_back(ReadCheck(*part));
    }
    const bool composed = !check.parts.empty();
    Keys known = {"is", "message", "explain", "type", "weight", "scenario", "any", "all", "not"};
    if (!composed) {
      const PredicateInfo* info = FindPredicate(check.is);
      if (info == nullptr) {
        Keys names;
        for (const PredicateInfo& one : Predicates()) names.push_back(one.name);
        Fail(table, "there is no check `" + check.is + "`" + Meant(check.is, names));
        return check;
      }
      known.insert(known.end(), info->keys.begin(), info->keys.end());
      for (std::string_view key : info->functions) CheckFunctions(table, key, check.is);
    }
    Known(table, known, " of the check `" + check.is + "`");
    check.message = Text(table, "message");
    check.explain = Text(table, "explain");
    check.scenario = Text(table, "scenario");
    if (out_.FindScenario(check.scenario) == nullptr)
      Fail(table, "no [[scenario]] is called `" + check.scenario + "`");
    check.weight = static_cast<int>(Number(table, "weight", 1));
    static const std::map<std::string, CommentType> kTypes = {
        {"", CommentType::kEssential},
        {"essential", CommentType::kEssential},
        {"actionable", CommentType::kActionable},
        {"informative", CommentType::kInformative},
        {"celebratory", CommentType::kCelebratory}};
    const auto type = kTypes.find(Text(table, "type"));
    if (type == kTypes.end())
      Fail(table, "`type` is essential, actionable, informative or celebratory");
    else
      check.type = type->second;
    for (const auto& [key, value] : table) {
      const std::string name(key.str());
      if (name == "is" || name == "message" || name == "explain" || name == "type" ||
          name == "weight" || name == "scenario")
        continue;
      if (const auto* text = value.as_string()) {
        check.words[name] = text->get();
        check.lists[name] = {text->get()};
      } else if (const auto* flag = value.as_boolean()) {
        check.numbers[name] = flag->get();
      } else if (const auto number = value.value<double>()) {
        check.numbers[name] = *number;
      } else if (value.as_array() != nullptr && name != "any" && name != "all") {
        check.lists[name] = Words(value, name);
      }
    }
    return check;
  }

  Exercise& out_;
  std::optional<std::string> problem_;
};

std::optional<std::string> ReadAnswers(const rules::MarkdownCard& card, Exercise& out) {
  std::string part;
  std::string name;
  for (const rules::Section& section : card.sections) {
    if (section.level == 2) {
      part = section.heading;
      if (part != "Task" && part != "Starting code" && part != "Driver" && part != "Accepted" &&
          part != "Rejected" && part != "Notes")
        return "unknown section `" + part + "`";
    }
    name = section.level == 3 ? section.heading : "";
    for (const rules::Fence& fence : section.fences) {
      const bool js = !fence.info.empty() && fence.info[0] == "js";
      const bool py = !fence.info.empty() && fence.info[0] == "py";
      if (part == "Starting code" && (js || py)) {
        out.start = fence.text;
        continue;
      }
      if (part == "Driver" && (js || py)) {
        (js ? out.driver_js : out.driver_py) = fence.text;
        continue;
      }
      if (part != "Accepted" && part != "Rejected") continue;
      if (name.empty()) return "an answer under `" + part + "` needs a heading of its own (###)";
      if ((!js && !py) || (js ? Language::kJs : Language::kPy) != out.language)
        return "answer `" + name + "` is not in the exercise's language";
      Answer answer{name, fence.text, part == "Accepted", {}};
      for (std::size_t i = 1; i < fence.info.size(); ++i) {
        if (i > 1 || fence.info[i] != "rejected") answer.fails.push_back(fence.info[i]);
      }
      for (const std::string& id : answer.fails) {
        if (std::none_of(out.criteria.begin(), out.criteria.end(),
                         [&](const Criterion& c) { return c.id == id; }))
          return "answer `" + name + "` names no criterion: `" + id + "`";
      }
      if (answer.accepted != answer.fails.empty())
        return "answer `" + name + "`: a rejected one names what fails, an accepted one nothing";
      out.answers.push_back(std::move(answer));
    }
  }
  if (out.start.empty()) return std::string("no starting code");
  return std::nullopt;
}

}  // namespace

std::string_view Name(CommentType type) {
  static constexpr std::string_view kNames[] = {"essential", "actionable", "informative",
                                                "celebratory"};
  return kNames[static_cast<std::size_t>(type)];
}

int Exercise::Points() const {
  int sum = 0;
  for (const Criterion& criterion : criteria) sum += criterion.manual ? 0 : criterion.points;
  return sum;
}

const Scenario* Exercise::FindScenario(std::string_view scenario_id) const {
  for (const Scenario& scenario : scenarios) {
    if (scenario.id == scenario_id) return &scenario;
  }
  return nullptr;
}

Result<Exercise> ReadExercise(std::string_view stem, std::string_view text) {
  auto card = rules::SplitCard(text);
  if (!card) return Error{card.error()};
  toml::parse_result toml = toml::parse(std::string_view(card.value().front_matter), stem);
  if (!toml) {
    return Error{"line " + std::to_string(toml.error().source().begin.line + 1) + ": " +
                 std::string(toml.error().description())};
  }
  Exercise exercise;
  if (auto problem = Reader(exercise).Read(toml.table())) return Error{*problem};
  if (!stem.empty() && exercise.id != stem)
    return Error{"the file is called " + std::string(stem) + ", the id is " + exercise.id};
  if (auto problem = ReadAnswers(card.value(), exercise)) return Error{*problem};
  const std::string& body = card.value().body;
  const std::size_t begin = body.find("## Task\n");
  if (begin == std::string::npos) return Error{"no section `## Task`"};
  const std::size_t end = body.find("\n## ", begin + 8);
  exercise.task = std::string(Trim(
      std::string_view(body).substr(begin + 8, end == std::string::npos ? end : end - begin - 8)));
  return exercise;
}

}  // namespace asyncport::grade
