// Texts with characters beyond U+FFFF: JavaScript counts each as two units, Python as one. Speaks where a file has such
// characters and counts in its texts; the length of a literal is known.
// Example: `"😀".length` -> `2`.
#include <algorithm>
#include <string_view>

#include "support/strings.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

constexpr std::uint32_t kFirstPair = 0x10000;

bool HasPairs(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (NextCodePoint(text, at) >= kFirstPair) return true;
  }
  return false;
}

long long CountUnits(std::string_view text) {
  long long units = 0;
  for (std::size_t at = 0; at < text.size();)
    units += NextCodePoint(text, at) >= kFirstPair ? 2 : 1;
  return units;
}

struct PairedTexts {
  explicit PairedTexts(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size() && !any; ++i) {
      auto text = c.As<String>(NodeId{i});
      any = text && HasPairs(text.value());
    }
  }
  bool any = false;
};

std::optional<NodeId> TranslateLength(Context& c, NodeId id) {
  auto attribute = c.As<Attribute>(id);
  static constexpr std::string_view kCounting[] = {
      "length",  "charAt",      "charCodeAt", "slice",    "substring", "substr",
      "indexOf", "lastIndexOf", "at",         "padStart", "padEnd"};
  bool counts = std::find(std::begin(kCounting), std::end(kCounting), attribute.name()) !=
                std::end(kCounting);
  if (!counts || !c.State<PairedTexts>().any) return std::nullopt;
  if (!c.facts().Only(attribute.object(), {TypeKind::kStr})) return std::nullopt;
  auto literal = c.As<String>(attribute.object());
  if (literal && !HasPairs(literal.value())) return std::nullopt;
  if (literal && attribute.name() == "length") return c.NewInt(CountUnits(literal.value()), id);
  c.SayOnce("utf16-length", id);
  return std::nullopt;
}

}  // namespace

void RegisterCodeUnits(Topics& t) {
  t.Claim(NodeKind::kAttribute, Order::kBeforeCards, &TranslateLength);
}

}  // namespace asyncport::translate::to_py
