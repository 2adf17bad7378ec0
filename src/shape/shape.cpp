// The algebra of shapes: text, canonical form, equality, operations of one term. Knows no tree.
// Example: Canonical(Seq(Start(a, f), Start(b, g), Join(a), Join(b))) is Par(all, f, g).
#include "shape/shape.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <utility>

namespace asyncport::shape {

std::string_view NameOf(Mark mark) {
  static constexpr std::string_view kNames[] = {"awaited", "started", "detached"};
  return kNames[static_cast<std::size_t>(mark)];
}

std::string_view NameOf(Change::Kind kind) {
  static constexpr std::string_view kNames[] = {"lost", "extra", "renamed", "mark", "started"};
  return kNames[static_cast<std::size_t>(kind)];
}

// ---------------------------------------------------------------- text

namespace {

constexpr std::string_view kKindNames[] = {"",     "Seq",    "Par",   "Start", "Join",   "Detach",
                                           "Loop", "Branch", "Guard", "Limit", "Timeout"};
constexpr std::string_view kJoinNames[] = {"all", "settled", "first", "first-success", "group"};

constexpr std::string_view kKindWords[] = {"op",   "seq",    "par",   "start", "join",   "detach",
                                           "loop", "branch", "guard", "limit", "timeout"};

std::string NumberText(double value) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%g", value);
  return buffer;
}

}  // namespace

std::string_view NameOf(Kind kind) { return kKindWords[static_cast<std::size_t>(kind)]; }
std::string_view NameOf(Join join) { return kJoinNames[static_cast<std::size_t>(join)]; }

std::string Text(const Shape& shape) {
  if (shape.kind == Kind::kOp) {
    return shape.amount > 0 ? shape.name + "(" + NumberText(shape.amount) + ")" : shape.name;
  }
  if (shape.empty()) return "-";
  std::string out(kKindNames[static_cast<std::size_t>(shape.kind)]);
  std::vector<std::string> fields;
  if (shape.kind == Kind::kPar) fields.emplace_back(kJoinNames[static_cast<std::size_t>(shape.join)]);
  if (shape.kind == Kind::kStart || shape.kind == Kind::kJoin) {
    if (!shape.name.empty()) fields.push_back(shape.name);
  }
  if (shape.kind == Kind::kLimit || shape.kind == Kind::kTimeout) {
    fields.push_back(shape.amount > 0 ? NumberText(shape.amount) : "?");
  }
  for (const Shape& part : shape.parts) fields.push_back(Text(part));
  while (shape.kind == Kind::kGuard && fields.size() > 1 && fields.back() == "-") fields.pop_back();
  out += '(';
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) out += ", ";
    out += fields[i];
  }
  return out + ")";
}

// ---------------------------------------------------------------- canonical form

namespace {

bool Joins(const Shape& shape, const std::string& name) {
  return shape.kind == Kind::kJoin && shape.name == name && !name.empty();
}

// How often a Join of the name occurs anywhere in the term.
std::size_t CountJoins(const Shape& shape, const std::string& name) {
  std::size_t count = Joins(shape, name) ? 1 : 0;
  for (const Shape& part : shape.parts) count += CountJoins(part, name);
  return count;
}

// Splices what was started under `name` into the Joins among the parts of a Par.
bool Substitute(Shape& par, const std::string& name, std::vector<Shape>& started) {
  for (std::size_t i = 0; i < par.parts.size(); ++i) {
    if (!Joins(par.parts[i], name)) continue;
    par.parts.erase(par.parts.begin() + static_cast<std::ptrdiff_t>(i));
    par.parts.insert(par.parts.begin() + static_cast<std::ptrdiff_t>(i),
                     std::make_move_iterator(started.begin()), std::make_move_iterator(started.end()));
    return true;
  }
  return false;
}

void Open(Shape& shape);

// Work started in a row and waited for right behind it.
void FoldStarts(std::vector<Shape>& parts) {
  for (std::size_t begin = 0; begin < parts.size(); ++begin) {
    if (parts[begin].kind != Kind::kStart) continue;
    std::size_t end = begin;
    while (end < parts.size() && parts[end].kind == Kind::kStart) ++end;
    if (end == parts.size()) return;
    // By name, in order of the first start.
    std::vector<std::string> names;
    std::map<std::string, std::vector<Shape>> started;
    for (std::size_t i = begin; i < end; ++i) {
      auto& list = started[parts[i].name];
      if (list.empty()) names.push_back(parts[i].name);
      list.push_back(parts[i].parts[0]);
    }
    const auto count = [&](const std::string& name) {
      std::size_t n = 0;
      for (std::size_t i = end; i < parts.size(); ++i) n += CountJoins(parts[i], name);
      return n;
    };
    const bool once = std::all_of(names.begin(), names.end(), [&](const std::string& name) {
      return !name.empty() && count(name) == 1;
    });
    const auto erase = [&](std::size_t from, std::size_t to) {
      parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(from),
                  parts.begin() + static_cast<std::ptrdiff_t>(to));
    };
    if (once && parts[end].kind == Kind::kPar) {
      Shape par = parts[end];
      bool all = true;
      for (const std::string& name : names) all = Substitute(par, name, started[name]) && all;
      if (all) {
        Open(par);
        parts[begin] = std::move(par);
        erase(begin + 1, end + 1);
        continue;
      }
    }
    // Start a, Start b, Join a, Join b; or Start a, one thing, Join a.
    std::size_t joins = end;
    while (joins < parts.size() && parts[joins].kind == Kind::kJoin) ++joins;
    std::size_t last = joins;
    std::vector<Shape> beside;
    if (joins == end && end + 1 < parts.size() && names.size() == 1 && Joins(parts[end + 1], names[0])) {
      beside.push_back(parts[end]);
      last = end + 2;
    } else if (joins - end != names.size()) {
      begin = end;
      continue;
    }
    const bool same = once && std::all_of(names.begin(), names.end(), [&](const std::string& name) {
      return std::any_of(parts.begin() + static_cast<std::ptrdiff_t>(end),
                         parts.begin() + static_cast<std::ptrdiff_t>(last),
                         [&](const Shape& part) { return Joins(part, name); });
    });
    if (!same) {
      begin = end;
      continue;
    }
    Shape par;
    par.kind = Kind::kPar;
    par.node = parts[begin].node;
    for (const std::string& name : names) {
      for (Shape& part : started[name]) par.parts.push_back(std::move(part));
    }
    for (Shape& part : beside) par.parts.push_back(std::move(part));
    Open(par);
    parts[begin] = std::move(par);
    erase(begin + 1, last);
  }
}

// One level: flattens Seq in Seq and Par in Par of the same join; opens what has one part.
void Open(Shape& shape) {
  if (shape.kind != Kind::kSeq && shape.kind != Kind::kPar) return;
  std::vector<Shape> flat;
  for (Shape& part : shape.parts) {
    if (part.empty()) continue;
    if (part.kind == shape.kind && (shape.kind == Kind::kSeq || part.join == shape.join)) {
      for (Shape& inner : part.parts) flat.push_back(std::move(inner));
    } else {
      flat.push_back(std::move(part));
    }
  }
  shape.parts = std::move(flat);
  if (shape.kind == Kind::kSeq) FoldStarts(shape.parts);
  if (shape.parts.size() == 1) {
    // Many of one kind are still started together: Par(all, Loop(f)) is not Loop(f).
    const bool keeps = shape.kind == Kind::kPar && shape.parts[0].kind != Kind::kOp &&
                       shape.parts[0].kind != Kind::kSeq;
    if (!keeps) {
      Shape only = std::move(shape.parts[0]);
      shape = std::move(only);
    }
  }
}

}  // namespace

Shape Canonical(Shape shape) {
  for (Shape& part : shape.parts) part = Canonical(std::move(part));
  Open(shape);
  return shape;
}

// ---------------------------------------------------------------- equality

namespace {

// The started variables of the two sides, in the order of their first use.
struct Renaming {
  std::map<std::string, std::string> there, back;
  bool Same(const std::string& a, const std::string& b) {
    if (a.empty() || b.empty()) return a.empty() == b.empty();
    const auto [to, new_to] = there.emplace(a, b);
    const auto [from, new_from] = back.emplace(b, a);
    return to->second == b && from->second == a;
  }
};

bool SameTerm(const Shape& a, const Shape& b, bool group_is_all, Renaming& names) {
  const auto join = [&](Join j) { return group_is_all && j == Join::kGroup ? Join::kAll : j; };
  if (a.kind != b.kind || a.parts.size() != b.parts.size()) return false;
  if (a.kind == Kind::kPar && join(a.join) != join(b.join)) return false;
  if (a.kind == Kind::kOp && NameKey(a.name) != NameKey(b.name)) return false;
  if ((a.kind == Kind::kStart || a.kind == Kind::kJoin) && !names.Same(a.name, b.name)) return false;
  if (a.kind != Kind::kPar && a.kind != Kind::kBranch) {
    for (std::size_t i = 0; i < a.parts.size(); ++i) {
      if (!SameTerm(a.parts[i], b.parts[i], group_is_all, names)) return false;
    }
    return true;
  }
  // The order of what runs at the same time does not matter.
  const auto sorted = [](const Shape& shape) {
    std::vector<std::pair<std::string, const Shape*>> list;
    for (const Shape& part : shape.parts) list.emplace_back(NameKey(Text(part)), &part);
    std::stable_sort(list.begin(), list.end(),
                     [](const auto& x, const auto& y) { return x.first < y.first; });
    return list;
  };
  const auto left = sorted(a);
  const auto right = sorted(b);
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (!SameTerm(*left[i].second, *right[i].second, group_is_all, names)) return false;
  }
  return true;
}

}  // namespace

bool Equal(const Shape& a, const Shape& b, bool group_is_all) {
  Renaming names;
  return SameTerm(Canonical(a), Canonical(b), group_is_all, names);
}

// ---------------------------------------------------------------- operations

namespace {

void Collect(const Shape& shape, Mark mark, std::vector<Operation>& out) {
  if (shape.kind == Kind::kOp) out.push_back({shape.name, mark, shape.is_library, shape.node});
  if (shape.kind == Kind::kStart && mark == Mark::kAwaited) mark = Mark::kStarted;
  if (shape.kind == Kind::kDetach) mark = Mark::kDetached;
  for (const Shape& part : shape.parts) Collect(part, mark, out);
}

}  // namespace

std::vector<Operation> Operations(const Shape& shape) {
  std::vector<Operation> out;
  Collect(Canonical(shape), Mark::kAwaited, out);
  std::stable_sort(out.begin(), out.end(),
                   [](const Operation& a, const Operation& b) { return a.name < b.name; });
  return out;
}

}  // namespace asyncport::shape
