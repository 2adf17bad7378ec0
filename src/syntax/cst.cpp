// Answers questions about nodes of the array; lists it for --print=cst. Parsing is in parse.cpp.
#include "syntax/cst.h"

#include <array>
#include <unordered_map>

#include "support/check.h"
#include "syntax/parsing.h"

namespace asyncport::syntax {
namespace {

// The names of a grammar: kinds by symbol, fields by number and number by name.
class Names {
 public:
  explicit Names(const TSLanguage* grammar) {
    for (std::uint32_t i = 0; i < ts_language_symbol_count(grammar); ++i) {
      const char* name = ts_language_symbol_name(grammar, static_cast<TSSymbol>(i));
      kinds_.push_back(name == nullptr ? std::string_view() : std::string_view(name));
      if (name != nullptr) symbols_.emplace(name, static_cast<std::uint16_t>(i));
    }
    const std::uint32_t fields = ts_language_field_count(grammar);
    AP_CHECK(fields < kSlots / 2, "more fields than FlatNode::field and the table have room for");
    fields_.resize(fields + 1);
    for (std::uint32_t i = 1; i <= fields; ++i) {
      fields_[i] = ts_language_field_name_for_id(grammar, static_cast<TSFieldId>(i));
      std::size_t slot = SlotOf(fields_[i]);
      while (slots_[slot] != 0) slot = (slot + 1) % kSlots;
      slots_[slot] = static_cast<std::uint8_t>(i);
    }
  }

  std::string_view Kind(std::uint16_t symbol) const {
    // An error has a symbol that no table has.
    return symbol < kinds_.size() ? kinds_[symbol] : std::string_view("ERROR");
  }
  std::string_view FieldName(std::uint8_t field) const { return fields_[field]; }
  // 0: the grammar has no such field. Asked several times for every node: a short way to the only name it can be.
  std::uint8_t Field(std::string_view name) const {
    if (name.empty()) return 0;
    for (std::size_t slot = SlotOf(name); slots_[slot] != 0; slot = (slot + 1) % kSlots) {
      if (fields_[slots_[slot]] == name) return slots_[slot];
    }
    return 0;
  }
  // Several symbols may share a name (aliases).
  const std::unordered_multimap<std::string_view, std::uint16_t>& symbols() const { return symbols_; }

 private:
  static constexpr std::size_t kSlots = 256;
  static std::size_t SlotOf(std::string_view name) {
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(name[i]); };
    return (name.size() * 37 + at(0) * 11u + at(name.size() - 1) * 5u + at(name.size() / 2)) % kSlots;
  }

  std::vector<std::string_view> kinds_;
  std::vector<std::string_view> fields_;
  std::array<std::uint8_t, kSlots> slots_{};
  std::unordered_multimap<std::string_view, std::uint16_t> symbols_;
};

const Names& NamesOf(Language language) {
  static const Names js(Grammar(Language::kJs));
  static const Names py(Grammar(Language::kPy));
  return language == Language::kJs ? js : py;
}

}  // namespace

std::string Excerpt(const Source& source, Span span) {
  std::string_view text = source.Text(span);
  text = text.substr(0, text.find('\n'));
  return std::string(text.substr(0, 30));
}

std::string_view CstNode::kind() const {
  return node_ == nullptr ? std::string_view() : NamesOf(language_).Kind(node_->symbol);
}

CstNode CstNode::Field(std::string_view name) const {
  const std::uint8_t field = NamesOf(language_).Field(name);
  CstNode found;
  if (field == 0) return found;
  Each([&](CstNode child) {
    if (child.node_->field == field) found = child;
    return static_cast<bool>(found);
  });
  return found;
}

std::vector<CstNode> CstNode::Fields(std::string_view name) const {
  const std::uint8_t field = NamesOf(language_).Field(name);
  std::vector<CstNode> out;
  if (field == 0) return out;
  Each([&](CstNode child) {
    if (child.node_->field == field) out.push_back(child);
    return false;
  });
  return out;
}

std::vector<CstNode> CstNode::Children() const {
  std::vector<CstNode> out;
  Each([&](CstNode child) {
    out.push_back(child);
    return false;
  });
  return out;
}

std::vector<CstNode> CstNode::NamedChildren() const {
  std::vector<CstNode> out;
  Each([&](CstNode child) {
    if (child.is_named()) out.push_back(child);
    return false;
  });
  return out;
}

bool CstNode::HasToken(std::string_view token) const {
  bool found = false;
  Each([&](CstNode child) { return found = !child.is_named() && child.kind() == token; });
  return found;
}

CstNode CstNode::Parent() const {
  if (node_ == nullptr || node_->parent == 0) return {};
  return {node_ - node_->parent, language_};
}

Cst::Cst(std::vector<FlatNode> nodes, Language language, std::vector<Span> comments)
    : nodes_(std::move(nodes)), language_(language), comments_(std::move(comments)) {}

std::string DumpCst(const Cst& cst, const Source& source) {
  std::string out;
  std::vector<std::uint32_t> ends;  // of the nodes around the one at hand
  for (std::uint32_t i = 0; i < cst.nodes_.size(); ++i) {
    while (!ends.empty() && ends.back() <= i) ends.pop_back();
    const CstNode node(&cst.nodes_[i], cst.language_);
    const std::string_view field = NamesOf(cst.language_).FieldName(cst.nodes_[i].field);
    const std::size_t depth = ends.size();
    ends.push_back(i + cst.nodes_[i].size);
    if (!node.is_named()) continue;
    out.append(depth * 2, ' ');
    if (!field.empty()) (out += field) += ": ";
    out += node.kind();
    const LineColumn at = source.Position(node.span().begin);
    out += " " + std::to_string(at.line) + ":" + std::to_string(at.column);
    if (node.NamedChildren().empty()) (((out += " `") += Excerpt(source, node.span())) += "`");
    out += '\n';
  }
  return out;
}

std::vector<std::uint16_t> SymbolsOf(Language language, std::string_view kind_name) {
  auto [first, last] = NamesOf(language).symbols().equal_range(kind_name);
  std::vector<std::uint16_t> symbols;
  for (; first != last; ++first) symbols.push_back(first->second);
  AP_CHECK(!symbols.empty(), "the grammar has no kind " + std::string(kind_name));
  return symbols;
}

}  // namespace asyncport::syntax
