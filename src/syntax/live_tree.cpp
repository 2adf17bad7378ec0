// See live_tree.h.
#include "syntax/live_tree.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "syntax/comment_runs.h"
#include "syntax/parsing.h"

namespace asyncport::syntax {

struct LiveTree::State {
  Language language;
  std::string text;  // as the parser was shown it
  TreePointer tree;
  Copied copied;
};

namespace {

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

TSPoint PointAt(std::string_view text, std::uint32_t offset) {
  const std::string_view before = text.substr(0, offset);
  const auto row = static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n'));
  const std::size_t newline = before.rfind('\n');
  return {row, newline == std::string_view::npos
                   ? offset
                   : offset - static_cast<std::uint32_t>(newline) - 1};
}

// What was replaced: the texts without what they have in common at both ends, in whole characters.
TSInputEdit EditBetween(std::string_view before, std::string_view after) {
  const std::size_t most = std::min(before.size(), after.size());
  std::size_t head = static_cast<std::size_t>(
      std::mismatch(before.begin(), before.begin() + static_cast<std::ptrdiff_t>(most),
                    after.begin())
          .first -
      before.begin());
  while (head > 0 && ((head < before.size() && IsContinuation(before[head])) ||
                      (head < after.size() && IsContinuation(after[head]))))
    --head;
  std::size_t tail = 0;
  while (tail < most - head && before[before.size() - 1 - tail] == after[after.size() - 1 - tail])
    ++tail;
  while (tail > 0 && IsContinuation(before[before.size() - tail])) --tail;
  TSInputEdit edit;
  edit.start_byte = static_cast<std::uint32_t>(head);
  edit.old_end_byte = static_cast<std::uint32_t>(before.size() - tail);
  edit.new_end_byte = static_cast<std::uint32_t>(after.size() - tail);
  edit.start_point = PointAt(before, edit.start_byte);
  edit.old_end_point = PointAt(before, edit.old_end_byte);
  edit.new_end_point = PointAt(after, edit.new_end_byte);
  return edit;
}

bool HasError(const TreePointer& tree) { return ts_node_has_error(ts_tree_root_node(tree.get())); }

}  // namespace

LiveTree::LiveTree() = default;
LiveTree::~LiveTree() = default;
LiveTree::LiveTree(LiveTree&&) noexcept = default;
LiveTree& LiveTree::operator=(LiveTree&&) noexcept = default;

Result<Parsed> LiveTree::Update(const Source& source, Language language, const ParseLimits& limits,
                                const std::atomic<bool>* cancelled) {
  const StopAt stop{
      std::chrono::steady_clock::now() + std::chrono::milliseconds(limits.deadline_ms), cancelled};
  HiddenComments hidden;
  if (language == Language::kPy) hidden = HideCommentRuns(source.text());
  std::string shown(hidden.comments.empty() ? source.text() : std::string_view(hidden.text));
  TreePointer tree;
  const std::unique_ptr<State> before = std::move(state_);
  if (before && before->language == language) {
    TSTree* const old = before->tree.get();
    const bool was_good = !HasError(before->tree);
    const TSInputEdit edit = EditBetween(before->text, shown);
    ts_tree_edit(old, &edit);
    // Where there were errors there will be some as long as it is being typed: that attempt would be for nothing.
    if (was_good) tree = ParseText(shown, language, stop, old);
    if (!was_good || (tree != nullptr && HasError(tree))) tree = ParseText(shown, language, stop);
  } else {
    tree = ParseText(shown, language, stop);
  }
  if (tree != nullptr && HidText(tree.get(), hidden.comments, hidden.runs)) {
    hidden = {};
    shown = source.text();
    tree = ParseText(shown, language, stop);
  }
  if (tree == nullptr) return TookTooLong(limits);
  Copied copied;
  if (before) copied = std::move(before->copied);
  Result<Parsed> parsed =
      Finish(tree.get(), source, language, std::move(hidden.comments), limits, &copied);
  if (!parsed) copied = {};
  state_ = std::make_unique<State>(State{language, std::move(shown), std::move(tree), std::move(copied)});
  return parsed;
}

bool SameCst(const Cst& a, const Cst& b) {
  if (a.Comments() != b.Comments()) return false;
  std::vector<std::pair<CstNode, CstNode>> open{{a.root(), b.root()}};
  while (!open.empty()) {
    const auto [x, y] = open.back();
    open.pop_back();
    if (x.symbol() != y.symbol() || x.span() != y.span() || x.is_missing() != y.is_missing() ||
        x.is_error() != y.is_error())
      return false;
    const std::vector<CstNode> xs = x.Children();
    const std::vector<CstNode> ys = y.Children();
    if (xs.size() != ys.size()) return false;
    for (std::size_t i = 0; i < xs.size(); ++i) open.emplace_back(xs[i], ys[i]);
  }
  return true;
}

}  // namespace asyncport::syntax
