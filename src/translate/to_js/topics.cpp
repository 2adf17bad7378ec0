// The table of Python-to-JavaScript topics, built once.
#include "translate/to_js/topics.h"

namespace asyncport::translate {

const Topics& TopicsToJs() {
  static const Topics topics = [] {
    Topics t;
    to_js::RegisterModule(t);
    to_js::RegisterAsync(t);
    return t;
  }();
  return topics;
}

}  // namespace asyncport::translate
