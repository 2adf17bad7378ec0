// See prototypes.h.
#include "lower/js/prototypes.h"

#include <algorithm>
#include <cctype>
#include <unordered_map>
#include <utility>

#include "lower/js/lowering.h"
#include "lower/js/text.h"

namespace asyncport::lower::js {
namespace {

using syntax::CstNode;

bool IsFunction(const CstNode& node) {
  return node && (node.Is("function_expression") || node.Is("generator_function"));
}

bool IsScope(const CstNode& node) {
  return node.Is("function_expression") || node.Is("function_declaration") ||
         node.Is("generator_function") || node.Is("generator_function_declaration") ||
         node.Is("method_definition") || node.Is("class_body");
}

bool IsWordChar(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$';
}

// The value of a statement that is one expression.
CstNode ValueOf(const CstNode& statement) {
  return statement.Is("expression_statement") ? Unparenthesised(FirstNamed(statement)) : CstNode();
}

class Finder {
 public:
  Finder(const Source& source, const std::vector<CstNode>& statements)
      : source_(source), statements_(statements) {}

  std::optional<PrototypePlan> Find() {
    for (std::size_t i = 0; i < statements_.size(); ++i) Declare(i);
    if (found_.empty()) return std::nullopt;
    for (std::size_t i = 0; i < statements_.size(); ++i) Look(i);
    return Decide();
  }

 private:
  struct Candidate {
    PrototypeClass made;
    std::size_t at = 0;
    std::vector<std::size_t> taken;
    std::vector<std::pair<std::size_t, CstNode>> aliases;
    bool is_possible = true;
    bool has_prototype = false;
  };

  std::string_view Text(const CstNode& node) const {
    return node ? source_.Text(node.span()) : std::string_view();
  }

  // ---- constructors
  void Declare(std::size_t at) {
    const CstNode& statement = statements_[at];
    if (statement.has_error()) return;
    PrototypeClass made;
    made.span = statement.span();
    if (statement.Is("function_declaration")) {
      made.name = statement.Field("name");
      made.function = statement;
    } else if (statement.Is("variable_declaration") || statement.Is("lexical_declaration")) {
      const std::vector<CstNode> declarators = statement.NamedChildren();
      for (const CstNode& declarator : declarators) {
        const CstNode name = declarator.Field("name");
        if (name && name.Is("identifier")) declared_[Text(name)] = at;
      }
      if (declarators.size() != 1) return;
      made.name = declarators[0].Field("name");
      CstNode value = Unparenthesised(declarators[0].Field("value"));
      if (value && value.Is("assignment_expression") &&
          Text(value.Field("left")) == "module.exports") {
        made.exported = value.Field("left");
        value = Unparenthesised(value.Field("right"));
      }
      if (!value || !value.Is("function_expression")) return;
      made.function = value;
    } else {
      if (statement.Is("class_declaration")) declared_[Text(statement.Field("name"))] = at;
      return;
    }
    if (!made.name || !made.name.Is("identifier")) return;
    declared_[Text(made.name)] = at;
    if (made.function.HasToken("async")) return;
    Candidate candidate;
    candidate.made = std::move(made);
    candidate.at = at;
    // Declared twice: nobody knows which one is meant.
    auto [place, is_new] = found_.emplace(Text(candidate.made.name), order_.size());
    if (!is_new) {
      order_[place->second].is_possible = false;
      return;
    }
    order_.push_back(std::move(candidate));
  }

  Candidate* CandidateOf(const CstNode& name) {
    if (!name || !name.Is("identifier")) return nullptr;
    auto it = found_.find(Text(name));
    return it == found_.end() ? nullptr : &order_[it->second];
  }
  // `F` of `F.prototype`.
  Candidate* OfPrototype(const CstNode& node) {
    if (!node || !node.Is("member_expression") || Text(node.Field("property")) != "prototype")
      return nullptr;
    return CandidateOf(node.Field("object"));
  }

  // ---- what stands behind them
  void Look(std::size_t at) {
    const CstNode value = ValueOf(statements_[at]);
    if (!value || statements_[at].has_error()) return;
    if (value.Is("assignment_expression")) return LookAtAssignment(at, value);
    if (value.Is("call_expression")) LookAtCall(at, value);
  }

  void LookAtAssignment(std::size_t at, const CstNode& assignment) {
    std::vector<CstNode> targets;
    CstNode value = assignment;
    while (value && value.Is("assignment_expression")) {
      targets.push_back(value.Field("left"));
      value = Unparenthesised(value.Field("right"));
    }
    if (!value) return;
    for (const CstNode& target : targets) {
      if (Candidate* lost = CandidateOf(target)) lost->is_possible = false;
    }
    if (targets.size() == 1) {
      if (Candidate* whole = OfPrototype(targets[0])) return TakePrototype(at, *whole, value);
    }
    const CstNode target = targets.back();
    if (!target.Is("member_expression") && !target.Is("subscript_expression")) return;
    const CstNode owner = target.Field("object");
    const CstNode key = target.Field(target.Is("member_expression") ? "property" : "index");
    if (Candidate* made = OfPrototype(owner)) {
      made->has_prototype = true;
      TakeMember(at, *made, targets, key, value, false);
    } else if (Candidate* of_class = CandidateOf(owner); of_class && IsFunction(value)) {
      if (Text(key) == "prototype" || targets.size() > 1 || !target.Is("member_expression")) return;
      TakeMember(at, *of_class, targets, key, value, true);
    }
  }

  void TakeMember(std::size_t at, Candidate& made, const std::vector<CstNode>& targets,
                  const CstNode& key, const CstNode& value, bool is_static) {
    const bool is_dotted = targets.back().Is("member_expression");
    if (!is_static && is_dotted && Text(key) == "constructor") {
      made.taken.push_back(at);
      return;
    }
    if (!is_static && is_dotted && Text(key) == "__proto__" && targets.size() == 1) {
      if (TakeBase(made, BaseOf(value))) made.taken.push_back(at);
      return;
    }
    const Span whole = statements_[at].span();
    PrototypeMember member;
    member.span = whole;
    member.value = value;
    member.is_static = is_static;
    member.at = at;
    if (!Name(key, is_dotted, member)) return;
    if (!IsFunction(value) && !IsLiteral(value)) return;
    if (targets.size() == 2 && IsFunction(value) && OfPrototype(targets[0].Field("object"))) {
      // `F.prototype.on = F.prototype.add = function...`: the second name remains a statement.
      member.span = {targets[1].span().begin, whole.end};
      made.aliases.emplace_back(at, targets[0]);
    } else if (targets.size() != 1) {
      return;
    }
    made.taken.push_back(at);
    made.made.members.push_back(std::move(member));
  }

  // The name of a member; false if it is neither a name nor a symbol.
  bool Name(const CstNode& key, bool is_dotted, PrototypeMember& member) const {
    if (is_dotted) {
      if (key.Is("private_property_identifier")) return false;
      member.name = DecodeName(Text(key));
    } else if (key.Is("string")) {
      member.name = DecodeString(Text(key).substr(1, Text(key).size() - 2));
    } else if (key.Is("member_expression") && Text(key.Field("object")) == "Symbol") {
      member.computed = key;
      return true;
    } else {
      return false;
    }
    return !member.name.empty() && std::all_of(member.name.begin(), member.name.end(), IsWordChar);
  }

  // `F.prototype = { ... }`, `= Object.create(Base.prototype)`, `= new Base()`.
  void TakePrototype(std::size_t at, Candidate& made, const CstNode& value) {
    made.has_prototype = true;
    bool taken = false;
    if (value.Is("object")) {
      taken = TakeObject(made, value);
    } else if (value.Is("new_expression")) {
      const CstNode arguments = value.Field("arguments");
      const bool is_bare = !arguments || arguments.NamedChildren().empty();
      taken = is_bare && TakeBase(made, value.Field("constructor"));
    } else {
      taken = TakeBase(made, BaseOf(value));
    }
    if (taken)
      made.taken.push_back(at);
    else
      made.is_possible = false;
  }

  // Base of `Base.prototype` and of `Object.create(Base.prototype)`.
  CstNode BaseOf(const CstNode& value) const {
    CstNode prototype = value;
    if (value.Is("call_expression") && Text(value.Field("function")) == "Object.create") {
      const std::vector<CstNode> arguments = value.Field("arguments").NamedChildren();
      if (arguments.empty() || arguments.size() > 2) return {};
      if (arguments.size() == 2 && !OnlyConstructor(arguments[1])) return {};
      prototype = arguments[0];
    }
    if (!prototype.Is("member_expression") || Text(prototype.Field("property")) != "prototype")
      return {};
    return prototype.Field("object");
  }

  // `{ constructor: { value: F } }`
  bool OnlyConstructor(const CstNode& object) const {
    if (!object.Is("object")) return false;
    const std::vector<CstNode> entries = object.NamedChildren();
    return std::all_of(entries.begin(), entries.end(), [&](const CstNode& entry) {
      return entry.Is("pair") && Text(entry.Field("key")) == "constructor";
    });
  }

  bool TakeBase(Candidate& made, const CstNode& base) {
    if (!base || made.made.base) return false;
    if (!base.Is("identifier") && !base.Is("member_expression")) return false;
    if (Text(base) == Text(made.made.name)) return false;
    made.has_prototype = true;
    if (Text(base) == "Object") return true;
    made.made.base = base;
    return true;
  }

  bool TakeObject(Candidate& made, const CstNode& object) {
    std::vector<PrototypeMember> members;
    for (const CstNode& entry : object.NamedChildren()) {
      PrototypeMember member;
      member.span = entry.span();
      if (entry.Is("method_definition")) {
        member.value = entry;
        const CstNode key = entry.Field("name");
        if (!key.Is("property_identifier")) return false;
        member.name = DecodeName(Text(key));
      } else if (entry.Is("pair")) {
        const CstNode key = entry.Field("key");
        member.value = Unparenthesised(entry.Field("value"));
        if (Text(key) == "constructor") continue;
        if (key.Is("computed_property_name") || !Name(key, !key.Is("string"), member)) return false;
        if (!IsFunction(member.value) && !IsLiteral(member.value)) return false;
      } else {
        return false;
      }
      members.push_back(std::move(member));
    }
    std::move(members.begin(), members.end(), std::back_inserter(made.made.members));
    return true;
  }

  void LookAtCall(std::size_t at, const CstNode& call) {
    const std::string_view callee = Text(call.Field("function"));
    const CstNode list = call.Field("arguments");
    if (!list || !list.Is("arguments")) return;
    const std::vector<CstNode> arguments = list.NamedChildren();
    if (arguments.size() < 2) return;
    const bool inherits = callee == "inherits" || callee.ends_with(".inherits");
    if (inherits && arguments.size() == 2) {
      Candidate* made = CandidateOf(arguments[0]);
      if (made != nullptr && TakeBase(*made, arguments[1])) made->taken.push_back(at);
      return;
    }
    Candidate* made = OfPrototype(arguments[0]);
    if (made == nullptr) return;
    made->has_prototype = true;
    bool taken = false;
    if (callee == "Object.setPrototypeOf" && arguments.size() == 2) {
      taken = TakeBase(*made, BaseOf(arguments[1]));
    } else if (callee == "Object.assign") {
      taken = std::all_of(arguments.begin() + 1, arguments.end(),
                          [](const CstNode& a) { return a.Is("object"); });
      for (std::size_t i = 1; taken && i < arguments.size(); ++i) {
        taken = TakeObject(*made, arguments[i]);
      }
      if (!taken && arguments.size() > 2) made->is_possible = false;
    } else if (callee == "Object.defineProperty" && arguments.size() == 3 &&
               arguments[1].Is("string")) {
      taken = TakeDescriptor(*made, arguments[1], arguments[2], statements_[at].span());
    } else if (callee == "Object.defineProperties" && arguments.size() == 2 &&
               arguments[1].Is("object")) {
      Candidate tried = *made;
      const std::vector<CstNode> entries = arguments[1].NamedChildren();
      taken = std::all_of(entries.begin(), entries.end(), [&](const CstNode& entry) {
        return entry.Is("pair") &&
               TakeDescriptor(tried, entry.Field("key"), entry.Field("value"), entry.span());
      });
      if (taken) *made = std::move(tried);
    }
    if (taken) made->taken.push_back(at);
  }

  // `{ get: function () {...}, set(v) {...} }`, `{ value: function () {...} }`
  bool TakeDescriptor(Candidate& made, const CstNode& key, const CstNode& descriptor, Span span) {
    if (!descriptor.Is("object")) return false;
    PrototypeMember member;
    if (!Name(key, !key.Is("string"), member)) return false;
    std::vector<PrototypeMember> members;
    for (const CstNode& entry : descriptor.NamedChildren()) {
      const CstNode word = entry.Field(entry.Is("pair") ? "key" : "name");
      if (!word) return false;
      const std::string_view text = Text(word);
      if (text == "enumerable" || text == "configurable" || text == "writable") continue;
      member.value = entry.Is("pair") ? Unparenthesised(entry.Field("value")) : entry;
      if (!IsFunction(member.value) && !member.value.Is("method_definition")) return false;
      member.kind = text == "get"   ? ir::MethodKind::kGetter
                    : text == "set" ? ir::MethodKind::kSetter
                                    : ir::MethodKind::kMethod;
      if (member.kind == ir::MethodKind::kMethod && text != "value") return false;
      member.span = descriptor.NamedChildren().size() == 1 ? span : entry.span();
      members.push_back(member);
    }
    std::move(members.begin(), members.end(), std::back_inserter(made.made.members));
    return true;
  }

  // Nothing in it is looked up when the class is made.
  bool IsLiteral(const CstNode& value) const {
    if (value.Is("number") || value.Is("string") || value.Is("true") || value.Is("false") ||
        value.Is("null"))
      return true;
    if (value.Is("unary_expression")) return IsLiteral(value.Field("argument"));
    if (!value.Is("array")) return false;
    const std::vector<CstNode> children = value.NamedChildren();
    return std::all_of(children.begin(), children.end(),
                       [&](const CstNode& child) { return IsLiteral(child); });
  }

  // ---- decision
  // Does the function itself (functions inside left out) return something other than `this`?
  bool ReturnsValue(const CstNode& node, std::string_view name) const {
    if (node.Is("if_statement") && IsNewGuard(source_, node, name)) return false;
    if (node.Is("return_statement")) {
      const CstNode value = FirstNamed(node);
      return value && !value.Is("this");
    }
    for (const CstNode& child : node.NamedChildren()) {
      if (!IsScope(child) && !child.Is("arrow_function") && ReturnsValue(child, name)) return true;
    }
    return false;
  }

  // `new F` somewhere in the file, of a function that fills `this`.
  bool IsMadeWithNew(const Candidate& candidate) const {
    const std::string_view name = Text(candidate.made.name);
    const CstNode body = candidate.made.function.Field("body");
    if (std::isupper(static_cast<unsigned char>(name[0])) == 0) return false;
    if (Text(body).find("this.") == std::string_view::npos) return false;
    const std::string wanted = "new " + std::string(name);
    const std::string_view all = source_.text();
    for (std::size_t at = all.find(wanted); at != std::string_view::npos;
         at = all.find(wanted, at + 1)) {
      const std::size_t end = at + wanted.size();
      if (end == all.size() || !IsWordChar(all[end])) return true;
    }
    return false;
  }

  bool IsClass(const Candidate& candidate) const {
    const PrototypeClass& made = candidate.made;
    if (!candidate.is_possible) return false;
    if (!candidate.has_prototype && !made.base && !IsMadeWithNew(candidate)) return false;
    return !ReturnsValue(made.function.Field("body"), Text(made.name));
  }

  // Python keeps what belongs to the class and what belongs to instances in one place: a static function that is called
  // like a method stays a statement.
  static void LeaveNamesakes(Candidate& candidate) {
    std::vector<PrototypeMember>& members = candidate.made.members;
    auto is_namesake = [&](const PrototypeMember& a) {
      return a.is_static && std::any_of(members.begin(), members.end(), [&](const auto& b) {
               return !b.is_static && a.name == b.name;
             });
    };
    std::vector<PrototypeMember> kept;
    for (const PrototypeMember& member : members) {
      if (is_namesake(member))
        std::erase(candidate.taken, member.at);
      else
        kept.push_back(member);
    }
    members = std::move(kept);
  }

  std::optional<PrototypePlan> Decide() {
    PrototypePlan plan;
    plan.starts.resize(statements_.size() + 1);
    plan.is_taken.resize(statements_.size());
    plan.aliases.resize(statements_.size());
    std::vector<std::size_t> made_at(order_.size(), 0);
    for (std::size_t i = 0; i < order_.size(); ++i) {
      Candidate& candidate = order_[i];
      if (!IsClass(candidate)) continue;
      LeaveNamesakes(candidate);
      // The class follows what it extends.
      std::size_t at = candidate.at;
      if (candidate.made.base) {
        CstNode root = candidate.made.base;
        while (root.Is("member_expression")) root = root.Field("object");
        if (auto it = declared_.find(Text(root)); it != declared_.end() && it->second > at) {
          at = it->second + 1;
        }
      }
      plan.is_taken[candidate.at] = true;
      for (std::size_t taken : candidate.taken) plan.is_taken[taken] = true;
      for (auto& [place, target] : candidate.aliases) plan.aliases[place] = target;
      plan.starts[at].push_back(plan.classes.size());
      plan.classes.push_back(std::move(candidate.made));
    }
    if (plan.classes.empty()) return std::nullopt;
    return plan;
  }

  const Source& source_;
  const std::vector<CstNode>& statements_;
  std::vector<Candidate> order_;
  std::unordered_map<std::string_view, std::size_t> found_;     // by name: index into order_
  std::unordered_map<std::string_view, std::size_t> declared_;  // by name: index of the statement
};

}  // namespace

std::optional<PrototypePlan> FindPrototypeClasses(const Source& source,
                                                  const std::vector<CstNode>& statements) {
  return Finder(source, statements).Find();
}

bool IsNewGuard(const Source& source, const CstNode& statement, std::string_view name) {
  if (!statement.Is("if_statement") || statement.Field("alternative")) return false;
  CstNode test = Unparenthesised(statement.Field("condition"));
  if (!test || !test.Is("unary_expression") || !test.HasToken("!")) return false;
  test = Unparenthesised(test.Field("argument"));
  const std::string_view asked = source.Text(test.span());
  const bool is_instance = test.Is("binary_expression") && test.Field("left").Is("this") &&
                           test.HasToken("instanceof") &&
                           source.Text(test.Field("right").span()) == name;
  if (!is_instance && asked != "new.target") return false;
  CstNode answer = statement.Field("consequence");
  if (answer && answer.Is("statement_block")) {
    if (answer.NamedChildren().size() != 1) return false;
    answer = FirstNamed(answer);
  }
  if (!answer || !answer.Is("return_statement")) return false;
  const CstNode made = FirstNamed(answer);
  return made && made.Is("new_expression") && source.Text(made.Field("constructor").span()) == name;
}

BaseCall CallOfBase(const Source& source, const CstNode& statement, std::string_view base) {
  const CstNode call = ValueOf(statement);
  if (!call || base.empty() || !call.Is("call_expression")) return {};
  const CstNode callee = call.Field("function");
  if (!callee || !callee.Is("member_expression")) return {};
  if (source.Text(callee.Field("object").span()) != base) return {};
  const std::string_view method = source.Text(callee.Field("property").span());
  if (method != "call" && method != "apply") return {};
  const CstNode list = call.Field("arguments");
  if (!list || !list.Is("arguments")) return {};
  const std::vector<CstNode> arguments = list.NamedChildren();
  if (arguments.empty() || !arguments[0].Is("this")) return {};
  if (method == "apply" && arguments.size() != 2) return {};
  return {list, method == "apply"};
}

}  // namespace asyncport::lower::js
