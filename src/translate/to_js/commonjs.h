// `--module cjs`: what a module of Node's older kind has otherwise. See commonjs.cpp.
#pragma once

#include "ir/tree.h"
#include "translate/context.h"

namespace asyncport::translate::to_js {

// `statements`: all of the translated module, imports and exports among them.
void MakeCommonJs(Context& context, ir::NodeList& statements);

}  // namespace asyncport::translate::to_js
