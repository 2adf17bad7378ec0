// How the texts of a Python file may look: whether one may be an integer, which JavaScript's objects would sort before all
// other keys. Says too much rather than too little, but for texts that only callers outside of the file give.
// Example: the words of "a 10 b".split() may be integers, those of "a b".split() may not; neither may f"user-{i}".
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string>

#include "facts/infer.h"

namespace asyncport::facts {

using ir::NodeId;
using ir::NodeKind;

namespace {

constexpr std::uint32_t kAnyDigits = kDigitText | kIntegerText;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Functions whose texts are no integers, though they have digits.
constexpr std::string_view kWords[] = {
    "datetime.date#isoformat", "datetime.datetime#isoformat", "hashlib.sha256#hexdigest",
    "type#__name__",           "__name__",                    "__file__",
    "enum.Enum#name",          "bin",                         "oct",
};

// A pattern of `%` or `format` without its fields.
bool HasMoreThanFields(std::string_view pattern) {
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '{') {
      i = std::min(pattern.find('}', i), pattern.size());
    } else if (pattern[i] == '%') {
      i = std::min(pattern.find_first_of("sdifgeExXor", i), pattern.size());
    } else if (!IsDigit(pattern[i])) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::uint32_t Inference::LooksOf(std::string_view text) {
  if (text.empty()) return kEmptyText;
  if (std::none_of(text.begin(), text.end(), IsDigit)) return 0;
  const bool is_integer = std::all_of(text.begin(), text.end(), IsDigit) &&
                          (text.size() == 1 || text[0] != '0');
  return is_integer ? kAnyDigits : kDigitText;
}

std::uint32_t Inference::LooksOfSum(SetId left, SetId right) {
  const auto looks = [this](SetId set) { return set == kUnknownSet ? kTextLooks : lattice_.Looks(set); };
  const std::uint32_t a = looks(left);
  const std::uint32_t b = looks(right);
  std::uint32_t sum = ((a | b) & kDigitText) | (a & b & kEmptyText);
  const bool is_integer = (a & kIntegerText) != 0 ? (b & (kIntegerText | kEmptyText)) != 0
                                                  : (a & kEmptyText) != 0 && (b & kIntegerText) != 0;
  if (is_integer) sum |= kIntegerText;
  return sum;
}

// `str(value)`
std::uint32_t Inference::LooksOfStr(SetId value) {
  if (value == kUnknownSet) return kTextLooks;
  const std::uint32_t kinds = lattice_.Kinds(value);
  std::uint32_t looks = lattice_.Looks(value);
  if ((kinds & (Bit(TypeKind::kInt) | Bit(TypeKind::kBigInt))) != 0) looks |= kAnyDigits;
  if ((kinds & ~(kNullBits | Bit(TypeKind::kBool) | Bit(TypeKind::kStr))) != 0) looks |= kDigitText;
  return looks;
}

std::uint32_t Inference::LooksOfFormatted(NodeId node) {
  const ir::FormatValue formatted(tree_, node);
  const SetId value = Read(formatted.value());
  const std::uint32_t looks = LooksOfStr(value);
  const bool is_float = (lattice_.Kinds(value) & Bit(TypeKind::kFloat)) != 0;
  return formatted.spec() && is_float ? looks | kAnyDigits : looks;  // f"{2.0:.0f}"
}

std::uint32_t Inference::LooksOfTemplate(NodeId node) {
  std::uint32_t looks = kEmptyText;
  for (NodeId part : ir::Template(tree_, node).parts()) {
    const SetId value = Read(part);
    const std::uint32_t part_looks = LooksOfStr(value);
    looks = LooksOfSum(lattice_.OfText(looks), lattice_.OfText(part_looks));
  }
  return looks;
}

std::uint32_t Inference::LooksOfFormat(NodeId pattern, SetId value) {
  if (const auto text = ir::As<ir::String>(tree_, pattern)) {
    return HasMoreThanFields(tree_.text(pattern)) ? kDigitText : kTextLooks;
  }
  return (lattice_.Looks(value) & kDigitText) != 0 ? kTextLooks : kDigitText;
}

std::uint32_t Inference::LooksOfNumber(std::string_view text) const {
  if (is_js_) return 0;
  std::string digits(text);
  digits.erase(std::remove(digits.begin(), digits.end(), '_'), digits.end());
  const double value = std::strtod(digits.c_str(), nullptr);
  return value == std::floor(value) ? kWholeFloat : 0;
}

SetId Inference::FloatOf(SetId a, SetId b) {
  if (is_js_) return lattice_.Of(TypeKind::kFloat);
  // One side that is surely a float is enough.
  const auto strict = [this](SetId set) {
    return lattice_.OnlyKinds(set, Bit(TypeKind::kFloat)) && (lattice_.Looks(set) & kLooseFloat) == 0;
  };
  const std::uint32_t loose =
      strict(a) || strict(b) ? 0 : (lattice_.Looks(a) | lattice_.Looks(b)) & kLooseFloat;
  return lattice_.OfBits(Bit(TypeKind::kFloat) | kWholeFloat | loose);
}

// What a parameter is declared to be, looking like what callers give.
SetId Inference::WithLooks(SetId declared, SetId given) {
  given = Resolve(given);
  if (is_js_ || declared == kUnknownSet || declared == kNeverSet || given == kNeverSet) return declared;
  const auto looks_of = [this](SetId set) {
    return set == kUnknownSet ? kTextLooks | kFloatLooks : lattice_.Looks(set);
  };
  const auto with = [&](SetId plain, SetId like) {
    std::uint32_t bits = 0;
    const std::uint32_t looks = looks_of(like);
    if ((lattice_.Bits(plain) & Bit(TypeKind::kStr)) != 0) bits |= looks & kTextLooks;
    if ((lattice_.Bits(plain) & Bit(TypeKind::kFloat)) != 0) {
      bits |= looks & kFloatLooks;
      const bool may_be_int = (lattice_.Kinds(like) & kIntBits) != 0;
      if (may_be_int) bits |= kWholeFloat | kLooseFloat;
    }
    if (bits == 0) return plain;
    const std::uint32_t kinds = lattice_.Bits(plain) & (Bit(TypeKind::kStr) | Bit(TypeKind::kFloat));
    return lattice_.Join(plain, lattice_.OfBits(kinds | bits));
  };
  const std::vector<SiteId> sites = lattice_.Sites(declared);
  for (SiteId id : sites) {
    const TypeKind kind = lattice_.site(id).kind;
    if (kind == TypeKind::kInstance || kind == TypeKind::kFunction || kind == TypeKind::kClass) continue;
    const SetId items = lattice_.Value(lattice_.Element(id));
    if (kind == TypeKind::kDict || kind == TypeKind::kMap) {
      const SetId keys = lattice_.Value(lattice_.Key(id));
      lattice_.Add(lattice_.Key(id), with(keys, KeysOf(given)));
      lattice_.Add(lattice_.Element(id), with(items, ValuesOf(given)));
    } else {
      lattice_.Add(lattice_.Element(id), with(items, ElementOf(given, false)));
    }
  }
  return with(declared, given);
}

std::uint32_t Inference::LooksOfResult(const LibraryEntry& entry, SetId self, const Args& args, NodeId at) {
  if (std::find(std::begin(kWords), std::end(kWords), entry.name) != std::end(kWords)) return kDigitText;
  if (entry.name == "str" || entry.name == "repr") {
    return args.positional.empty() ? kEmptyText : LooksOfStr(Resolve(args.positional[0]));
  }
  if (!entry.name.starts_with("str#")) return kAnyDigits;
  if (entry.name.starts_with("str#format")) {
    const auto call = ir::As<ir::Call>(tree_, at);
    const auto method = call ? ir::As<ir::Attribute>(tree_, call.callee()) : ir::Attribute();
    return method ? LooksOfFormat(method.object(), self) : kTextLooks;
  }
  std::uint32_t looks = self == kUnknownSet ? kTextLooks : lattice_.Looks(Resolve(self));
  for (SetId arg : args.positional) {
    const SetId given = Resolve(arg);
    looks |= lattice_.Looks(lattice_.Join(given, ElementOf(given, false)));
  }
  if (entry.name == "str#join") {
    const bool separated = self != kUnknownSet && (lattice_.Looks(Resolve(self)) & kTextLooks) == 0;
    return separated ? looks & kDigitText : (looks & kDigitText) != 0 ? kAnyDigits : looks;
  }
  return (looks & kAnyDigits) != 0 ? looks | kAnyDigits : looks;
}

SetId Inference::PartOfText(SetId set) {
  if (set == kUnknownSet) return lattice_.OfText(is_js_ ? 0 : kAnyDigits);
  const std::uint32_t kinds = lattice_.Kinds(set);
  if ((kinds & Bit(TypeKind::kMatch)) != 0) return lattice_.OfText(is_js_ ? 0 : kAnyDigits);
  if ((kinds & Bit(TypeKind::kStr)) == 0) return kNeverSet;
  const std::uint32_t looks = lattice_.Looks(set);
  return lattice_.OfText((looks & kAnyDigits) != 0 ? looks | kAnyDigits : looks);
}

}  // namespace asyncport::facts
