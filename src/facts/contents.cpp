// Each proof follows a variable to its definition, and a parameter to the calls of its function.
#include "facts/contents.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ir/views.h"

namespace asyncport::facts {

using ir::NodeId;
using ir::NodeKind;

namespace {

constexpr int kMaxDepth = 12;

template <std::size_t N>
bool Has(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

class Contents {
 public:
  explicit Contents(const Facts& facts) : facts_(facts), tree_(facts.tree()) {}

  // ---- lists
  bool HasItems(NodeId id, int depth = 0) {
    if (!id || depth > kMaxDepth) return false;
    switch (tree_.kind(id)) {
      case NodeKind::kList:
        return AnyItem(ir::List(tree_, id).elements(), depth);
      case NodeKind::kTuple:
        return AnyItem(ir::Tuple(tree_, id).elements(), depth);
      case NodeKind::kSpread:
        return HasItems(ir::Spread(tree_, id).value(), depth + 1);
      case NodeKind::kNew: {
        const ir::New made(tree_, id);
        const bool is_set = facts_.ResolvedName(made.callee()) == "Set";
        return is_set && made.args().size() == 1 && HasItems(made.args()[0], depth + 1);
      }
      case NodeKind::kCall:
        return CallHasItems(ir::Call(tree_, id), depth);
      case NodeKind::kComprehension: {
        const auto clauses = ir::Comprehension(tree_, id).clauses();
        const auto each =
            clauses.size() == 1 ? ir::As<ir::CompFor>(tree_, clauses[0]) : ir::CompFor();
        return each && HasItems(each.iterable(), depth + 1);
      }
      case NodeKind::kName:
        return VariableHasItems(id, depth);
      default:
        return false;
    }
  }

  // ---- JSON
  bool IsJsonData(NodeId id, int depth = 0) {
    if (!id || depth > kMaxDepth) return false;
    switch (tree_.kind(id)) {
      case NodeKind::kAwait:
        return IsJsonData(ir::Await(tree_, id).value(), depth + 1);
      case NodeKind::kCall: {
        const ir::Call call(tree_, id);
        return facts_.ResolvedName(call.callee()) == "JSON.parse" && call.args().size() == 1;
      }
      case NodeKind::kAttribute:
        return IsJsonData(ir::Attribute(tree_, id).object(), depth + 1);
      case NodeKind::kSubscript:
        return IsJsonData(ir::Subscript(tree_, id).object(), depth + 1);
      case NodeKind::kName: {
        const Binding* binding = VariableOf(id);
        if (!binding || binding->writes.size() != 1) return false;
        if (auto loop = ir::As<ir::ForEach>(tree_, facts_.Parent(binding->writes[0]))) {
          return IsJsonData(loop.iterable(), depth + 1);
        }
        return IsJsonData(ValueWritten(binding->writes[0]), depth + 1);
      }
      default:
        return false;
    }
  }

  // ---- numbers
  bool IsNumberText(NodeId id) {
    if (IsWholeNumberText(id)) return true;
    if (auto call = ir::As<ir::Call>(tree_, id)) {
      const std::string path = facts_.ResolvedName(call.callee());
      if ((path == "String" || path == "str") && call.args().size() == 1) {
        return facts_.Only(call.args()[0], {TypeKind::kInt, TypeKind::kFloat});
      }
      const auto method = ir::As<ir::Attribute>(tree_, call.callee());
      return method && method.name() == "toFixed" &&
             facts_.Only(method.object(), {TypeKind::kInt, TypeKind::kFloat});
    }
    const std::optional<Group> group = GroupOf(id);
    return group && GroupTakes(group->pattern, group->name, &IsDecimal);
  }

  bool IsWholeNumberText(NodeId id) {
    if (auto text = ir::As<ir::String>(tree_, id)) return IsWhole(text.value());
    if (auto call = ir::As<ir::Call>(tree_, id)) {
      const std::string path = facts_.ResolvedName(call.callee());
      if ((path == "String" || path == "str") && call.args().size() == 1) {
        return facts_.Only(call.args()[0], {TypeKind::kInt});
      }
    }
    const std::optional<Group> group = GroupOf(id);
    return group && GroupTakes(group->pattern, group->name, &IsDigits);
  }

 private:
  // ---- lists
  bool AnyItem(std::span<const NodeId> elements, int depth) {
    return std::any_of(elements.begin(), elements.end(), [&](NodeId element) {
      if (tree_.Is(element, NodeKind::kElision)) return false;
      return !tree_.Is(element, NodeKind::kSpread) || HasItems(element, depth + 1);
    });
  }

  bool CallHasItems(ir::Call call, int depth) {
    static constexpr std::array<std::string_view, 6> kCopies = {"list",   "tuple",    "set",
                                                                "sorted", "reversed", "Array.from"};
    const auto args = call.args();
    if (Has(kCopies, facts_.ResolvedName(call.callee())))
      return !args.empty() && HasItems(args[0], depth + 1);
    const auto method = ir::As<ir::Attribute>(tree_, call.callee());
    if (!method) return false;
    const std::string_view name = method.name();
    if (name == "split") {
      const auto separator = args.size() == 1 ? ir::As<ir::String>(tree_, args[0]) : ir::String();
      return separator && !separator.value().empty();
    }
    static constexpr std::array<std::string_view, 6> kSameSize = {
        "map", "sort", "toSorted", "reverse", "toReversed", "fill"};
    const bool same = Has(kSameSize, name) || (name == "slice" && args.empty());
    if (name == "concat") return HasItems(method.object(), depth + 1) || AnyItem(args, depth);
    return same && facts_.Only(method.object(), {TypeKind::kList, TypeKind::kTuple}) &&
           HasItems(method.object(), depth + 1);
  }

  bool VariableHasItems(NodeId name, int depth) {
    const Binding* binding = VariableOf(name);
    if (!binding || binding->writes.empty()) return false;
    if (!std::all_of(binding->reads.begin(), binding->reads.end(),
                     [&](NodeId read) { return LeavesItems(read); })) {
      return false;
    }
    return std::all_of(binding->writes.begin(), binding->writes.end(), [&](NodeId write) {
      const NodeId parent = facts_.Parent(write);
      if (tree_.Is(parent, NodeKind::kParam)) return ParamHasItems(parent, depth);
      return HasItems(ValueWritten(write), depth + 1);
    });
  }

  // Can no item go away through this use of the variable?
  bool LeavesItems(NodeId read) {
    const NodeId parent = facts_.Parent(read);
    switch (tree_.kind(parent)) {
      case NodeKind::kAttribute: {
        static constexpr std::array<std::string_view, 8> kTakeAway = {
            "pop", "shift", "splice", "clear", "remove", "discard", "delete", "length"};
        if (!Has(kTakeAway, ir::Attribute(tree_, parent).name())) return true;
        return ir::Attribute(tree_, parent).name() == "length" && !IsWritten(parent);
      }
      case NodeKind::kSubscript:
        return !IsWritten(parent) ||
               !tree_.Is(ir::Subscript(tree_, parent).index(), NodeKind::kSlice);
      case NodeKind::kCall: {
        const ir::Call call(tree_, parent);
        return call.callee() != read && !facts_.ResolvedName(call.callee()).empty() &&
               facts_.PossibleCallees(parent).empty();
      }
      case NodeKind::kSpread:
      case NodeKind::kForEach:
      case NodeKind::kCompFor:
      case NodeKind::kTemplate:
      case NodeKind::kBinary:
      case NodeKind::kUnary:
      case NodeKind::kIf:
      case NodeKind::kWhile:
        return true;
      default:
        return false;
    }
  }

  bool IsWritten(NodeId place) {
    const NodeId parent = facts_.Parent(place);
    if (auto assign = ir::As<ir::Assign>(tree_, parent)) return assign.value() != place;
    const NodeKind kind = tree_.kind(parent);
    return kind == NodeKind::kDelete || kind == NodeKind::kAugAssign || kind == NodeKind::kUpdate ||
           kind == NodeKind::kAssignExpr;
  }

  // A parameter of a function that is only ever called, with items each time.
  bool ParamHasItems(NodeId param, int depth) {
    const NodeId function = facts_.Parent(param);
    const ir::Param view(tree_, param);
    const bool is_rest = view.kind() == ir::ParamKind::kRest;
    if ((view.kind() != ir::ParamKind::kPlain && !is_rest) || depth > kMaxDepth) return false;
    std::size_t position = 0;
    bool found = false;
    tree_.ForEachChild(function, [&](NodeId child) {
      if (child == param) found = true;
      if (!found && tree_.Is(child, NodeKind::kParam)) ++position;
    });
    const NodeId name = NameOf(function);
    const Binding* binding = name ? VariableOf(name) : nullptr;
    if (!binding || binding->reassigned || binding->reads.empty()) return false;
    return std::all_of(binding->reads.begin(), binding->reads.end(), [&](NodeId read) {
      const auto call = ir::As<ir::Call>(tree_, facts_.Parent(read));
      if (!call || call.callee() != read || IsExported(name)) return false;
      const auto args = call.args();
      for (std::size_t i = 0; i < args.size() && i <= position; ++i) {
        if (!ir::HasCategory(tree_.kind(args[i]), ir::category::Expr)) return false;
      }
      if (position >= args.size())
        return !is_rest && view.default_value() && HasItems(view.default_value(), depth + 1);
      return is_rest || HasItems(args[position], depth + 1);
    });
  }

  bool IsExported(NodeId name) {
    for (NodeId up = facts_.Parent(name); up; up = facts_.Parent(up)) {
      if (tree_.Is(up, NodeKind::kExport)) return true;
    }
    return false;
  }

  NodeId NameOf(NodeId function) {
    if (auto definition = ir::As<ir::FunctionDef>(tree_, function)) return definition.name();
    auto assign = ir::As<ir::Assign>(tree_, facts_.Parent(function));
    const bool named =
        assign && assign.targets().size() == 1 && tree_.Is(assign.targets()[0], NodeKind::kName);
    return named ? assign.targets()[0] : ir::kNoNode;
  }

  // ---- variables
  const Binding* VariableOf(NodeId name) {
    const BindingId id = facts_.BindingOf(name);
    if (!id || facts_.binding(id).kind == BindingKind::kFree ||
        facts_.binding(id).kind == BindingKind::kImport)
      return nullptr;
    return &facts_.binding(id);
  }

  // The value of `name = value`; none for other ways to be written.
  NodeId ValueWritten(NodeId write) {
    const auto assign = ir::As<ir::Assign>(tree_, facts_.Parent(write));
    return assign ? assign.value() : ir::kNoNode;
  }

  // What the variable was set to, if that is one expression.
  NodeId DefinitionOf(NodeId id) {
    if (!tree_.Is(id, NodeKind::kName)) return id;
    const Binding* binding = VariableOf(id);
    return binding && binding->writes.size() == 1 ? ValueWritten(binding->writes[0]) : ir::kNoNode;
  }

  // ---- groups of regular expressions
  struct Group {
    std::string_view pattern;
    std::string name;  // or its number
  };

  std::optional<Group> GroupOf(NodeId id) {
    if (tree_.Is(id, NodeKind::kName)) {
      const Binding* binding = VariableOf(id);
      if (!binding || binding->writes.size() != 1) return std::nullopt;
      const NodeId write = binding->writes[0];
      const NodeId parent = facts_.Parent(write);
      if (auto list = ir::As<ir::ListPattern>(tree_, parent)) {
        const auto at = std::find(list.elements().begin(), list.elements().end(), write);
        return GroupIn(MatchUnpackedBy(parent), std::to_string(at - list.elements().begin()));
      }
      if (auto property = ir::As<ir::PropertyPattern>(tree_, parent)) {
        const auto key = ir::As<ir::String>(tree_, property.key());
        const auto groups = ir::As<ir::Attribute>(tree_, MatchUnpackedBy(facts_.Parent(parent)));
        if (!key || !groups || groups.name() != "groups") return std::nullopt;
        return GroupIn(groups.object(), std::string(key.value()));
      }
      return tree_.Is(parent, NodeKind::kAssign) ? GroupOf(ValueWritten(write)) : std::nullopt;
    }
    if (auto item = ir::As<ir::Subscript>(tree_, id)) {
      const bool constant =
          tree_.Is(item.index(), NodeKind::kNumber) || tree_.Is(item.index(), NodeKind::kString);
      return constant ? GroupIn(item.object(), std::string(tree_.text(item.index())))
                      : std::nullopt;
    }
    if (auto attribute = ir::As<ir::Attribute>(tree_, id)) {
      const auto groups = ir::As<ir::Attribute>(tree_, attribute.object());
      if (!groups || groups.name() != "groups") return std::nullopt;
      return GroupIn(groups.object(), std::string(attribute.name()));
    }
    if (auto call = ir::As<ir::Call>(tree_, id)) {
      const auto method = ir::As<ir::Attribute>(tree_, call.callee());
      if (!method || method.name() != "group" || call.args().size() != 1) return std::nullopt;
      return GroupIn(method.object(), std::string(tree_.text(call.args()[0])));
    }
    return std::nullopt;
  }

  NodeId MatchUnpackedBy(NodeId pattern) {
    const auto assign = ir::As<ir::Assign>(tree_, facts_.Parent(pattern));
    return assign ? assign.value() : ir::kNoNode;
  }

  std::optional<Group> GroupIn(NodeId match, std::string name) {
    const NodeId call_id = match ? MatchingCall(match) : ir::kNoNode;
    const auto call = ir::As<ir::Call>(tree_, call_id);
    const auto method = call ? ir::As<ir::Attribute>(tree_, call.callee()) : ir::Attribute();
    if (!method || call.args().empty()) return std::nullopt;
    std::string_view pattern;
    if (tree_.language() == Language::kJs) {
      if (method.name() == "match" || method.name() == "matchAll" || method.name() == "replace" ||
          method.name() == "replaceAll") {
        pattern = PatternText(call.args()[0]);
      } else if (method.name() == "exec") {
        pattern = PatternText(method.object());
      }
      // With `g`, match gives the whole matches.
      if (method.name() == "match" &&
          pattern.substr(pattern.rfind('/') + 1).find('g') != std::string_view::npos)
        return std::nullopt;
    } else {
      static constexpr std::array<std::string_view, 5> kFunctions = {
          "re.match", "re.search", "re.fullmatch", "re.finditer", "re.sub"};
      static constexpr std::array<std::string_view, 5> kMethods = {"match", "search", "fullmatch",
                                                                   "finditer", "sub"};
      if (Has(kFunctions, facts_.ResolvedName(call.callee()))) {
        pattern = PatternText(call.args()[0]);
      } else if (Has(kMethods, method.name())) {
        pattern = PatternText(method.object());
      }
    }
    if (pattern.empty()) return std::nullopt;
    return Group{pattern, std::move(name)};
  }

  // The call that made the match: the variable's definition, what a loop goes over, what the callback was given to.
  NodeId MatchingCall(NodeId match) {
    if (!tree_.Is(match, NodeKind::kName)) return match;
    const Binding* binding = VariableOf(match);
    if (!binding || binding->writes.size() != 1) return ir::kNoNode;
    const NodeId parent = facts_.Parent(binding->writes[0]);
    if (auto loop = ir::As<ir::ForEach>(tree_, parent)) return loop.iterable();
    if (auto loop = ir::As<ir::CompFor>(tree_, parent)) return loop.iterable();
    if (auto walrus = ir::As<ir::Walrus>(tree_, parent)) return walrus.value();
    if (tree_.Is(parent, NodeKind::kParam) && tree_.language() == Language::kPy) {
      return facts_.Parent(facts_.Parent(parent));  // re.sub(p, lambda m: ..., s)
    }
    return ValueWritten(binding->writes[0]);
  }

  std::string_view PatternText(NodeId id) {
    id = DefinitionOf(id);
    if (!id) return {};
    if (tree_.Is(id, NodeKind::kRegex) || tree_.Is(id, NodeKind::kString)) return tree_.text(id);
    const auto call = ir::As<ir::Call>(tree_, id);
    const bool compiled =
        call && facts_.ResolvedName(call.callee()) == "re.compile" && !call.args().empty();
    return compiled && tree_.Is(call.args()[0], NodeKind::kString) ? tree_.text(call.args()[0])
                                                                   : std::string_view();
  }

  static bool IsWhole(std::string_view text) {
    if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
    return !text.empty() && text.size() < 16 &&
           std::all_of(text.begin(), text.end(), [](unsigned char ch) { return std::isdigit(ch); });
  }

  // Does the group (a name or a number from 1) take part in every match, and `fits` what it matches? Patterns with `|` are
  // not looked into.
  static bool GroupTakes(std::string_view pattern, const std::string& wanted,
                         bool (*fits)(std::string_view)) {
    if (pattern.find('|') != std::string_view::npos) return false;
    if (wanted == "0")
      return fits(pattern.starts_with('/') ? pattern.substr(1, pattern.rfind('/') - 1) : pattern);
    int count = 0;
    std::vector<std::pair<std::size_t, bool>>
        open;  // where a group's inside begins; is it the wanted one?
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      if (pattern[i] == '\\') {
        ++i;
      } else if (pattern[i] == '[') {
        while (++i < pattern.size() && pattern[i] != ']') i += pattern[i] == '\\' ? 1 : 0;
      } else if (pattern[i] == '(') {
        std::size_t inside = i + 1;
        std::string name;
        if (pattern.substr(inside).starts_with("?<") || pattern.substr(inside).starts_with("?P<")) {
          const std::size_t begin = pattern.find('<', inside) + 1;
          if (begin < pattern.size() && (pattern[begin] == '=' || pattern[begin] == '!'))
            return false;
          inside = pattern.find('>', begin);
          if (inside == std::string_view::npos) return false;
          name = pattern.substr(begin, inside - begin);
          ++inside;
          ++count;
        } else if (!pattern.substr(inside).starts_with("?")) {
          ++count;
        }
        const bool is_capture = !pattern.substr(i + 1).starts_with("?") || !name.empty();
        open.emplace_back(inside,
                          is_capture && (name == wanted || std::to_string(count) == wanted));
      } else if (pattern[i] == ')') {
        if (open.empty()) return false;
        const auto [inside, is_wanted] = open.back();
        open.pop_back();
        if (!is_wanted) continue;
        const char after = i + 1 < pattern.size() ? pattern[i + 1] : ' ';
        return open.empty() && after != '?' && after != '*' && after != '{' &&
               fits(pattern.substr(inside, i - inside));
      }
    }
    return false;
  }

  // `\d+\.\d+`, `\d+(?:\.\d+)?`, `\d+\.?\d*` and the like
  static bool IsDecimal(std::string_view pattern) {
    for (std::string_view point : {"(?:\\.", "(\\.", "\\.?", "[.]?", "\\.", "[.]"}) {
      const std::size_t at = pattern.find(point);
      if (at == std::string_view::npos) continue;
      std::string_view fraction = pattern.substr(at + point.size());
      if (point.starts_with('(')) {
        if (!fraction.ends_with(")?")) return false;
        fraction.remove_suffix(2);
      }
      const bool digits = fraction == "\\d*" || fraction == "[0-9]*" || IsDigits(fraction);
      return digits && IsDigits(pattern.substr(0, at));
    }
    return IsDigits(pattern);
  }

  // `\d+`, `-?[0-9]{2}` and the like
  static bool IsDigits(std::string_view pattern) {
    for (std::string_view sign : {"-?", "[-+]?", "[+-]?", "\\+?"}) {
      if (pattern.starts_with(sign)) {
        pattern.remove_prefix(sign.size());
        break;
      }
    }
    bool any = false;
    while (!pattern.empty()) {
      const std::size_t size = pattern.starts_with("\\d")                                     ? 2
                               : pattern.starts_with("[0-9]") || pattern.starts_with("[1-9]") ? 5
                                                                                              : 0;
      if (size == 0) return false;
      pattern.remove_prefix(size);
      if (pattern.starts_with('?') || pattern.starts_with('*')) {
        pattern.remove_prefix(1);
        continue;
      }
      any = true;
      if (pattern.starts_with('+')) pattern.remove_prefix(1);
      if (pattern.starts_with('{')) {
        if (pattern.starts_with("{0")) return false;
        const std::size_t end = pattern.find('}');
        if (end == std::string_view::npos) return false;
        pattern.remove_prefix(end + 1);
      }
    }
    return any;
  }

  const Facts& facts_;
  const ir::Tree& tree_;
};

}  // namespace

bool HasItems(const Facts& facts, NodeId expression) {
  return Contents(facts).HasItems(expression);
}
bool IsWholeNumberText(const Facts& facts, NodeId expression) {
  return Contents(facts).IsWholeNumberText(expression);
}
bool IsNumberText(const Facts& facts, NodeId expression) {
  return Contents(facts).IsNumberText(expression);
}
bool IsJsonData(const Facts& facts, NodeId expression) {
  return Contents(facts).IsJsonData(expression);
}

}  // namespace asyncport::facts
