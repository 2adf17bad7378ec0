// Decides for every comment of a source file which node holds it. First the place around it and its neighbours are
// found (places.h), then small handlers are asked in turn; one list each for comments on lines of their own, at the end
// of a line, and in the middle of one. Does not print and does not look at the other language.
// Example: in `if (a) {\n} // c\nelse {}` the comment leads the else body (BeforeBranchKeyword).
#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "comments/comments.h"
#include "comments/map_builder.h"
#include "comments/places.h"
#include "ir/views.h"

namespace asyncport::comments {

namespace {

using ir::NodeId;
using ir::NodeKind;

constexpr std::uint32_t kNone = Places::kNone;

class Attacher {
 public:
  Attacher(const Source& source, const ir::Tree& tree, const std::vector<Span>& comments)
      : source_(source),
        tree_(tree),
        comments_(comments),
        places_(tree, static_cast<std::uint32_t>(source.text().size())) {}

  CommentMap Run(const std::vector<std::unique_ptr<Comment>>& owned);

 private:
  using Handler = std::optional<Placed> (Attacher::*)() const;
  static const std::array<Handler, 5> kOwnLine;
  static const std::array<Handler, 5> kEndOfLine;
  static const std::array<Handler, 5> kRemaining;

  // Handlers; each names the situation it knows.
  std::optional<Placed> InCallee() const;
  std::optional<Placed> AfterIndentedSuite() const;
  std::optional<Placed> BeforeBranchKeyword() const;
  std::optional<Placed> AfterSwitchCase() const;
  std::optional<Placed> AtBodyHead() const;
  std::optional<Placed> AfterItemOnLine() const;
  std::optional<Placed> BeforeItem() const;
  Placed OwnLineDefault() const;
  Placed InlineDefault() const;

  Placed Place(std::size_t index, const Comment& comment);
  std::size_t HeadCount(const std::vector<std::unique_ptr<Comment>>& owned) const;
  void MarkBlanks(MapBuilder& builder) const;

  void FindCodeAround();
  // What follows the comment at hand up to an offset, from the first code that is no comment.
  std::string_view CodeAfter(std::uint32_t end) const;
  // Whether only these characters, blanks and comments lie between an offset and the comment at hand.
  bool OnlyPunctuation(std::uint32_t begin, std::string_view allowed) const;
  std::uint32_t Column(std::uint32_t offset) const;
  bool SameLine(std::uint32_t a, std::uint32_t b) const;
  bool StartsWithWord(std::string_view code, std::string_view word) const;

  const comments::Place& enclosing() const { return places_[at_.enclosing]; }
  NodeKind KindOf(std::uint32_t place) const {
    return place == kNone ? NodeKind::kCount : tree_.kind(places_[place].node);
  }
  bool IsAnchor(std::uint32_t place) const { return place != kNone && places_[place].is_anchor; }
  bool IsItem(std::uint32_t place) const;
  // Nearest place at or around the given one that takes leading comments and is no block.
  NodeId AnchorAround(std::uint32_t place) const;
  // A comment at the head of a body leads its first statement.
  Placed Inside(NodeId block) const;
  NodeId DocstringOf(NodeId node) const;
  std::uint32_t LastSuite(std::uint32_t place) const;

  const Source& source_;
  const ir::Tree& tree_;
  const std::vector<Span>& comments_;
  Places places_;

  // For each comment: where code ends before it and begins after it, whatever comments lie between.
  std::vector<std::uint32_t> code_before_;
  std::vector<std::uint32_t> code_after_;

  // The comment at hand.
  Span span_;
  std::size_t comment_index_ = 0;
  Places::Neighbours at_;
};

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
bool IsWordChar(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$';
}

// One pass over the code between the comments, so that a long run of them is not read again for each.
void Attacher::FindCodeAround() {
  const std::string_view text = source_.text();
  code_before_.resize(comments_.size());
  code_after_.resize(comments_.size());
  for (std::size_t i = 0; i < comments_.size(); ++i) {
    const std::uint32_t gap = i == 0 ? 0 : comments_[i - 1].end;
    std::uint32_t at = comments_[i].begin;
    while (at > gap && IsSpace(text[at - 1])) --at;
    code_before_[i] = at > gap || i == 0 ? at : code_before_[i - 1];
  }
  for (std::size_t i = comments_.size(); i-- > 0;) {
    const bool is_last = i + 1 == comments_.size();
    const auto gap_end = is_last ? static_cast<std::uint32_t>(text.size()) : comments_[i + 1].begin;
    std::uint32_t at = comments_[i].end;
    while (at < gap_end && (IsSpace(text[at]) || text[at] == '\\')) ++at;
    code_after_[i] = at < gap_end || is_last ? at : code_after_[i + 1];
  }
}

std::string_view Attacher::CodeAfter(std::uint32_t end) const {
  const std::uint32_t begin = code_after_[comment_index_];
  return begin < end ? source_.text().substr(begin, end - begin) : std::string_view();
}

bool Attacher::OnlyPunctuation(std::uint32_t begin, std::string_view allowed) const {
  const std::uint32_t end = code_before_[comment_index_];
  // Comments between the two are skipped: `a, /* x */ // y`.
  auto comment = std::lower_bound(comments_.begin(), comments_.end(), begin,
                                  [](Span span, std::uint32_t offset) { return span.begin < offset; });
  for (std::uint32_t i = begin; i < end; ++i) {
    if (comment != comments_.end() && comment->begin == i) {
      i = comment->end - 1;
      ++comment;
      continue;
    }
    const char c = source_.text()[i];
    if (!IsSpace(c) && allowed.find(c) == std::string_view::npos) return false;
  }
  return true;
}

std::uint32_t Attacher::Column(std::uint32_t offset) const {
  // Tabs count to the next multiple of eight, as in Python.
  const Span line = source_.LineSpan(source_.LineIndex(offset));
  std::uint32_t column = 0;
  for (std::uint32_t i = line.begin; i < offset; ++i) {
    column = source_.text()[i] == '\t' ? (column / 8 + 1) * 8 : column + 1;
  }
  return column;
}

bool Attacher::SameLine(std::uint32_t a, std::uint32_t b) const {
  return source_.LineIndex(a) == source_.LineIndex(b);
}

bool Attacher::StartsWithWord(std::string_view code, std::string_view word) const {
  return code.substr(0, word.size()) == word && (code.size() == word.size() || !IsWordChar(code[word.size()]));
}

bool Attacher::IsItem(std::uint32_t place) const {
  if (!IsAnchor(place)) return false;
  const NodeId node = places_[place].node;
  return !ir::HasCategory(tree_.kind(node), ir::category::Stmt) || tree_.Is(node, NodeKind::kOpaque);
}

NodeId Attacher::AnchorAround(std::uint32_t place) const {
  while (place != 0 && (!places_[place].is_anchor || KindOf(place) == NodeKind::kBlock)) {
    place = places_[place].parent;
  }
  return places_[place].node;
}

Placed Attacher::Inside(NodeId block) const {
  const auto statements = ir::Cast<ir::Block>(tree_, block).statements();
  if (statements.empty()) return {block, Placement::kDangling};
  return {statements.front(), Placement::kLeading};
}

// ---------------------------------------------------------------- handlers

// `a()\n  // c\n  .b(x)`: before the call's arguments; nothing finer than what is around the call can hold it.
std::optional<Placed> Attacher::InCallee() const {
  const NodeKind kind = KindOf(at_.enclosing);
  if (kind != NodeKind::kCall && kind != NodeKind::kNew) return std::nullopt;
  const NodeId callee = tree_.Slot(enclosing().node, ir::slots::Call::callee);
  if (span_.end > tree_.span(callee).end) return std::nullopt;
  return Placed{AnchorAround(at_.enclosing), Placement::kLeading};
}

// Last body below a statement or clause; kNone if it has none or the body stands on the header's line.
std::uint32_t Attacher::LastSuite(std::uint32_t place) const {
  const comments::Place& p = places_[place];
  if (KindOf(place) == NodeKind::kBlock) return place;
  // An expression's function body is no suite of the statement.
  if (KindOf(place) == NodeKind::kExprStmt || KindOf(place) == NodeKind::kAssign) return kNone;
  for (std::size_t i = p.children.size(); i-- > 0;) {
    const std::uint32_t child = p.children[i];
    const NodeKind kind = KindOf(child);
    if (kind == NodeKind::kBlock) return child;
    if (kind == NodeKind::kCatchClause || kind == NodeKind::kMatchCase || kind == NodeKind::kForEach ||
        kind == NodeKind::kWhile) {
      return LastSuite(child);
    }
  }
  return kNone;
}

// Python: after the last statement of a suite the indentation tells whose comment it is.
std::optional<Placed> Attacher::AfterIndentedSuite() const {
  if (tree_.language() != Language::kPy || at_.preceding == kNone) return std::nullopt;
  // Behind the next keyword (`else:`) another suite has begun.
  if (!OnlyPunctuation(places_[at_.preceding].region.end, "")) return std::nullopt;
  const std::uint32_t column = Column(span_.begin);
  std::uint32_t place = at_.preceding;
  std::uint32_t owner = KindOf(place) == NodeKind::kBlock || KindOf(place) == NodeKind::kCatchClause ||
                                KindOf(place) == NodeKind::kMatchCase
                            ? at_.enclosing
                            : place;
  std::optional<NodeId> suite;
  for (;;) {
    if (column <= Column(places_[owner].region.begin)) break;
    const std::uint32_t last = LastSuite(place);
    if (last == kNone) break;
    // `if a: b` on one line has no indented suite.
    if (SameLine(places_[last].region.begin, places_[owner].region.begin)) break;
    // Deeper than the statement itself: at least as deep as the suite, or (badly indented) the first suite below.
    if (suite && column < Column(places_[last].region.begin)) break;
    suite = places_[last].node;
    if (places_[last].children.empty()) break;
    place = owner = places_[last].children.back();
  }
  if (!suite) return std::nullopt;
  return Placed{*suite, Placement::kDangling};
}

NodeId Attacher::DocstringOf(NodeId node) const {
  if (const auto view = ir::As<ir::FunctionDef>(tree_, node)) return view.docstring();
  if (const auto view = ir::As<ir::Method>(tree_, node)) return view.docstring();
  if (const auto view = ir::As<ir::ClassDef>(tree_, node)) return view.docstring();
  return ir::kNoNode;
}

// Before `else`, `elif`, `catch`, `except`, `finally`.
std::optional<Placed> Attacher::BeforeBranchKeyword() const {
  if (at_.following == kNone || at_.preceding == kNone) return std::nullopt;
  const NodeKind around = KindOf(at_.enclosing);
  if (around != NodeKind::kIf && around != NodeKind::kTry && around != NodeKind::kLoopElse) {
    return std::nullopt;
  }
  const comments::Place& next = places_[at_.following];
  // The clause's region begins with its keyword or behind it.
  const std::string_view code =
      CodeAfter(std::min<std::uint32_t>(next.region.begin + 8, enclosing().region.end));
  for (std::string_view keyword : {"else", "elif", "catch", "except", "finally"}) {
    if (StartsWithWord(code, keyword)) return Placed{next.node, Placement::kLeading};
  }
  return std::nullopt;
}

// JavaScript `case`: a comment that is indented deeper than the cases belongs to the body above it.
std::optional<Placed> Attacher::AfterSwitchCase() const {
  if (KindOf(at_.enclosing) != NodeKind::kSwitch || KindOf(at_.preceding) != NodeKind::kSwitchCase) {
    return std::nullopt;
  }
  const bool deeper = Column(span_.begin) > Column(places_[at_.preceding].region.begin);
  if (at_.following != kNone && !deeper) return std::nullopt;
  return Placed{ir::Cast<ir::SwitchCase>(tree_, places_[at_.preceding].node).body(), Placement::kDangling};
}

// After the header of a body and before its first statement; also between the parts of the header.
std::optional<Placed> Attacher::AtBodyHead() const {
  if (KindOf(at_.following) != NodeKind::kBlock || KindOf(at_.enclosing) == NodeKind::kBlock ||
      KindOf(at_.enclosing) == NodeKind::kModule) {
    return std::nullopt;
  }
  const comments::Place& body = places_[at_.following];
  std::uint32_t begin = body.region.begin;
  if (const NodeId docstring = DocstringOf(enclosing().node)) {
    begin = std::min(begin, tree_.span(docstring).begin);
  }
  const std::string_view code = CodeAfter(std::max(begin, span_.end));
  if (code.empty()) return Inside(body.node);
  if (IsItem(at_.preceding) && OnlyPunctuation(places_[at_.preceding].region.end, ",")) {
    return Placed{places_[at_.preceding].node, Placement::kTrailing};  // behind the last parameter
  }
  return Placed{AnchorAround(at_.enclosing), Placement::kLeading};
}

// `a, // c`, `f(); // c`: behind a node, on its line.
std::optional<Placed> Attacher::AfterItemOnLine() const {
  if (!IsAnchor(at_.preceding)) return std::nullopt;
  const comments::Place& before = places_[at_.preceding];
  if (KindOf(at_.preceding) == NodeKind::kBlock && KindOf(at_.enclosing) != NodeKind::kBlock) {
    return std::nullopt;  // the body of something that goes on
  }
  // The line of the last byte: some statements of Python end behind their line feed.
  if (!SameLine(before.region.end == 0 ? 0 : before.region.end - 1, span_.begin)) return std::nullopt;
  if (!OnlyPunctuation(before.region.end, ",;")) {
    return std::nullopt;
  }
  // A Python statement ends with the last statement of its last suite.
  std::uint32_t last = at_.preceding;
  while (tree_.language() == Language::kPy && !IsItem(last)) {
    const std::uint32_t suite = LastSuite(last);
    if (suite == kNone || places_[suite].children.empty()) break;
    last = places_[suite].children.back();
  }
  return Placed{places_[last].node, Placement::kTrailing};
}

// `f(/* url */ x)`: right before a node.
std::optional<Placed> Attacher::BeforeItem() const {
  if (!IsAnchor(at_.following) || KindOf(at_.following) == NodeKind::kBlock) return std::nullopt;
  if (!CodeAfter(places_[at_.following].region.begin).empty()) return std::nullopt;
  return Placed{places_[at_.following].node, Placement::kLeading};
}

Placed Attacher::OwnLineDefault() const {
  if (at_.following != kNone && IsAnchor(at_.following) && KindOf(at_.following) != NodeKind::kBlock &&
      CodeAfter(places_[at_.following].region.begin).find(')') == std::string_view::npos) {
    return {places_[at_.following].node, Placement::kLeading};
  }
  if (IsContainer(tree_.kind(enclosing().node)) &&
      (at_.following == kNone || !IsAnchor(at_.following))) {
    return {enclosing().node, Placement::kDangling};
  }
  if (IsItem(at_.preceding)) return {places_[at_.preceding].node, Placement::kTrailing};
  if (KindOf(at_.following) == NodeKind::kBlock && KindOf(at_.enclosing) == NodeKind::kBlock) {
    return {places_[at_.following].node, Placement::kLeading};
  }
  if (KindOf(at_.enclosing) == NodeKind::kModule) {
    return {ir::Cast<ir::Module>(tree_, enclosing().node).body(), Placement::kDangling};
  }
  return {AnchorAround(at_.enclosing), Placement::kLeading};
}

Placed Attacher::InlineDefault() const {
  const NodeKind around = KindOf(at_.enclosing);
  if (IsContainer(around) && enclosing().children.empty()) {
    return {enclosing().node, Placement::kDangling};
  }
  if (around == NodeKind::kBlock || around == NodeKind::kModule) return OwnLineDefault();
  const NodeId anchor = AnchorAround(at_.enclosing);
  // Behind all the code of the statement or item: `return x /* c */;`
  if (CodeAfter(tree_.span(anchor).end).find_first_not_of(";,") == std::string_view::npos) {
    return {anchor, Placement::kTrailing};
  }
  return {anchor, Placement::kLeading};
}

const std::array<Attacher::Handler, 5> Attacher::kOwnLine = {
    &Attacher::InCallee, &Attacher::AfterIndentedSuite, &Attacher::BeforeBranchKeyword,
    &Attacher::AfterSwitchCase, &Attacher::AtBodyHead};
const std::array<Attacher::Handler, 5> Attacher::kEndOfLine = {
    &Attacher::InCallee, &Attacher::AfterItemOnLine, &Attacher::BeforeBranchKeyword,
    &Attacher::AtBodyHead, &Attacher::BeforeItem};
const std::array<Attacher::Handler, 5> Attacher::kRemaining = {
    &Attacher::InCallee, &Attacher::BeforeItem, &Attacher::AfterItemOnLine,
    &Attacher::BeforeBranchKeyword, &Attacher::AtBodyHead};

// ---------------------------------------------------------------- driver

Placed Attacher::Place(std::size_t index, const Comment& comment) {
  comment_index_ = index;
  span_ = comment.span;
  at_ = places_.Find(span_);
  const auto ask = [this](const auto& handlers) -> std::optional<Placed> {
    for (Handler handler : handlers) {
      if (std::optional<Placed> placed = (this->*handler)()) return placed;
    }
    return std::nullopt;
  };
  if (comment.own_line) return ask(kOwnLine).value_or(OwnLineDefault());
  const Span line = source_.LineSpan(source_.LineIndex(span_.end));
  const bool ends_line = CodeAfter(line.end).empty();
  const std::optional<Placed> placed = ends_line ? ask(kEndOfLine) : ask(kRemaining);
  return placed.value_or(InlineDefault());
}

// The comments that open the file, down to the last one with an empty line behind it, belong to the module.
std::size_t Attacher::HeadCount(const std::vector<std::unique_ptr<Comment>>& owned) const {
  const auto module = ir::As<ir::Module>(tree_, tree_.root());
  if (!module) return 0;
  std::uint32_t first_code = static_cast<std::uint32_t>(source_.text().size());
  if (module.docstring()) {
    first_code = tree_.span(module.docstring()).begin;
  } else if (const auto list = ir::Cast<ir::Block>(tree_, module.body()).statements(); !list.empty()) {
    first_code = tree_.span(list.front()).begin;
  }
  std::size_t head = 0;
  for (std::size_t i = 0; i < owned.size() && owned[i]->span.end <= first_code; ++i) {
    if (!owned[i]->own_line) break;
    if (owned[i]->blank_after || owned[i]->style == Style::kShebang || module.docstring()) head = i + 1;
  }
  return head;
}

void Attacher::MarkBlanks(MapBuilder& builder) const {
  const std::string_view text = source_.text();
  for (std::uint32_t i = 0; i < places_.size(); ++i) {
    const NodeKind kind = KindOf(i);
    if (kind != NodeKind::kBlock && kind != NodeKind::kSwitch && kind != NodeKind::kDict) continue;
    for (std::size_t c = 1; c < places_[i].children.size(); ++c) {
      const comments::Place& child = places_[places_[i].children[c]];
      std::uint32_t begin = child.region.begin;
      if (const auto leading = builder.map().Leading(child.node); !leading.empty()) {
        begin = std::min(begin, leading.front()->span.begin);
      }
      int line_feeds = 0;
      while (begin > 0 && IsSpace(text[begin - 1]) && line_feeds < 2) {
        if (text[--begin] == '\n') ++line_feeds;
      }
      if (line_feeds == 2) builder.SetBlankBefore(child.node);
    }
  }
}

CommentMap Attacher::Run(const std::vector<std::unique_ptr<Comment>>& owned) {
  MapBuilder builder(tree_.size());
  if (!tree_.root()) return builder.Take();
  FindCodeAround();
  const std::size_t head = HeadCount(owned);
  const std::vector<NodeId> parents = ir::Parents(tree_);
  for (std::size_t i = 0; i < owned.size(); ++i) {
    const Comment& comment = *owned[i];
    if (i < head) {
      builder.Put(tree_.root(), Placement::kLeading, &comment);
      continue;
    }
    const Placed placed = SettleElseIf(tree_, parents, Place(i, comment));
    builder.Put(placed.node, placed.placement, &comment);
  }
  MarkBlanks(builder);
  return builder.Take();
}

Attached Read(const std::vector<Span>& comments, const Source& source, Language language) {
  Attached result;
  result.owned.reserve(comments.size());
  for (Span span : comments) {
    result.owned.push_back(std::make_unique<Comment>(ReadComment(source, span, language)));
  }
  return result;
}

}  // namespace

Attached ReadComments(const syntax::Cst& cst, const Source& source) {
  return Read(cst.Comments(), source, cst.language());
}

void PlaceComments(Attached& attached, const syntax::Cst& cst, const Source& source, const ir::Tree& tree) {
  const std::vector<Span> spans = cst.Comments();
  attached.map = Attacher(source, tree, spans).Run(attached.owned);
}

Attached Attach(const std::vector<Span>& comments, const Source& source, const ir::Tree& tree) {
  Attached result = Read(comments, source, tree.language());
  result.map = Attacher(source, tree, comments).Run(result.owned);
  return result;
}

Attached Attach(const syntax::Cst& cst, const Source& source, const ir::Tree& tree) {
  return Attach(cst.Comments(), source, tree);
}

}  // namespace asyncport::comments
