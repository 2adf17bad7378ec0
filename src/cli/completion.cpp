// Completions for bash, zsh and fish. Ids of diagnostics and of exercises are asked of the program when they are needed.
#include "cli/completion.h"

#include <unistd.h>

#include <algorithm>
#include <iterator>

#include "cli/files.h"
#include "cli/translate.h"

namespace asyncport::cli {
namespace {

struct Output {
  std::string_view name;
  std::string (*write)();
};
constexpr Output kOutputs[] = {{"bash", BashCompletion},
                               {"zsh", ZshCompletion},
                               {"fish", FishCompletion},
                               {"man", ManualPage}};

// Words that a command takes instead of files; ids come from the program itself.
struct Words {
  Command::Kind kind;
  std::string_view words;
  std::string_view ids;  // a shell command that prints them
};
constexpr std::string_view kRuleIds =
    "asyncport rules 2>/dev/null | sed -n '2,$s/ .*//p'";
constexpr std::string_view kExerciseIds = "asyncport exercise 2>/dev/null | sed 's/ .*//'";
constexpr Words kWords[] = {
    {Command::Kind::kExplain, "", kRuleIds},
    {Command::Kind::kRules, "check show new", ""},
    {Command::Kind::kGrade, "", kExerciseIds},
    {Command::Kind::kExercise, "show start test new checks", ""},
    {Command::Kind::kCompletion, "bash zsh fish man", ""},
};

const Words* WordsOf(Command::Kind kind) {
  const auto* found = std::find_if(std::begin(kWords), std::end(kWords),
                                   [&](const Words& row) { return row.kind == kind; });
  return found == std::end(kWords) ? nullptr : found;
}

bool IsClosed(const OptionInfo& option) { return option.value.find('|') != std::string_view::npos; }
bool TakesIds(const OptionInfo& option) { return option.value == "IDS"; }
bool TakesFile(const OptionInfo& option) {
  return option.value == "FILE" || option.value == "NAME" || option.value == "DIR" ||
         option.value == "OUT";
}

std::string Spaced(std::string_view list) {
  std::string words(list);
  std::replace(words.begin(), words.end(), '|', ' ');
  return words;
}

// The commands with a word, and `fix`, which is one more word for `check`.
std::string CommandWords() {
  std::string words = "fix";
  for (const CommandInfo& info : Commands()) {
    if (!info.word.empty()) words += " " + std::string(info.word);
  }
  return words;
}

// "asyncport check finds mistakes." -> "finds mistakes".
std::string Summary(const CommandInfo& info) {
  std::string_view text = info.summary;
  const std::string begin = "asyncport " + std::string(info.word) + " ";
  if (text.starts_with(begin)) text.remove_prefix(begin.size());
  if (text.ends_with('.')) text.remove_suffix(1);
  return std::string(text);
}

// Within '...'.
std::string Quoted(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '\'' ? "'\\''" : std::string(1, c);
  return out;
}

std::string Pattern(const CommandInfo& info) {
  if (info.word.empty()) return "*";
  return info.kind == Command::Kind::kCheck ? "check|fix" : std::string(info.word);
}

// Calls `visit` for each command, those with a word first: the last one stands for all other cases.
template <typename Visit>
void ForEachCommand(const Visit& visit) {
  for (const CommandInfo& info : Commands()) {
    if (!info.word.empty()) visit(info);
  }
  for (const CommandInfo& info : Commands()) {
    if (info.word.empty()) visit(info);
  }
}

}  // namespace

std::string BashCompletion() {
  std::string out = R"(# bash completion for asyncport; written by `asyncport completion bash`.
_asyncport() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
  local command="" word
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in
      -*) ;;
)";
  out += "      " + [] {
    std::string words = CommandWords();
    std::replace(words.begin(), words.end(), ' ', '|');
    return words;
  }() + ")\n        command=$word\n        break\n        ;;\n      *) break ;;\n    esac\n  done\n";
  out += "  COMPREPLY=()\n  case $command in\n";
  ForEachCommand([&](const CommandInfo& info) {
    std::string names;
    std::string cases;
    for (const OptionInfo& option : OptionsOf(info.kind)) {
      names += (names.empty() ? "" : " ") + std::string(option.name);
      if (option.value.empty()) continue;
      std::string reply = "return";  // anything
      if (IsClosed(option))
        reply = "mapfile -t COMPREPLY < <(compgen -W '" + Spaced(option.value) + "' -- \"$current\")";
      if (TakesIds(option))
        reply = "mapfile -t COMPREPLY < <(compgen -W \"$(" + std::string(kRuleIds) +
                ")\" -- \"$current\")";
      if (TakesFile(option)) reply = "compopt -o default";
      cases += "        " + std::string(option.name);
      if (!option.short_name.empty()) cases += " | " + std::string(option.short_name);
      cases += ")\n          " + reply + "\n" + (reply == "return" ? "" : "          return\n") +
               "          ;;\n";
    }
    const Words* words = WordsOf(info.kind);
    out += "    " + Pattern(info) + ")\n";
    if (!cases.empty()) out += "      case $previous in\n" + cases + "      esac\n";
    out += "      if [[ $current == -* ]]; then\n        mapfile -t COMPREPLY < <(compgen -W '" + names +
           "' -- \"$current\")\n        return\n      fi\n";
    if (words != nullptr) {
      const std::string list = words->ids.empty() ? "'" + std::string(words->words) + "'"
                                                  : "\"$(" + std::string(words->ids) + ")\"";
      out += "      mapfile -t COMPREPLY < <(compgen -W " + list + " -- \"$current\")\n";
    }
    if (info.word.empty()) {
      out += "      ((COMP_CWORD == 1)) && mapfile -t COMPREPLY < <(compgen -W '" + CommandWords() +
             "' -- \"$current\")\n";
    }
    out += "      ;;\n";
  });
  return out + "  esac\n  compopt -o default\n} && complete -F _asyncport asyncport\n";
}

std::string ZshCompletion() {
  // Within a specification [ ] and : have a meaning.
  const auto plain = [](std::string_view text) {
    std::string out;
    for (const char c : text) {
      if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
      out += c;
    }
    return Quoted(out);
  };
  const std::string ids = "{local -a ids; ids=(${(f)\"$(" + std::string(kRuleIds) +
                          ")\"}); compadd -a ids}";
  std::string out = "#compdef asyncport\n# zsh completion; written by `asyncport completion zsh`.\n"
                    "_asyncport() {\n  local -a commands\n  commands=(\n";
  for (const CommandInfo& info : Commands()) {
    if (!info.word.empty())
      out += "    '" + std::string(info.word) + ":" + plain(Summary(info)) + "'\n";
  }
  out += "    'fix:mends the mistakes that can be mended safely'\n  )\n"
         "  if ((CURRENT == 2)) && [[ $words[2] != -* ]]; then\n"
         "    _describe -t commands command commands\n  fi\n  case $words[2] in\n";
  ForEachCommand([&](const CommandInfo& info) {
    out += "    " + Pattern(info) + ")\n      _arguments \\\n";
    for (const OptionInfo& option : OptionsOf(info.kind)) {
      std::string action;
      if (IsClosed(option)) action = ":value:(" + Spaced(option.value) + ")";
      if (TakesIds(option)) action = ":ids:" + Quoted(ids);
      if (TakesFile(option)) action = ":file:_files";
      if (action.empty() && !option.value.empty()) action = ":" + plain(option.value) + ": ";
      for (const std::string_view name : {option.short_name, option.name}) {
        if (name.empty()) continue;
        out += "        '" + std::string(name) + "[" + plain(option.help) + "]" + action + "' \\\n";
      }
    }
    const Words* words = WordsOf(info.kind);
    std::string files = "_files";
    if (words != nullptr && !words->words.empty()) files = "(" + std::string(words->words) + ")";
    if (words != nullptr && !words->ids.empty()) {
      files = "{local -a ids; ids=(${(f)\"$(" + Quoted(words->ids) + ")\"}); compadd -a ids; _files}";
    }
    out += "        '*:file:" + files + "'\n      ;;\n";
  });
  return out + "  esac\n}\n_asyncport \"$@\"\n";
}

std::string FishCompletion() {
  std::string out = "# fish completion for asyncport; written by `asyncport completion fish`.\n";
  const std::string none = "not __fish_seen_subcommand_from " + CommandWords();
  for (const CommandInfo& info : Commands()) {
    if (info.word.empty()) continue;
    out += "complete -c asyncport -n __fish_use_subcommand -a " + std::string(info.word) + " -d '" +
           Quoted(Summary(info)) + "'\n";
  }
  out += "complete -c asyncport -n __fish_use_subcommand -a fix -d 'mends what can be mended safely'\n";
  ForEachCommand([&](const CommandInfo& info) {
    std::string seen = "__fish_seen_subcommand_from " + std::string(info.word);
    if (info.kind == Command::Kind::kCheck) seen += " fix";
    const std::string begin = "complete -c asyncport -n '" + (info.word.empty() ? none : seen) + "'";
    for (const OptionInfo& option : OptionsOf(info.kind)) {
      out += begin + " -l " + std::string(option.name.substr(2));
      if (!option.short_name.empty()) out += " -s " + std::string(option.short_name.substr(1));
      if (IsClosed(option)) {
        out += " -x -a '" + Spaced(option.value) + "'";
      } else if (TakesIds(option)) {
        out += " -x -a '(" + Quoted(kRuleIds) + ")'";
      } else if (!option.value.empty()) {
        out += TakesFile(option) ? " -r -F" : " -x";
      }
      out += " -d '" + Quoted(option.help) + "'\n";
    }
    const Words* words = WordsOf(info.kind);
    if (words == nullptr) return;
    out += begin + " -a '" +
           (words->ids.empty() ? std::string(words->words) : "(" + Quoted(words->ids) + ")") + "'\n";
  });
  return out;
}

int RunCompletion(const Command& command) {
  const auto* output = std::find_if(std::begin(kOutputs), std::end(kOutputs), [&](const Output& row) {
    return command.files.size() == 1 && row.name == command.files[0];
  });
  if (output == std::end(kOutputs)) {
    return Report(command, {Problem::Kind::kUsage, "", "completion takes bash, zsh, fish or man",
                            "`source <(asyncport completion bash)`"});
  }
  if (std::optional<std::string> why = WriteStream(STDOUT_FILENO, output->write()))
    return Report(command, {Problem::Kind::kIo, "standard output", *why, ""});
  return kExitOk;
}

}  // namespace asyncport::cli
