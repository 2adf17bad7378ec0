// Translates and checks with the installed library. Prints the translation and the ids of what was found.
#include <iostream>

#include "pipeline/check.h"
#include "pipeline/pipeline.h"

int main() {
  const asyncport::Source source("a.js",
                                 "async function save(x) {\n  return x;\n}\n\nsave(1);\n");
  const asyncport::Outcome outcome = asyncport::Run(
      source, {.from = asyncport::Language::kJs, .to = asyncport::Language::kPy});
  std::cout << outcome.text;
  for (const auto& found : asyncport::Check(source, {.language = asyncport::Language::kJs}).diagnostics)
    std::cout << found.id << "\n";
  return outcome.status == asyncport::Status::kOk ? 0 : 1;
}
