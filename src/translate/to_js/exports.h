// Exports of a module of a project. See exports.cpp.
#pragma once

#include "ir/tree.h"
#include "translate/context.h"

namespace asyncport::translate::to_js {

// `statements`: of the translated module, in their order; those that declare what is to be exported say so afterwards.
void ExportNames(Context& context, ir::NodeList& statements);

}  // namespace asyncport::translate::to_js
