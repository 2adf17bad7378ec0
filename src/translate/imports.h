// Imports that the target needs, collected while translating and printed at the head of the module.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "ir/tree.h"

namespace asyncport::translate {

class Imports {
 public:
  // `import module` (Python) / `import * as module` is never needed in JavaScript: name what is used.
  void NeedModule(std::string_view module, std::string_view local = {});
  // `from module import name as local` / `import { name as local } from "module"`. Equal needs merge.
  void NeedName(std::string_view module, std::string_view name, std::string_view local = {});
  // JavaScript `import local from "module"`.
  void NeedDefault(std::string_view module, std::string_view local);

  // Every name that the imports bind, to be kept free of the file's own names.
  std::unordered_set<std::string> Locals() const;
  // Names that several modules ask for.
  std::unordered_set<std::string> Conflicts() const;
  // Import statements in the order the emitters sort them anyway.
  ir::NodeList Build(ir::Tree& tree) const;

 private:
  enum class Form { kModule, kDefault, kName };
  struct Need {
    std::string module;
    Form form;
    std::string name;
    std::string local;
    friend auto operator<=>(const Need&, const Need&) = default;
  };
  std::set<Need> needs_;
};

}  // namespace asyncport::translate
