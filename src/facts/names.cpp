// Follows names, attributes and never-reassigned aliases to a dotted path.
#include "facts/names.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "ir/views.h"

namespace asyncport::facts {

using ir::NodeId;
using ir::NodeKind;

namespace {

constexpr std::array<std::string_view, 40> kNodeModules = {"assert",
                                                           "async_hooks",
                                                           "buffer",
                                                           "child_process",
                                                           "cluster",
                                                           "console",
                                                           "constants",
                                                           "crypto",
                                                           "dgram",
                                                           "diagnostics_channel",
                                                           "dns",
                                                           "domain",
                                                           "events",
                                                           "fs",
                                                           "http",
                                                           "http2",
                                                           "https",
                                                           "inspector",
                                                           "module",
                                                           "net",
                                                           "os",
                                                           "path",
                                                           "perf_hooks",
                                                           "process",
                                                           "punycode",
                                                           "querystring",
                                                           "readline",
                                                           "repl",
                                                           "stream",
                                                           "string_decoder",
                                                           "sys",
                                                           "timers",
                                                           "tls",
                                                           "tty",
                                                           "url",
                                                           "util",
                                                           "v8",
                                                           "vm",
                                                           "worker_threads",
                                                           "zlib"};

// Spellings that mean the same thing: a module that is a global, a member that is a module.
struct PathAlias {
  std::string_view from;
  std::string_view to;
};
constexpr PathAlias kPathAliases[] = {
    {"node:fs.promises", "node:fs/promises"},
    {"node:timers.promises", "node:timers/promises"},
    {"node:stream.promises", "node:stream/promises"},
    {"node:readline.promises", "node:readline/promises"},
    {"node:dns.promises", "node:dns/promises"},
    {"node:path.posix", "node:path"},
    {"node:process", "process"},
    {"node:console", "console"},
    {"node:timers.setTimeout", "setTimeout"},
    {"node:timers.clearTimeout", "clearTimeout"},
    {"node:timers.setInterval", "setInterval"},
    {"node:timers.clearInterval", "clearInterval"},
    {"node:timers.setImmediate", "setImmediate"},
    {"node:buffer.Buffer", "Buffer"},
    {"node:url.URL", "URL"},
    {"node:url.URLSearchParams", "URLSearchParams"},
    {"node:util.TextEncoder", "TextEncoder"},
    {"node:util.TextDecoder", "TextDecoder"},
    {"node:perf_hooks.performance", "performance"},
    {"node:events.default", "node:events.EventEmitter"},
    {"node:crypto.webcrypto", "crypto"},
    {"node:worker_threads.default", "node:worker_threads"},
};

constexpr std::string_view kGlobalObjects[] = {"globalThis", "window", "self", "global"};

// Enough for any real alias of an alias; stops `const a = b, b = a`.
constexpr int kMaxAliasDepth = 64;

}  // namespace

std::string CanonicalModule(Language language, std::string_view module) {
  if (language == Language::kPy || module.starts_with("node:")) return std::string(module);
  // Not a module's name, though often written; what is meant is plain (the lesson module-path says so).
  if (module == "fs.promises") return "node:fs/promises";
  const std::string_view head = module.substr(0, module.find('/'));
  if (std::find(kNodeModules.begin(), kNodeModules.end(), head) != kNodeModules.end()) {
    return "node:" + std::string(module);
  }
  return std::string(module);
}

std::string JoinPath(std::string_view path, std::string_view member) {
  std::string joined(path);
  if (!member.empty()) {
    // `from . import x` has the module ".".
    if (!joined.empty() && joined.find_first_not_of('.') != std::string::npos) joined += '.';
    joined += member;
  }
  for (const PathAlias& alias : kPathAliases) {
    if (joined == alias.from) return std::string(alias.to);
  }
  return joined;
}

// An alias stands for the thing where it is called or asked for a member. Elsewhere (`print(home)` after
// `const home = process.env.HOME`) it is a variable like any other.
bool Names::IsUsedAsThing(NodeId name) const {
  const NodeId parent = structure_.parent[name.index];
  switch (tree_.kind(parent)) {
    case NodeKind::kCall:
      return structure_.slot[name.index] == ir::slots::Call::callee;
    case NodeKind::kNew:
      return structure_.slot[name.index] == ir::slots::New::callee;
    case NodeKind::kAttribute:
      return true;
    default:
      return false;
  }
}

std::string Names::PathOfBinding(NodeId name, int depth) const {
  const BindingId id = scopes_.binding_of[name.index];
  if (!id) return {};
  const Binding& binding = scopes_.bindings[id.index];
  if (binding.kind == BindingKind::kFree) {
    const std::string_view text = tree_.strings().Text(binding.name);
    return std::string(text);
  }
  if (binding.kind == BindingKind::kImport)
    return binding.reassigned ? std::string() : binding.path;
  if (binding.kind != BindingKind::kVariable || binding.reassigned || depth > kMaxAliasDepth ||
      !IsUsedAsThing(name)) {
    return {};
  }
  const auto assign = ir::As<ir::Assign>(tree_, binding.definition);
  if (!assign || !assign.value() || assign.targets().size() != 1 || !binding.declaration) return {};
  const NodeId target = assign.targets()[0];
  if (target == binding.declaration) return Path(assign.value(), depth + 1);
  // `const { all } = Promise`
  const auto pattern = ir::As<ir::ObjectPattern>(tree_, target);
  if (!pattern) return {};
  for (NodeId id2 : pattern.properties()) {
    const auto property = ir::As<ir::PropertyPattern>(tree_, id2);
    if (!property || property.target() != binding.declaration) continue;
    const auto key = ir::As<ir::String>(tree_, property.key());
    const std::string object = key ? Path(assign.value(), depth + 1) : std::string();
    return object.empty() ? std::string() : JoinPath(object, key.value());
  }
  return {};
}

std::string Names::Path(NodeId expression, int depth) const {
  // Attributes from the outside in, without recursion: `a.b.c` has the members c, b.
  std::vector<std::string_view> members;
  NodeId node = expression;
  std::string base;
  for (;;) {
    switch (tree_.kind(node)) {
      case NodeKind::kAttribute: {
        const ir::Attribute attribute(tree_, node);
        if (attribute.is_private()) return {};
        members.push_back(attribute.name());
        node = attribute.object();
        continue;
      }
      case NodeKind::kOptionalChain:
        node = ir::OptionalChain(tree_, node).value();
        continue;
      case NodeKind::kAwait:  // (await import("node:fs")).readFileSync
        node = ir::Await(tree_, node).value();
        if (!tree_.Is(node, NodeKind::kDynamicImport)) return {};
        continue;
      case NodeKind::kDynamicImport: {
        const auto module = ir::As<ir::String>(tree_, ir::DynamicImport(tree_, node).module());
        if (!module) return {};
        base = JoinPath(CanonicalModule(tree_.language(), module.value()), "");
        break;
      }
      case NodeKind::kCall: {  // require("fs").promises
        const ir::Call call(tree_, node);
        if (tree_.language() != Language::kJs || call.args().size() != 1 ||
            !tree_.Is(call.callee(), NodeKind::kName) ||
            Path(call.callee(), depth + 1) != "require") {
          return {};
        }
        const auto module = ir::As<ir::String>(tree_, call.args()[0]);
        if (!module) return {};
        base = JoinPath(CanonicalModule(tree_.language(), module.value()), "");
        break;
      }
      case NodeKind::kName:
        base = PathOfBinding(node, depth);
        break;
      default:
        return {};
    }
    break;
  }
  if (base.empty()) return {};
  const bool is_js = tree_.language() == Language::kJs;
  for (auto it = members.rbegin(); it != members.rend(); ++it) {
    const bool is_global = is_js && std::find(std::begin(kGlobalObjects), std::end(kGlobalObjects),
                                              base) != std::end(kGlobalObjects);
    base = is_global ? std::string(*it) : JoinPath(base, *it);
  }
  return base;
}

}  // namespace asyncport::facts
