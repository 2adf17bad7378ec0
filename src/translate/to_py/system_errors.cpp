// The codes of system errors: what Node calls ENOENT is a class of exceptions in Python.
// Example: `err.code === "ENOENT"` -> `isinstance(err, FileNotFoundError)`.
#include <string>
#include <string_view>
#include <unordered_set>

#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

struct SystemError {
  std::string_view code;
  std::string_view type;
};
constexpr SystemError kSystemErrors[] = {
    {"ENOENT", "FileNotFoundError"},
    {"EEXIST", "FileExistsError"},
    {"EACCES", "PermissionError"},
    {"EPERM", "PermissionError"},
    {"EISDIR", "IsADirectoryError"},
    {"ENOTDIR", "NotADirectoryError"},
    {"ECONNREFUSED", "ConnectionRefusedError"},
    {"ECONNRESET", "ConnectionResetError"},
    {"EPIPE", "BrokenPipeError"},
};

// Does the file give errors this code itself?
bool SetsCode(Context& c, std::string_view code) {
  for (std::uint32_t i = 1; i < c.src().size(); ++i) {
    auto text = c.As<String>(NodeId{i});
    if (!text || text.value() != code) continue;
    auto binary = c.As<Binary>(c.facts().Parent(NodeId{i}));
    if (!binary) return true;
  }
  return false;
}

// `err.code === "ENOENT"` -> `isinstance(err, FileNotFoundError)`
std::optional<NodeId> TranslateCodeTest(Context& c, NodeId id) {
  auto binary = c.As<Binary>(id);
  bool equal = binary.op() == BinaryOp::kStrictEq || binary.op() == BinaryOp::kLooseEq;
  bool unequal = binary.op() == BinaryOp::kStrictNe || binary.op() == BinaryOp::kLooseNe;
  auto attribute = c.As<Attribute>(binary.left());
  auto text = c.As<String>(binary.right());
  if ((!equal && !unequal) || !attribute || attribute.name() != "code" || !text)
    return std::nullopt;
  if (c.facts().Only(attribute.object(), {TypeKind::kDict})) return std::nullopt;
  for (const SystemError& error : kSystemErrors) {
    if (error.code != text.value() || SetsCode(c, error.code)) continue;
    NodeId test =
        c.NewCall(c.NewName("isinstance"), {c.Expr(attribute.object()), c.NewName(error.type)}, id);
    return equal ? test : Negate(c, test);
  }
  return std::nullopt;
}

// Properties that Node gives errors of the system.
bool IsOfSystem(std::string_view name) {
  return name == "code" || name == "path" || name == "syscall" || name == "errno";
}

// Does the file do what can fail with a system error, and give errors no codes of its own?
struct SystemCodes {
  explicit SystemCodes(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size(); ++i) {
      NodeId id{i};
      if (c.As<Call>(id)) {
        files = files || c.facts().ResolvedName(c.As<Call>(id).callee()).starts_with("node:fs");
      } else if (auto assign = c.As<Assign>(id)) {
        for (NodeId target : assign.targets()) {
          auto attribute = c.As<Attribute>(target);
          if (attribute) own.insert(attribute.name());
        }
      } else if (auto field = c.As<Field>(id)) {
        own.insert(field.name());
      } else if (auto entry = c.As<DictEntry>(id)) {
        if (entry.key() && c.src().text(entry.key()) == "code") own.insert("code");
      }
    }
  }
  bool files = false;
  std::unordered_set<std::string_view> own;
};

// `console.log(err.code)`: the name of the number that the system gave.
std::optional<NodeId> TranslateCode(Context& c, NodeId id) {
  auto attribute = c.As<Attribute>(id);
  const std::string_view name = attribute.name();
  if (!IsOfSystem(name) || !IsError(c, attribute.object())) return std::nullopt;
  const auto& codes = c.State<SystemCodes>();
  if (!codes.files || codes.own.contains(name)) return std::nullopt;
  if (name == "path") {
    return c.NewCall(c.NewName("getattr"),
                     {c.Expr(attribute.object()), c.NewString("filename"), c.New(make::Null{}, {})},
                     id);
  }
  if (name != "code") {
    return c.Refuse(id, "untranslated",
                    {{"reason", "`" + std::string(name) + "` of a system error"}});
  }
  NodeId none = c.New(make::Null{}, {});
  NodeId number =
      c.NewCall(c.NewName("getattr"), {c.Expr(attribute.object()), c.NewString("errno"), none});
  NodeId names = c.Library("errno.errorcode");
  return c.NewCall(c.NewAttribute(names, "get"), {number}, id);
}

}  // namespace

void RegisterSystemErrors(Topics& t) {
  t.Claim(NodeKind::kBinary, Order::kBeforeCards, &TranslateCodeTest);
  t.Claim(NodeKind::kAttribute, Order::kBeforeCards, &TranslateCode);
}

}  // namespace asyncport::translate::to_py
