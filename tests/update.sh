#!/usr/bin/env bash
# Rewrites goldens: tests/update.sh FILTER (part of FOLDER/NAME) or --all. Prints each change; refuses in CI.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ $# -ne 1 ]; then
  echo "usage: tests/update.sh FILTER | --all" >&2
  exit 2
fi
if [ -n "${CI:-}" ]; then
  echo "tests/update.sh: not in CI: goldens are read there, never written" >&2
  exit 2
fi
build=${ASYNCPORT_BUILD:-build/dev}
ASYNCPORT_UPDATE_GOLDENS=$1 "$build/tests/unit-tests" "goldens*" >/dev/null || true
git --no-pager diff --stat -- tests/golden
git --no-pager diff -- tests/golden
