// JavaScript: attributes that Python marks as private with an underscore, and that only `this` of one class uses, become
// private members. Declares them, with their first value where the constructor gives a constant.
// Example: `this._items = [];` in a constructor -> the field `#items = [];`, and `this.#items` everywhere.
#pragma once

#include "ir/tree.h"

namespace asyncport::translate {

// The root of the tree with private members. Leaves alone whatever is named elsewhere too: by another object than `this`,
// in a parent or child class, as a text.
ir::NodeId WithPrivateMembers(ir::Tree& tree, ir::NodeId root);

}  // namespace asyncport::translate
