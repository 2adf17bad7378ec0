// One table of the keys in the editor's section.
#include "lsp/settings.h"

#include <algorithm>
#include <iterator>

#include "diag/wanted.h"
#include "rules/rules.h"

namespace asyncport::lsp {
namespace {

struct Key {
  std::string_view name;
  std::string_view kind;  // for complaints
  // Null where the key is not for all of the session, or not for a document.
  bool (*editor)(EditorSettings& settings, const Json& value);
  bool (*document)(Settings& settings, const Json& value);
};

bool Words(std::vector<std::string>& out, const Json& value) {
  if (!value.IsArray()) return false;
  for (const Json& item : value.Items()) {
    if (!item.IsString()) return false;
    out.push_back(item.String());
  }
  return true;
}

bool Ids(std::vector<std::string>& out, const Json& value) {
  std::vector<std::string> words;
  if (!Words(words, value)) return false;
  for (const std::string& word : words) out.emplace_back(rules::CanonicalId(word));
  return true;
}

template <typename Enum, std::size_t kCount>
bool OneOf(Enum& out, const Json& value, const std::string_view (&names)[kCount]) {
  const auto* const found = std::find(std::begin(names), std::end(names), value.String());
  if (!value.IsString() || found == std::end(names)) return false;
  out = static_cast<Enum>(found - std::begin(names));
  return true;
}

bool Flag(bool& out, const Json& value) {
  if (!value.IsBool()) return false;
  out = value.Bool();
  return true;
}

constexpr std::string_view kHttp[] = {"httpx", "aiohttp"};
constexpr std::string_view kModule[] = {"esm", "cjs"};
constexpr std::string_view kFragment[] = {"auto", "always", "never"};
constexpr std::string_view kLevels[] = {"off", "error", "warning", "info", "debug"};

constexpr Key kKeys[] = {
    {"asyncNames", "a list of names with `*`", nullptr,
     [](Settings& s, const Json& v) { return Words(s.async_names, v); }},
    {"select", "a list of ids", nullptr,
     [](Settings& s, const Json& v) { return s.select.clear(), Ids(s.select, v); }},
    {"ignore", "a list of ids", nullptr,
     [](Settings& s, const Json& v) { return Ids(s.ignore, v); }},
    {"http", "httpx or aiohttp", nullptr,
     [](Settings& s, const Json& v) { return OneOf(s.http, v, kHttp); }},
    {"module", "esm or cjs", nullptr,
     [](Settings& s, const Json& v) { return OneOf(s.module, v, kModule); }},
    {"fragment", "auto, always or never", nullptr,
     [](Settings& s, const Json& v) { return OneOf(s.fragment, v, kFragment); }},
    {"lessons", "true or false", nullptr,
     [](Settings& s, const Json& v) { return Flag(s.lessons, v); }},
    {"debounce", "a number of milliseconds up to 10000",
     [](EditorSettings& s, const Json& v) {
       const std::int64_t ms = v.Int(-1);
       if (ms < 0 || ms > 10'000) return false;
       s.debounce_ms = static_cast<std::uint32_t>(ms);
       return true;
     },
     nullptr},
    {"codeLens", "true or false",
     [](EditorSettings& s, const Json& v) { return Flag(s.code_lens, v); }, nullptr},
    {"inlayHints", "true or false",
     [](EditorSettings& s, const Json& v) { return Flag(s.inlay_hints, v); }, nullptr},
    {"logLevel", "off, error, warning, info or debug",
     [](EditorSettings& s, const Json& v) { return OneOf(s.log_level, v, kLevels); }, nullptr},
};

}  // namespace

std::vector<std::string> ReadEditorSettings(const Json& section, EditorSettings& out) {
  std::vector<std::string> complaints;
  Settings ignored;
  for (const auto& member : section.Members()) {
    const std::string& name = member.first;
    const Json& value = member.second;
    const auto* const key = std::find_if(std::begin(kKeys), std::end(kKeys),
                                         [&](const Key& k) { return k.name == name; });
    if (key == std::end(kKeys)) {
      complaints.push_back("there is no setting '" + name + "'");
      continue;
    }
    if (value.IsNull()) continue;
    const bool good =
        key->editor != nullptr ? key->editor(out, value) : key->document(ignored, value);
    if (!good) complaints.push_back("'" + name + "' must be " + std::string(key->kind));
  }
  return complaints;
}

void Override(Settings& settings, const Json& section) {
  for (const auto& [name, value] : section.Members()) {
    for (const Key& key : kKeys) {
      if (key.name == name && key.document != nullptr && !value.IsNull())
        (void)key.document(settings, value);
    }
  }
}

bool IsWanted(const diag::Diagnostic& diagnostic, const Settings& settings) {
  if (!diag::IsWanted(diagnostic, settings.select, settings.ignore)) return false;
  const diag::Entry* entry = diag::FindEntry(diagnostic.id);
  return settings.lessons || entry == nullptr || entry->level <= diag::Level::kWarning;
}

}  // namespace asyncport::lsp
