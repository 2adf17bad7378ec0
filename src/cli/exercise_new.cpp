// See exercise_new.h.
#include "cli/exercise_new.h"

#include <algorithm>
#include <vector>

#include "grade/exercise.h"
#include "support/strings.h"

namespace asyncport::cli {
namespace {

std::string Lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

std::string Kebab(std::string_view text) {
  std::string out;
  for (char c : Lower(text)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain) {
      out += c;
    } else if (!out.empty() && out.back() != '-') {
      out += '-';
    }
    if (out.size() > 40 && out.back() == '-') break;
  }
  while (!out.empty() && out.back() == '-') out.pop_back();
  return out.empty() ? "exercise" : out;
}

std::string Quoted(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c >= ' ' || c == '\t') out += c;
  }
  return out + "\"";
}

std::string Bullet(std::string_view line) {
  line = Trim(line);
  for (std::string_view mark : {"\xE2\x80\xA2", "-", "*"}) {
    if (line.starts_with(mark)) return std::string(Trim(line.substr(mark.size())));
  }
  return {};
}

}  // namespace

Result<std::string> DraftExercise(const std::string& path, std::string_view lesson) {
  const std::vector<std::string_view> lines = SplitLines(lesson);
  std::size_t rewrite = lines.size();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (Lower(Trim(lines[i])).starts_with("rewrite this ")) rewrite = i;
  }
  if (rewrite == lines.size()) return Error{"no line begins with `Rewrite this`"};
  const std::string of = Lower(lines[rewrite]);
  const bool from_js =
      of.find("javascript") != std::string::npos || of.find("node") != std::string::npos;
  std::size_t good = lines.size();
  for (std::size_t i = rewrite; i < lines.size() && good == lines.size(); ++i) {
    if (Lower(Trim(lines[i])) == "what good looks like") good = i;
  }
  if (good == lines.size()) return Error{"no line says `what good looks like` below the snippet"};
  std::string code;
  for (std::size_t i = rewrite + 1; i < good; ++i) code += std::string(lines[i]) + "\n";
  code = std::string(Trim(code)) + "\n";
  std::vector<std::string> criteria;
  for (std::size_t i = good + 1; i < lines.size(); ++i) {
    const std::string text = Bullet(lines[i]);
    if (text.empty() && !Trim(lines[i]).empty()) break;
    if (!text.empty()) criteria.push_back(text);
  }
  if (criteria.empty()) return Error{"no bullets below `what good looks like`"};
  std::string stem = path.substr(path.rfind('/') + 1);
  stem = stem.substr(0, stem.rfind('.'));
  std::string out =
      "+++\nschema = 1\nid = " + Quoted(Kebab(stem)) +
      "\ntitle = " + Quoted("Rewrite as " + std::string(from_js ? "Python" : "JavaScript")) +
      "\nlesson = " + Quoted(stem.substr(0, stem.find('_'))) +
      "\nlanguage = " + Quoted(from_js ? "py" : "js") +
      "\nsource = " + Quoted(from_js ? "js" : "py") +
      "\n\n# The functions that the snippet calls and does not define: async, sync, callback, stream, blocking.\n";
  // Names that are called in the snippet.
  std::vector<std::string> names;
  for (std::size_t i = 0; i < code.size(); ++i) {
    if (code[i] != '(') continue;
    std::size_t begin = i;
    const auto part = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    };
    while (begin > 0 && part(code[begin - 1])) --begin;
    const std::string name = code.substr(begin, i - begin);
    const bool member = begin > 0 && code[begin - 1] == '.';
    const std::string before = code.substr(begin < 9 ? 0 : begin - 9, begin < 9 ? begin : 9);
    const bool defined = before.ends_with("function ") || before.ends_with("def ");
    static constexpr std::string_view kWords[] = {"if",    "for",      "while", "switch", "return",
                                                  "await", "function", "catch", "print"};
    if (name.empty() || member || defined ||
        std::find(std::begin(kWords), std::end(kWords), name) != std::end(kWords))
      continue;
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  for (const std::string& name : names)
    out += "\n[[function]]\nname = " + Quoted(from_js ? ToSnakeCase(name) : ToCamelCase(name)) +
           "\nkind = \"async\"\n";
  for (const std::string& text : criteria)
    out += "\n[[criterion]]\nid = " + Quoted(Kebab(text)) + "\ntext = " + Quoted(text) +
           "\npoints = 1\nmanual = true  # replace by checks: `asyncport exercise checks`\n";
  out += "+++\n## Task\nRewrite this as " + std::string(from_js ? "Python" : "JavaScript") +
         ".\n\n## Starting code\n```" + (from_js ? "js" : "py") + "\n" + code +
         "```\n\n## Accepted\n\n## Rejected\n";
  return out;
}

}  // namespace asyncport::cli
