// The table of options and the parser over it.
#include "cli/options.h"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "cli/suggest.h"
#include "diag/diagnostic.h"
#include "rules/rules.h"
#include "support/strings.h"

namespace asyncport::cli {
namespace {

// `choice` is the index among the values that `value` lists ("py|js"), else 0. Returns a complaint about the value, or "".
using Apply = std::string (*)(Command& command, std::string_view text, std::size_t choice);

// Which commands take an option: one bit for each Command::Kind.
constexpr unsigned Bit(Command::Kind kind) { return 1u << static_cast<unsigned>(kind); }
constexpr unsigned kTranslates = Bit(Command::Kind::kTranslate);
constexpr unsigned kChecks = Bit(Command::Kind::kCheck);
constexpr unsigned kLists = Bit(Command::Kind::kExplain) | Bit(Command::Kind::kRules);
constexpr unsigned kDraws = Bit(Command::Kind::kShape) | Bit(Command::Kind::kTimeline);
constexpr unsigned kServes = Bit(Command::Kind::kLsp);
constexpr unsigned kRepresents = Bit(Command::Kind::kRepresent);
constexpr unsigned kReports = Bit(Command::Kind::kReport);
constexpr unsigned kReads = kTranslates | kChecks | kDraws;
constexpr unsigned kGrades = Bit(Command::Kind::kGrade);
constexpr unsigned kEverywhere = ~0u;

struct Option {
  std::string_view name;
  std::string_view short_name;
  std::string_view
      value;  // what --help calls it; with `|` the closed list of values; empty: a flag
  std::string_view config_key;  // empty: not in configuration files
  std::string_view help;
  Apply apply;
  unsigned commands = kTranslates;
  std::string_view flag_value = "true";  // what a flag on the command line sets its key to
};

// "a, b" -> {"a", "b"}.
void AddWords(std::vector<std::string>& words, std::string_view list) {
  while (!list.empty()) {
    const std::size_t comma = list.find(',');
    const std::string_view word = Trim(list.substr(0, comma));
    if (!word.empty()) words.emplace_back(word);
    list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
  }
}

// Ids of diagnostics, aliases too. Returns a complaint, or "".
std::string AddIds(std::vector<std::string>& ids, std::string_view list) {
  std::vector<std::string> words;
  AddWords(words, list);
  for (const std::string& word : words) {
    const std::string id(rules::CanonicalId(word));
    if (diag::FindEntry(id) == nullptr) {
      std::vector<std::string_view> known;
      const auto [first, last] = diag::AllEntries();
      for (const diag::Entry* entry = first; entry != last; ++entry) known.push_back(entry->id);
      const std::string meant = DidYouMean(word, known);
      return "names no diagnostic: '" + word + "'" + (meant.empty() ? "" : "; " + meant);
    }
    ids.push_back(id);
  }
  return {};
}

std::string ApplyNumber(std::uint32_t& number, std::string_view text) {
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? "" : "is no number";
}

template <typename Enum>
Enum As(std::size_t choice) {
  return static_cast<Enum>(choice);
}

std::string ApplyPhase(std::optional<Phase>& phase, std::string_view text) {
  phase = PhaseByName(text);
  if (phase) return {};
  std::vector<std::string_view> names;
  std::string list;
  for (auto p = Phase::kCst; p <= Phase::kText; p = static_cast<Phase>(static_cast<int>(p) + 1)) {
    names.push_back(Name(p));
    list += (list.empty() ? "" : ", ") + std::string(Name(p));
  }
  std::string meant = DidYouMean(text, names);
  return "is not one of " + list + (meant.empty() ? "" : "; " + meant);
}

// The order of the values is the order of the enumerators.
constexpr Option kOptions[] = {
    {"--to", "", "js|py", "", "the language to translate into (default: the other one)",
     [](Command& c, std::string_view, std::size_t i) {
       return c.to = As<Language>(i), std::string();
     }},
    {"--from", "", "js|py", "", "the language of the source (default: by the file's extension)",
     [](Command& c, std::string_view, std::size_t i) {
       return c.from = As<Language>(i), std::string();
     },
     kReads | kRepresents},
    {"--output", "-o", "FILE", "", "write the result to FILE instead of standard output",
     [](Command& c, std::string_view v, std::size_t) { return c.output = v, std::string(); },
     kTranslates | kChecks | kGrades | kReports},
    {"--force", "", "", "", "overwrite files that exist",
     [](Command& c, std::string_view, std::size_t) { return c.force = true, std::string(); },
     kTranslates | kReports},
    {"--out-dir", "", "DIR", "", "translate any number of files and folders into DIR",
     [](Command& c, std::string_view v, std::size_t) { return c.batch.out_dir = v, std::string(); }},
    {"--check", "", "", "", "write nothing: would everything translate, and is --out-dir up to date?",
     [](Command& c, std::string_view, std::size_t) { return c.batch.check = true, std::string(); }},
    {"--watch", "", "", "", "translate again whenever a source changes",
     [](Command& c, std::string_view, std::size_t) { return c.batch.watch = true, std::string(); }},
    {"--files-from", "", "FILE", "", "read the paths from FILE, one a line or ended by NUL (-: standard input)",
     [](Command& c, std::string_view v, std::size_t) { return c.batch.files_from = v, std::string(); },
     kTranslates | kGrades},
    {"--shard", "", "I/N", "", "only the I-th of N parts: the same files always, whatever else is there",
     [](Command& c, std::string_view v, std::size_t) {
       c.batch.shard = ParseShard(v);
       return std::string(c.batch.shard ? "" : "is no part such as 1/4");
     },
     kTranslates | kGrades},
    {"--report", "", "FILE", "", "what became of each file: a page with FILE.html, else JSON",
     [](Command& c, std::string_view v, std::size_t) { return c.batch.report = v, std::string(); }},
    {"--timings", "", "", "", "print the milliseconds that each phase took",
     [](Command& c, std::string_view, std::size_t) { return c.timings = true, std::string(); }},
    {"--stdin-filepath", "", "NAME", "",
     "name of what comes on standard input (also --stdin-filename)",
     [](Command& c, std::string_view v, std::size_t) {
       return c.stdin_filepath = v, std::string();
     },
     kReads},
    {"--range", "", "L:C-L:C", "", "translate these statements only, knowing the whole file (also L-L)",
     [](Command& c, std::string_view v, std::size_t) {
       c.range = ParseTextRange(v);
       return std::string(c.range ? "" : "is no range such as 3:1-5:10 or 3-5");
     }},
    {"--fragment", "", "auto|always|never", "fragment",
     "leave the entry point out: a snippet, not a program",
     [](Command& c, std::string_view, std::size_t i) {
       return c.settings.fragment = As<Fragment>(i), std::string();
     }},
    {"--async-names", "", "GLOBS", "", "functions that are asynchronous: 'load_*,fetch_user'",
     [](Command& c, std::string_view v, std::size_t) {
       return AddWords(c.settings.async_names, v), std::string();
     },
     kReads},
    {"--http", "", "httpx|aiohttp", "http", "the Python library that fetch becomes",
     [](Command& c, std::string_view, std::size_t i) {
       return c.settings.http = As<HttpLibrary>(i), std::string();
     }},
    {"--module", "", "esm|cjs", "module", "how JavaScript output imports",
     [](Command& c, std::string_view, std::size_t i) {
       return c.settings.module = As<JsModule>(i), std::string();
     }},
    {"--format", "", "full|concise|json|jsonl|sarif|github|junit|gitlab", "format",
     "how diagnostics are written",
     [](Command& c, std::string_view, std::size_t i) {
       return c.settings.format = As<Format>(i), std::string();
     },
     kReads | kLists},
    {"--lessons", "", "", "lessons", "show the lessons too, each once",
     [](Command& c, std::string_view v, std::size_t) {
       return c.settings.lessons = v == "true", std::string();
     }},
    {"--annotate", "", "", "", "write each lesson as a comment above the line it concerns",
     [](Command& c, std::string_view, std::size_t) { return c.annotate = true, std::string(); }},
    {"--side-by-side", "", "", "", "source and translation in two columns; a page with -o NAME.html",
     [](Command& c, std::string_view, std::size_t) { return c.side_by_side = true, std::string(); }},
    {"--color", "", "auto|always|never", "color", "colours in --format full",
     [](Command& c, std::string_view, std::size_t i) {
       return c.settings.color = As<ColorMode>(i), std::string();
     },
     kTranslates | kChecks},
    {"--config", "", "FILE", "", "read this configuration instead of the nearest asyncport.toml",
     [](Command& c, std::string_view v, std::size_t) { return c.config = v, std::string(); },
     kReads | kLists | kServes},
    // Read before all options (see own_rules.h).
    {"--rules", "", "DIR", "", "add the cards of this folder to those that are built in",
     [](Command&, std::string_view, std::size_t) { return std::string(); }, kReads | kLists | kServes},
    {"--isolated", "", "", "", "read no configuration",
     [](Command& c, std::string_view, std::size_t) { return c.isolated = true, std::string(); },
     kReads | kLists | kServes},
    {"--max-bytes", "", "N", "", "refuse larger sources (default 16 MiB; grading: 1 MiB)",
     [](Command& c, std::string_view v, std::size_t) {
       auto [end, error] = std::from_chars(v.data(), v.data() + v.size(), c.max_bytes);
       bool good = error == std::errc() && end == v.data() + v.size() && c.max_bytes <= (1u << 30);
       c.grade.limits.max_bytes = c.max_bytes;
       return std::string(good ? "" : "is no number of bytes up to 1073741824");
     },
     kReads | kGrades},
    {"--print", "", "PHASE", "", "show what a phase made: cst, ir, ... target, doc",
     [](Command& c, std::string_view v, std::size_t) { return ApplyPhase(c.print, v); }},
    {"--stop-after", "", "PHASE", "", "run no further than this phase",
     [](Command& c, std::string_view v, std::size_t) { return ApplyPhase(c.stop_after, v); }},
    {"--no-self-check", "", "", "self-check", "do not check the output by reading it back",
     [](Command& c, std::string_view v, std::size_t) {
       return c.settings.self_check = v == "true", std::string();
     },
     kTranslates, "false"},
    {"--select", "", "IDS", "select", "report these only: 'floating-promise,await-in-loop'",
     [](Command& c, std::string_view v, std::size_t) { return AddIds(c.settings.select, v); },
     kChecks},
    {"--ignore", "", "IDS", "ignore", "leave these out",
     [](Command& c, std::string_view v, std::size_t) { return AddIds(c.settings.ignore, v); },
     kChecks},
    {"--fail-on", "", "error|warning|info|hint|never", "fail-on",
     "the least level that makes the exit code 1 (default: warning)",
     [](Command& c, std::string_view, std::size_t i) {
       return c.settings.fail_on = As<FailOn>(i), std::string();
     },
     kChecks},
    {"--exclude", "", "GLOBS", "exclude", "paths to leave out in folders: 'vendor/*,*.min.js'",
     [](Command& c, std::string_view v, std::size_t) {
       return AddWords(c.settings.exclude, v), std::string();
     },
     kChecks | kTranslates},
    {"--no-ignore", "", "", "", "look at what .gitignore files leave out, too",
     [](Command& c, std::string_view, std::size_t) { return c.no_ignore = true, std::string(); },
     kChecks | kTranslates},
    {"--fix", "", "", "", "apply the fixes that keep what the program does",
     [](Command& c, std::string_view, std::size_t) { return c.fix = true, std::string(); },
     kChecks},
    {"--unsafe-fixes", "", "", "", "and those that may change it, which is often their point",
     [](Command& c, std::string_view, std::size_t) { return c.unsafe_fixes = true, std::string(); },
     kChecks},
    {"--diff", "", "", "", "show what would change, and write nothing",
     [](Command& c, std::string_view, std::size_t) { return c.diff = true, std::string(); },
     kChecks | kTranslates},
    {"--statistics", "", "", "", "how often each id was found, instead of where",
     [](Command& c, std::string_view, std::size_t) { return c.statistics = true, std::string(); },
     kChecks},
    {"--jobs", "-j", "N", "", "files at a time (default: one for each processor)",
     [](Command& c, std::string_view v, std::size_t) {
       unsigned jobs = 0;
       auto [end, error] = std::from_chars(v.data(), v.data() + v.size(), jobs);
       bool good = error == std::errc() && end == v.data() + v.size() && jobs >= 1 && jobs <= 256;
       c.jobs = jobs;
       return std::string(good ? "" : "is no number from 1 to 256");
     },
     kChecks | kGrades | kTranslates},
    {"--format", "",
     "text|json|jsonl|markdown|exercism|gradescope|github-classroom|codegrade|check50|coderunner|junit|tap|sarif",
     "", "how the verdicts are written",
     [](Command& c, std::string_view, std::size_t i) {
       return c.grade.format = As<grade::ReportFormat>(i), std::string();
     },
     kGrades},
    {"--all-comments", "", "", "", "give every comment, not the first few",
     [](Command& c, std::string_view, std::size_t) { return c.grade.all_comments = true, std::string(); },
     kGrades},
    {"--base64", "", "", "", "encode the report of --format github-classroom",
     [](Command& c, std::string_view, std::size_t) { return c.grade.base64 = true, std::string(); },
     kGrades},
    {"--run", "", "", "", "run the answers too, in a sandbox (needs bubblewrap)",
     [](Command& c, std::string_view, std::size_t) { return c.grade.run = true, std::string(); },
     kGrades},
    {"--max-nesting", "", "N", "", "refuse answers nested deeper (default 500)",
     [](Command& c, std::string_view v, std::size_t) { return ApplyNumber(c.grade.limits.max_nesting, v); },
     kGrades},
    {"--max-nodes", "", "N", "", "refuse answers of more nodes (default 200000)",
     [](Command& c, std::string_view v, std::size_t) { return ApplyNumber(c.grade.limits.max_nodes, v); },
     kGrades},
    {"--parse-timeout", "", "MS", "", "time to parse an answer (default 2000)",
     [](Command& c, std::string_view v, std::size_t) { return ApplyNumber(c.grade.limits.parse_ms, v); },
     kGrades},
    {"--timeout", "", "MS", "", "time to judge an answer (default 5000)",
     [](Command& c, std::string_view v, std::size_t) { return ApplyNumber(c.grade.limits.total_ms, v); },
     kGrades},
    {"--max-diagnostics", "", "N", "", "lessons looked at in an answer (default 100)",
     [](Command& c, std::string_view v, std::size_t) { return ApplyNumber(c.grade.limits.max_diagnostics, v); },
     kGrades},
    {"--max-output", "", "N", "", "bytes of feedback for an answer (default 65536)",
     [](Command& c, std::string_view v, std::size_t) { return ApplyNumber(c.grade.limits.max_output, v); },
     kGrades},
    {"--json", "", "", "", "the same as --format json",
     [](Command& c, std::string_view, std::size_t) {
       return c.settings.format = Format::kJson, std::string();
     },
     kLists | kDraws | kChecks},
    {"--svg", "", "FILE", "", "write the picture to FILE",
     [](Command& c, std::string_view v, std::size_t) { return c.svg = v, std::string(); },
     Bit(Command::Kind::kTimeline)},
    {"--stdio", "", "", "", "speak over standard input and output, which it does anyway",
     [](Command&, std::string_view, std::size_t) { return std::string(); }, kServes},
    {"--help", "-h", "", "", "show this",
     [](Command& c, std::string_view, std::size_t) {
       return c.help = true, std::string();
     },
     kEverywhere},
    {"--version", "-V", "", "", "show the versions of asyncport and its grammars",
     [](Command& c, std::string_view, std::size_t) {
       return c.kind = Command::Kind::kVersion, std::string();
     },
     kEverywhere},
};

// Spellings that other tools made customary.
constexpr std::pair<std::string_view, std::string_view> kAliases[] = {
    {"--stdin-filename", "--stdin-filepath"},
    {"--colour", "--color"},
};

constexpr std::string_view kTranslateExits =
    "  0  translated; there may be warnings and lessons\n"
    "  1  something could not be translated, or a diagnostic is an error\n"
    "  2  wrong usage, files, configuration or output, a source that does not parse, a bug of ours:\n"
    "     nothing is written\n";
constexpr std::string_view kCheckExits =
    "  0  nothing found at the level of --fail-on or above it\n"
    "  1  something found, or --diff has a change to show\n"
    "  2  wrong usage, files or configuration, a source that does not parse, a bug of ours\n";
constexpr std::string_view kGradeExits =
    "  0  every answer passed\n"
    "  1  some did not\n"
    "  2  wrong usage or files, or an answer that could not be judged\n";
constexpr std::string_view kOtherExits = "  0  done\n  2  wrong usage or files\n";

constexpr CommandInfo kCommands[] = {
    {Command::Kind::kTranslate, "", "asyncport translates asynchronous code between JavaScript and Python.",
     "  asyncport FILE [--to js|py] [-o FILE]\n"
     "  asyncport - --from js|py [--stdin-filepath NAME]\n"
     "  asyncport PATHS --to js|py --out-dir DIR [-j N]\n"
     "  asyncport check [PATHS]             find asynchronous mistakes\n"
     "  asyncport fix [PATHS]               and mend those that can be mended safely\n"
     "  asyncport explain ID                the page about a diagnostic\n"
     "  asyncport rules                     all of them\n"
     "  asyncport shape FILE                what each function waits for\n"
     "  asyncport timeline FILE             who runs and who waits, over time\n"
     "  asyncport lsp                       the language server, for editors\n"
     "  asyncport grade EXERCISE ANSWER...  does an answer do what the exercise asks?\n"
     "  asyncport exercise                  the exercises, and their own tests\n"
     "  asyncport represent FILE            a normal form, for comparing answers\n"
     "  asyncport report merge REPORTS...   one report of several runs\n"
     "  `asyncport COMMAND --help` has the options of a command\n",
     "  asyncport fetch.js                  Python on standard output\n"
     "  asyncport jobs.py -o jobs.mjs       JavaScript into a file\n"
     "  asyncport fetch.js --lessons        and say what differs between the two\n"
     "  asyncport - --from js < fetch.js    from standard input\n"
     "  asyncport src --to py --out-dir out every JavaScript file below src\n"
     "  asyncport explain floating-promise  the page about a diagnostic\n",
     kTranslateExits},
    {Command::Kind::kCheck, "check", "asyncport check finds asynchronous mistakes in JavaScript and Python.",
     "  asyncport check [FILES AND FOLDERS]   (default: the folder at hand)\n"
     "  asyncport check - --stdin-filepath NAME\n",
     "  asyncport check src                              every .js, .mjs, .cjs, .jsx and .py below src\n"
     "  asyncport check src --select floating-promise    one kind of mistake\n"
     "  asyncport check src --diff                       what the safe fixes would change\n"
     "  asyncport check src --fix                        apply them\n"
     "  asyncport check src --format sarif -o out.sarif  for code scanning\n"
     "  asyncport check src --statistics                 how often each was found\n",
     kCheckExits},
    {Command::Kind::kExplain, "explain", "asyncport explain prints the page behind a diagnostic.",
     "  asyncport explain ID [--format json]\n", "  asyncport explain floating-promise\n", kOtherExits},
    {Command::Kind::kRules, "rules", "asyncport rules lists what it can say, and checks and shows cards.",
     "  asyncport rules [--json]            every id: level, languages, fix, title\n"
     "  asyncport rules check               load and check every card\n"
     "  asyncport rules show ID             what the shapes of a card became\n"
     "  asyncport rules new ID              a card to begin with\n",
     "  asyncport rules | grep blocking\n"
     "  asyncport rules show sleep\n",
     kOtherExits},
    {Command::Kind::kShape, "shape", "asyncport shape shows what each function waits for, and how.",
     "  asyncport shape FILE [--json]\n",
     "  asyncport shape examples/dashboard.js\n", kOtherExits},
    {Command::Kind::kTimeline, "timeline", "asyncport timeline draws who runs and who waits, over time.",
     "  asyncport timeline FILE [--json | --svg OUT]\n",
     "  asyncport timeline examples/dashboard.py\n"
     "  asyncport timeline examples/dashboard.py --svg board.svg\n",
     kOtherExits},
    {Command::Kind::kLsp, "lsp", "asyncport lsp is the language server that editors start.",
     "  asyncport lsp [--stdio]\n", "  asyncport lsp                       docs/editors.md has set-ups\n",
     "  0  the client said shutdown and exit\n"
     "  1  it went away without\n"
     "  2  wrong usage\n"},
    {Command::Kind::kGrade, "grade", "asyncport grade tells whether answers to an exercise do what it asks.",
     "  asyncport grade EXERCISE ANSWER...    EXERCISE: an id, or a card (.md)\n",
     "  asyncport grade load-dashboard answer.py\n"
     "  asyncport grade load-dashboard answers/*.py -j 4 --format jsonl\n"
     "  asyncport grade my-exercise.md answer.js --format gradescope -o results.json\n",
     kGradeExits},
    {Command::Kind::kExercise, "exercise", "asyncport exercise lists, shows, tests and drafts exercises.",
     "  asyncport exercise                  every exercise that comes along\n"
     "  asyncport exercise show ID          the task, as a student reads it\n"
     "  asyncport exercise start ID         its starting code\n"
     "  asyncport exercise test [FILES]     grade the answers that a card holds\n"
     "  asyncport exercise new LESSON.txt   a card to begin with\n"
     "  asyncport exercise checks           what a check can ask\n",
     "  asyncport exercise test examples/exercises/*.md\n", kGradeExits},
    {Command::Kind::kRepresent, "represent", "asyncport represent prints a normal form: equal answers have the same.",
     "  asyncport represent FILE [--from js|py]\n", "  asyncport represent answer.py\n", kOtherExits},
    {Command::Kind::kCompletion, "completion", "asyncport completion writes what shells and man need.",
     "  asyncport completion bash|zsh|fish    for the shell to read\n"
     "  asyncport completion man              the manual page\n",
     "  source <(asyncport completion bash)\n", kOtherExits},
    {Command::Kind::kReport, "report", "asyncport report merges the reports of several runs.",
     "  asyncport report merge REPORT... [-o FILE]    a page with -o FILE.html\n",
     "  asyncport report merge part-*.json -o all.html\n", kOtherExits},
};
// Words that stand for a command with an option.
constexpr std::string_view kFixWord = "fix";

const CommandInfo& InfoOf(Command::Kind kind) {
  for (const CommandInfo& info : kCommands) {
    if (info.kind == kind) return info;
  }
  return kCommands[0];
}

// Of two options with one name, the one that the command takes.
const Option* FindOption(std::string_view name, Command::Kind kind) {
  for (const auto& [alias, real] : kAliases) {
    if (name == alias) name = real;
  }
  const Option* found = nullptr;
  for (const Option& option : kOptions) {
    if (name != option.name && (option.short_name.empty() || name != option.short_name)) continue;
    if (found == nullptr || (option.commands & Bit(kind)) != 0) found = &option;
  }
  return found;
}

std::vector<std::string_view> Choices(const Option& option) {
  std::vector<std::string_view> choices;
  if (option.value.find('|') == std::string_view::npos) return choices;
  for (std::string_view rest = option.value;;) {
    std::size_t bar = rest.find('|');
    choices.push_back(rest.substr(0, bar));
    if (bar == std::string_view::npos) return choices;
    rest.remove_prefix(bar + 1);
  }
}

// A complaint that begins with the value, or "".
std::string Set(Command& command, const Option& option, std::string_view value) {
  std::vector<std::string_view> choices = Choices(option);
  std::size_t choice = 0;
  std::string complaint;
  if (!choices.empty()) {
    choice = static_cast<std::size_t>(std::find(choices.begin(), choices.end(), value) -
                                      choices.begin());
    if (choice == choices.size()) {
      std::vector<std::string> names(choices.begin(), choices.end());
      std::string meant = DidYouMean(value, choices);
      complaint = "is not one of " + Join(names, ", ") + (meant.empty() ? "" : "; " + meant);
    }
  }
  if (complaint.empty()) complaint = option.apply(command, value, choice);
  if (complaint.empty()) return {};
  return "'" + std::string(value) + "' " + complaint;
}

class Parser {
 public:
  explicit Parser(const std::vector<std::string>& arguments) : arguments_(arguments) {}

  Parsed Run() {
    bool only_files = false;
    while (at_ < arguments_.size()) {
      std::string_view argument = arguments_[at_++];
      if (!only_files && argument == "--") {
        only_files = true;
      } else if (only_files || argument == "-" || !argument.starts_with("-")) {
        Positional(argument);
      } else {
        OptionAt(argument);
      }
    }
    const Command::Kind kind = parsed_.command.kind;
    for (const Option* option : seen_) {
      if ((option->commands & Bit(kind)) != 0 || kind == Command::Kind::kVersion) continue;
      std::string help;
      for (const CommandInfo& info : kCommands) {
        if (help.empty() && (option->commands & Bit(info.kind)) != 0) {
          help = info.word.empty() ? "it is an option of translating: `asyncport FILE`"
                                   : "it is an option of `asyncport " + std::string(info.word) + "`";
        }
      }
      const std::string word(InfoOf(kind).word);
      Fail(word.empty() ? "translating takes no option '" + std::string(option->name) + "'"
                        : "`asyncport " + word + "` takes no option '" + std::string(option->name) + "'",
           help);
    }
    return std::move(parsed_);
  }

 private:
  // The first problem is the one to report.
  void Fail(std::string message, std::string help) {
    if (help.empty()) help = "`asyncport --help` lists the options";
    if (!parsed_.problem)
      parsed_.problem = Problem{Problem::Kind::kUsage, "", std::move(message), std::move(help)};
  }

  void Positional(std::string_view argument) {
    Command& command = parsed_.command;
    if (!has_word_ && command.files.empty()) {
      has_word_ = true;
      if (argument == kFixWord) {
        command.kind = Command::Kind::kCheck;
        command.fix = true;
        return;
      }
      for (const CommandInfo& info : kCommands) {
        if (info.word.empty() || info.word != argument) continue;
        command.kind = info.kind;
        return;
      }
    }
    command.files.emplace_back(argument);
  }

  void OptionAt(std::string_view argument) {
    std::string_view name = argument;
    std::optional<std::string_view> value;
    if (argument.starts_with("--")) {
      if (std::size_t equals = argument.find('='); equals != std::string_view::npos) {
        name = argument.substr(0, equals);
        value = argument.substr(equals + 1);
      }
    } else if (argument.size() > 2) {
      name = argument.substr(0, 2);
      value = argument.substr(2);
    }
    const Option* option = FindOption(name, parsed_.command.kind);
    if (option == nullptr) {
      std::vector<std::string_view> names;
      for (const Option& o : kOptions) names.push_back(o.name);
      Fail("there is no option '" + std::string(name) + "'", DidYouMean(name, names));
      return;
    }
    seen_.push_back(option);
    if (option->value.empty()) {
      if (value) {
        Fail("option '" + std::string(name) + "' takes no value", "");
        return;
      }
      value = option->flag_value;
    } else if (!value) {
      if (at_ == arguments_.size()) {
        Fail("option '" + std::string(name) + "' needs a value: " + std::string(option->value), "");
        return;
      }
      value = arguments_[at_++];
    }
    std::string complaint =
        value->empty() ? "its value is empty" : Set(parsed_.command, *option, *value);
    if (!complaint.empty()) Fail("option '" + std::string(name) + "': " + complaint, "");
  }

  const std::vector<std::string>& arguments_;
  std::size_t at_ = 0;
  bool has_word_ = false;
  std::vector<const Option*> seen_;
  Parsed parsed_;
};

template <typename T>
void Default(std::optional<T>& setting, const std::optional<T>& other) {
  if (!setting) setting = other;
}

}  // namespace

Parsed ParseArguments(const std::vector<std::string>& arguments) { return Parser(arguments).Run(); }

void MergeSettings(Settings& command_line, const Settings& config) {
  Default(command_line.format, config.format);
  Default(command_line.lessons, config.lessons);
  Default(command_line.color, config.color);
  Default(command_line.fragment, config.fragment);
  Default(command_line.http, config.http);
  Default(command_line.module, config.module);
  Default(command_line.self_check, config.self_check);
  Default(command_line.fail_on, config.fail_on);
  const auto append = [](std::vector<std::string>& list, const std::vector<std::string>& more) {
    list.insert(list.end(), more.begin(), more.end());
  };
  append(command_line.async_names, config.async_names);
  append(command_line.ignore, config.ignore);
  append(command_line.exclude, config.exclude);
  // A selection on the command line is meant instead of the usual one.
  if (command_line.select.empty()) command_line.select = config.select;
}

std::optional<std::string> ApplyConfigKey(Command& command, std::string_view key,
                                          std::string_view value) {
  for (const Option& option : kOptions) {
    if (option.config_key.empty() || option.config_key != key) continue;
    std::string complaint = Set(command, option, value);
    if (complaint.empty()) return std::nullopt;
    return complaint;
  }
  return "'" + std::string(key) + "' is no key";
}

bool IsFlagKey(std::string_view key) {
  return std::any_of(std::begin(kOptions), std::end(kOptions), [&](const Option& option) {
    return option.config_key == key && option.value.empty();
  });
}

bool IsListKey(std::string_view key) {
  return std::any_of(std::begin(kOptions), std::end(kOptions), [&](const Option& option) {
    return option.config_key == key && (option.value == "IDS" || option.value == "GLOBS");
  });
}

std::vector<std::string_view> ConfigKeys() {
  std::vector<std::string_view> keys;
  for (const Option& option : kOptions) {
    if (!option.config_key.empty()) keys.push_back(option.config_key);
  }
  return keys;
}

std::span<const CommandInfo> Commands() { return kCommands; }

std::vector<OptionInfo> OptionsOf(Command::Kind kind) {
  std::vector<OptionInfo> options;
  for (const Option& option : kOptions) {
    if ((option.commands & Bit(kind)) != 0)
      options.push_back({option.name, option.short_name, option.value, option.help});
  }
  return options;
}

std::string HelpText(Command::Kind kind) {
  constexpr std::size_t kColumn = 36;
  const CommandInfo& info = InfoOf(kind);
  std::string out(info.summary);
  out += "\n\nusage:\n";
  out += info.usage;
  out += "\noptions:\n";
  for (const OptionInfo& option : OptionsOf(kind)) {
    std::string line =
        option.short_name.empty() ? "      " : "  " + std::string(option.short_name) + ", ";
    line += option.name;
    if (!option.value.empty()) line += " " + std::string(option.value);
    line += std::string(line.size() + 2 > kColumn ? 2 : kColumn - line.size(), ' ');
    out += line + std::string(option.help) + "\n";
  }
  out += "\nexamples:\n";
  out += info.examples;
  out += "\nexit codes:\n";
  out += info.exits;
  return out;
}

}  // namespace asyncport::cli
