// Predicates over what the answer gives back. A result is known by the call that made it, so that names, helpers and
// unpacking in between do not matter. See predicates.h.
#include <algorithm>

#include "grade/exercise.h"
#include "grade/predicates.h"
#include "shape/shape.h"
#include "support/strings.h"

namespace asyncport::grade {
namespace {

using sim::Sort;
using sim::Trace;
using sim::Value;

const std::vector<std::string>& List(const Check& check, const std::string& key) {
  static const std::vector<std::string> kNone;
  const auto it = check.lists.find(key);
  return it == check.lists.end() ? kNone : it->second;
}
double Number(const Check& check, const std::string& key, double otherwise) {
  const auto it = check.numbers.find(key);
  return it == check.numbers.end() ? otherwise : it->second;
}

// Is it the result of a call of this function? A promise of it counts where `pending` does: that it was not awaited is
// another criterion's business.
bool IsResult(const Trace& trace, const Value& value, int function, bool pending) {
  const sim::Object* object = value.object;
  if (object == nullptr || object->operation < 0 || object->is_part) return false;
  if (!pending && (object->sort == Sort::kPromise || object->sort == Sort::kCoroutine))
    return false;
  return trace.calls[static_cast<std::size_t>(object->operation)].function == function;
}

bool IsWithin(const Trace& trace, const Value& value, int function, int depth = 0) {
  if (value.object == nullptr || depth > 6) return false;
  if (value.object->operation >= 0 &&
      trace.calls[static_cast<std::size_t>(value.object->operation)].function == function)
    return true;
  for (const Value& item : value.object->items) {
    if (IsWithin(trace, item, function, depth + 1)) return true;
  }
  for (const auto& [key, item] : value.object->entries) {
    if (IsWithin(trace, item, function, depth + 1)) return true;
  }
  return false;
}

// The words of `fetch_recent_posts` that say what comes out: "recent", "posts".
std::vector<std::string> Words(std::string_view name) {
  std::vector<std::string> out;
  std::string word;
  for (char c : ToSnakeCase(name) + "_") {
    if (c != '_') {
      word += c;
      continue;
    }
    static constexpr std::string_view kVerbs[] = {"fetch", "load", "get", "read", "find"};
    if (!word.empty() && std::find(std::begin(kVerbs), std::end(kVerbs), word) == std::end(kVerbs))
      out.push_back(word);
    word.clear();
  }
  return out;
}

bool Mentions(const std::string& key, const std::vector<std::string>& words) {
  const std::string flat = shape::NameKey(key);
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    const std::string stem =
        word.size() > 3 && word.back() == 's' ? word.substr(0, word.size() - 1) : word;
    return flat.find(stem) != std::string::npos;
  });
}

Finding ReturnsMapping(const Evidence& evidence, const Check& check) {
  const bool is_js = evidence.facts.tree().language() == Language::kJs;
  const auto& functions = List(check, "of");
  const auto& forms = List(check, "forms");
  const auto allows = [&](std::string_view form) {
    return std::find(forms.begin(), forms.end(), form) != forms.end();
  };
  const bool pending = Number(check, "pending", 1) != 0;
  const std::string what = is_js             ? "one object"
                           : allows("tuple") ? "a dict, a small class or a tuple"
                                             : "a dict or a small class";
  for (const Trace& trace : *evidence.traces) {
    const Value& value = trace.returned;
    const sim::Object* object = value.object;
    if (trace.raised)
      return Finding::No(evidence.entry,
                         "Return " + what + ": the function ends with `" + trace.error_name + "`.");
    if (object == nullptr)
      return Finding::No(evidence.entry,
                         "Return " + what + " that holds both results: the caller gets nothing.");
    if (object->sort == Sort::kTuple || object->sort == Sort::kList) {
      const bool fits = object->sort == Sort::kTuple ? allows("tuple") : allows("list");
      if (!fits)
        return Finding::No(evidence.entry,
                           "Return " + what + ": with a bare " +
                               (is_js                          ? "array"
                                : object->sort == Sort::kTuple ? "tuple"
                                                               : "list") +
                               " the caller has to remember which place means what.");
      if (object->items.size() != functions.size())
        return Finding::No(evidence.entry, "Return exactly the results that the task names.");
      for (std::size_t i = 0; i < functions.size(); ++i) {
        if (!IsResult(trace, object->items[i], FunctionIndex(evidence, functions[i]), pending))
          return Finding::No(evidence.entry,
                             "Return the results in the order of the task, as they are.");
      }
      continue;
    }
    if (object->sort != Sort::kDict && object->sort != Sort::kInstance)
      return Finding::No(evidence.entry, "Return " + what + " that holds " +
                                             std::to_string(functions.size()) + " results.");
    if (object->is_map && is_js)
      return Finding::No(evidence.entry, "Return a plain object: its fields can be read by name.");
    for (std::size_t i = 0; i < functions.size(); ++i) {
      const int function = FunctionIndex(evidence, functions[i]);
      std::string found;
      bool flat = false;
      for (const auto& [key, item] : object->entries) {
        const bool named = key.object != nullptr && key.object->sort == Sort::kString;
        if (named && IsResult(trace, item, function, pending)) found = key.object->text;
        if (named && key.object->text.starts_with("...") && IsWithin(trace, item, function))
          flat = true;
      }
      if (found.empty()) {
        return Finding::No(
            evidence.entry,
            flat
                ? "Keep each result under a name of its own: spread into one object, equal fields overwrite each other."
                : "Put what `" + functions[i] +
                      "` gives into the result, under a name of its own.");
      }
      if (found.size() == 1 && Number(check, "any_key", 0) == 0)
        return Finding::No(evidence.entry,
                           "Choose a key that says what it holds: `" + found + "` does not.");
      for (std::size_t j = 0; j < functions.size(); ++j) {
        if (j == i || !Mentions(found, Words(functions[j])) || Mentions(found, Words(functions[i])))
          continue;
        return Finding::No(evidence.entry, "Name each result after what it is: `" + found +
                                               "` holds what `" + functions[i] + "` gives.");
      }
    }
  }
  return Finding::Yes();
}

// The answer is what this function gave (JavaScript: also through a chain).
Finding ReturnsResult(const Evidence& evidence, const Check& check) {
  const auto& functions = List(check, "of");
  const bool within = Number(check, "within", 0) != 0;
  for (const Trace& trace : *evidence.traces) {
    const bool found =
        std::any_of(functions.begin(), functions.end(), [&](const std::string& name) {
          const int function = FunctionIndex(evidence, name);
          return IsResult(trace, trace.returned, function, false) ||
                 (within && IsWithin(trace, trace.returned, function));
        });
    if (!found)
      return Finding::No(
          evidence.entry,
          "Return what " + Names(evidence, functions) + " gives: the caller gets " +
              (trace.raised ? "`" + trace.error_name + "`" : std::string("something else")) + ".");
  }
  return Finding::Yes();
}

// A list with so many results of a function (in the order of its calls' arguments if `ordered`).
Finding ReturnsList(const Evidence& evidence, const Check& check) {
  const auto& functions = List(check, "of");
  const double least = Number(check, "min", 0);
  const double most = Number(check, "max", 1e9);
  for (const Trace& trace : *evidence.traces) {
    const sim::Object* object = trace.returned.object;
    if (object == nullptr ||
        (object->sort != Sort::kList && object->sort != Sort::kTuple && object->sort != Sort::kSet))
      return Finding::No(evidence.entry, "Return a list of the results.");
    int before = -1;
    double count = 0;
    for (const Value& item : object->items) {
      for (const std::string& name : functions) {
        if (!IsWithin(trace, item, FunctionIndex(evidence, name))) continue;
        ++count;
        if (item.object->operation < 0) continue;
        if (Number(check, "ordered", 0) != 0) {
          // The place of the call's first argument in the exercise's list.
          const auto& call = trace.calls[static_cast<std::size_t>(item.object->operation)];
          const auto& arguments = evidence.scenario->arguments;
          int place = 0;
          if (!call.args.empty() && call.args[0].object != nullptr && !arguments.empty()) {
            for (std::size_t i = 0; i < arguments[0].items.size(); ++i) {
              if (arguments[0].items[i].text == call.args[0].object->text)
                place = static_cast<int>(i);
            }
          }
          if (place < before)
            return Finding::No(evidence.entry,
                               "Keep the results in the order of the list that came in.");
          before = place;
        }
      }
    }
    if (count < least) return Finding::No(evidence.entry, "Return every result: some are missing.");
    if (static_cast<double>(object->items.size()) > most || count > most)
      return Finding::No(evidence.entry,
                         "Return only what the task asks for: there is more in the list.");
  }
  return Finding::Yes();
}

Finding ReturnsPlain(const Evidence& evidence, const Check& check) {
  const auto word = check.words.find("value");
  for (const Trace& trace : *evidence.traces) {
    const Value& value = trace.returned;
    bool good = !trace.raised;
    if (word == check.words.end() || word->second == "nothing") {
      good = good && value.IsNothing();
    } else if (word->second == "something") {
      good = good && !value.IsNothing();
    } else if (word->second == "true" || word->second == "false") {
      good = good && value.tag == Value::kBool && (value.number != 0) == (word->second == "true");
    } else {
      good = good && value.object != nullptr && value.object->sort == Sort::kString &&
             value.object->text == word->second;
    }
    if (const auto number = check.numbers.find("number"); number != check.numbers.end())
      good = !trace.raised && value.tag == Value::kNumber && value.number == number->second;
    if (!good) return Finding::No(evidence.entry, "Return what the task asks for in this case.");
  }
  return Finding::Yes();
}

}  // namespace

void AddValuePredicates(std::vector<PredicateInfo>& out) {
  out.push_back({"returns-mapping",
                 {"of", "forms", "pending", "any_key"},
                 "each result stands under a name of its own; `forms` allows tuple, list",
                 ReturnsMapping,
                 {"of"}});
  out.push_back({"returns-result",
                 {"of", "within"},
                 "the answer is what one of these gave (`within`: or contains it)",
                 ReturnsResult,
                 {"of"}});
  out.push_back({"returns-list",
                 {"of", "min", "max", "ordered"},
                 "a list with so many results of these",
                 ReturnsList,
                 {"of"}});
  out.push_back({"returns-value",
                 {"value", "number"},
                 "nothing, something, true, false, a text, a number",
                 ReturnsPlain});
}

}  // namespace asyncport::grade
