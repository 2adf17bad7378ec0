// Parses the input that crashes tree-sitter-python's scanner where it is built without our guard: 511 nested indents and
// one string literal. It is a program of its own, because a failure is the death of the process.
// Does not look at the tree: any tree will do. See docs/decisions/0001-grammars-from-npm.md.
#include <tree_sitter/api.h>

#include <cstdint>
#include <cstdio>
#include <string>

extern "C" const TSLanguage* tree_sitter_python();

namespace {

std::string Nested(int levels) {
  std::string text;
  for (int level = 0; level < levels; ++level) {
    text.append(static_cast<std::size_t>(level), ' ').append("if x:\n");
  }
  return text.append(static_cast<std::size_t>(levels), ' ').append("s = \"text\"\n");
}

}  // namespace

int main() {
  for (const int levels : {509, 510, 511, 512, 513, 600, 2000}) {
    const std::string text = Nested(levels);
    TSParser* parser = ts_parser_new();
    if (!ts_parser_set_language(parser, tree_sitter_python())) {
      std::puts("the grammar's version is not the library's");
      return 1;
    }
    TSTree* tree =
        ts_parser_parse_string(parser, nullptr, text.data(), static_cast<std::uint32_t>(text.size()));
    if (tree == nullptr || ts_node_end_byte(ts_tree_root_node(tree)) != text.size()) {
      std::printf("no whole tree at %d levels\n", levels);
      return 1;
    }
    ts_tree_delete(tree);
    ts_parser_delete(parser);
  }
  return 0;
}
