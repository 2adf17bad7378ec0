# shellcheck shell=bash disable=SC2034,SC2154
# Sourced by setup and test: puts the node that scripts/setup installed in front of PATH, where there is one.
# Expects $root, the top of the repository. Does not install anything.
NODE_VERSION=20.20.2
NODE_FOLDER=$root/build/tools/node
[[ -d $NODE_FOLDER ]] && PATH=$NODE_FOLDER/bin:$PATH

# Also looks into a folder that was made after this file was read.
node_is_new_enough() {
  if [[ -x $NODE_FOLDER/bin/node && :$PATH: != *":$NODE_FOLDER/bin:"* ]]; then
    PATH=$NODE_FOLDER/bin:$PATH
  fi
  hash -r
  node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' 2> /dev/null
}
