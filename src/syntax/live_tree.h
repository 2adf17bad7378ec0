// The tree of a text that is being edited: what an edit did not touch is not parsed again. Gives exactly the tree that
// parsing the text anew gives; where the text does not parse, it is parsed anew, since what the parser makes of an error
// depends on what it did before.
// Example: Update of "f();" and then of "f(1);" reuses what stands around the parentheses.
#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "support/language.h"
#include "support/result.h"
#include "support/source.h"
#include "syntax/cst.h"

namespace asyncport::syntax {

class LiveTree {
 public:
  LiveTree();
  ~LiveTree();
  LiveTree(LiveTree&&) noexcept;
  LiveTree& operator=(LiveTree&&) noexcept;

  // As Parse does. The edit is found by comparing with the text of the last time. `cancelled`: gives up with an error
  // once it is true.
  Result<Parsed> Update(const Source& source, Language language, const ParseLimits& limits,
                        const std::atomic<bool>* cancelled = nullptr);

 private:
  struct State;
  std::unique_ptr<State> state_;  // none: nothing to reuse
};

// Same kinds, spans and errors: for tests.
bool SameCst(const Cst& a, const Cst& b);

}  // namespace asyncport::syntax
