// Emitters of events: what `emit` passes reaches the listeners of the same event, whichever emitter of the file they
// were added to. Emitters that Node itself feeds (streams, sockets) are not told apart from strangers here.
// Example: `bus.emit("paid", 12)` gives int to the parameter of `bus.on("paid", (amount) => ...)`.
#include "facts/infer.h"

namespace asyncport::facts {

using ir::NodeId;
using ir::NodeKind;

namespace {

constexpr std::size_t kMaxEventArgs = 5;
constexpr std::string_view kAnyEvent = "*";

}  // namespace

// Is every emitter in the set one that only this file makes emit?
bool Inference::EmitsOnlyHere(SetId self) const {
  if (self == kUnknownSet || self == kNeverSet) return false;
  for (SiteId id : lattice_.Sites(self)) {
    const Site& site = lattice_.site(id);
    if (site.kind != TypeKind::kInstance) return false;
    if (!site.name.empty() && site.name != "node:events.EventEmitter") return false;
  }
  return lattice_.Bits(self) == 0;
}

const std::vector<CellId>& Inference::EventCells(std::string_view event) {
  std::vector<CellId>& cells = event_cells_[std::string(event)];
  while (cells.size() < kMaxEventArgs) cells.push_back(lattice_.NewCell());
  return cells;
}

bool Inference::CallEmitter(std::string_view method, SetId self, const Args& args, NodeId at) {
  const bool emits = method == "emit";
  const bool listens = method == "on" || method == "once" || method == "addListener" ||
                       method == "prependListener" || method == "prependOnceListener";
  const auto call = ir::As<ir::Call>(tree_, at);
  if ((!emits && !listens) || !call || call.args().empty() || !EmitsOnlyHere(self)) return false;
  const auto literal = ir::As<ir::String>(tree_, call.args()[0]);
  const std::string event(literal ? literal.value() : kAnyEvent);
  if (emits) {
    const std::vector<CellId> cells = EventCells(event);
    for (std::size_t i = 0; i < kMaxEventArgs; ++i) {
      const std::size_t position = i + 1;
      const SetId value = position < args.positional.size() ? args.positional[position]
                          : args.has_spread                 ? args.spread
                                                            : Nothing();
      lattice_.Add(cells[i], value);
    }
    return true;
  }
  if (args.positional.size() < 2) return false;
  const SetId listener = Resolve(args.positional[1]);
  if (listener == kUnknownSet) return true;
  Args passed;
  for (std::size_t i = 0; i < kMaxEventArgs; ++i) {
    const SetId any = Read(EventCells(kAnyEvent)[i]);
    // A listener whose event is not spelled out may get anything that is emitted.
    passed.positional.push_back(literal ? lattice_.Join(Read(EventCells(event)[i]), any)
                                        : kUnknownSet);
  }
  CallSet(listener, passed, at);
  return true;
}

// What `controller.abort(reason)` is given somewhere is what `signal.reason` may be, beside the error that Node makes.
SetId Inference::AbortReason(std::string_view member, const Args& args, SetId error) {
  const CellId cell = EventCells("@abort")[0];
  if (member != "AbortSignal#reason") {
    if (!args.positional.empty()) lattice_.Add(cell, args.positional[0]);
    return kNeverSet;
  }
  return lattice_.Join(error, Read(cell));
}

}  // namespace asyncport::facts
