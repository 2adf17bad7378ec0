// SARIF 2.1.0 as GitHub's code scanning takes it. Columns are counted in code points, and the document says so.
#include <algorithm>
#include <map>

#include "diag/sinks/sinks.h"
#include "diag/sinks/texts.h"
#include "generated/version.h"
#include "support/json_text.h"

namespace asyncport::diag {
namespace {

constexpr std::string_view kHead =
    "{\"$schema\":\"https://raw.githubusercontent.com/oasis-tcs/sarif-spec/master/Schemata/"
    "sarif-schema-2.1.0.json\",\n\"version\":\"2.1.0\",\n\"runs\":[{\n";
// Readers of SARIF want one. There is no site: a name that is reserved for examples leads nobody astray.

std::string_view SarifLevel(Level level) {
  constexpr std::string_view kNames[] = {"error", "warning", "note", "note"};
  return kNames[static_cast<std::size_t>(level)];
}

// What GitHub sorts by.
std::string_view Severity(Level level) {
  constexpr std::string_view kNames[] = {"error", "warning", "recommendation", "recommendation"};
  return kNames[static_cast<std::size_t>(level)];
}

std::string Quoted(std::string_view text) {
  std::string out;
  AppendJsonString(out, text);
  return out;
}

// Empty strings are refused by readers; each text ends as a sentence.
std::string Sentence(std::string text, std::string_view otherwise) {
  if (text.empty()) text = otherwise;
  if (text.back() != '.' && text.back() != '!' && text.back() != '?') text += '.';
  return text;
}

// "blocking-sleep" -> "BlockingSleep".
std::string PascalCase(std::string_view id) {
  std::string out;
  bool upper = true;
  for (char c : id) {
    if (c == '-') {
      upper = true;
      continue;
    }
    out += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    upper = false;
  }
  return out;
}

std::string Region(const Source& source, Span span, bool with_snippet) {
  const auto size = static_cast<std::uint32_t>(source.text().size());
  span = {std::min(span.begin, size), std::min(std::max(span.begin, span.end), size)};
  const LineColumn begin = source.Position(span.begin);
  const LineColumn end = source.Position(span.end);
  std::string out = "{\"startLine\":" + std::to_string(begin.line) +
                    ",\"startColumn\":" + std::to_string(begin.column) +
                    ",\"endLine\":" + std::to_string(end.line) +
                    ",\"endColumn\":" + std::to_string(end.column);
  if (with_snippet && !span.empty())
    out += ",\"snippet\":{\"text\":" + Quoted(source.Text(span)) + "}";
  return out + "}";
}

// The lines around, which viewers show.
std::string Context(const Source& source, Span span) {
  const auto size = static_cast<std::uint32_t>(source.text().size());
  const std::uint32_t first = source.LineIndex(std::min(span.begin, size));
  const std::uint32_t last = source.LineIndex(std::min(std::max(span.begin, span.end), size));
  const Span around{source.LineSpan(first == 0 ? 0 : first - 1).begin,
                    source.LineSpan(std::min(last + 1, source.line_count() - 1)).end};
  return Region(source, around, true);
}

// A path becomes a URI.
std::string Uri(std::string_view path) {
  std::string out;
  if (path.starts_with("./")) path.remove_prefix(2);
  for (char c : path) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~/@+,").find(c) != std::string_view::npos;
    if (plain) {
      out += c;
    } else {
      out += '%';
      out += "0123456789ABCDEF"[static_cast<unsigned char>(c) >> 4];
      out += "0123456789ABCDEF"[static_cast<unsigned char>(c) & 15];
    }
  }
  return out.empty() ? "stdin" : out;
}

std::string Location(const Source& source, Span span) {
  const std::string uri = Uri(source.name());
  std::string out = "{\"physicalLocation\":{\"artifactLocation\":{\"uri\":" +
                    Quoted(uri.starts_with("/") ? "file://" + uri : uri);
  if (!uri.starts_with("/")) out += ",\"uriBaseId\":\"SRCROOT\"";
  return out + "},\"region\":" + Region(source, span, true) +
         ",\"contextRegion\":" + Context(source, span) + "}}";
}

std::string Rule(const std::string& id, const SinkOptions& options) {
  Diagnostic plain;
  plain.id = id;
  const Texts texts = FindTexts(plain, options);
  std::string message = texts.message;
  // The places of a message that depend on the finding say nothing here.
  std::erase_if(message, [](char c) { return c == '{' || c == '}'; });
  const std::string help =
      Sentence(texts.help.empty() ? "`asyncport explain " + id + "` has the page" : texts.help, "");
  std::string out = "{\"id\":" + Quoted(id) + ",\"name\":" + Quoted(PascalCase(id));
  out += ",\"shortDescription\":{\"text\":" + Quoted(Sentence(texts.title, id)) + "}";
  out += ",\"fullDescription\":{\"text\":" + Quoted(Sentence(message, id)) + "}";
  out += ",\"help\":{\"text\":" + Quoted(help) + ",\"markdown\":" + Quoted(help) + "}";
  out += ",\"messageStrings\":{\"default\":{\"text\":\"{0}.\"}}";
  out += ",\"defaultConfiguration\":{\"level\":" + Quoted(SarifLevel(texts.level)) + "}";
  out += ",\"properties\":{\"tags\":[\"async\"," + Quoted(Name(texts.klass)) +
         "],\"precision\":\"high\"";
  return out + ",\"problem.severity\":" + Quoted(Severity(texts.level)) + "}}";
}

std::string FixesOf(const Source& source, const Diagnostic& diagnostic) {
  if (diagnostic.fixes.empty()) return {};
  const std::string uri = Uri(source.name());
  std::string out = ",\"fixes\":[";
  for (const Fix& fix : diagnostic.fixes) {
    if (&fix != &diagnostic.fixes.front()) out += ",";
    out += "{\"description\":{\"text\":" + Quoted(Sentence(fix.title, "Fix")) +
           "},\"artifactChanges\":[{\"artifactLocation\":{\"uri\":" +
           Quoted(uri.starts_with("/") ? "file://" + uri : uri);
    if (!uri.starts_with("/")) out += ",\"uriBaseId\":\"SRCROOT\"";
    out += "},\"replacements\":[";
    for (const Edit& edit : fix.edits) {
      if (&edit != &fix.edits.front()) out += ",";
      out += "{\"deletedRegion\":" + Region(source, edit.span, false) +
             ",\"insertedContent\":{\"text\":" + Quoted(edit.text) + "}}";
    }
    out += "]}]}";
  }
  return out + "]";
}

}  // namespace

std::string RenderSarif(const Reports& reports, const SinkOptions& options) {
  std::map<std::string, std::size_t> rules;
  for (const Report& report : reports) {
    for (const Diagnostic& diagnostic : *report.diagnostics) rules[diagnostic.id] = 0;
  }
  std::size_t index = 0;
  for (auto& [id, number] : rules) number = index++;

  std::string out(kHead);
  out += "\"tool\":{\"driver\":{\"name\":\"asyncport\",\"organization\":\"asyncport\",";
  out += "\"fullName\":\"asyncport " ASYNCPORT_VERSION "\",\"version\":\"" ASYNCPORT_VERSION
         "\",\"semanticVersion\":\"" ASYNCPORT_VERSION "\",\"informationUri\":" +
         Quoted(kHome) + ",\"rules\":[";
  for (const auto& [id, number] : rules) out += (number == 0 ? "\n" : ",\n") + Rule(id, options);
  out +=
      "]}},\n\"columnKind\":\"unicodeCodePoints\",\n\"automationDetails\":{\"id\":\"asyncport/check/\"},\n";
  out +=
      "\"originalUriBaseIds\":{\"SRCROOT\":{\"description\":{\"text\":\"The folder that was checked.\"}}},\n";
  out += "\"results\":[";
  Fingerprints fingerprints;
  bool first = true;
  for (const Report& report : reports) {
    for (const Diagnostic& diagnostic : *report.diagnostics) {
      const Texts texts = FindTexts(diagnostic, options);
      out += first ? "\n" : ",\n";
      first = false;
      out += "{\"ruleId\":" + Quoted(diagnostic.id) +
             ",\"ruleIndex\":" + std::to_string(rules[diagnostic.id]);
      out += ",\"level\":" + Quoted(SarifLevel(texts.level));
      // A message is looked up in its rule, so that readers can tell what varies.
      const std::string sentence = Sentence(texts.message, diagnostic.id);
      out += ",\"message\":{\"id\":\"default\",\"arguments\":[" +
             Quoted(std::string_view(sentence).substr(0, sentence.size() - 1)) +
             "],\"text\":" + Quoted(sentence) + "}";
      out += ",\"locations\":[" + Location(*report.source, diagnostic.span) + "]";
      if (!diagnostic.labels.empty()) {
        out += ",\"relatedLocations\":[";
        for (std::size_t i = 0; i < diagnostic.labels.size(); ++i) {
          std::string location = Location(*report.source, diagnostic.labels[i].span);
          location.insert(1, "\"id\":" + std::to_string(i + 1) + ",\"message\":{\"text\":" +
                                 Quoted(Sentence(diagnostic.labels[i].text, "Here")) + "},");
          out += (i == 0 ? "" : ",") + location;
        }
        out += "]";
      }
      out += ",\"partialFingerprints\":{\"primaryLocationLineHash\":" +
             Quoted(fingerprints.Next(*report.source, diagnostic) + ":1") + "}";
      out += FixesOf(*report.source, diagnostic) + "}";
    }
  }
  return out + (first ? "]\n}]}\n" : "\n]\n}]}\n");
}

}  // namespace asyncport::diag
