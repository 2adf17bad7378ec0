// Diagnostics, pushed and pulled: the same list both ways.
#include <cstdio>
#include <string_view>

#include "diag/sinks/texts.h"
#include "lsp/features.h"
#include "support/stop.h"

namespace asyncport::lsp {
namespace {

// The protocol's tags: what may go (1, shown faded), what is outdated (2, struck through).
struct Tagged {
  std::string_view id;
  int tag;
};
constexpr Tagged kTags[] = {
    {"unused-ignore", 1},
    {"unnecessary-async", 1},
    {"useless-await", 1},
    {"get-event-loop", 2},
};

// Stays the same for the same diagnostics: 64-bit FNV-1a of what is sent.
std::string ResultId(const Json& items) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const char c : items.Text()) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3u;
  }
  char text[17];
  std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(hash));
  return text;
}

std::string_view FileName(std::string_view uri) { return uri.substr(uri.rfind('/') + 1); }

// What takes back the work at hand, for as long as this lives.
struct Working {
  Working(Host& host_in, const std::string& uri, const Json& token) : host(host_in) {
    host.StartWork(uri, token);
  }
  ~Working() { host.EndWork(); }
  Working(const Working&) = delete;
  Working& operator=(const Working&) = delete;
  Host& host;
};

}  // namespace

Json DiagnosticJson(State& state, OpenFile& file, const diag::Diagnostic& diagnostic) {
  const Client& client = state.client;
  const diag::SinkOptions options{.find = &diag::FindEntry, .to = Other(file.document.language())};
  const diag::Texts texts = diag::FindTexts(diagnostic, options);
  std::string message = texts.message;
  if (!texts.help.empty()) message += "\n" + texts.help;
  for (const std::string& note : diagnostic.notes) message += "\n" + note;
  Json out = Json::Object{
      {"range", ToJson(file.document.RangeOf(diagnostic.span, client.encoding))},
      {"severity", static_cast<int>(texts.level) + 1},
      {"code", diagnostic.id},
      {"source", "asyncport"},
      {"message", message},
  };
  if (client.code_description)
    out.Set("codeDescription", Json::Object{{"href", diag::PageUrl(diagnostic.id)}});
  if (client.tags) {
    for (const Tagged& row : kTags) {
      if (row.id == diagnostic.id) out.Set("tags", Json::Array{row.tag});
    }
  }
  if (client.related_information && !diagnostic.labels.empty()) {
    Json related;
    for (const diag::Label& label : diagnostic.labels) {
      const Range range = file.document.RangeOf(label.span, client.encoding);
      related.Push(Json::Object{
          {"location", Json::Object{{"uri", file.document.uri()}, {"range", ToJson(range)}}},
          {"message", label.text}});
    }
    out.Set("relatedInformation", std::move(related));
  }
  if (client.diagnostic_data) {
    Json fixes = Json::Array();
    for (const diag::Fix& fix : diagnostic.fixes) {
      fixes.Push(Json::Object{{"title", fix.title}, {"safety", diag::Name(fix.applicability)}});
    }
    out.Set("data", Json::Object{{"id", diagnostic.id}, {"fixes", std::move(fixes)}});
  }
  return out;
}

Json DiagnosticsJson(State& state, OpenFile& file, const std::vector<diag::Diagnostic>& list) {
  Json items = Json::Array();
  for (const diag::Diagnostic& diagnostic : list)
    items.Push(DiagnosticJson(state, file, diagnostic));
  return items;
}

void Publish(State& state, OpenFile& file) {
  file.due.reset();
  const OpenFile::Progress progress = file.progress;
  std::shared_ptr<const Checked> checked;
  const std::string& uri = file.document.uri();
  if (progress.is_made)
    BeginProgress(state, progress.token, "Checking " + std::string(FileName(uri)), true);
  try {
    const Working working(state.host, uri, progress.token);
    const StopScope scope(state.host.CancelFlag());
    checked = state.CheckedOf(file);
  } catch (const Stopped&) {
    // Nothing was checked.
  }
  if (progress.is_made) EndProgress(state, progress.token);
  if (!checked) {
    // Again later, unless what took it back says otherwise: a change that counts, or the client.
    file.due = state.host.NowMs() + state.editor.debounce_ms;
    return;
  }
  file.progress = {};
  Json params = Json::Object{{"uri", file.document.uri()},
                             {"diagnostics", DiagnosticsJson(state, file, checked->diagnostics)}};
  if (state.client.diagnostic_version) params.Set("version", file.document.version());
  state.Notify("textDocument/publishDiagnostics", std::move(params));
}

Answer PullDiagnostics(State& state, const Json& params) {
  OpenFile* file = state.Find(params["textDocument"]);
  if (file == nullptr) return NotOpen();
  const std::shared_ptr<const Checked> checked = state.CheckedOf(*file);
  if (!checked) return Failure{Code::kCancelled, "cancelled"};
  Json items = DiagnosticsJson(state, *file, checked->diagnostics);
  const std::string id = ResultId(items);
  if (params["previousResultId"].String() == id)
    return Json(Json::Object{{"kind", "unchanged"}, {"resultId", id}});
  return Json(Json::Object{{"kind", "full"}, {"resultId", id}, {"items", std::move(items)}});
}

}  // namespace asyncport::lsp
