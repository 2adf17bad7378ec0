#!/usr/bin/env bash
# Kakoune, without a screen: the translation of a buffer and of a selection. Environment as for neovim.lua.
set -euo pipefail
cd "$FOLDER"
printf 'const y = 1;\nasync function save(x) {\n  return x;\n}\n\nsave(1);\n' > a.js
run() {
  kak -n -ui dummy -e "
    source $ASYNCPORT_ROOT/editors/kakoune/asyncport.kak
    set-option global asyncport_program $ASYNCPORT
    edit $FOLDER/a.js
    set-option buffer filetype javascript
    try %{ select $1; asyncport-translate; write -force $FOLDER/out } catch %{ echo -to-file $FOLDER/failed %val{error} }
    kill! 0" > /dev/null 2>&1 < /dev/null || true
}
expect() {
  if [[ -e failed || ! -e out ]] || ! grep -qx -- "$1" out || { [[ -n $2 ]] && grep -q -- "$2" out; }; then
    echo "FAILED: $3: $(cat failed out 2> /dev/null)"
    exit 1
  fi
  echo "ok: $3"
  rm -f out
}
run 1.1,1.1
expect 'async def save(x):' '' 'the buffer is translated'
run 2.1,4.1
expect 'async def save(x):' 'y = 1' 'a selection is translated'
echo done
