// Which modules come with Python 3.11: their imports stand before those of packages.
// Example: IsStandardModule("asyncio") is true, of "httpx" false.
#pragma once

#include <string_view>

namespace asyncport::emit::py {

bool IsStandardModule(std::string_view name);

}  // namespace asyncport::emit::py
