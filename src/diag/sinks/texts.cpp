// Texts of a diagnostic, and what the text sinks show of a list.
#include "diag/sinks/texts.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <string_view>

#include "support/strings.h"
#include "support/width.h"

namespace asyncport::diag {
namespace {

constexpr std::uint32_t kMaxArgColumns = 72;

std::string Shorten(std::string text) {
  if (DisplayWidth(text) <= kMaxArgColumns) return text;
  std::size_t pos = 0;
  for (std::uint32_t columns = 0; columns < kMaxArgColumns - 3;)
    columns += CodePointWidth(NextCodePoint(text, pos));
  text.resize(pos);
  return text + "...";
}

Texts Fill(const Diagnostic& diagnostic, const std::vector<Arg>& args, const SinkOptions& options) {
  const Entry* entry = options.find(diagnostic.id);
  if (entry == nullptr) return {.title = {}, .message = diagnostic.id, .help = {}};
  bool own = options.to == Language::kJs && !entry->message_to_js.empty();
  return {entry->level, entry->klass, FormatMessage(entry->title, args),
          FormatMessage(own ? entry->message_to_js : entry->message, args),
          FormatMessage(entry->help, args)};
}

}  // namespace

Texts FindTexts(const Diagnostic& diagnostic, const SinkOptions& options) {
  return Fill(diagnostic, diagnostic.args, options);
}

Texts FindShortTexts(const Diagnostic& diagnostic, const SinkOptions& options) {
  std::vector<Arg> args = diagnostic.args;
  for (Arg& arg : args) arg.value = Shorten(OneLine(arg.value));
  return Fill(diagnostic, args, options);
}

std::string PageUrl(std::string_view id) {
  return std::string(kHome) + "rules/" + std::string(id);
}

Selection Select(const std::vector<Diagnostic>& diagnostics, const SinkOptions& options) {
  Selection selection;
  std::set<std::string_view> lessons;
  for (const Diagnostic& diagnostic : diagnostics) {
    const Entry* entry = options.find(diagnostic.id);
    Level level = entry == nullptr ? Level::kError : entry->level;
    bool lesson = !options.every && (level == Level::kInfo || level == Level::kHint);
    if (lesson && !lessons.insert(diagnostic.id).second) continue;
    if (!lesson || options.lessons) selection.shown.push_back(&diagnostic);
  }
  if (!options.lessons) selection.lessons_left = lessons.size();
  return selection;
}

std::string Fingerprints::Next(const Source& source, const Diagnostic& diagnostic) {
  constexpr std::uint64_t kBasis = 14695981039346656037u;
  constexpr std::uint64_t kPrime = 1099511628211u;
  const std::string_view line = Trim(source.Text(source.LineSpan(source.LineIndex(
      std::min<std::uint32_t>(diagnostic.span.begin, static_cast<std::uint32_t>(source.text().size()))))));
  std::string text = source.name() + '\0' + diagnostic.id + '\0' + std::string(line);
  text += '\0' + std::to_string(seen_[text]++);
  std::uint64_t hash = kBasis;
  for (char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * kPrime;
  std::string out;
  for (int shift = 60; shift >= 0; shift -= 4) out += "0123456789abcdef"[(hash >> shift) & 15];
  return out;
}

std::string EscapeOf(std::uint32_t c) {
  constexpr char kHex[] = "0123456789abcdef";
  if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return {'\\', 'x', kHex[c >> 4], kHex[c & 15]};
  bool bidirectional =
      (c >= 0x200E && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  bool separator = c == 0x2028 || c == 0x2029;
  if (!bidirectional && !separator) return {};
  return {'\\', 'u', kHex[c >> 12], kHex[(c >> 8) & 15], kHex[(c >> 4) & 15], kHex[c & 15]};
}

std::string OneLine(std::string_view text) {
  std::string out;
  for (std::size_t pos = 0; pos < text.size();) {
    std::uint32_t c = NextCodePoint(text, pos);
    if (c == '\n' || c == '\t') {
      while (!out.empty() && out.back() == ' ') out.pop_back();
      while (pos < text.size() && (text[pos] == ' ' || text[pos] == '\t' || text[pos] == '\n'))
        ++pos;
      out += ' ';
      continue;
    }
    std::string escape = EscapeOf(c);
    if (escape.empty()) {
      AppendUtf8(out, c);
    } else {
      out += escape;
    }
  }
  return out;
}

}  // namespace asyncport::diag
