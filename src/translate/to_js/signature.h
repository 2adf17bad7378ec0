// How a Python signature is laid out in JavaScript, decided once for the definition and all its calls.
// Example: `def log(level, *parts, sep=" ")` is kPacked: `log(level, parts = [], { sep = " " } = {})`.
#pragma once

#include "translate/context.h"

namespace asyncport::translate::to_js {

struct Layout {
  enum Form {
    kPlain,     // positions, then perhaps one options object
    kPacked,    // *args and keywords: the rest travels as one array before the options
    kForwards,  // *args, **kwargs that only go on to another call: `...args` carries both
    kRefused,
  };
  Form form = kPlain;
  bool empty_keywords = false;  // kForwards: the body looks at the keywords, of which there are none here
};
Layout LayoutOf(Context& c, ir::NodeId function, std::span<const ir::NodeId> params);

// Property of a keyword-only parameter in the options object: its name here, unless that had to give way.
std::string OptionKey(Context& c, ir::NodeId param);
// Parameters of a function, lambda or method.
std::span<const ir::NodeId> ParamsOf(Context& c, ir::NodeId function);

}  // namespace asyncport::translate::to_js
