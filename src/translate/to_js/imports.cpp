// Imports of modules. Files of the project become modules beside this one; packages that no card knows are imported
// under their own name, and that is said once; the standard library disappears, since cards bring what their targets
// need. Example: `from .store import load_all as load` -> `import { loadAll as load } from "./store.js";`.
#include <algorithm>
#include <array>
#include <string>
#include <tuple>
#include <unordered_map>

#include "translate/to_js/class_parts.h"
#include "translate/to_js/topics.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

// Public modules of Python 3.11's standard library (sys.stdlib_module_names), sorted.
constexpr std::array<std::string_view, 218> kStandardModules = {
    "abc",
    "aifc",
    "antigravity",
    "argparse",
    "array",
    "ast",
    "asynchat",
    "asyncio",
    "asyncore",
    "atexit",
    "audioop",
    "base64",
    "bdb",
    "binascii",
    "bisect",
    "builtins",
    "bz2",
    "cProfile",
    "calendar",
    "cgi",
    "cgitb",
    "chunk",
    "cmath",
    "cmd",
    "code",
    "codecs",
    "codeop",
    "collections",
    "colorsys",
    "compileall",
    "concurrent",
    "configparser",
    "contextlib",
    "contextvars",
    "copy",
    "copyreg",
    "crypt",
    "csv",
    "ctypes",
    "curses",
    "dataclasses",
    "datetime",
    "dbm",
    "decimal",
    "difflib",
    "dis",
    "distutils",
    "doctest",
    "email",
    "encodings",
    "ensurepip",
    "enum",
    "errno",
    "faulthandler",
    "fcntl",
    "filecmp",
    "fileinput",
    "fnmatch",
    "fractions",
    "ftplib",
    "functools",
    "gc",
    "genericpath",
    "getopt",
    "getpass",
    "gettext",
    "glob",
    "graphlib",
    "grp",
    "gzip",
    "hashlib",
    "heapq",
    "hmac",
    "html",
    "http",
    "idlelib",
    "imaplib",
    "imghdr",
    "imp",
    "importlib",
    "inspect",
    "io",
    "ipaddress",
    "itertools",
    "json",
    "keyword",
    "lib2to3",
    "linecache",
    "locale",
    "logging",
    "lzma",
    "mailbox",
    "mailcap",
    "marshal",
    "math",
    "mimetypes",
    "mmap",
    "modulefinder",
    "msilib",
    "msvcrt",
    "multiprocessing",
    "netrc",
    "nis",
    "nntplib",
    "nt",
    "ntpath",
    "nturl2path",
    "numbers",
    "opcode",
    "operator",
    "optparse",
    "os",
    "ossaudiodev",
    "pathlib",
    "pdb",
    "pickle",
    "pickletools",
    "pipes",
    "pkgutil",
    "platform",
    "plistlib",
    "poplib",
    "posix",
    "posixpath",
    "pprint",
    "profile",
    "pstats",
    "pty",
    "pwd",
    "py_compile",
    "pyclbr",
    "pydoc",
    "pydoc_data",
    "pyexpat",
    "queue",
    "quopri",
    "random",
    "re",
    "readline",
    "reprlib",
    "resource",
    "rlcompleter",
    "runpy",
    "sched",
    "secrets",
    "select",
    "selectors",
    "shelve",
    "shlex",
    "shutil",
    "signal",
    "site",
    "smtpd",
    "smtplib",
    "sndhdr",
    "socket",
    "socketserver",
    "spwd",
    "sqlite3",
    "sre_compile",
    "sre_constants",
    "sre_parse",
    "ssl",
    "stat",
    "statistics",
    "string",
    "stringprep",
    "struct",
    "subprocess",
    "sunau",
    "symtable",
    "sys",
    "sysconfig",
    "syslog",
    "tabnanny",
    "tarfile",
    "telnetlib",
    "tempfile",
    "termios",
    "textwrap",
    "this",
    "threading",
    "time",
    "timeit",
    "tkinter",
    "token",
    "tokenize",
    "tomllib",
    "trace",
    "traceback",
    "tracemalloc",
    "tty",
    "turtle",
    "turtledemo",
    "types",
    "typing",
    "typing_extensions",
    "unicodedata",
    "unittest",
    "urllib",
    "uu",
    "uuid",
    "venv",
    "warnings",
    "wave",
    "weakref",
    "webbrowser",
    "winreg",
    "winsound",
    "wsgiref",
    "xdrlib",
    "xml",
    "xmlrpc",
    "zipapp",
    "zipfile",
    "zipimport",
    "zlib",
    "zoneinfo",
};

bool IsStandard(std::string_view module) {
  std::string_view top = module.substr(0, module.find('.'));
  return top.starts_with("_") ||
         std::binary_search(kStandardModules.begin(), kStandardModules.end(), top);
}

// Modules of the standard library that the tables know as a whole: a member that they lack is refused where it stands.
// Of the others nothing or little is known, so their imports are kept (docs/decisions/0012).
constexpr std::array<std::string_view, 35> kKnownModules = {
    "abc",
    "asyncio",
    "base64",
    "bisect",
    "builtins",
    "collections",
    "contextlib",
    "contextvars",
    "copy",
    "csv",
    "dataclasses",
    "datetime",
    "enum",
    "functools",
    "hashlib",
    "heapq",
    "html",
    "io",
    "itertools",
    "json",
    "logging",
    "math",
    "operator",
    "pathlib",
    "random",
    "re",
    "statistics",
    "string",
    "tempfile",
    "textwrap",
    "time",
    "typing",
    "typing_extensions",
    "uuid",
    "__future__",
};

bool IsKnownModule(std::string_view module) {
  std::string_view top = module.substr(0, module.find('.'));
  return std::find(kKnownModules.begin(), kKnownModules.end(), top) != kKnownModules.end();
}

// ".a.b" -> "./a/b", "..c" -> "../c", "." -> "./".
std::string FolderOf(std::string_view module) {
  std::string path = "./";
  module.remove_prefix(1);
  while (module.starts_with(".")) {
    path = path == "./" ? "../" : path + "../";
    module.remove_prefix(1);
  }
  for (char ch : module) path += ch == '.' ? '/' : ch;
  return path;
}

// Only members of it are read: it is a module.
bool IsReadAsModule(Context& c, NodeId local) {
  facts::BindingId binding = local ? c.facts().BindingOf(local) : facts::BindingId{};
  if (!binding || c.facts().binding(binding).reads.empty()) return false;
  const NodeList& reads = c.facts().binding(binding).reads;
  return std::all_of(reads.begin(), reads.end(), [&](NodeId read) {
    auto member = c.As<Attribute>(c.facts().Parent(read));
    return member && member.object() == read;
  });
}

// Imports that stood in functions: what each name of the file's head stands for.
struct NestedImports {
  std::unordered_map<std::string, std::string> path_of;
};

struct ImportLine {
  std::string path;
  NodeList items;
};

void Need(Context& c, std::string_view path, NodeId source_item, ImportKind kind) {
  auto item = c.As<ImportItem>(source_item);
  const std::string local = c.TargetName(item.local());
  if (kind == ImportKind::kNamespace) {
    c.imports().NeedModule(path, local);
  } else {
    c.imports().NeedName(path, c.names().Convert(item.name()), local);
  }
}

void Put(Context& c, ImportLine line, NodeId origin, NodeList& out) {
  const NodeId block = c.facts().Parent(origin);
  if (c.src().Is(c.facts().Parent(block), NodeKind::kModule)) {
    out.push_back(c.New(make::Import{.items = std::move(line.items), .module = line.path}, origin));
    return;
  }
  // JavaScript imports at the top of a file only, and all names of imports are of the file.
  c.Absorb(origin);
  for (NodeId made : line.items) {
    auto item = ir::As<ImportItem>(c.dst(), made);
    const NodeId source_item = c.dst().node(made).origin;
    NodeId local = c.As<ImportItem>(source_item).local();
    auto& taken = c.State<NestedImports>().path_of;
    std::string name = c.TargetName(local);
    const std::string what = line.path + ":" + std::string(c.As<ImportItem>(source_item).name());
    auto [it, is_new] = taken.emplace(name, what);
    for (int i = 2; !is_new && it->second != what; ++i) {
      name = c.TargetName(local) + std::to_string(i);
      std::tie(it, is_new) = taken.emplace(name, what);
      if (is_new || it->second == what) c.names().Rename(c.facts().BindingOf(local), name);
    }
    Need(c, line.path, source_item, item.kind());
  }
}

NodeId Item(Context& c, NodeId source_item, ImportKind kind) {
  auto item = c.As<ImportItem>(source_item);
  NodeId local = c.NewName(c.TargetName(item.local()), item.local());
  std::string name = kind == ImportKind::kNamed ? c.names().Convert(item.name()) : std::string();
  return c.New(make::ImportItem{.local = local, .name = name, .kind = kind}, source_item);
}

void ImportFile(Context& c, Import import, NodeList& out) {
  const std::string folder = FolderOf(import.module());
  const bool is_package =
      folder.ends_with("/");  // `from . import a`: modules of the folder, or names of its index
  ImportLine named{folder + (is_package ? "index.js" : ".js"), {}};
  for (NodeId item_id : import.items()) {
    auto item = c.As<ImportItem>(item_id);
    if (!item.local()) {
      c.Refuse(import.id(), "module-layout");
      return;
    }
    if (is_package && IsReadAsModule(c, item.local())) {
      Put(c,
          {folder + std::string(item.name()) + ".js", {Item(c, item_id, ImportKind::kNamespace)}},
          import.id(), out);
    } else {
      named.items.push_back(Item(c, item_id, ImportKind::kNamed));
    }
  }
  if (!named.items.empty()) Put(c, std::move(named), import.id(), out);
}

// Where a binding of a package comes from, should it be used where no card replaces it.
struct Packages {
  std::unordered_map<std::uint32_t, NodeId> import_of;  // by binding: the import statement
  std::unordered_map<std::uint32_t, NodeId> item_of;
};

bool TranslateImport(Context& c, NodeId id, NodeList& out) {
  auto import = c.As<Import>(id);
  if (import.module().starts_with(".")) {
    ImportFile(c, import, out);
    return true;
  }
  c.Absorb(id);
  if (IsKnownModule(import.module())) return true;
  for (NodeId item_id : import.items()) {
    auto item = c.As<ImportItem>(item_id);
    facts::BindingId binding =
        item.local() ? c.facts().BindingOf(item.local()) : facts::BindingId{};
    if (!binding) continue;
    c.State<Packages>().import_of[binding.index] = id;
    c.State<Packages>().item_of[binding.index] = item_id;
  }
  return true;
}

// `aiokafka.helpers` -> "aiokafka/helpers". Node has modules named `os` and `http` that do other things, so a module of
// Python's own library says whose it is: "python:os".
std::string PackageOf(std::string_view module) {
  if (IsStandard(module)) return "python:" + std::string(module);
  std::string path(module);
  std::replace(path.begin(), path.end(), '.', '/');
  return path;
}

bool UsePackage(Context& c, facts::BindingId binding) {
  auto& packages = c.State<Packages>();
  auto it = packages.import_of.find(binding.index);
  if (it == packages.import_of.end()) return false;
  auto import = c.As<Import>(it->second);
  const NodeId item_id = packages.item_of[binding.index];
  auto item = c.As<ImportItem>(item_id);
  std::string_view module = import.module();
  if (c.marks().insert("package:" + std::to_string(binding.index)).second) {
    const bool whole = item.kind() == ImportKind::kNamespace;
    // `import a.b` binds `a`.
    const std::string path =
        PackageOf(whole && item.is_dotted() ? module.substr(0, module.find('.')) : module);
    Need(c, path, item_id, whole ? ImportKind::kNamespace : ImportKind::kNamed);
  }
  if (c.marks().insert("package:" + std::string(module)).second) {
    c.Say("module-unknown", import.id(), {{"module", std::string(module)}});
  }
  return true;
}

std::optional<NodeId> TranslateName(Context& c, NodeId id) {
  facts::BindingId binding = c.facts().BindingOf(id);
  if (binding && c.facts().binding(binding).kind == facts::BindingKind::kImport) {
    const std::string& path = c.facts().binding(binding).path;
    if (!path.starts_with(".") && !UsePackage(c, binding)) {
      return c.Refuse(id, "untranslated", {{"reason", "`" + std::string(path) + "`"}});
    }
  }
  if (ClassOfVariable(c, id)) return ClassVariable(c, id);
  // `sync_open = open` above `def open`: still the builtin there, where JavaScript has the function of the file already.
  if (binding && c.facts().binding(binding).kind != facts::BindingKind::kFree &&
      !c.facts().EnclosingFunction(id) && IsPythonBuiltin(c.src().text(id)) &&
      c.src().span(id).end <= c.src().span(c.facts().binding(binding).declaration).begin) {
    return c.Refuse(id, "untranslated", {{"reason", "`" + std::string(c.src().text(id)) + "`"}});
  }
  // Snippets have free variables of these names.
  static constexpr std::string_view kUsual[] = {"id", "input", "filter", "format", "hash", "dir"};
  const std::string_view name = c.src().text(id);
  const bool is_free = !binding || c.facts().binding(binding).kind == facts::BindingKind::kFree;
  const bool is_usual = std::find(std::begin(kUsual), std::end(kUsual), name) != std::end(kUsual);
  if (is_free && !is_usual && IsPythonBuiltin(name)) {
    return c.Refuse(id, "untranslated", {{"reason", "`" + std::string(name) + "`"}});
  }
  return c.NewName(c.TargetName(id), id);
}

// `sys.excepthook = hook`: the names of a module are its own in JavaScript.
bool RefuseForeignName(Context& c, NodeId id, NodeList&) {
  for (NodeId target : c.As<Assign>(id).targets()) {
    auto attribute = c.As<Attribute>(target);
    if (!attribute || !c.src().Is(attribute.object(), NodeKind::kName)) continue;
    const facts::BindingId binding = c.facts().BindingOf(attribute.object());
    if (!binding || c.facts().binding(binding).kind != facts::BindingKind::kImport) continue;
    auto item = c.As<ImportItem>(c.facts().binding(binding).definition);
    if (!item || item.kind() != ImportKind::kNamespace) continue;
    c.Refuse(id, "untranslated", {{"reason", "a name of another module that is set"}});
    return true;
  }
  return false;
}

}  // namespace

void RegisterImports(Topics& t) {
  t.Claim(NodeKind::kImport, Order::kBeforeCards, &TranslateImport);
  t.Claim(NodeKind::kAssign, Order::kBeforeCards, &RefuseForeignName);
}

void RegisterNames(Topics& t) { t.Claim(NodeKind::kName, Order::kAfterCards, &TranslateName); }

}  // namespace asyncport::translate::to_js
