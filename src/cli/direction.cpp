// Languages by extension and by interpreter line.
#include "cli/direction.h"

#include <algorithm>
#include <iterator>

namespace asyncport::cli {
namespace {

struct Extension {
  std::string_view text;
  std::optional<Language> language;  // none: known, and not translated
};

constexpr Extension kExtensions[] = {
    {"js", Language::kJs}, {"mjs", Language::kJs}, {"cjs", Language::kJs}, {"jsx", Language::kJs},
    {"py", Language::kPy}, {"pyi", Language::kPy}, {"ts", std::nullopt},   {"tsx", std::nullopt},
    {"mts", std::nullopt}, {"cts", std::nullopt},
};

constexpr std::string_view kSayIt = "say what it is: --from js or --from py";

std::string_view BaseName(std::string_view name) {
  std::size_t slash = name.rfind('/');
  return slash == std::string_view::npos ? name : name.substr(slash + 1);
}

// Without the dot; a name that only begins with one has none.
std::string_view ExtensionOf(std::string_view name) {
  name = BaseName(name);
  std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? std::string_view() : name.substr(dot + 1);
}

std::string Lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

Problem Unclear(const std::string& name, std::string_view extension) {
  if (name.empty()) {
    return {Problem::Kind::kUsage, "", "the language of standard input is not known",
            std::string(kSayIt)};
  }
  std::string message = extension.empty() ? "its name has no extension that tells its language"
                                          : "the extension '." + std::string(extension) +
                                                "' is neither JavaScript's nor Python's";
  return {Problem::Kind::kUsage, name, std::move(message), std::string(kSayIt)};
}

}  // namespace

std::optional<Problem> FindDirection(const Command& command, const std::string& name,
                                     Direction& direction, bool& needs_text) {
  needs_text = false;
  std::optional<Language> from = command.from;
  std::string_view extension = ExtensionOf(name);
  if (!from) {
    std::string lower = Lower(extension);
    const Extension* known = std::find_if(std::begin(kExtensions), std::end(kExtensions),
                                          [&](const Extension& e) { return e.text == lower; });
    if (known != std::end(kExtensions)) {
      if (!known->language) {
        return Problem{
            Problem::Kind::kUsage, name,
            "TypeScript is not translated: its types have no reader here yet",
            "compile it to JavaScript first (`npx tsc --target es2022`), and translate that"};
      }
      from = known->language;
    }
  }
  // There are only two languages: the target tells the source.
  if (!from && command.to) from = Other(*command.to);
  if (!from) {
    needs_text = !name.empty() && extension.empty();
    if (needs_text) return std::nullopt;
    return Unclear(name, extension);
  }
  if (command.to == from) {
    std::string language(DisplayName(*from));
    return Problem{Problem::Kind::kUsage, name.empty() ? "standard input" : name,
                   "it is " + language + " already, and --to asks for " + language,
                   "leave --to out, or say --to " + std::string(ShortName(Other(*from)))};
  }
  direction = {*from, Other(*from)};
  return std::nullopt;
}

std::optional<Problem> FindDirectionByText(const std::string& name, std::string_view text,
                                           Direction& direction) {
  std::string_view line = text.substr(0, text.find('\n'));
  if (line.starts_with("#!")) {
    for (std::string_view word : {"node", "deno", "bun"}) {
      if (line.find(word) != std::string_view::npos)
        return direction = {Language::kJs, Language::kPy}, std::nullopt;
    }
    if (line.find("python") != std::string_view::npos)
      return direction = {Language::kPy, Language::kJs}, std::nullopt;
  }
  return Unclear(name, "");
}

}  // namespace asyncport::cli
