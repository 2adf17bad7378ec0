// What services that run checks read: workflow commands of GitHub, JUnit, GitLab's code quality report.
#include <algorithm>
#include <array>
#include <set>

#include "diag/sinks/sinks.h"
#include "diag/sinks/texts.h"
#include "support/json_text.h"
#include "support/markup.h"

namespace asyncport::diag {
namespace {

// ---------------------------------------------------------------- GitHub

constexpr std::size_t kShownPerLevel = 10;  // of one step; more are dropped without a word

std::string_view Command(Level level) {
  constexpr std::string_view kNames[] = {"error", "warning", "notice", "notice"};
  return kNames[static_cast<std::size_t>(level)];
}

std::string GithubEscaped(std::string_view text, bool in_property) {
  std::string out;
  for (char c : text) {
    if (c == '%') {
      out += "%25";
    } else if (c == '\r') {
      out += "%0D";
    } else if (c == '\n') {
      out += "%0A";
    } else if (in_property && c == ':') {
      out += "%3A";
    } else if (in_property && c == ',') {
      out += "%2C";
    } else {
      out += c;
    }
  }
  return out;
}

// ---------------------------------------------------------------- XML

std::string Attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + EscapeAttribute(value) + "\"";
}

std::string_view GitlabSeverity(Level level) {
  constexpr std::string_view kNames[] = {"critical", "major", "minor", "info"};
  return kNames[static_cast<std::size_t>(level)];
}

}  // namespace

std::string RenderGithub(const Reports& reports, const SinkOptions& options) {
  struct Finding {
    const Report* report;
    const Diagnostic* diagnostic;
    Texts texts;
  };
  std::vector<Finding> findings;
  for (const Report& report : reports) {
    for (const Diagnostic& diagnostic : *report.diagnostics) {
      findings.push_back({&report, &diagnostic, FindTexts(diagnostic, options)});
    }
  }
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    return a.texts.level < b.texts.level;
  });
  std::string out;
  std::array<std::size_t, 4> shown{};
  std::size_t left = 0;
  for (const Finding& finding : findings) {
    const auto level = static_cast<std::size_t>(std::min(finding.texts.level, Level::kInfo));
    if (shown[level] == kShownPerLevel) {
      ++left;
      continue;
    }
    ++shown[level];
    const Source& source = *finding.report->source;
    const auto size = static_cast<std::uint32_t>(source.text().size());
    const LineColumn begin = source.Position(std::min(finding.diagnostic->span.begin, size));
    const LineColumn end = source.Position(std::min(finding.diagnostic->span.end, size));
    out += "::" + std::string(Command(finding.texts.level)) +
           " file=" + GithubEscaped(source.name(), true) + ",line=" + std::to_string(begin.line) +
           ",endLine=" + std::to_string(end.line);
    // Columns are read only where a finding keeps to one line.
    if (begin.line == end.line) {
      out += ",col=" + std::to_string(begin.column) + ",endColumn=" + std::to_string(end.column);
    }
    out += ",title=" + GithubEscaped(finding.diagnostic->id, true) +
           "::" + GithubEscaped(OneLine(finding.texts.message), false) + "\n";
  }
  if (left != 0) {
    out += "::notice title=asyncport::" + std::to_string(left) +
           " more; `asyncport check --format concise` lists them all\n";
  }
  return out;
}

std::string RenderJunit(const Reports& reports, const SinkOptions& options) {
  std::size_t tests = 0;
  std::size_t failures = 0;
  std::string suites;
  for (const Report& report : reports) {
    const std::size_t found = report.diagnostics->size();
    const std::size_t cases = std::max<std::size_t>(found, 1);
    tests += cases;
    failures += found;
    const std::string name = report.source->name();
    suites += "  <testsuite" + Attribute("name", name) + Attribute("tests", std::to_string(cases)) +
              Attribute("failures", std::to_string(found)) +
              " errors=\"0\" skipped=\"0\" time=\"0\">\n";
    if (found == 0)
      suites += "    <testcase" + Attribute("classname", name) + " name=\"check\" time=\"0\"/>\n";
    for (const Diagnostic& diagnostic : *report.diagnostics) {
      const Texts texts = FindTexts(diagnostic, options);
      const LineColumn at = report.source->Position(std::min(
          diagnostic.span.begin, static_cast<std::uint32_t>(report.source->text().size())));
      const std::string place = std::to_string(at.line) + ":" + std::to_string(at.column);
      suites += "    <testcase" + Attribute("classname", name) +
                Attribute("name", diagnostic.id + " at " + place) + " time=\"0\">\n      <failure" +
                Attribute("message", OneLine(texts.message)) +
                Attribute("type", std::string(Name(texts.level))) + ">" +
                EscapeAttribute(name + ":" + place) +
                (texts.help.empty() ? "" : EscapeAttribute("\nhelp: " + OneLine(texts.help))) +
                "</failure>\n    </testcase>\n";
    }
    suites += "  </testsuite>\n";
  }
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"asyncport\"" +
         Attribute("tests", std::to_string(tests)) +
         Attribute("failures", std::to_string(failures)) + " errors=\"0\" time=\"0\">\n" + suites +
         "</testsuites>\n";
}

std::string RenderGitlab(const Reports& reports, const SinkOptions& options) {
  std::string out = "[";
  Fingerprints fingerprints;
  for (const Report& report : reports) {
    for (const Diagnostic& diagnostic : *report.diagnostics) {
      const Texts texts = FindTexts(diagnostic, options);
      const auto size = static_cast<std::uint32_t>(report.source->text().size());
      out += out.size() == 1 ? "\n{\"description\":" : ",\n{\"description\":";
      AppendJsonString(out, OneLine(texts.message));
      out += ",\"check_name\":";
      AppendJsonString(out, diagnostic.id);
      out += ",\"fingerprint\":";
      AppendJsonString(out, fingerprints.Next(*report.source, diagnostic));
      out += ",\"severity\":";
      AppendJsonString(out, GitlabSeverity(texts.level));
      out += ",\"location\":{\"path\":";
      AppendJsonString(out, report.source->name());
      out += ",\"lines\":{\"begin\":" +
             std::to_string(report.source->Position(std::min(diagnostic.span.begin, size)).line) +
             ",\"end\":" +
             std::to_string(report.source->Position(std::min(diagnostic.span.end, size)).line) +
             "}}}";
    }
  }
  return out + (out.size() == 1 ? "]\n" : "\n]\n");
}

}  // namespace asyncport::diag
