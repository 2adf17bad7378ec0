// Questions about property access that names, calls and subscripts share. ErrorProperty and
// IsDictLike are in topics.h.
// Example: IsCallee says that `f` in `f(x)` is called, IsAssigned that `o.k` in `o.k += 1` is
// written.
#pragma once

#include <initializer_list>

#include "translate/context.h"

namespace asyncport::translate::to_py {

// The callee of a call that nothing asks for first (`f?.()` does).
bool IsCallee(Context& c, ir::NodeId id);
// The target of an assignment of any form.
bool IsAssigned(Context& c, ir::NodeId id);
// Is every value that the receiver can have of one of the kinds, null aside (the source would fail on that)?
bool Receives(Context& c, ir::NodeId object, std::initializer_list<facts::TypeKind> kinds);
// Does a class of the file, or an object literal that is read as an instance, have a member of that name?
bool DeclaredByAClass(Context& c, std::string_view name);
// Is the literal, which is read as an instance, made by a class of its own (not a SimpleNamespace)?
bool NeedsClass(Context& c, ir::Dict dict);
// Can objects be about that are neither dict nor list: does the file make any, or take them from others?
bool HasInstances(Context& c);
// A dict whose keys only come to be when the program runs (`Object.fromEntries(pairs)`): any of them may be missing.
bool HasOpenKeys(Context& c, ir::NodeId object);
// The lesson that an object of unknown class is read as a dict, once for each name; silent for JSON's data.
void SayUnknownObject(Context& c, ir::NodeId object);
// `counts[k] > 1`: undefined compares as false, so a key that may be missing reads as a number that does too; kNoNode
// where nothing is compared so.
ir::NodeId ComparedLookUp(Context& c, ir::NodeId id, ir::NodeId object, ir::NodeId target_key,
                          bool may_lack);

}  // namespace asyncport::translate::to_py
