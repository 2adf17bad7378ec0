#include "emit/emit.h"
namespace asyncport::emit::py {
doc::Doc Emit(const ir::Tree&, const comments::CommentMap&, doc::Builder& b) { return b.Text("stub"); }
doc::Doc EmitOne(const ir::Tree&, ir::NodeId, const comments::CommentMap&, doc::Builder& b) { return b.Text("stub"); }
}
