// The topics of Python to JavaScript. Each file registers what it claims.
#pragma once

#include "translate/context.h"

namespace asyncport::translate::to_js {

void RegisterModule(Topics& topics);  // entry point, imports, names
void RegisterAsync(Topics& topics);   // coroutines, tasks

}  // namespace asyncport::translate::to_js
