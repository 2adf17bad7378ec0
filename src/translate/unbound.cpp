// Two passes over the translated tree: what is bound, then what is read. What the source left free too is left alone.
#include "translate/unbound.h"

#include <cctype>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "ir/views.h"

namespace asyncport::translate {

using namespace ir;

namespace {

// Every name that CPython 3.11 or Node 20 gives to a module before it runs.
bool IsGiven(Language language, std::string_view name) {
  static const std::unordered_set<std::string_view> kPython = {"ArithmeticError",
                                                               "AssertionError",
                                                               "AttributeError",
                                                               "BaseException",
                                                               "BaseExceptionGroup",
                                                               "BlockingIOError",
                                                               "BrokenPipeError",
                                                               "BufferError",
                                                               "BytesWarning",
                                                               "ChildProcessError",
                                                               "ConnectionAbortedError",
                                                               "ConnectionError",
                                                               "ConnectionRefusedError",
                                                               "ConnectionResetError",
                                                               "DeprecationWarning",
                                                               "EOFError",
                                                               "Ellipsis",
                                                               "EncodingWarning",
                                                               "EnvironmentError",
                                                               "Exception",
                                                               "ExceptionGroup",
                                                               "False",
                                                               "FileExistsError",
                                                               "FileNotFoundError",
                                                               "FloatingPointError",
                                                               "FutureWarning",
                                                               "GeneratorExit",
                                                               "IOError",
                                                               "ImportError",
                                                               "ImportWarning",
                                                               "IndentationError",
                                                               "IndexError",
                                                               "InterruptedError",
                                                               "IsADirectoryError",
                                                               "KeyError",
                                                               "KeyboardInterrupt",
                                                               "LookupError",
                                                               "MemoryError",
                                                               "ModuleNotFoundError",
                                                               "NameError",
                                                               "None",
                                                               "NotADirectoryError",
                                                               "NotImplemented",
                                                               "NotImplementedError",
                                                               "OSError",
                                                               "OverflowError",
                                                               "PendingDeprecationWarning",
                                                               "PermissionError",
                                                               "ProcessLookupError",
                                                               "RecursionError",
                                                               "ReferenceError",
                                                               "ResourceWarning",
                                                               "RuntimeError",
                                                               "RuntimeWarning",
                                                               "StopAsyncIteration",
                                                               "StopIteration",
                                                               "SyntaxError",
                                                               "SyntaxWarning",
                                                               "SystemError",
                                                               "SystemExit",
                                                               "TabError",
                                                               "TimeoutError",
                                                               "True",
                                                               "TypeError",
                                                               "UnboundLocalError",
                                                               "UnicodeDecodeError",
                                                               "UnicodeEncodeError",
                                                               "UnicodeError",
                                                               "UnicodeTranslateError",
                                                               "UnicodeWarning",
                                                               "UserWarning",
                                                               "ValueError",
                                                               "Warning",
                                                               "ZeroDivisionError",
                                                               "__annotations__",
                                                               "__builtins__",
                                                               "__class__",
                                                               "__debug__",
                                                               "__doc__",
                                                               "__file__",
                                                               "__import__",
                                                               "__loader__",
                                                               "__name__",
                                                               "__package__",
                                                               "__spec__",
                                                               "abs",
                                                               "aiter",
                                                               "all",
                                                               "anext",
                                                               "any",
                                                               "ascii",
                                                               "bin",
                                                               "bool",
                                                               "breakpoint",
                                                               "bytearray",
                                                               "bytes",
                                                               "callable",
                                                               "chr",
                                                               "classmethod",
                                                               "compile",
                                                               "complex",
                                                               "copyright",
                                                               "credits",
                                                               "delattr",
                                                               "dict",
                                                               "dir",
                                                               "divmod",
                                                               "enumerate",
                                                               "eval",
                                                               "exec",
                                                               "exit",
                                                               "filter",
                                                               "float",
                                                               "format",
                                                               "frozenset",
                                                               "getattr",
                                                               "globals",
                                                               "hasattr",
                                                               "hash",
                                                               "help",
                                                               "hex",
                                                               "id",
                                                               "input",
                                                               "int",
                                                               "isinstance",
                                                               "issubclass",
                                                               "iter",
                                                               "len",
                                                               "license",
                                                               "list",
                                                               "locals",
                                                               "map",
                                                               "max",
                                                               "memoryview",
                                                               "min",
                                                               "next",
                                                               "object",
                                                               "oct",
                                                               "open",
                                                               "ord",
                                                               "pow",
                                                               "print",
                                                               "property",
                                                               "quit",
                                                               "range",
                                                               "repr",
                                                               "reversed",
                                                               "round",
                                                               "set",
                                                               "setattr",
                                                               "slice",
                                                               "sorted",
                                                               "staticmethod",
                                                               "str",
                                                               "sum",
                                                               "super",
                                                               "tuple",
                                                               "type",
                                                               "vars",
                                                               "zip"};
  static const std::unordered_set<std::string_view> kJavaScript = {
      "AbortController",
      "AbortSignal",
      "AggregateError",
      "Array",
      "ArrayBuffer",
      "Atomics",
      "BigInt",
      "BigInt64Array",
      "BigUint64Array",
      "Blob",
      "Boolean",
      "BroadcastChannel",
      "Buffer",
      "ByteLengthQueuingStrategy",
      "CompressionStream",
      "CountQueuingStrategy",
      "Crypto",
      "CryptoKey",
      "CustomEvent",
      "DOMException",
      "DataView",
      "Date",
      "DecompressionStream",
      "Error",
      "EvalError",
      "Event",
      "EventTarget",
      "File",
      "FinalizationRegistry",
      "Float32Array",
      "Float64Array",
      "FormData",
      "Function",
      "Headers",
      "Infinity",
      "Int16Array",
      "Int32Array",
      "Int8Array",
      "Intl",
      "JSON",
      "Map",
      "Math",
      "MessageChannel",
      "MessageEvent",
      "MessagePort",
      "NaN",
      "Number",
      "Object",
      "Performance",
      "PerformanceEntry",
      "PerformanceMark",
      "PerformanceMeasure",
      "PerformanceObserver",
      "PerformanceObserverEntryList",
      "PerformanceResourceTiming",
      "Promise",
      "Proxy",
      "RangeError",
      "ReadableByteStreamController",
      "ReadableStream",
      "ReadableStreamBYOBReader",
      "ReadableStreamBYOBRequest",
      "ReadableStreamDefaultController",
      "ReadableStreamDefaultReader",
      "ReferenceError",
      "Reflect",
      "RegExp",
      "Request",
      "Response",
      "Set",
      "SharedArrayBuffer",
      "String",
      "SubtleCrypto",
      "Symbol",
      "SyntaxError",
      "TextDecoder",
      "TextDecoderStream",
      "TextEncoder",
      "TextEncoderStream",
      "TransformStream",
      "TransformStreamDefaultController",
      "TypeError",
      "URIError",
      "URL",
      "URLSearchParams",
      "Uint16Array",
      "Uint32Array",
      "Uint8Array",
      "Uint8ClampedArray",
      "WeakMap",
      "WeakRef",
      "WeakSet",
      "WebAssembly",
      "WebSocket",
      "WritableStream",
      "WritableStreamDefaultController",
      "WritableStreamDefaultWriter",
      "__dirname",
      "__filename",
      "arguments",
      "atob",
      "btoa",
      "clearImmediate",
      "clearInterval",
      "clearTimeout",
      "console",
      "crypto",
      "decodeURI",
      "decodeURIComponent",
      "default",
      "encodeURI",
      "encodeURIComponent",
      "escape",
      "eval",
      "exports",
      "fetch",
      "global",
      "globalThis",
      "isFinite",
      "isNaN",
      "navigator",
      "parseFloat",
      "parseInt",
      "performance",
      "process",
      "queueMicrotask",
      "require",
      "setImmediate",
      "setInterval",
      "setTimeout",
      "structuredClone",
      "this",
      "undefined",
      "unescape",
      "zlib"};
  return (language == Language::kPy ? kPython : kJavaScript).contains(name);
}

// Python's functions whose names are everywhere names of other things.
bool IsAnybodys(std::string_view name) {
  static const std::unordered_set<std::string_view> kNames = {
      "copyright", "credits", "dir", "filter", "format", "hash",
      "help",      "id",      "input", "license", "type", "vars"};
  return kNames.contains(name);
}

bool ImportsAll(Context& c) {
  bool found = false;
  auto visit = [&](auto&& self, NodeId id) -> void {
    auto item = c.As<ImportItem>(id);
    found = found || (item && item.kind() == ImportKind::kAll);
    if (!HasCategory(c.src().kind(id), category::Expr))
      c.src().ForEachChild(id, [&](NodeId child) { self(self, child); });
  };
  visit(visit, c.src().root());
  return found;
}

// What the translation may leave unbound: names that the source takes from outside, and those whose declaration was
// refused.
std::unordered_set<std::string_view> Excused(Context& c) {
  std::unordered_set<std::string_view> names;
  // In a piece of a program, and behind `from x import *`, a name of the runtime may be anybody's.
  const bool is_whole = !c.is_fragment() && !ImportsAll(c);
  for (std::uint32_t i = 1; i <= c.facts().binding_count(); ++i) {
    const facts::BindingId id{i};
    const facts::Binding& binding = c.facts().binding(id);
    const bool is_refused = binding.declaration && c.WasRefused(binding.declaration);
    if (binding.kind != facts::BindingKind::kFree && !is_refused) continue;
    // What the source's own runtime gives is not the target's.
    const std::string_view name = c.src().strings().Text(binding.name);
    const bool is_class = std::isupper(static_cast<unsigned char>(name[0])) != 0;
    const bool is_given = IsGiven(c.src().language(), name);
    if (!is_refused && is_given && (is_class || (is_whole && !IsAnybodys(name)))) continue;
    names.insert(c.names().Of(id));
    names.insert(name);
  }
  return names;
}

// Slots whose names come to be there. A topic may leave a parameter as a bare name.
constexpr std::pair<NodeKind, unsigned> kBinding[] = {
    {NodeKind::kAssign, slots::Assign::targets},
    {NodeKind::kAssignExpr, slots::AssignExpr::target},
    {NodeKind::kWalrus, slots::Walrus::target},
    {NodeKind::kForEach, slots::ForEach::target},
    {NodeKind::kForIn, slots::ForIn::target},
    {NodeKind::kCompFor, slots::CompFor::target},
    {NodeKind::kWithItem, slots::WithItem::target},
    {NodeKind::kCatchClause, slots::CatchClause::target},
    {NodeKind::kMatchCase, slots::MatchCase::pattern},
    {NodeKind::kImportItem, slots::ImportItem::local},
    {NodeKind::kParam, slots::Param::target},
    {NodeKind::kLambda, slots::Lambda::params},
    {NodeKind::kFunctionDef, slots::FunctionDef::name},
    {NodeKind::kFunctionDef, slots::FunctionDef::params},
    {NodeKind::kFunctionExpr, slots::FunctionExpr::name},
    {NodeKind::kFunctionExpr, slots::FunctionExpr::params},
    {NodeKind::kMethod, slots::Method::params},
    {NodeKind::kClassDef, slots::ClassDef::name},
    {NodeKind::kClassExpr, slots::ClassExpr::name},
};

// Of `import a.b`, a.
std::string_view FirstPart(std::string_view name) { return name.substr(0, name.find('.')); }

// Blind to scopes: a name that is bound anywhere counts as bound everywhere. What is missed so is a name out of its
// scope; what is found is surely unbound.
class Walker {
 public:
  explicit Walker(Context& c) : c_(c), target_(c.dst()) {}

  std::vector<Unsound> Run() {
    Collect(target_.root());
    Visit(target_.root(), kNoNode);
    return std::move(found_);
  }

 private:
  void Collect(NodeId id) {
    const NodeKind kind = target_.kind(id);
    for (const auto& [binder, slot] : kBinding) {
      if (kind != binder) continue;
      if (Info(kind).slots[slot].arity == SlotArity::kList) {
        for (NodeId child : target_.SlotList(id, slot)) Bind(child);
      } else if (NodeId child = target_.Slot(id, slot)) {
        Bind(child);
      }
    }
    target_.ForEachChild(id, [&](NodeId child) { Collect(child); });
  }

  void Bind(NodeId id) {
    if (target_.Is(id, NodeKind::kName)) bound_.insert(FirstPart(target_.text(id)));
    target_.ForEachChild(id, [&](NodeId child) { Bind(child); });
  }

  void Visit(NodeId id, NodeId statement) {
    if (const NodeId origin = target_.origin(id); origin && IsStatement(c_.src(), origin)) {
      statement = origin;
    }
    if (target_.Is(id, NodeKind::kName)) Check(FirstPart(target_.text(id)), statement);
    target_.ForEachChild(id, [&](NodeId child) { Visit(child, statement); });
  }

  void Check(std::string_view name, NodeId statement) {
    if (!statement || bound_.contains(name) || IsGiven(target_.language(), name)) return;
    if (!excused_) excused_ = Excused(c_);
    if (excused_->contains(name)) return;
    found_.push_back({statement, "`" + std::string(name) + "`, which nothing binds", false});
  }

  Context& c_;
  const Tree& target_;
  std::unordered_set<std::string_view> bound_;
  std::optional<std::unordered_set<std::string_view>> excused_;
  std::vector<Unsound> found_;
};

}  // namespace

std::vector<Unsound> FindUnbound(Context& c) { return Walker(c).Run(); }

}  // namespace asyncport::translate
