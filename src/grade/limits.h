// How much of a submission is looked at, and how a verdict is written: what the command line says. Nothing else.
#pragma once

#include <cstdint>

namespace asyncport::grade {

struct Limits {
  std::uint64_t max_bytes = 1u << 20;
  std::uint32_t max_nesting = 500;
  std::uint32_t max_nodes = 200'000;
  std::uint32_t parse_ms = 2'000;
  std::uint32_t total_ms = 5'000;
  std::uint32_t max_diagnostics = 100;
  std::uint32_t max_output = 64u << 10;
};

enum class ReportFormat : std::uint8_t {
  kText,
  kJson,
  kJsonLines,
  kMarkdown,
  kExercism,
  kGradescope,
  kGithubClassroom,
  kCodegrade,
  kCheck50,
  kCoderunner,
  kJunit,
  kTap,
  kSarif
};

struct Options {
  Limits limits;
  ReportFormat format = ReportFormat::kText;
  bool all_comments = false;
  bool base64 = false;
  bool run = false;
};

}  // namespace asyncport::grade
