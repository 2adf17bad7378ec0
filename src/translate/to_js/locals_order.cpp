// Local definitions around Python's order: `compare`, which goes into lists, and heaps and sorted lists that use it.
// A heap is laid out as heapq lays it out, since programs print it, and items that are equal leave it in that order.
// Example: `heapq.heappush(jobs, (3, "a"))` needs `function heapPush(heap, item) {...}`.
#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

constexpr LocalDefinition kLocals[] = {
    {"compare", R"(
function compare(a, b) {
  if (typeof a?.isLess === "function") return a.isLess(b) ? -1 : Number(b.isLess(a)); //?ordered
  if (TUPLE) return compare(Object.values(a), Object.values(b)); //?tuples
  if (Array.isArray(a) && Array.isArray(b)) {
    for (const [i, item] of a.slice(0, b.length).entries()) {
      const order = compare(item, b[i]);
      if (order !== 0) return order;
    }
    return a.length - b.length;
  }
  return a < b ? -1 : Number(a > b);
})",
     ""},
    {"heapRise", R"(
function heapRise(heap, start, from) {
  const item = heap[from];
  let i = from;
  while (i > start) {
    const parent = (i - 1) >> 1;
    if (compare(item, heap[parent]) >= 0) break;
    heap[i] = heap[parent];
    i = parent;
  }
  heap[i] = item;
})",
     "", "compare"},
    {"heapSink", R"(
function heapSink(heap, start) {
  const item = heap[start];
  let i = start;
  for (let child = 2 * i + 1; child < heap.length; child = 2 * i + 1) {
    const right = child + 1;
    if (right < heap.length && compare(heap[child], heap[right]) >= 0) child = right;
    heap[i] = heap[child];
    i = child;
  }
  heap[i] = item;
  heapRise(heap, start, i);
})",
     "", "heapRise"},
    {"heapPush", R"(
function heapPush(heap, item) {
  heap.push(item);
  heapRise(heap, 0, heap.length - 1);
})",
     "", "heapRise"},
    {"heapPop", R"(
function heapPop(heap) {
  const last = heap.pop();
  if (heap.length === 0) return last;
  const smallest = heap[0];
  heap[0] = last;
  heapSink(heap, 0);
  return smallest;
})",
     "", "heapSink"},
    {"heapify", R"(
function heapify(heap) {
  for (let i = (heap.length >> 1) - 1; i >= 0; i -= 1) heapSink(heap, i);
})",
     "", "heapSink"},
    {"heapReplace", R"(
function heapReplace(heap, item) {
  const smallest = heap[0];
  heap[0] = item;
  heapSink(heap, 0);
  return smallest;
})",
     "", "heapSink"},
    {"heapPushPop", R"(
function heapPushPop(heap, item) {
  if (heap.length === 0 || compare(heap[0], item) >= 0) return item;
  return heapReplace(heap, item);
})",
     "", "heapReplace"},
    {"bisectRight", R"(
function bisectRight(items, item) {
  const index = items.findIndex((other) => compare(item, other) < 0);
  return index === -1 ? items.length : index;
})",
     "", "compare"},
    {"bisectLeft", R"(
function bisectLeft(items, item) {
  const index = items.findIndex((other) => compare(other, item) >= 0);
  return index === -1 ? items.length : index;
})",
     "", "compare"},
    {"mergeSorted", R"(
const mergeSorted = (...lists) => lists.flatMap((list) => [...list]).sort(compare);
)",
     "", "compare"},
};

// Classes of the file whose instances have an order of their own, and named tuples, which have that of their fields.
struct Ordering {
  bool some = false;
  std::string tuples;  // `a instanceof Job || a instanceof Entry`

  explicit Ordering(Context& c) {
    for (std::uint32_t i = 1; i < c.src().size(); ++i) {
      auto def = c.As<ClassDef>(NodeId{i});
      if (!def) continue;
      if (HasOrder(c, NodeId{i})) {
        some = true;
      } else if (IsNamedTuple(c, NodeId{i})) {
        if (!tuples.empty()) tuples += " || ";
        tuples += "a instanceof " + c.TargetName(def.name());
      }
    }
  }
};

}  // namespace

std::span<const LocalDefinition> OrderLocals() { return kLocals; }

std::string CompareCode(Context& c) {
  const Ordering& ordering = c.State<Ordering>();
  std::string code;
  std::string_view rest = kLocals[0].code;
  while (!rest.empty()) {
    std::size_t end = rest.find('\n');
    std::string line(rest.substr(0, end));
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    if (line.ends_with("//?ordered") && !ordering.some) continue;
    if (line.ends_with("//?tuples") && ordering.tuples.empty()) continue;
    if (auto mark = line.find(" //?"); mark != std::string::npos) line.resize(mark);
    if (auto at = line.find("TUPLE"); at != std::string::npos) line.replace(at, 5, ordering.tuples);
    code += line + '\n';
  }
  return code;
}

}  // namespace asyncport::translate::to_js
