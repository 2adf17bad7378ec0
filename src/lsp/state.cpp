// See state.h.
#include "lsp/state.h"

#include <algorithm>
#include <array>

namespace asyncport::lsp {
namespace {

struct LanguageName {
  std::string_view name;
  Language language;
};
constexpr LanguageName kIds[] = {{"javascript", Language::kJs},
                                 {"javascriptreact", Language::kJs},
                                 {"js", Language::kJs},
                                 {"python", Language::kPy},
                                 {"py", Language::kPy}};
constexpr LanguageName kEndings[] = {{".js", Language::kJs},  {".mjs", Language::kJs},
                                     {".cjs", Language::kJs}, {".jsx", Language::kJs},
                                     {".py", Language::kPy},  {".pyi", Language::kPy}};

// Those that take no parameters have none, not null.
Json Message(Json head, Json params) {
  if (!params.IsNull()) head.Set("params", std::move(params));
  return head;
}

}  // namespace

std::optional<Language> LanguageOf(std::string_view language_id, std::string_view uri) {
  for (const LanguageName& id : kIds) {
    if (id.name == language_id) return id.language;
  }
  for (const LanguageName& ending : kEndings) {
    if (uri.ends_with(ending.name)) return ending.language;
  }
  return std::nullopt;
}

Failure NotOpen() {
  return {Code::kInvalidParams, "this document is not open, or not one of ours"};
}

CheckOptions CheckOptionsOf(const OpenFile& file) {
  return {.language = file.document.language(), .async_names = file.settings.async_names};
}

Options TranslateOptionsOf(const OpenFile& file) {
  Options options;
  options.from = file.document.language();
  options.to = Other(options.from);
  options.fragment = file.settings.fragment;
  options.module = file.settings.module;
  options.http = file.settings.http;
  options.async_names = file.settings.async_names;
  return options;
}

OpenFile* State::Find(const Json& text_document) {
  const auto it = files.find(text_document["uri"].String());
  return it == files.end() ? nullptr : &it->second;
}

void State::Freshen(OpenFile& file) {
  if (file.seen == file.document.revision()) return;
  file.seen = file.document.revision();
  if (outdated.size() > 8) outdated.clear();
  if (file.reading) outdated.push_back(std::move(file.reading));
  if (file.checked) outdated.push_back(std::move(file.checked));
  if (file.translated) outdated.push_back(std::move(file.translated->outcome));
  file.reading.reset();
  file.checked.reset();
  file.translated.reset();
}

void State::Notify(std::string_view method, Json params) {
  host.Send(Message(Json::Object{{"jsonrpc", "2.0"}, {"method", method}}, std::move(params)));
}

void State::Ask(std::string_view method, Json params, Reply reply) {
  // A client that never answers must not make us grow.
  if (waiting.size() > 1000) waiting.erase(waiting.begin());
  waiting.emplace(next_id, std::move(reply));
  host.Send(Message(Json::Object{{"jsonrpc", "2.0"}, {"id", next_id}, {"method", method}},
                    std::move(params)));
  ++next_id;
}

void State::Log(LogLevel level, const std::string& text) {
  if (level > editor.log_level) return;
  host.Log(level, text);
  if (phase != Phase::kRunning) return;
  // The protocol's numbers: error 1, warning 2, info 3, log 4.
  Notify("window/logMessage", Json::Object{{"type", static_cast<int>(level)}, {"message", text}});
}

bool State::Cancelled() const {
  const std::atomic<bool>* flag = host.CancelFlag();
  return flag != nullptr && flag->load();
}

const Source* State::SourceOf(OpenFile& file) {
  const Result<Source>& source = file.document.source();
  return source ? &source.value() : nullptr;
}

std::shared_ptr<const Reading> State::ReadingOf(OpenFile& file) {
  Freshen(file);
  if (file.reading) return file.reading;
  auto reading = std::make_shared<Reading>();
  const Result<Source>& source = file.document.source();
  if (!source) {
    reading->whole = false;
    reading->found.Report("source-too-complex", Span{}, {{"message", source.error()}});
    return file.reading = reading;
  }
  diag::Diagnostics failure;
  const CheckOptions options = CheckOptionsOf(file);
  syntax::ParseLimits limits;
  limits.max_nesting = options.max_nesting;
  limits.deadline_ms = options.parse_deadline_ms;
  const bool good = Guarded(failure, [&] {
    Result<syntax::Parsed> parsed = file.document.Parse(limits, host.CancelFlag());
    if (Cancelled()) return;
    *reading = Read(source.value(), options, std::move(parsed));
  });
  if (Cancelled()) return nullptr;
  if (!good) {
    reading->whole = false;
    reading->found = std::move(failure);
  }
  return file.reading = reading;
}

std::shared_ptr<const Checked> State::CheckedOf(OpenFile& file) {
  Freshen(file);
  if (file.checked) return file.checked;
  const std::shared_ptr<const Reading> reading = ReadingOf(file);
  if (!reading) return nullptr;
  const Source* source = SourceOf(file);
  auto checked = std::make_shared<Checked>();
  if (source == nullptr) {
    diag::Diagnostics found = reading->found;
    *checked = {false, found.Take()};
  } else {
    *checked = Check(*source, *reading);
  }
  std::erase_if(checked->diagnostics, [&](const diag::Diagnostic& diagnostic) {
    return !IsWanted(diagnostic, file.settings);
  });
  return file.checked = checked;
}

void State::LoadSettings(OpenFile& file) {
  Settings settings;
  const std::string path = PathOf(file.document.uri());
  if (!path.empty()) {
    const std::string problem = host.FindSettings(path, settings);
    if (!problem.empty()) Log(LogLevel::kWarning, problem);
  }
  Override(settings, section);
  file.settings = std::move(settings);
  file.seen = 0;
}

void State::Reconsider() {
  for (auto& [uri, file] : files) {
    LoadSettings(file);
    if (!client.pulls_diagnostics) file.due = host.NowMs();
  }
  if (client.pulls_diagnostics && client.refreshes_diagnostics)
    Ask("workspace/diagnostic/refresh", nullptr, [](State&, const Json&, bool) {});
  if (client.refreshes_hints)
    Ask("workspace/inlayHint/refresh", nullptr, [](State&, const Json&, bool) {});
  if (client.refreshes_lenses)
    Ask("workspace/codeLens/refresh", nullptr, [](State&, const Json&, bool) {});
}

}  // namespace asyncport::lsp
