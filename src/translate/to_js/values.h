// What is known about values, in the words that choose a JavaScript form: text, number, array, object or Map.
// Example: `lengths = {"fig": 3}` is kObject (`lengths.fig`), `squares = {1: 1}` is kMap (`squares.get(1)`).
#pragma once

#include <string_view>

#include "translate/context.h"

namespace asyncport::translate::to_js {

// A mask: every kind of value that an expression may have.
enum Kind : unsigned {
  kText = 1, kNumber = 2, kFlag = 4, kNone = 8,
  kArray = 16,      // list and tuple
  kSet = 32,
  kObject = 64,     // dict with string keys
  kMap = 128,       // any other dict
  kInstance = 256,  // of a class of this file
  kError = 512,     // an exception
  kFunction = 1024, kPromise = 2048, kIterator = 4096, kBytes = 8192,
  kLibrary = 16384, // an instance of a library class
  kOther = 32768,
  kUnknown = 65536,
};
inline constexpr unsigned kContainer = kArray | kSet | kObject | kMap;
inline constexpr unsigned kPrimitive = kText | kNumber | kFlag | kNone;

unsigned KindsOf(Context& c, facts::TypeId type);
unsigned KindsOf(Context& c, ir::NodeId source_expr);
// Every possible value is one of `mask` (and something is known).
bool Only(Context& c, ir::NodeId source_expr, unsigned mask);
bool Only(Context& c, facts::TypeId type, unsigned mask);
// Known, and some possible value is one of `mask`.
bool May(Context& c, ir::NodeId source_expr, unsigned mask);
// Is what a subscript reads or writes surely a Map? Text and lists have no elements by the name of a text.
bool IsMapPlace(Context& c, ir::NodeId subscript);
// None set aside, every possible value is one of `mask`.
bool OnlyOrNone(Context& c, ir::NodeId source_expr, unsigned mask);

// Is some dict of the file held in a Map?
bool FileHasMaps(Context& c);

// Type of the elements of a list, set, tuple (all members alike), iterator; of the keys of a dict.
facts::TypeId ElementOf(Context& c, ir::NodeId source_expr);
facts::TypeId ElementOf(Context& c, facts::TypeId type);
// Type of a dict's values.
facts::TypeId ValueOf(Context& c, ir::NodeId source_expr);

// The class of this file that every value is an instance of; kNoNode if there is none or several.
ir::NodeId ClassOf(Context& c, ir::NodeId source_expr);
ir::NodeId ClassOf(Context& c, facts::TypeId type);
// Name of the library class ("collections.Counter"); empty otherwise.
std::string_view LibraryClassOf(Context& c, ir::NodeId source_expr);
// The Method `name` of a class of this file or of a base in this file.
ir::NodeId FindMethod(Context& c, ir::NodeId class_def, std::string_view name);
// ClassDef that the name surely stands for; kNoNode for any other expression.
ir::NodeId ClassInFile(Context& c, ir::NodeId name);
// The class and all classes of the file that it extends, in the order in which members are looked for.
ir::NodeList Ancestors(Context& c, ir::NodeId class_def);
// ClassDef of a base in this file, or kNoNode.
ir::NodeId BaseInFile(Context& c, ir::NodeId class_def);
// Name of the first base that is not of this file ("Exception", "enum.Enum"), looking through bases of the file.
std::string LibraryBaseOf(Context& c, ir::NodeId class_def);
bool IsErrorClass(Context& c, ir::NodeId class_def);

// Is the value surely not negative: lengths, literals, counters of range?
bool IsNonNegative(Context& c, ir::NodeId source_expr);
// Is it a whole number, or made of numbers with at most so many decimals by adding them up? Then it is never halfway
// between two numbers of so many decimals.
bool HasFewDecimals(Context& c, ir::NodeId source_expr, std::size_t decimals);
// The integer of a literal (with its sign), if it is one.
std::optional<long long> LiteralInt(Context& c, ir::NodeId source_expr);
// A name that JavaScript reads after a dot or in an object literal without quotes.
bool IsJsIdentifier(std::string_view text);

}  // namespace asyncport::translate::to_js
