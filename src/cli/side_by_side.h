// A source and its translation in two columns, matching lines together: as text for a terminal, or as a page.
// Example: `3 const u = await f();  │ 5 u = await f()`.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/pipeline.h"
#include "support/source.h"

namespace asyncport::cli {

// `outcome` was made with Options::line_map. `columns`: of the whole; long lines go on below.
std::string SideBySideText(const Source& source, const Options& options, const Outcome& outcome,
                           std::uint32_t columns, bool color);
// One HTML file that needs nothing else. Each line that something is said about has it below.
std::string SideBySidePage(const Source& source, const Options& options, const Outcome& outcome);

// The table of such a page, and what stands before it. `notes`: markup, by 0-based line of the source.
std::string SideBySideTable(const Source& source, const Source& target, Language from,
                            const LineMap& map,
                            const std::map<std::uint32_t, std::vector<std::string>>& notes);
extern const std::string_view kPageHead;
extern const std::string_view kPageStyle;

// Of the terminal that standard output is, or what COLUMNS says, else 160.
std::uint32_t TerminalColumns();

}  // namespace asyncport::cli
