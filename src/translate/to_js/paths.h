// What others need of paths.cpp: a function of pathlib, os, shutil or tempfile, called by name.
// Example: PathCall(c, "pathlib.Path#read_text", path, {}, id, true) -> `readFile(path, "utf8")`.
#pragma once

#include <optional>
#include <string_view>

#include "translate/context.h"

namespace asyncport::translate::to_js {

// `receiver` and `args` are source nodes. Asynchronous: a promise; else the synchronous sister.
std::optional<ir::NodeId> PathCall(Context& c, std::string_view name, ir::NodeId receiver, ir::NodeList args, ir::NodeId id,
                                   bool async);

}  // namespace asyncport::translate::to_js
