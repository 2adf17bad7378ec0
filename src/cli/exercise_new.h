// A draft of an exercise from a lesson's text: the snippet under "Rewrite this ...", and the bullets under "what good
// looks like" as manual criteria to fill in.
#pragma once

#include <string>
#include <string_view>

#include "support/result.h"

namespace asyncport::cli {

Result<std::string> DraftExercise(const std::string& path, std::string_view lesson);

}  // namespace asyncport::cli
