// Reading and building CommentMap, its dump, and the check that nothing was lost on the way to the text. Does not place
// comments. Example of a dump line: `3:12 trailing ExprStmt 3:1 "done"`.
#include <algorithm>
#include <string>
#include <unordered_map>

#include "comments/comments.h"
#include "comments/map_builder.h"
#include "support/check.h"

namespace asyncport::comments {

namespace {

bool BySpan(const Comment* a, const Comment* b) { return a->span.begin < b->span.begin; }

void Sort(std::vector<const Comment*>& list) { std::stable_sort(list.begin(), list.end(), BySpan); }

}  // namespace

std::string_view NameOf(Style style) {
  static constexpr std::string_view kNames[] = {"line", "block", "doc", "shebang", "directive"};
  return kNames[static_cast<std::size_t>(style)];
}

std::string_view NameOf(Placement placement) {
  static constexpr std::string_view kNames[] = {"leading", "trailing", "dangling"};
  return kNames[static_cast<std::size_t>(placement)];
}

const CommentMap::Lists* CommentMap::Find(ir::NodeId id) const {
  if (id.index >= index_.size() || index_[id.index] == 0) return nullptr;
  return &lists_[index_[id.index]];
}

std::span<const Comment* const> CommentMap::Leading(ir::NodeId id) const {
  const Lists* lists = Find(id);
  return lists == nullptr ? std::span<const Comment* const>() : lists->leading;
}
std::span<const Comment* const> CommentMap::Trailing(ir::NodeId id) const {
  const Lists* lists = Find(id);
  return lists == nullptr ? std::span<const Comment* const>() : lists->trailing;
}
std::span<const Comment* const> CommentMap::Dangling(ir::NodeId id) const {
  const Lists* lists = Find(id);
  return lists == nullptr ? std::span<const Comment* const>() : lists->dangling;
}
bool CommentMap::BlankBefore(ir::NodeId id) const {
  const Lists* lists = Find(id);
  return lists != nullptr && lists->blank_before;
}
bool CommentMap::Has(ir::NodeId id) const {
  const Lists* lists = Find(id);
  return lists != nullptr &&
         !(lists->leading.empty() && lists->trailing.empty() && lists->dangling.empty());
}
std::size_t CommentMap::size() const {
  std::size_t count = 0;
  for (const Lists& lists : lists_) {
    count += lists.leading.size() + lists.trailing.size() + lists.dangling.size();
  }
  return count;
}
std::span<const Comment* const> CommentMap::Absorbed() const { return absorbed_; }
std::span<const Comment* const> CommentMap::Dropped() const { return dropped_; }

std::vector<CommentMap::Entry> CommentMap::All() const {
  std::vector<Entry> all;
  for (std::uint32_t i = 1; i < index_.size(); ++i) {
    if (index_[i] == 0) continue;
    const Lists& lists = lists_[index_[i]];
    for (const Comment* c : lists.leading) all.push_back({c, ir::NodeId{i}, Placement::kLeading});
    for (const Comment* c : lists.trailing) all.push_back({c, ir::NodeId{i}, Placement::kTrailing});
    for (const Comment* c : lists.dangling) all.push_back({c, ir::NodeId{i}, Placement::kDangling});
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Entry& a, const Entry& b) { return BySpan(a.comment, b.comment); });
  return all;
}

MapBuilder::MapBuilder(std::size_t node_count) {
  map_.index_.resize(node_count);
  map_.lists_.resize(1);
}

CommentMap::Lists& MapBuilder::At(ir::NodeId id) {
  std::uint32_t& index = map_.index_[id.index];
  if (index == 0) {
    index = static_cast<std::uint32_t>(map_.lists_.size());
    map_.lists_.emplace_back();
  }
  return map_.lists_[index];
}

void MapBuilder::Put(ir::NodeId id, Placement placement, const Comment* comment) {
  AP_CHECK(static_cast<bool>(id), "a comment without a node", comment->span);
  CommentMap::Lists& lists = At(id);
  (placement == Placement::kLeading    ? lists.leading
   : placement == Placement::kTrailing ? lists.trailing
                                       : lists.dangling)
      .push_back(comment);
}

void MapBuilder::SetBlankBefore(ir::NodeId id) { At(id).blank_before = true; }

CommentMap MapBuilder::Take() {
  for (CommentMap::Lists& lists : map_.lists_) {
    Sort(lists.leading);
    Sort(lists.trailing);
    Sort(lists.dangling);
  }
  Sort(map_.absorbed_);
  Sort(map_.dropped_);
  return std::move(map_);
}

namespace {

// Letters and digits of a line: markers, gutters, quotes and wrapping may differ between the languages.
std::string Essence(std::string_view line) {
  std::string out;
  for (char c : line) {
    const auto u = static_cast<unsigned char>(c);
    if (u >= 0x80 || (u >= '0' && u <= '9') || (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z')) {
      out += c;
    }
  }
  return out;
}

}  // namespace

std::vector<const Comment*> Unprinted(const CommentMap& carried, const Source& target,
                                      const std::vector<Span>& printed) {
  // How often each line occurs among the printed places.
  std::unordered_map<std::string, int> lines;
  for (Span span : printed) {
    for (std::string_view line : SplitLines(target.Text(span))) ++lines[Essence(line)];
  }
  std::vector<const Comment*> missing;
  for (const CommentMap::Entry& entry : carried.All()) {
    if (entry.comment->style == Style::kShebang) continue;
    bool found = true;
    for (const std::string& line : entry.comment->lines) {
      const std::string essence = Essence(line);
      if (essence.empty()) continue;
      auto it = lines.find(essence);
      if (it == lines.end() || it->second == 0) {
        found = false;
      } else {
        --it->second;
      }
    }
    if (!found) missing.push_back(entry.comment);
  }
  return missing;
}

namespace {

std::string PositionText(const Source& source, std::uint32_t offset) {
  const LineColumn position = source.Position(offset);
  return std::to_string(position.line) + ":" + std::to_string(position.column);
}

void AppendText(std::string& out, const Comment& comment) {
  out += '"';
  for (std::size_t i = 0; i < comment.lines.size(); ++i) {
    if (i > 0) out += "\\n";
    out += comment.lines[i];
  }
  out += '"';
  if (comment.style != Style::kLine) (out += ' ') += NameOf(comment.style);
}

}  // namespace

std::string Dump(const CommentMap& map, const ir::Tree& tree, const Source& source) {
  std::string out;
  for (const CommentMap::Entry& entry : map.All()) {
    out += PositionText(source, entry.comment->span.begin);
    ((out += ' ') += NameOf(entry.placement)) += ' ';
    (out += ir::NameOf(tree.kind(entry.node))) += ' ';
    out += PositionText(source, tree.span(entry.node).begin) + " ";
    AppendText(out, *entry.comment);
    out += '\n';
  }
  const auto list = [&](std::span<const Comment* const> comments, std::string_view word) {
    for (const Comment* comment : comments) {
      ((out += PositionText(source, comment->span.begin)) += ' ') += word;
      out += ' ';
      AppendText(out, *comment);
      out += '\n';
    }
  };
  list(map.Absorbed(), "absorbed");
  list(map.Dropped(), "dropped");
  return out;
}

}  // namespace asyncport::comments
