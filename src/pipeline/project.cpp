// See project.h.
#include "pipeline/project.h"

#include <algorithm>

#include "facts/marks.h"
#include "ir/views.h"
#include "pipeline/pipeline.h"
#include "pipeline/project_names.h"
#include "pipeline/reading.h"
#include "lower/lower.h"
#include "syntax/cst.h"
#include "translate/translate.h"

namespace asyncport {

namespace {

thread_local const ProjectFile* g_project = nullptr;

}  // namespace

ProjectScope::ProjectScope(const ProjectFile& file) : outer_(g_project) { g_project = &file; }
ProjectScope::~ProjectScope() { g_project = outer_; }
const ProjectFile* CurrentProject() { return g_project; }

const Exported* Interface::Find(std::string_view name) const {
  const auto it = std::find_if(exports.begin(), exports.end(),
                               [&](const Exported& one) { return one.name == name; });
  return it == exports.end() ? nullptr : &*it;
}

std::vector<std::string> FindImports(const Source& source, Language language) {
  std::vector<std::string> out;
  diag::Diagnostics ignored;
  (void)Guarded(ignored, [&] {
    const Result<syntax::Parsed> parsed = syntax::Parse(source, language, {});
    if (!parsed || !parsed.value().errors.empty()) return;
    const ir::Tree tree = lower::Lower(parsed.value().cst, source, std::make_shared<StringTable>(), {}, ignored);
    for (std::uint32_t i = 1; i < tree.size(); ++i) {
      const ir::NodeId id{i};
      if (const auto import = ir::As<ir::Import>(tree, id)) {
        const std::string module(import.module());
        out.push_back(module);
        if (language != Language::kPy) continue;
        for (const ir::NodeId item_id : import.items()) {
          const auto item = ir::As<ir::ImportItem>(tree, item_id);
          if (item.kind() != ir::ImportKind::kNamed) continue;
          out.push_back(SubmoduleName(module, item.name()));
        }
      } else if (const auto exported = ir::As<ir::Export>(tree, id)) {
        if (!exported.module().empty()) out.emplace_back(exported.module());
      }
    }
  });
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::vector<std::string> AsyncNames(const Options& options) {
  std::vector<std::string> names = options.async_names;
  if (CurrentProject() == nullptr) return names;
  for (const auto& [module, known] : CurrentProject()->imports) {
    if (known.interface == nullptr) continue;
    for (const Exported& one : known.interface->exports) {
      if (!one.is_async && !one.becomes_async) continue;
      // A default is called by the name of its module.
      const bool is_whole = options.from == Language::kJs && (one.name == "default" || one.name == "=");
      const std::string name = is_whole                 ? module
                               : module.ends_with('.') ? module + one.name
                                                        : module + "." + one.name;
      // Plain in Python, to be awaited in JavaScript.
      const bool blocks = options.from == Language::kPy && !one.is_async;
      names.push_back(blocks ? facts::kBlockingMark + name : name);
    }
  }
  return names;
}

std::vector<std::string> TargetAsyncNames(const Options& options) {
  std::vector<std::string> names = options.async_names;
  if (CurrentProject() == nullptr) return names;
  for (const auto& [module, known] : CurrentProject()->imports) {
    if (known.interface == nullptr) continue;
    for (const Exported& one : known.interface->exports) {
      if (one.is_async || one.becomes_async) names.push_back(known.path + "." + one.target);
    }
  }
  return names;
}

Interface FindInterface(const Source& source, const Options& options) {
  Interface out;
  diag::Diagnostics ignored;
  (void)Guarded(ignored, [&] {
    const Reading reading = Read(source, {.language = options.from,
                                          .async_names = AsyncNames(options),
                                          .max_nesting = options.max_nesting,
                                          .parse_deadline_ms = options.parse_deadline_ms});
    if (!reading.whole) return;
    out.exports = translate::Translate(*reading.facts, source, options, ignored).exports;
  });
  return out;
}

std::string SubmoduleName(std::string_view module, std::string_view name) {
  std::string out(module);
  if (!out.ends_with('.')) out += '.';
  return out += name;
}

}  // namespace asyncport
