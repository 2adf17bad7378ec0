// What Python's modules for texts give back: io.StringIO and csv. The notation is described in library.h.
// Example: `csv.reader(lines)` gives an iterator of lists of texts.
#include "facts/library.h"

namespace asyncport::facts {

namespace {

constexpr LibraryEntry kEntries[] = {
    {"io.StringIO", "class inst(io.StringIO)"},
    {"io.StringIO#read", "str"},
    {"io.StringIO#readline", "str"},
    {"io.StringIO#readlines", "list<str>"},
    {"io.StringIO#write", "int"},
    {"io.StringIO#writelines", "null"},
    {"io.StringIO#close", "null"},
    {"io.StringIO#flush", "null"},
    {"io.StringIO#seek", "int"},
    {"io.StringIO#tell", "int"},
    {"io.StringIO#truncate", "int"},
    {"io.StringIO#getvalue", "str"},
    {"io.StringIO#@iter", "str"},
    {"io.StringIO#__enter__", "self"},
    {"contextlib.redirect_stdout", "inst(contextlib.redirect_stdout)<0>"},
    {"contextlib.redirect_stdout#__enter__", "self.fields"},
    {"csv.reader", "iter<list<str>>"},
    {"csv.DictReader", "class iter<dict<str,str>>"},
    {"csv.writer", "inst(csv.writer)"},
    {"csv.DictWriter", "class inst(csv.writer)"},
};

}  // namespace

std::span<const LibraryEntry> PyTextLibrary() { return kEntries; }

}  // namespace asyncport::facts
