// Facts of a source text for tests: lowers it, infers, and finds nodes by their text.
// Example: SourceFacts f(Language::kJs, "const x = [1];"); f.Type("x") is "list<int>".
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "facts/facts.h"
#include "ir/views.h"
#include "lower/lower.h"
#include "support/source.h"
#include "syntax/cst.h"

namespace asyncport::tests {

class SourceFacts {
 public:
  SourceFacts(Language language, std::string text, facts::FactOptions options = {})
      : source_(language == Language::kJs ? "test.mjs" : "test.py", std::move(text)),
        parsed_(syntax::Parse(source_, language, {})),
        tree_(lower::Lower(parsed_.value().cst, source_, std::make_shared<StringTable>(), {},
                           diagnostics_)),
        facts_(facts::Infer(tree_, options)) {}

  const facts::Facts& operator*() const { return *facts_; }
  const facts::Facts* operator->() const { return facts_.get(); }
  const ir::Tree& tree() const { return tree_; }

  // The last node in the text that is spelled so (the outermost of several); calls only if asked for.
  ir::NodeId Find(std::string_view text, bool calls_only = false) const {
    ir::NodeId found;
    for (std::uint32_t i = 1; i < tree_.size(); ++i) {
      const ir::NodeId id{i};
      if (!ir::HasCategory(tree_.kind(id), ir::category::Expr | ir::category::Pattern)) continue;
      if (calls_only && !tree_.Is(id, ir::NodeKind::kCall) && !tree_.Is(id, ir::NodeKind::kNew))
        continue;
      if (source_.Text(tree_.span(id)) != text) continue;
      if (!found || tree_.span(id).begin >= tree_.span(found).begin) found = id;
    }
    return found;
  }
  // A function of the file by its name: a declaration, a method, or what a constant holds.
  ir::NodeId Function(std::string_view name) const {
    for (std::uint32_t i = 1; i < tree_.size(); ++i) {
      const ir::NodeId id{i};
      if (auto f = ir::As<ir::FunctionDef>(tree_, id); f && tree_.text(f.name()) == name) return id;
      if (auto f = ir::As<ir::Method>(tree_, id); f && f.name() == name) return id;
      if (auto a = ir::As<ir::Assign>(tree_, id); a && a.value() &&
                                                  tree_.Is(a.targets()[0], ir::NodeKind::kName) &&
                                                  tree_.text(a.targets()[0]) == name) {
        return a.value();
      }
    }
    return {};
  }
  std::string Type(std::string_view text) const {
    return facts_->TypeName(facts_->TypeOf(Find(text)));
  }
  facts::CallColour Colour(std::string_view text) const {
    return facts_->ColourOf(Find(text, true));
  }

 private:
  Source source_;
  Result<syntax::Parsed> parsed_;
  diag::Diagnostics diagnostics_;
  ir::Tree tree_;
  std::unique_ptr<facts::Facts> facts_;
};

}  // namespace asyncport::tests
