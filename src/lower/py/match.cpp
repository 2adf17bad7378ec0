// `match` and its patterns.
// Example: `case [1, *_]:` -> MatchSequence(MatchValue 1, RestPattern); `case x:` -> Name x; `case _:` -> MatchWildcard.
#include "lower/py/lowering.h"

namespace asyncport::lower::py {

void Lowering::MatchStatement(const CstNode& node, NodeList& out) {
  std::vector<CstNode> subjects = node.Fields("subject");
  NodeId subject;
  if (subjects.size() == 1 && !node.HasToken(",")) {
    subject = Expression(subjects.front());
  } else if (subjects.empty()) {
    subject = Opaque(node.span(), "a missing expression");
  } else {
    subject = TupleOf(subjects, {subjects.front().span().begin, subjects.back().span().end}, false);
  }
  NodeList cases;
  if (CstNode body = node.Field("body")) {
    for (const CstNode& part : NamedParts(body)) {
      if (part.Is("case_clause")) cases.push_back(CaseOf(part));
    }
  }
  out.push_back(Make(tree_, make::Match{.subject = subject, .cases = std::move(cases)}, TightSpan(node)));
}

NodeId Lowering::CaseOf(const CstNode& node) {
  std::vector<CstNode> patterns;
  for (const CstNode& part : NamedParts(node)) {
    if (part.Is("case_pattern")) patterns.push_back(part);
  }
  NodeId pattern;
  if (patterns.size() == 1 && !node.HasToken(",")) {
    pattern = CasePattern(patterns.front());
  } else if (patterns.empty()) {
    pattern = Opaque(node.span(), "a missing pattern");
  } else {
    NodeList elements;
    for (const CstNode& part : patterns) elements.push_back(CasePattern(part));
    pattern = Make(tree_, make::MatchSequence{.elements = std::move(elements)},
                   {patterns.front().span().begin, patterns.back().span().end});
  }
  NodeId guard;
  if (CstNode clause = node.Field("guard")) guard = Expression(FirstNamed(clause));
  NodeId body = Body(node.Field("consequence"));
  return Make(tree_, make::MatchCase{.pattern = pattern, .guard = guard, .body = body}, TightSpan(node));
}

NodeId Lowering::Capture(const CstNode& identifier) {
  if (TextOf(identifier) == "_") return Make(tree_, make::MatchWildcard{}, identifier.span());
  return NameOf(identifier);
}

NodeId Lowering::SignedNumber(const std::vector<CstNode>& parts, Span span) {
  // `-1`, `1 + 2j`, `-1 - 2j`: tokens and numbers in order.
  NodeId value;
  ir::BinaryOp join = ir::BinaryOp::kNone;
  bool negative = false;
  for (const CstNode& part : parts) {
    if (!part.is_named()) {
      bool minus = part.Is("-");
      if (value) {
        join = minus ? ir::BinaryOp::kSub : ir::BinaryOp::kAdd;
      } else {
        negative = minus;
      }
      continue;
    }
    NodeId number = Expression(part);
    if (negative) {
      number = Make(tree_, make::Unary{.operand = number, .op = ir::UnaryOp::kNeg}, span);
      negative = false;
    }
    value = value ? Make(tree_, make::Binary{.left = value, .right = number, .op = join}, span) : number;
  }
  if (!value) value = Opaque(span, "a missing number");
  return Make(tree_, make::MatchValue{.value = value}, span);
}

// A case_pattern holds one pattern; `-1` and `_` leave tokens of their own in it.
NodeId Lowering::CaseInside(const CstNode& node) {
  std::vector<CstNode> parts = PartsOf(node);
  if (parts.empty() || (parts.size() == 1 && parts.front().Is("_"))) {
    return Make(tree_, make::MatchWildcard{}, node.span());
  }
  if (parts.front().Is("-")) return SignedNumber(parts, node.span());
  return CasePattern(parts.front());
}

NodeId Lowering::CaseValue(const CstNode& node) {
  return Make(tree_, make::MatchValue{.value = Expression(node)}, node.span());
}

NodeId Lowering::CaseComplex(const CstNode& node) { return SignedNumber(PartsOf(node), node.span()); }

NodeId Lowering::CaseDotted(const CstNode& node) {
  std::vector<CstNode> names = NamedParts(node);
  if (names.size() == 1) return Capture(names.front());
  NodeId value = Identifier(names.front());
  for (std::size_t i = 1; i < names.size(); ++i) {
    value = Make(tree_, make::Attribute{.object = value, .name = TextOf(names[i])},
                 {node.span().begin, names[i].span().end});
  }
  return Make(tree_, make::MatchValue{.value = value}, node.span());
}

NodeId Lowering::CaseSequence(const CstNode& node) {
  std::vector<CstNode> parts = NamedParts(node);
  if (node.Is("tuple_pattern") && parts.size() == 1 && !node.HasToken(",")) return CasePattern(parts.front());
  NodeList elements;
  for (const CstNode& part : parts) elements.push_back(CasePattern(part));
  return Make(tree_, make::MatchSequence{.elements = std::move(elements)}, node.span());
}

NodeId Lowering::CaseMapping(const CstNode& node) {
  // Keys and values alternate around `:`; a key may be preceded by the token `-`.
  NodeList entries;
  NodeId rest;
  std::vector<CstNode> key;
  for (const CstNode& part : PartsOf(node)) {
    if (part.Is("{") || part.Is("}") || part.Is(",") || part.Is(":")) continue;
    if (part.Is("splat_pattern")) {
      rest = NameOf(FirstNamed(part));
    } else if (!part.Is("case_pattern")) {
      key.push_back(part);
    } else if (!key.empty()) {
      Span span{key.front().span().begin, key.back().span().end};
      NodeId key_node;
      if (key.front().Is("-") || key.front().Is("complex_pattern")) {
        key_node = SignedNumber(key.front().Is("-") ? key : PartsOf(key.front()), span);
      } else {
        key_node = CasePattern(key.back());
      }
      if (auto value = ir::As<ir::MatchValue>(tree_, key_node)) key_node = value.value();
      NodeId pattern = CasePattern(part);
      entries.push_back(Make(tree_, make::MatchEntry{.key = key_node, .pattern = pattern},
                             {span.begin, part.span().end}));
      key.clear();
    }
  }
  return Make(tree_, make::MatchMapping{.entries = std::move(entries), .rest = rest}, node.span());
}

NodeId Lowering::CaseClass(const CstNode& node) {
  NodeId type;
  NodeList positional;
  NodeList keywords;
  for (const CstNode& part : NamedParts(node)) {
    if (!type) {
      std::vector<CstNode> names = NamedParts(part);
      type = names.empty() ? Opaque(part.span(), part.kind()) : Identifier(names.front());
      for (std::size_t i = 1; i < names.size(); ++i) {
        type = Make(tree_, make::Attribute{.object = type, .name = TextOf(names[i])},
                    {part.span().begin, names[i].span().end});
      }
      continue;
    }
    CstNode inner = FirstNamed(part);
    if (!inner || !inner.Is("keyword_pattern")) {
      positional.push_back(CasePattern(part));
      continue;
    }
    // `name = pattern`, the pattern without a case_pattern around it.
    std::vector<CstNode> tokens = PartsOf(inner);
    std::vector<CstNode> value(tokens.begin() + std::min<std::ptrdiff_t>(2, std::ssize(tokens)), tokens.end());
    NodeId pattern;
    if (value.empty()) {
      pattern = Opaque(inner.span(), "a missing pattern");
    } else if (value.front().Is("-")) {
      pattern = SignedNumber(value, {value.front().span().begin, value.back().span().end});
    } else if (value.front().Is("_")) {
      pattern = Make(tree_, make::MatchWildcard{}, value.front().span());
    } else {
      pattern = CasePattern(value.front());
    }
    keywords.push_back(
        Make(tree_, make::MatchKeyword{.pattern = pattern, .name = TextOf(tokens.front())}, inner.span()));
  }
  if (!type) return Opaque(node.span(), node.kind());
  return Make(tree_,
              make::MatchClass{.type = type, .positional = std::move(positional), .keywords = std::move(keywords)},
              node.span());
}

NodeId Lowering::CaseUnion(const CstNode& node) {
  NodeList alternatives;
  std::vector<CstNode> pending;  // `-` and the number after it
  for (const CstNode& part : PartsOf(node)) {
    if (part.Is("|")) continue;
    if (part.Is("_")) {
      alternatives.push_back(Make(tree_, make::MatchWildcard{}, part.span()));
    } else if (part.Is("-")) {
      pending.push_back(part);
    } else if (!pending.empty()) {
      pending.push_back(part);
      alternatives.push_back(SignedNumber(pending, {pending.front().span().begin, part.span().end}));
      pending.clear();
    } else {
      alternatives.push_back(CasePattern(part));
    }
  }
  return Make(tree_, make::MatchOr{.alternatives = std::move(alternatives)}, node.span());
}

NodeId Lowering::CaseAs(const CstNode& node) {
  std::vector<CstNode> parts = NamedParts(node);
  if (parts.size() != 2) return Opaque(node.span(), node.kind());
  NodeId pattern = CasePattern(parts.front());
  return Make(tree_, make::MatchAs{.pattern = pattern, .target = NameOf(parts.back())}, node.span());
}

NodeId Lowering::CaseSplat(const CstNode& node) {
  CstNode name = FirstNamed(node);
  NodeId target = name && TextOf(name) != "_" ? NameOf(name) : ir::kNoNode;
  return Make(tree_, make::RestPattern{.target = target}, node.span());
}

}  // namespace asyncport::lower::py
