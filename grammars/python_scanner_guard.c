/* Compiles tree-sitter-python's scanner with a serialization buffer one byte smaller than the real one.
 *
 * The scanner (0.25.0) checks `size < 1024` and then writes two bytes per level of indentation. With a string open the
 * header has an odd length, so with 511 levels the last write ends one byte past the buffer, inside the parser's own
 * state, and the process dies. Saying 1023 here makes that last write end inside the buffer; anything deeper becomes
 * ordinary ERROR nodes. tests/grammars/ feeds it that input. See docs/decisions/0001-grammars-from-npm.md.
 */
#include "tree_sitter/parser.h"
#undef TREE_SITTER_SERIALIZATION_BUFFER_SIZE
#define TREE_SITTER_SERIALIZATION_BUFFER_SIZE 1023
#include "scanner.c"
