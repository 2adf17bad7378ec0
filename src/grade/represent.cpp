// See represent.h.
#include "grade/represent.h"

#include <algorithm>
#include <functional>

#include "ir/views.h"
#include "shape/shape.h"

namespace asyncport::grade {
namespace {

using ir::NodeId;
using ir::NodeKind;

class Writer {
 public:
  Writer(const facts::Facts& facts, const std::vector<std::string>& keep)
      : facts_(facts), tree_(facts.tree()) {
    for (const std::string& name : keep) keep_.push_back(shape::NameKey(name));
    // Methods and fields of the file's classes are own names too.
    const std::function<void(NodeId)> look = [&](NodeId node) {
      if (const auto method = ir::As<ir::Method>(tree_, node); method && !method.name().empty())
        own_.emplace_back(method.name());
      if (const auto field = ir::As<ir::Field>(tree_, node)) own_.emplace_back(field.name());
      tree_.ForEachChild(node, look);
    };
    look(tree_.root());
  }

  Representation Run() {
    const NodeId body = ir::Module(tree_, tree_.root()).body();
    std::vector<std::string> imports;
    for (NodeId statement : ir::Cast<ir::Block>(tree_, body).statements()) {
      if (tree_.Is(statement, NodeKind::kImport))
        imports.push_back("import " + std::string(tree_.text(statement)));
    }
    // The order of imports says nothing.
    std::sort(imports.begin(), imports.end());
    imports.erase(std::unique(imports.begin(), imports.end()), imports.end());
    for (const std::string& line : imports) out_.text += line + "\n";
    Statements(body, 0);
    return std::move(out_);
  }

 private:
  void Statements(NodeId block, int depth) {
    for (NodeId statement : ir::Cast<ir::Block>(tree_, block).statements()) {
      if (tree_.Is(statement, NodeKind::kImport) || tree_.Is(statement, NodeKind::kPass)) continue;
      if (const auto text = ir::As<ir::ExprStmt>(tree_, statement);
          text && tree_.Is(text.value(), NodeKind::kString))
        continue;
      out_.text += std::string(static_cast<std::size_t>(depth) * 2, ' ');
      Node(statement, depth);
      if (out_.text.back() != '\n') out_.text += "\n";
    }
  }

  std::string Own(std::string_view name) {
    for (const auto& [placeholder, original] : out_.mapping) {
      if (original == name) return placeholder;
    }
    out_.mapping.emplace_back("PLACEHOLDER_" + std::to_string(out_.mapping.size() + 1),
                              std::string(name));
    return out_.mapping.back().first;
  }

  bool IsKept(std::string_view name) const {
    return std::find(keep_.begin(), keep_.end(), shape::NameKey(name)) != keep_.end();
  }

  std::string NameText(NodeId node) {
    const std::string_view name = tree_.text(node);
    const facts::BindingId id = facts_.BindingOf(node);
    if (IsKept(name) || !id) return std::string(name);
    const facts::Binding& binding = facts_.binding(id);
    if (binding.kind == facts::BindingKind::kFree) return std::string(name);
    if (binding.kind == facts::BindingKind::kImport) return binding.path;
    return Own(name);
  }

  void Node(NodeId node, int depth) {
    const NodeKind kind = tree_.kind(node);
    if (kind == NodeKind::kName) {
      out_.text += NameText(node);
      return;
    }
    if (kind == NodeKind::kBlock) {
      out_.text += "{\n";
      Statements(node, depth + 1);
      out_.text += std::string(static_cast<std::size_t>(depth) * 2, ' ') + "}";
      return;
    }
    // Resolved library calls read the same however they were imported.
    if (kind == NodeKind::kAttribute) {
      const std::string& path = facts_.ResolvedName(node);
      if (!path.empty() && path.find('#') == std::string::npos) {
        out_.text += path;
        return;
      }
    }
    out_.text += "(" + std::string(ir::NameOf(kind));
    std::string text(tree_.text(node));
    if ((kind == NodeKind::kMethod || kind == NodeKind::kField || kind == NodeKind::kAttribute ||
         kind == NodeKind::kKeyword) &&
        std::find(own_.begin(), own_.end(), text) != own_.end() && !IsKept(text)) {
      text = Own(text);
    }
    if (!text.empty()) out_.text += " " + Quoted(text);
    const ir::KindInfo& info = ir::Info(kind);
    const bool is_layout =
        kind == NodeKind::kAssign || kind == NodeKind::kVarDecl || kind == NodeKind::kForEach;
    if (info.oper_name != nullptr && !is_layout)
      out_.text += " :" + std::string(info.oper_name(tree_.node(node).oper));
    for (unsigned flag = 0; flag < info.flag_count; ++flag) {
      const std::string_view name = info.flags[flag];
      if (name == "is_multiline" || name == "was_multiline" || name == "is_raw" ||
          name == "is_parenthesised" || name == "is_require")
        continue;
      if ((tree_.node(node).flags >> flag & 1) != 0) out_.text += " +" + std::string(name);
    }
    for (unsigned slot = 0; slot < info.slot_count; ++slot) {
      const std::string_view name = info.slots[slot].name;
      if (name == "docstring" || name == "annotation" || name == "returns") continue;
      if (info.slots[slot].arity == ir::SlotArity::kList) {
        for (NodeId child : tree_.SlotList(node, slot)) {
          out_.text += " ";
          Node(child, depth);
        }
      } else if (const NodeId child = tree_.Slot(node, slot)) {
        out_.text += " ";
        Node(child, depth);
      }
    }
    out_.text += ")";
  }

  static std::string Quoted(const std::string& text) {
    std::string out = "\"";
    for (char c : text) {
      if (c == '"' || c == '\\') out += '\\';
      if (c == '\n') {
        out += "\\n";
      } else {
        out += c;
      }
    }
    return out + "\"";
  }

  const facts::Facts& facts_;
  const ir::Tree& tree_;
  std::vector<std::string> keep_;
  std::vector<std::string> own_;
  Representation out_;
};

}  // namespace

Representation Represent(const facts::Facts& facts, const std::vector<std::string>& keep) {
  return Writer(facts, keep).Run();
}

std::string DigestOf(const facts::Facts& facts, const Exercise& exercise) {
  std::vector<std::string> keep;
  for (const sim::GivenFunction& function : exercise.scenarios.front().functions)
    keep.push_back(function.name);
  const std::string text = Represent(facts, keep).text;
  std::uint64_t hash = 1469598103934665603u;
  for (char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  for (int shift = 60; shift >= 0; shift -= 4) out += kDigits[hash >> shift & 15];
  return out;
}

}  // namespace asyncport::grade
