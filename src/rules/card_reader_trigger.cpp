// Scans a shape for its last name: a chain of a primary and `.name`, `(...)`, `[...]` suffixes. See the header.
#include "rules/card_reader_trigger.h"

#include <map>

#include "support/strings.h"

namespace asyncport::rules {
namespace {

bool IsWordByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$';
}

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool done() const { return pos_ >= text_.size(); }
  char peek() const { return done() ? '\0' : text_[pos_]; }
  void Skip(std::size_t n) { pos_ += n; }
  void SkipBlanks() {
    while (!done() && (peek() == ' ' || peek() == '\n' || peek() == '\t')) ++pos_;
  }
  std::string Word() {
    std::size_t begin = pos_;
    while (!done() && IsWordByte(peek())) ++pos_;
    return std::string(text_.substr(begin, pos_ - begin));
  }
  // A quoted text.
  void Quoted() {
    char quote = peek();
    for (++pos_; !done() && peek() != quote; ++pos_) {
      if (peek() == '\\') ++pos_;
    }
    if (!done()) ++pos_;
  }
  // A bracketed group, to its closing bracket.
  void Group() {
    int depth = 0;
    while (!done()) {
      char c = peek();
      if (c == '"' || c == '\'' || c == '`') {
        Quoted();
        continue;
      }
      if (c == '(' || c == '[' || c == '{') ++depth;
      if (c == ')' || c == ']' || c == '}') --depth;
      ++pos_;
      if (depth == 0) return;
    }
  }

 private:
  std::string_view text_;
  std::size_t pos_ = 0;
};

// `a as b` -> {b, a} for the items of one import line.
void ReadImportItems(std::string_view items, std::map<std::string, std::string>& exported) {
  while (!items.empty()) {
    std::size_t comma = items.find(',');
    std::string_view item = Trim(items.substr(0, comma));
    if (std::size_t as = item.find(" as "); as != std::string_view::npos) {
      exported[std::string(Trim(item.substr(as + 4)))] = std::string(Trim(item.substr(0, as)));
    }
    if (comma == std::string_view::npos) break;
    items.remove_prefix(comma + 1);
  }
}

}  // namespace

std::string TriggerOfText(std::string_view shape) {
  std::map<std::string, std::string> exported;
  std::string_view rest = shape;
  while (rest.starts_with("import ") || rest.starts_with("from ")) {
    std::size_t end = rest.find('\n');
    std::string_view line = rest.substr(0, end);
    if (std::size_t open = line.find('{'); open != std::string_view::npos) {
      ReadImportItems(line.substr(open + 1, line.find('}') - open - 1), exported);
    } else if (std::size_t items = line.find(" import "); items != std::string_view::npos) {
      ReadImportItems(line.substr(items + 8), exported);
    }
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
    while (rest.starts_with('\n')) rest.remove_prefix(1);
  }
  rest = Trim(rest);
  if (rest.ends_with(';')) rest.remove_suffix(1);
  for (std::string_view prefix : {"await ", "new "}) {
    if (rest.starts_with(prefix)) rest.remove_prefix(prefix.size());
  }

  Scanner s(rest);
  std::string name;  // of the innermost chain; empty where a suffix is computed
  if (IsWordByte(s.peek())) {
    name = s.Word();
    if (name.starts_with('$')) {
      name.clear();
    } else if (auto alias = exported.find(name); alias != exported.end()) {
      name = alias->second;
    }
  } else if (s.peek() == '"' || s.peek() == '\'' || s.peek() == '`') {
    s.Quoted();
  } else if (s.peek() == '(' || s.peek() == '[' || s.peek() == '{') {
    s.Group();
  } else {
    return std::string(kAnyTrigger);
  }
  bool called = false;
  for (s.SkipBlanks(); !s.done(); s.SkipBlanks()) {
    if (s.peek() == '.') {
      s.Skip(1);
      name = s.Word();
      if (name.starts_with('$')) name = kMemberTrigger;
      called = false;
    } else if (s.peek() == '(') {
      s.Group();
      if (called) name.clear();
      called = true;
    } else if (s.peek() == '[') {
      s.Group();
      name.clear();
      called = false;
    } else {
      return std::string(kAnyTrigger);
    }
  }
  return name.empty() ? std::string(kAnyTrigger) : name;
}

}  // namespace asyncport::rules
