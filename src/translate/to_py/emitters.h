// What the file does with emitters of events: which events it emits with how many arguments, and who listens.
// Made by Context::State<Emitters>() when first asked for.
// Example: after `bus.on("paid", pay); bus.emit("paid", 1, 2);`, Of("paid") has 1 emission, max 2, and the listener pay.
#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <unordered_map>

#include "translate/context.h"

namespace asyncport::translate::to_py {

struct Emitters {
  explicit Emitters(Context& c);

  struct Event {
    std::size_t min =
        std::numeric_limits<std::size_t>::max();  // arguments of the shortest emission
    std::size_t max = 0;
    bool spread = false;  // some emission passes `...args`
    bool has_async_listener = false;
    bool has_eager_listener = false;  // asynchronous, and its beginning is seen by the emitter
    ir::NodeList listeners;           // FunctionDef, FunctionExpr, Lambda or Method
  };
  // By the text of the event; "*" for those that are not spelled out. Null if the file has none.
  const Event* Of(std::string_view event) const;
  const std::unordered_map<std::string, Event>& events() const { return events_; }

  bool any_async = false;    // some listener is asynchronous, or not known
  bool emits_error = false;  // some emission is, or may be, of "error"
  bool awaits_once = false;  // `once(emitter, ...)` of node:events
  bool iterates = false;     // `for await (... of on(emitter, ...))`

 private:
  std::unordered_map<std::string, Event> events_;
};

// "emit" for `x.emit(...)` where x is an emitter of events; empty for anything else.
std::string_view EmitterMethod(Context& c, ir::NodeId call);
// Does the method add a listener?
bool AddsListener(std::string_view emitter_method);

}  // namespace asyncport::translate::to_py
