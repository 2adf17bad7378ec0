// `--rules DIR`: a team's own cards.
// Example: DIR/our-client.md, DIR/api/js.tsv.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/problem.h"

namespace asyncport::cli {

// Reads the cards of each `--rules DIR` on the command line, before anything else is read of it: ids that other options
// name may be theirs. In DIR: cards (*.md), or folders correspondences/ and lessons/ of them; api/js.tsv and api/py.tsv.
std::optional<Problem> LoadOwnRules(const std::vector<std::string>& arguments);

}  // namespace asyncport::cli
