#!/usr/bin/env bash
# Where scripts/setup may not install, it must print the exact command, install nothing, and exit with 2.
# A PATH of stubs plays a machine with nothing on it and a user who is not root and has no sudo.
# Example: setup_refuses.sh TOP_OF_THE_REPOSITORY
set -euo pipefail
root=$1
stubs=$(mktemp -d)
trap 'rm -rf "$stubs"' EXIT
for program in bash dirname uname mktemp; do
  ln -s "$(command -v "$program")" "$stubs/$program"
done
printf '#!%s\necho 1000\n' "$stubs/bash" > "$stubs/id"
printf '#!%s\n: > "%s/installed"\n' "$stubs/bash" "$stubs" > "$stubs/apt-get"
chmod +x "$stubs/id" "$stubs/apt-get"

fail() { echo "FAILED: $1"; echo "$output"; exit 1; }

status=0
output=$(env -i PATH="$stubs" HOME="$stubs" "$stubs/bash" "$root/scripts/setup" build 2>&1 < /dev/null) || status=$?
[[ $status == 2 ]] || fail "exit status $status, not 2"
[[ $output == *"apt-get update && apt-get install -y --no-install-recommends "*cmake*ninja-build* ]] ||
  fail "the command is not there"
[[ ! -e $stubs/installed ]] || fail "it tried to install"

status=0
output=$(env -i PATH="$stubs" HOME="$stubs" "$stubs/bash" "$root/scripts/setup" nonsense 2>&1) || status=$?
[[ $status == 2 && $output == *nonsense* ]] || fail "an unknown group must be refused by name"
