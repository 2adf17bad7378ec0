// Many files in one run: `asyncport src --to py --out-dir out -j 4`. docs/batch.md has what it promises.
#pragma once

#include "cli/options.h"

namespace asyncport::cli {

int RunBatch(Command command);

}  // namespace asyncport::cli
