// See names.h.
#include "translate/names.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "ir/views.h"
#include "support/strings.h"
#include "translate/module_names.h"

namespace asyncport::translate {

using namespace ir;

namespace {

template <std::size_t N>
bool Contains(const std::array<std::string_view, N>& sorted, std::string_view name) {
  return std::binary_search(sorted.begin(), sorted.end(), name);
}

// Sorted by bytes. Python 3.11's keyword.kwlist.
constexpr std::array<std::string_view, 35> kPythonKeywords = {
    "False", "None",   "True",  "and",    "as",   "assert", "async",  "await",    "break",
    "class", "continue", "def", "del",    "elif", "else",   "except", "finally",  "for",
    "from",  "global", "if",    "import", "in",   "is",     "lambda", "nonlocal", "not",
    "or",    "pass",   "raise", "return", "try",  "while",  "with",   "yield"};

// Builtins that translated code may need or that a reader would trip over.
constexpr std::array<std::string_view, 61> kPythonBuiltins = {
    "abs",      "all",      "any",       "ascii",    "bin",      "bool",    "bytearray", "bytes",
    "callable", "chr",      "classmethod", "compile", "complex", "delattr", "dict",      "dir",
    "divmod",   "enumerate", "eval",     "exec",     "filter",   "float",   "format",    "frozenset",
    "getattr",  "globals",  "hasattr",   "hash",     "hex",      "id",      "input",     "int",
    "isinstance", "issubclass", "iter",  "len",      "list",     "locals",  "map",       "max",
    "memoryview", "min",    "next",      "object",   "oct",      "open",    "ord",       "pow",
    "print",    "property", "range",     "repr",     "reversed", "round",   "set",       "slice",
    "sorted",   "str",      "sum",       "super",    "type"};
constexpr std::array<std::string_view, 3> kMoreBuiltins = {"tuple", "vars", "zip"};

// Names that strict-mode code cannot bind (ECMA-262 12.7.2 and 13.1.1), and `undefined`-like globals worth sparing.
constexpr std::array<std::string_view, 53> kJsReserved = {
    "Infinity", "Map",      "NaN",     "Promise",  "Set",       "Symbol",   "arguments", "await",
    "break",    "case",     "catch",   "class",    "console",   "const",    "continue",  "debugger",
    "default",  "delete",   "do",      "else",     "enum",      "eval",     "export",    "extends",
    "false",    "finally",  "for",     "function", "if",        "implements", "import",  "in",
    "instanceof", "interface", "let",  "new",      "null",      "package",  "private",   "process",
    "protected", "public",  "return",  "static",   "super",     "switch",   "this",      "throw",
    "true",     "try",      "typeof",  "undefined", "var"};
constexpr std::array<std::string_view, 27> kMoreJsReserved = {
    "void",           "while",          "with",          "yield",       "AbortController", "AbortSignal",
    "AggregateError", "Array",          "Boolean",       "Buffer",      "Date",            "Error",
    "JSON",           "Math",           "Number",        "Object",      "RangeError",      "RegExp",
    "String",         "SyntaxError",    "TypeError",     "clearInterval", "clearTimeout",  "queueMicrotask",
    "setImmediate",   "setInterval",    "setTimeout"};

constexpr int kMaxAncestors = 64;

}  // namespace

bool IsPythonKeyword(std::string_view name) { return Contains(kPythonKeywords, name); }
bool IsPythonBuiltin(std::string_view name) {
  return Contains(kPythonBuiltins, name) || Contains(kMoreBuiltins, name);
}
bool IsJsReserved(std::string_view name) {
  return Contains(kJsReserved, name) || Contains(kMoreJsReserved, name);
}

Names::Names(const facts::Facts& facts, Language to, const std::unordered_set<std::string>& reserved)
    : facts_(facts), to_(to), names_(facts.binding_count() + 1), reserved_(reserved) {
  used_ = reserved;
  if (to == Language::kPy) FindSharedPrivate();
  for (std::uint32_t i = 1; i <= facts.binding_count(); ++i) {
    facts::BindingId id{i};
    std::string name = Plan(id);
    for (int n = 2; ClashesInScope(id, name); ++n) name = Plan(id) + "_" + std::to_string(n);
    names_[i] = name;
    NotePlanned(id, name);
    used_.insert(std::move(name));
  }
}

void Names::FindSharedPrivate() {
  const Tree& tree = facts_.tree();
  std::unordered_map<std::uint32_t, std::unordered_set<std::string>> own;
  for (std::uint32_t i = 1; i < tree.size(); ++i) {
    const NodeId id{i};
    const auto field = As<Field>(tree, id);
    const auto method = As<Method>(tree, id);
    const bool is_private = (field && field.is_private()) || (method && method.is_private());
    if (!is_private) continue;
    if (NodeId owner = facts_.EnclosingClass(id)) {
      own[owner.index].emplace(field ? field.name() : method.name());
    }
  }
  for (const auto& [index, names] : own) {
    NodeId at{index};
    for (int depth = 0; depth < kMaxAncestors; ++depth) {
      const auto klass = As<ClassDef>(tree, at);
      if (!klass || klass.bases().empty() || !tree.Is(klass.bases()[0], NodeKind::kName)) break;
      const facts::BindingId base = facts_.BindingOf(klass.bases()[0]);
      at = base ? facts_.binding(base).definition : kNoNode;
      if (!at || !own.contains(at.index)) continue;
      for (const std::string& name : own[at.index]) {
        if (names.contains(name)) shared_private_.insert(name);
      }
    }
  }
}

std::string ConvertName(std::string_view name, Language to) {
  const bool keeps_case = IsAllCaps(name) || IsCapitalised(name);
  if (to == Language::kJs) return keeps_case ? std::string(name) : ToCamelCase(name);
  std::string out = keeps_case ? std::string(name) : ToSnakeCase(name);
  std::erase(out, '$');
  if (out.empty() || (out[0] >= '0' && out[0] <= '9')) out.insert(0, "_");
  return out;
}

std::string Names::Convert(std::string_view name) const { return ConvertName(name, to_); }

std::string PythonModuleName(std::string_view part) {
  std::string text;
  bool is_word = true;
  for (char ch : part) {
    bool word = (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') ||
                ch == '_' || (static_cast<unsigned char>(ch) & 0x80) != 0;
    text += word ? ch : '_';
    is_word = is_word && (word || ch == '-' || ch == '.');
  }
  if (!is_word) {
    // A phrase, not a name: "GET /users/:id" -> get_users_id.
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char ch) {
      return static_cast<char>(ch < 0x80 ? std::tolower(ch) : ch);
    });
    text.erase(std::unique(text.begin(), text.end(),
                           [](char a, char b) { return a == '_' && b == '_'; }),
               text.end());
    if (text.size() > 1 && text.ends_with('_')) text.pop_back();
  }
  std::string safe = ConvertName(text, Language::kPy);
  if (safe.empty() || (safe[0] >= '0' && safe[0] <= '9')) safe.insert(0, "_");
  if (IsPythonKeyword(safe)) safe += '_';
  return safe;
}

bool Names::IsForbidden(std::string_view name) const {
  return to_ == Language::kPy ? IsPythonKeyword(name) || IsPythonBuiltin(name) : IsJsReserved(name);
}

// The noun that tells what an `id` identifies: from the first callee that receives it (fetchUser -> user), else from
// the function that declares it.
std::string Names::NounForId(const facts::Binding& binding) const {
  const Tree& tree = facts_.tree();
  auto noun_of = [](std::string_view callee) {
    std::string snake = ToSnakeCase(callee);
    std::size_t last = snake.rfind('_');
    if (last == std::string::npos) return std::string();
    std::string noun = snake.substr(last + 1);
    if (noun.size() > 3 && noun.ends_with("ies")) return noun.substr(0, noun.size() - 3) + "y";
    if (noun.size() > 2 && noun.ends_with('s') && !noun.ends_with("ss")) noun.pop_back();
    static constexpr std::array<std::string_view, 6> kNotNouns = {"all", "async", "by", "id", "one", "sync"};
    return Contains(kNotNouns, std::string_view(noun)) ? std::string() : noun;
  };
  auto callee_name = [&](NodeId callee) -> std::string_view {
    if (auto name = As<Name>(tree, callee)) return name.id();
    if (auto attribute = As<Attribute>(tree, callee)) return attribute.name();
    return {};
  };
  for (NodeId read : binding.reads) {
    if (auto call = As<Call>(tree, facts_.Parent(read)); call && call.callee() != read) {
      if (std::string noun = noun_of(callee_name(call.callee())); !noun.empty()) return noun;
    }
  }
  NodeId function = facts_.EnclosingFunction(binding.declaration);
  if (auto def = As<FunctionDef>(tree, function)) return noun_of(tree.text(def.name()));
  if (auto method = As<Method>(tree, function)) {
    if (std::string noun = noun_of(method.name()); !noun.empty()) return noun;
    if (auto owner = As<ClassDef>(tree, facts_.EnclosingClass(function))) {
      return ToSnakeCase(tree.text(owner.name()));
    }
  }
  // `const f = (id) => ...`
  if (function) {
    if (auto assign = As<Assign>(tree, facts_.Parent(function)); assign && !assign.targets().empty()) {
      return noun_of(tree.text(assign.targets()[0]));
    }
  }
  return {};
}

namespace {

// Inside of a class Python gives names with two underscores in front another spelling.
std::string Unmangled(std::string name) {
  if (name.starts_with("__") && !name.ends_with("__")) name.erase(0, name.find_first_not_of('_') - 1);
  return name;
}

}  // namespace

std::string Names::Plan(facts::BindingId id) const {
  const facts::Binding& binding = facts_.binding(id);
  std::string_view source(facts_.tree().strings().Text(binding.name));
  if (binding.kind == facts::BindingKind::kFree) {
    // A global of the runtime is never renamed (cards and topics replace it); a name of the surroundings follows the
    // letter case.
    std::string name = Convert(source);
    if (to_ == Language::kPy) return IsPythonKeyword(name) ? name + '_' : name;
    // `switch(x)` is an ordinary call in Python. `super` and `eval` mean the same on both sides.
    const bool is_word = IsJsReserved(name) && !IsCapitalised(name) && name != "super" && name != "eval";
    return is_word ? name + '_' : name;
  }
  std::string name = Convert(source);
  if (binding.kind == facts::BindingKind::kClass) {
    name = std::string(source);
    // `$In`: what Python's names cannot hold goes.
    if (to_ == Language::kPy) std::erase_if(name, [](char ch) { return ch == '$'; });
    if (name.empty() || (name[0] >= '0' && name[0] <= '9')) name.insert(0, "Class");
  }
  if (to_ == Language::kPy) name = Unmangled(std::move(name));
  if (to_ == Language::kPy && name == "id" &&
      (binding.kind == facts::BindingKind::kParam || binding.kind == facts::BindingKind::kVariable)) {
    std::string noun = NounForId(binding);
    return noun.empty() ? "id_" : noun + "_id";
  }
  if (IsForbidden(name)) {
    static constexpr std::pair<std::string_view, std::string_view> kJsWords[] = {
        {"default", "defaultValue"}, {"new", "newValue"},   {"delete", "remove"}, {"function", "fn"},
        {"class", "klass"},          {"case", "caseValue"}, {"var", "variable"}, {"this", "self"},
    };
    if (to_ == Language::kJs) {
      for (auto [word, better] : kJsWords) {
        if (name == word) return std::string(better);
      }
    }
    name += '_';
  }
  if (to_ == Language::kPy && name == "self") name += '_';  // methods have theirs
  if (reserved_.contains(name)) name += '_';
  return name;
}

// Two bindings whose scopes see each other may not share a name. In Python all scopes of one function are one.
facts::ScopeId Names::FunctionScope(facts::BindingId id) const {
  facts::ScopeId s = facts_.binding(id).scope;
  while (s && !facts_.scope(s).is_function && facts_.scope(s).parent) s = facts_.scope(s).parent;
  return s;
}

void Names::NotePlanned(facts::BindingId id, const std::string& name) {
  const facts::Binding& mine = facts_.binding(id);
  SameName& same = by_name_[name];
  if (same.all.empty()) same.source = mine.name;
  same.all.push_back(id.index);
  if (mine.kind == facts::BindingKind::kFree || mine.name != same.source) {
    same.others.push_back(id.index);
  } else {
    same.by_function[FunctionScope(id).index].push_back(id.index);
  }
}

bool Names::ClashesInScope(facts::BindingId id, const std::string& name) const {
  const facts::Binding& mine = facts_.binding(id);
  if (mine.kind == facts::BindingKind::kFree) return false;
  auto within = [&](facts::ScopeId inner, facts::ScopeId outer) {
    for (; inner; inner = facts_.scope(inner).parent) {
      if (inner == outer) return true;
    }
    return false;
  };
  // Disjoint block scopes of one function may share a Python variable if neither is used in a closure.
  auto same = by_name_.find(name);
  if (same == by_name_.end()) return false;
  const facts::ScopeId function = FunctionScope(id);
  const auto clashes = [&](std::uint32_t i) {
    if (i >= id.index || names_[i] != name) return false;
    const facts::Binding& other = facts_.binding({i});
    const bool same_function = FunctionScope({i}) == function;
    if (!same_function && other.name == mine.name && other.kind != facts::BindingKind::kFree) return false;
    bool nested = within(mine.scope, other.scope) || within(other.scope, mine.scope);
    if (other.kind == facts::BindingKind::kFree) {
      return !other.reads.empty();
    }
    if (to_ == Language::kPy && same_function) {
      return nested || mine.captured || other.captured;
    }
    if (other.scope == mine.scope) return true;
    if (!nested) return false;
    // An inner function may shadow an outer name unless it also uses the outer one: in the source these are two names
    // (or the same name shadowed), so a clash only arises when renaming made them equal.
    return other.name != mine.name;
  };
  const auto any = [&](const std::vector<std::uint32_t>& list) {
    return std::any_of(list.begin(), list.end(), clashes);
  };
  if (mine.name != same->second.source) return any(same->second.all);
  const auto near = same->second.by_function.find(function.index);
  return (near != same->second.by_function.end() && any(near->second)) || any(same->second.others);
}

void Names::Rename(facts::BindingId id, std::string_view wanted) {
  std::string name(wanted);
  const char* joint = to_ == Language::kPy ? "_" : "";
  for (int n = 2; Taken(name); ++n) name = std::string(wanted) + joint + std::to_string(n);
  names_[id.index] = name;
  if (name != wanted) numbered_.emplace(name, wanted);
  used_.insert(std::move(name));
}

std::string Names::Member(std::string_view name, bool is_private) const {
  std::string out = Convert(name);
  if (to_ == Language::kPy) {
    // Two classes of one line have the name each: Python keeps them apart by mangling.
    if (is_private && shared_private_.contains(std::string(name))) return "__" + out;
    if (is_private) out.insert(0, "_");
    out = Unmangled(std::move(out));
    if (IsPythonKeyword(out)) out += '_';
  }
  return out;
}

std::string Names::Fresh(std::string_view wanted) {
  // Wanted names may come from texts: "GET /users/:id".
  std::string base;
  for (char ch : wanted) {
    const bool fits = (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') || ch == '_' ||
                      ch == '$' || (ch & 0x80) != 0;
    if (fits) base += ch;
    else if (!base.empty() && base.back() != '_') base += '_';
  }
  while (base.size() > 1 && base.back() == '_' && wanted.back() != '_') base.pop_back();
  if (base.empty() || (base[0] >= '0' && base[0] <= '9')) base.insert(0, "_");
  if (IsForbidden(base)) base += '_';
  std::string name = base;
  const char* joint = to_ == Language::kPy ? "_" : "";
  for (int n = 2; Taken(name); ++n) name = base + joint + std::to_string(n);
  used_.insert(name);
  if (name != base) numbered_.emplace(name, base);
  return name;
}

}  // namespace asyncport::translate
