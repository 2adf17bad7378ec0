// Look-up in the tables, and the parser of signatures.
#include "facts/library.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "facts/lattice.h"

namespace asyncport::facts {

namespace {

struct Index {
  explicit Index(std::initializer_list<std::span<const LibraryEntry>> tables) {
    for (std::span<const LibraryEntry> table : tables) Add(table);
  }
  void Add(std::span<const LibraryEntry> table) {
    for (const LibraryEntry& entry : table) {
      entries.emplace(entry.name, &entry);
      // "os.path.join": "os.path" and "os" are namespaces. Dots after '#' do not occur.
      if (entry.name.find('#') != std::string_view::npos) continue;
      for (std::size_t dot = entry.name.rfind('.'); dot != std::string_view::npos && dot != 0;
           dot = entry.name.rfind('.', dot - 1)) {
        if (!namespaces.insert(entry.name.substr(0, dot)).second) break;
      }
    }
  }
  std::unordered_map<std::string_view, const LibraryEntry*> entries;
  std::unordered_set<std::string_view> namespaces;
};

const Index& IndexOf(Language language) {
  static const Index js({JsLibrary()});
  static const Index py({PyLibrary(), PyAsyncLibrary(), PyTextLibrary()});
  return language == Language::kJs ? js : py;
}

struct Word {
  std::string_view text;
  std::uint32_t bits;
};
constexpr Word kPrimitives[] = {
    {"never", 0},
    {"null", Bit(TypeKind::kNull)},
    {"undefined", Bit(TypeKind::kUndefined)},
    {"bool", Bit(TypeKind::kBool)},
    {"int", Bit(TypeKind::kInt)},
    {"float", Bit(TypeKind::kFloat)},
    {"number", Bit(TypeKind::kInt) | Bit(TypeKind::kFloat)},
    {"bigint", Bit(TypeKind::kBigInt)},
    {"str", Bit(TypeKind::kStr)},
    {"bytes", Bit(TypeKind::kBytes)},
    {"regex", Bit(TypeKind::kRegex)},
    {"match", Bit(TypeKind::kMatch)},
    {"date", Bit(TypeKind::kDate)},
};

struct MakeWord {
  std::string_view text;
  TypeKind kind;
};
constexpr MakeWord kMakers[] = {
    {"list", TypeKind::kList},
    {"tuple", TypeKind::kTuple},
    {"set", TypeKind::kSet},
    {"dict", TypeKind::kDict},
    {"map", TypeKind::kMap},
    {"promise", TypeKind::kPromise},
    {"coroutine", TypeKind::kCoroutine},
    {"iter", TypeKind::kIterator},
    {"aiter", TypeKind::kAsyncIterator},
};

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  std::optional<Signature> Run() {
    if (Eat("=")) {
      out_.form = SignatureForm::kValue;
    } else if (Eat("class ")) {
      out_.form = SignatureForm::kClass;
    }
    const auto result = Union();
    if (!result) return std::nullopt;
    out_.result = *result;
    while (Eat(";")) {
      if (!ParseEffect()) return std::nullopt;
    }
    if (!text_.empty()) return std::nullopt;
    return std::move(out_);
  }

 private:
  using Id = std::optional<std::uint32_t>;

  void Blanks() {
    while (!text_.empty() && text_[0] == ' ') text_.remove_prefix(1);
  }
  bool Eat(std::string_view token) {
    Blanks();
    if (!text_.starts_with(token)) return false;
    text_.remove_prefix(token.size());
    return true;
  }
  std::string_view Identifier() {
    Blanks();
    std::size_t n = 0;
    while (n < text_.size() &&
           (std::isalnum(static_cast<unsigned char>(text_[n])) != 0 || text_[n] == '_'))
      ++n;
    const std::string_view word = text_.substr(0, n);
    text_.remove_prefix(n);
    return word;
  }
  std::uint32_t New(Term term) {
    out_.terms.push_back(std::move(term));
    return static_cast<std::uint32_t>(out_.terms.size() - 1);
  }
  static Term Op(TermOp op) {
    Term term;
    term.op = op;
    return term;
  }
  bool Kids(std::vector<std::uint32_t>& kids, std::string_view close) {
    if (Eat(close)) return true;
    do {
      const Id kid = Union();
      if (!kid) return false;
      kids.push_back(*kid);
    } while (Eat(","));
    return Eat(close);
  }
  // NAME) with anything but ')' in it
  std::string_view NameInParentheses() {
    const std::size_t close = text_.find(')');
    if (close == std::string_view::npos) return {};
    const std::string_view name = text_.substr(0, close);
    text_.remove_prefix(close + 1);
    return name;
  }

  Id Union() {
    std::vector<std::uint32_t> parts;
    do {
      const Id part = Projected();
      if (!part) return std::nullopt;
      parts.push_back(*part);
    } while (Eat("|"));
    if (parts.size() == 1) return parts[0];
    Term term = Op(TermOp::kUnion);
    term.kids = std::move(parts);
    return New(std::move(term));
  }

  Id Projected() {
    Id base = Base();
    while (base && Eat(".")) {
      const std::string_view word = Identifier();
      Term term;
      term.kids = {*base};
      if (word == "elem") {
        term.op = TermOp::kElement;
      } else if (word == "key") {
        term.op = TermOp::kKey;
      } else if (word == "value") {
        term.op = TermOp::kValue;
      } else if (word == "await") {
        term.op = TermOp::kAwait;
      } else if (word == "ret") {
        term.op = TermOp::kResult;
      } else if (word == "nonnull") {
        term.op = TermOp::kNonNull;
      } else if (word == "fields") {
        term.op = TermOp::kFields;
      } else if (word.size() == 3 && word.starts_with("at")) {
        term.op = TermOp::kAt;
        term.arg = static_cast<std::uint32_t>(word[2] - '0');
      } else {
        return std::nullopt;
      }
      base = New(std::move(term));
    }
    return base;
  }

  Id Base() {
    if (Eat("{")) {
      Term term = Op(TermOp::kRecord);
      do {
        term.names.push_back(Identifier());
        if (!Eat(":")) return std::nullopt;
        const Id value = Union();
        if (!value) return std::nullopt;
        term.kids.push_back(*value);
      } while (Eat(","));
      return Eat("}") ? Id(New(std::move(term))) : std::nullopt;
    }
    const std::string_view word = Identifier();
    if (word.empty()) return std::nullopt;
    if (word.size() == 1 && word[0] >= '0' && word[0] <= '9') return Numbered(TermOp::kArg, word);
    if (word.size() == 4 && word.starts_with("ret")) return Numbered(TermOp::kReturn, word);
    if (word == "ret" && Eat(":")) return Named(TermOp::kReturnKeyword);
    if (word == "kw" && Eat(":")) return Named(TermOp::kKeyword);
    if (word.size() == 3 && word.starts_with("if") && Eat("(")) {
      Term term = Op(TermOp::kIfArg);
      term.arg = static_cast<std::uint32_t>(word[2] - '0');
      if (!Kids(term.kids, ")") || term.kids.size() != 2) return std::nullopt;
      return New(std::move(term));
    }
    if (word == "ifkey" && Eat("(")) {
      Term term = Op(TermOp::kIfKey);
      if (!Kids(term.kids, ")") || term.kids.size() != 2) return std::nullopt;
      return New(std::move(term));
    }
    if (word == "ifglobal" && Eat("(")) {
      Term term = Op(TermOp::kIfGlobal);
      if (!Kids(term.kids, ")") || term.kids.size() != 2) return std::nullopt;
      return New(std::move(term));
    }
    if (word == "self") return New(Op(TermOp::kSelf));
    if (word == "args") return New(Op(TermOp::kArgs));
    if (word == "unknown") return New(Op(TermOp::kUnknown));
    if (word == "error") return New(Op(TermOp::kError));
    if (word == "gatherargs") return New(Op(TermOp::kGatherArgs));
    if (word == "gather" && Eat("(")) {
      Term term = Op(TermOp::kGather);
      if (!Kids(term.kids, ")") || term.kids.size() != 1) return std::nullopt;
      return New(std::move(term));
    }
    if (word == "fn" && Eat("<")) {
      Term term = Op(TermOp::kFunctionOf);
      if (!Kids(term.kids, ">") || term.kids.size() != 1) return std::nullopt;
      return New(std::move(term));
    }
    if (word == "inst" || word == "fn" || word == "module") {
      if (!Eat("(")) return std::nullopt;
      Term term = Op(word == "inst" ? TermOp::kInstance
                     : word == "fn" ? TermOp::kNamedFunction
                                    : TermOp::kModule);
      term.name = NameInParentheses();
      if (term.name.empty()) return std::nullopt;
      if (word == "inst" && Eat("<") && !Kids(term.kids, ">")) return std::nullopt;
      return New(std::move(term));
    }
    for (const MakeWord& maker : kMakers) {
      if (word != maker.text) continue;
      Term term = Op(TermOp::kMake);
      term.kind = maker.kind;
      if (Eat("<") && !Kids(term.kids, ">")) return std::nullopt;
      return New(std::move(term));
    }
    for (const Word& primitive : kPrimitives) {
      if (word != primitive.text) continue;
      Term term = Op(TermOp::kBits);
      term.bits = primitive.bits;
      return New(std::move(term));
    }
    return std::nullopt;
  }

  Id Numbered(TermOp op, std::string_view word) {
    Term term = Op(op);
    term.arg = static_cast<std::uint32_t>(word.back() - '0');
    return New(std::move(term));
  }
  Id Named(TermOp op) {
    Term term = Op(op);
    term.name = Identifier();
    return term.name.empty() ? std::nullopt : Id(New(std::move(term)));
  }

  bool ParseEffect() {
    std::string_view word = Identifier();
    Effect effect;
    if (!word.empty() && word.back() >= '0' && word.back() <= '9') {
      effect.arg = static_cast<std::uint32_t>(word.back() - '0');
      effect.on_argument = true;
      word.remove_suffix(1);
    }
    if (word == "call") {
      effect.op = EffectOp::kCall;
      if (Eat(":")) {
        effect.op = EffectOp::kCallKeyword;
        effect.name = Identifier();
      }
    } else if (word == "push") {
      effect.op = EffectOp::kPush;
    } else if (word == "put") {
      effect.op = EffectOp::kPut;
    } else if (word == "merge") {
      effect.op = EffectOp::kMerge;
    } else if (word == "shuffle") {
      effect.op = EffectOp::kShuffle;
      out_.effects.push_back(std::move(effect));
      return true;
    } else {
      return false;
    }
    if (!Eat("(") || !Kids(effect.kids, ")")) return false;
    out_.effects.push_back(std::move(effect));
    return true;
  }

  std::string_view text_;
  Signature out_;
};

}  // namespace

const LibraryEntry* FindLibrary(Language language, std::string_view name) {
  const auto& entries = IndexOf(language).entries;
  const auto it = entries.find(name);
  return it == entries.end() ? nullptr : it->second;
}

bool IsLibraryNamespace(Language language, std::string_view path) {
  return IndexOf(language).namespaces.count(path) != 0;
}

bool IsErrorName(std::string_view name) {
  name.remove_prefix(std::min(name.size(), name.rfind('.') + 1));
  constexpr std::array<std::string_view, 8> kOthers = {
      "BaseException", "DOMException",       "KeyboardInterrupt", "SystemExit",
      "StopIteration", "StopAsyncIteration", "ExceptionGroup",    "BaseExceptionGroup"};
  return name.ends_with("Error") || name.ends_with("Exception") ||
         std::find(kOthers.begin(), kOthers.end(), name) != kOthers.end();
}

std::string_view LibraryBase(Language language, std::string_view name) {
  const std::string_view root = language == Language::kJs ? "Error" : "BaseException";
  if (name != root && IsErrorName(name)) return root;
  if (name == "asyncio.Task") return "asyncio.Future";
  if (name == "asyncio.PriorityQueue" || name == "asyncio.LifoQueue") return "asyncio.Queue";
  if (name == "asyncio.BoundedSemaphore") return "asyncio.Semaphore";
  if (language == Language::kJs) {
    if (name.starts_with("node:stream.") || name.starts_with("node:net.") ||
        name.starts_with("node:http.") || name.starts_with("node:child_process.")) {
      return "node:events.EventEmitter";
    }
    if (name == "node:events") return "node:events.EventEmitter";  // `require("events")`
    if (name == "AbortSignal") return "EventTarget";
  }
  return {};
}

bool IsLibrarySubclass(Language language, std::string_view derived, std::string_view base) {
  if (derived == base) return true;
  if (IsErrorName(derived)) {
    if (language == Language::kJs) return base == "Error";
    return base == "BaseException" || (base == "Exception" && derived != "BaseException");
  }
  return LibraryBase(language, derived) == base;
}

std::string_view LibraryTypeName(Language language, TypeKind kind) {
  const bool is_js = language == Language::kJs;
  switch (kind) {
    case TypeKind::kBool:
      return is_js ? "Boolean" : "bool";
    case TypeKind::kInt:
      return is_js ? "Number" : "int";
    case TypeKind::kFloat:
      return is_js ? "Number" : "float";
    case TypeKind::kBigInt:
      return "BigInt";
    case TypeKind::kStr:
      return is_js ? "String" : "str";
    case TypeKind::kBytes:
      return is_js ? "Buffer" : "bytes";
    case TypeKind::kList:
      return is_js ? "Array" : "list";
    case TypeKind::kTuple:
      return is_js ? "Array" : "tuple";
    case TypeKind::kSet:
      return is_js ? "Set" : "set";
    case TypeKind::kDict:
      return is_js ? "Object" : "dict";
    case TypeKind::kMap:
      return "Map";
    case TypeKind::kFunction:
      return is_js ? "Function" : "function";
    case TypeKind::kPromise:
      return is_js ? "Promise" : "asyncio.Task";
    case TypeKind::kCoroutine:
      return "coroutine";
    case TypeKind::kIterator:
      return is_js ? "Iterator" : "generator";
    case TypeKind::kAsyncIterator:
      return is_js ? "AsyncIterator" : "async_generator";
    case TypeKind::kRegex:
      return is_js ? "RegExp" : "re.Pattern";
    case TypeKind::kMatch:
      return is_js ? "Match" : "re.Match";
    case TypeKind::kDate:
      return is_js ? "Date" : "datetime.datetime";
    default:
      return {};
  }
}

Signature ParseSignature(std::string_view text) {
  auto parsed = Parser(text).Run();
  return parsed ? std::move(*parsed) : Signature{};
}

}  // namespace asyncport::facts
