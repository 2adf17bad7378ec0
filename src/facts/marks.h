// How a name among FactOptions::async_names says more than that it is asynchronous.
// Example: "!store.slow_total": a plain function of Python whose translation is to be awaited.
#pragma once

namespace asyncport::facts {

inline constexpr char kBlockingMark = '!';

}  // namespace asyncport::facts
