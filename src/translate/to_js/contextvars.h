// Context variables: what those who start tasks need of them.
// Example: a task of `handle`, which sets request_id -> `Promise.resolve().then(() => handle())`.
#pragma once

#include "translate/context.h"

namespace asyncport::translate::to_js {

// The started work of a coroutine, so that what it sets is not seen outside of it.
ir::NodeId InOwnContext(Context& c, ir::NodeId coroutine, ir::NodeId work);

}  // namespace asyncport::translate::to_js
