// SARIF 2.1.0: a rule a criterion, a result a comment.
#include <algorithm>

#include "generated/version.h"
#include "grade/reports/reports.h"

namespace asyncport::grade {
namespace {

std::string Uri(std::string_view path) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  while (path.starts_with("/")) path.remove_prefix(1);
  for (char c : path) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~/").find(c) != std::string_view::npos;
    if (plain) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += '%';
      out += kDigits[byte >> 4];
      out += kDigits[byte & 15];
    }
  }
  return out.empty() ? "stdin" : out;
}

std::string Fingerprint(const std::string& text) {
  std::uint64_t hash = 1469598103934665603u;
  for (char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  return std::to_string(hash) + ":1";
}

}  // namespace

std::string RenderSarif(const Exercise& exercise, const Verdicts& verdicts) {
  std::string rules;
  for (const Criterion& criterion : exercise.criteria) {
    rules +=
        (rules.empty() ? "" : ",") + std::string("{\"id\":") +
        Json(exercise.id + "/" + criterion.id) +
        ",\"shortDescription\":{\"text\":" + Json(criterion.text + ".") +
        "},\"fullDescription\":{\"text\":" + Json(criterion.text + ".") +
        "},\"help\":{\"text\":" + Json(exercise.title + ": " + criterion.text + ".") +
        "},\"defaultConfiguration\":{\"level\":\"warning\"},\"properties\":{\"tags\":[\"exercise\"],\"precision\":\"high\",\"problem.severity\":\"warning\"}}";
  }
  std::string results;
  std::string notes;
  for (const Verdict& verdict : verdicts) {
    if (!verdict.error.empty()) {
      notes += (notes.empty() ? "" : ",") +
               std::string("{\"level\":\"error\",\"message\":{\"text\":") +
               Json(verdict.submission + ": " + verdict.error) + "}}";
    }
    for (std::size_t i = 0; i < verdict.criteria.size(); ++i) {
      for (const Comment& comment : verdict.criteria[i].feedback) {
        const std::uint32_t line = std::max(1u, comment.line);
        const std::uint32_t column = std::max(1u, comment.column);
        results +=
            (results.empty() ? "" : ",") + std::string("{\"ruleId\":") +
            Json(exercise.id + "/" + verdict.criteria[i].id) +
            ",\"ruleIndex\":" + std::to_string(i) + ",\"level\":\"" +
            (comment.type == CommentType::kEssential ? "warning" : "note") +
            "\",\"message\":{\"text\":" + Json(comment.message) +
            "},\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":" +
            Json(Uri(verdict.submission)) + "},\"region\":{\"startLine\":" + std::to_string(line) +
            ",\"startColumn\":" + std::to_string(column) +
            ",\"endLine\":" + std::to_string(std::max(line, comment.end_line)) + ",\"endColumn\":" +
            std::to_string(comment.end_line > line ? std::max(1u, comment.end_column)
                                                   : std::max(column, comment.end_column)) +
            "}}}],\"partialFingerprints\":{\"primaryLocationLineHash\":" +
            Json(Fingerprint(verdict.submission + comment.id + comment.message)) + "}}";
      }
    }
  }
  return "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"asyncport grade\","
         "\"informationUri\":\"https://github.com/asyncport/asyncport\",\"semanticVersion\":\"" ASYNCPORT_VERSION
         "\",\"rules\":[" +
         rules + "]}},\"automationDetails\":{\"id\":" + Json("asyncport-grade/" + exercise.id) +
         "},\"columnKind\":\"unicodeCodePoints\",\"invocations\":[{\"executionSuccessful\":" +
         (notes.empty() ? "true" : "false") + ",\"toolExecutionNotifications\":[" + notes +
         "]}],\"results\":[" + results + "]}]}\n";
}

}  // namespace asyncport::grade
