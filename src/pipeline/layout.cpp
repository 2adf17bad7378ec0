// See layout.h.
#include "pipeline/layout.h"

#include <algorithm>
#include <unordered_set>

#include "support/strings.h"
#include "translate/module_names.h"

namespace asyncport {
namespace {

std::vector<std::string_view> Parts(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    parts.push_back(path.substr(0, slash));
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  return parts;
}

// Would a module of this name be found where the translation means another?
bool Covers(std::string_view name) {
  if (name == "httpx" || name == "aiohttp") return true;
  return !name.starts_with('_') && translate::IsPythonStandardModule(name);
}

std::string PythonPath(std::string_view path) {
  std::vector<std::string> out;
  const std::vector<std::string_view> parts = Parts(path);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const bool is_file = i + 1 == parts.size();
    std::string_view part = parts[i];
    if (is_file) part = part.substr(0, part.rfind('.'));
    std::string name = translate::PythonModuleName(part);
    // A module of this name would be found instead of the one that asyncio needs.
    if (i == 0 && Covers(name)) name += '_';
    if (is_file && i > 0 && name == "index") name = "__init__";
    out.push_back(std::move(name));
  }
  return Join(out, "/") + ".py";
}

std::string JavaScriptPath(std::string_view path, JsModule module) {
  const std::size_t slash = path.rfind('/');
  const std::size_t begin = slash == std::string_view::npos ? 0 : slash + 1;
  std::string_view name = path.substr(begin);
  name = name.substr(0, name.rfind('.'));
  std::string out(path.substr(0, begin));
  out += name == "__init__" ? "index" : name;
  return out + (module == JsModule::kCjs ? ".cjs" : ".mjs");
}

}  // namespace

std::vector<std::string> TargetPaths(const std::vector<std::string>& paths, Language to,
                                     JsModule module) {
  std::vector<std::string> out;
  std::unordered_set<std::string> taken;
  for (const std::string& path : paths) {
    std::string target = to == Language::kPy ? PythonPath(path) : JavaScriptPath(path, module);
    if (!taken.insert(target).second) {
      const std::size_t end = target.rfind('.');
      const std::size_t dot = path.rfind('.');
      // `a.js` and `a.mjs`: the second is a_mjs.py.
      const std::string base = target.substr(0, end) + "_" + path.substr(dot + 1);
      const std::string extension = target.substr(end);
      target = base + extension;
      for (int n = 2; !taken.insert(target).second; ++n)
        target = base + "_" + std::to_string(n) + extension;
    }
    out.push_back(std::move(target));
  }
  return out;
}

std::string PythonModule(std::string_view path) {
  path = path.substr(0, path.rfind('.'));
  if (path.ends_with("/__init__")) path = path.substr(0, path.size() - 9);
  std::string out(path);
  std::replace(out.begin(), out.end(), '/', '.');
  return out;
}

}  // namespace asyncport
