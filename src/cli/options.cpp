// The table of options and the parser over it.
#include "cli/options.h"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "cli/suggest.h"
#include "support/strings.h"

namespace asyncport::cli {
namespace {

// `choice` is the index among the values that `value` lists ("py|js"), else 0. Returns a complaint about the value, or "".
using Apply = std::string (*)(Command& command, std::string_view text, std::size_t choice);

struct Option {
  std::string_view name;
  std::string_view short_name;
  std::string_view
      value;  // what --help calls it; with `|` the closed list of values; empty: a flag
  std::string_view config_key;  // empty: not in configuration files
  std::string_view help;
  Apply apply;
  std::string_view flag_value = "true";  // what a flag on the command line sets its key to
};

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
     }},
    {"--output", "-o", "FILE", "", "write the result to FILE instead of standard output",
     [](Command& c, std::string_view v, std::size_t) { return c.output = v, std::string(); }},
    {"--force", "", "", "", "let -o overwrite a file",
     [](Command& c, std::string_view, std::size_t) { return c.force = true, std::string(); }},
    {"--stdin-filepath", "", "NAME", "",
     "name of what comes on standard input (also --stdin-filename)",
     [](Command& c, std::string_view v, std::size_t) {
       return c.stdin_filepath = v, std::string();
     }},
    {"--fragment", "", "auto|always|never", "fragment",
     "leave the entry point out: a snippet, not a program",
     [](Command& c, std::string_view, std::size_t i) {
       return c.settings.fragment = As<Fragment>(i), std::string();
     }},
    {"--async-names", "", "GLOBS", "", "functions that are asynchronous: 'load_*,fetch_user'",
     [](Command& c, std::string_view v, std::size_t) {
       while (!v.empty()) {
         std::size_t comma = v.find(',');
         std::string_view name = Trim(v.substr(0, comma));
         if (!name.empty()) c.settings.async_names.emplace_back(name);
         v.remove_prefix(comma == std::string_view::npos ? v.size() : comma + 1);
       }
       return std::string();
     }},
    {"--http", "", "httpx|aiohttp", "http", "the Python library that fetch becomes",
     [](Command& c, std::string_view, std::size_t i) {
       return c.settings.http = As<HttpLibrary>(i), std::string();
     }},
    {"--module", "", "esm|cjs", "module", "how JavaScript output imports",
     [](Command& c, std::string_view, std::size_t i) {
       return c.settings.module = As<JsModule>(i), std::string();
     }},
    {"--format", "", "full|concise|json|jsonl", "format",
     "how diagnostics are written, on standard error",
     [](Command& c, std::string_view, std::size_t i) {
       return c.settings.format = As<Format>(i), std::string();
     }},
    {"--lessons", "", "", "lessons", "show the lessons too, each once",
     [](Command& c, std::string_view v, std::size_t) {
       return c.settings.lessons = v == "true", std::string();
     }},
    {"--color", "", "auto|always|never", "color", "colours in --format full",
     [](Command& c, std::string_view, std::size_t i) {
       return c.settings.color = As<ColorMode>(i), std::string();
     }},
    {"--config", "", "FILE", "", "read this configuration instead of the nearest asyncport.toml",
     [](Command& c, std::string_view v, std::size_t) { return c.config = v, std::string(); }},
    {"--isolated", "", "", "", "read no configuration",
     [](Command& c, std::string_view, std::size_t) { return c.isolated = true, std::string(); }},
    {"--max-bytes", "", "N", "", "refuse larger sources (default 16 MiB)",
     [](Command& c, std::string_view v, std::size_t) {
       auto [end, error] = std::from_chars(v.data(), v.data() + v.size(), c.max_bytes);
       bool good = error == std::errc() && end == v.data() + v.size() && c.max_bytes <= (1u << 30);
       return std::string(good ? "" : "is no number of bytes up to 1073741824");
     }},
    {"--print", "", "PHASE", "", "show what a phase made: cst, ir, ... target, doc",
     [](Command& c, std::string_view v, std::size_t) { return ApplyPhase(c.print, v); }},
    {"--stop-after", "", "PHASE", "", "run no further than this phase",
     [](Command& c, std::string_view v, std::size_t) { return ApplyPhase(c.stop_after, v); }},
    {"--no-self-check", "", "", "self-check", "do not check the output by reading it back",
     [](Command& c, std::string_view v, std::size_t) {
       return c.settings.self_check = v == "true", std::string();
     },
     "false"},
    {"--help", "-h", "", "", "show this",
     [](Command& c, std::string_view, std::size_t) {
       return c.kind = Command::Kind::kHelp, std::string();
     }},
    {"--version", "-V", "", "", "show the versions of asyncport and its grammars",
     [](Command& c, std::string_view, std::size_t) {
       return c.kind = Command::Kind::kVersion, std::string();
     }},
};

// Spellings that other tools made customary.
constexpr std::pair<std::string_view, std::string_view> kAliases[] = {
    {"--stdin-filename", "--stdin-filepath"},
    {"--colour", "--color"},
};

constexpr std::string_view kExamples =
    "examples:\n"
    "  asyncport fetch.js                  Python on standard output\n"
    "  asyncport jobs.py -o jobs.mjs       JavaScript into a file\n"
    "  asyncport fetch.js --lessons        and say what differs between the two\n"
    "  asyncport - --from js < fetch.js    from standard input\n"
    "  asyncport explain floating-promise  the page about a diagnostic\n";

constexpr std::string_view kExitCodes =
    "exit codes:\n"
    "  0  translated; there may be warnings and lessons\n"
    "  1  something could not be translated, or a diagnostic is an error\n"
    "  2  wrong usage, files, configuration or output, a source that does not parse, a bug of ours:\n"
    "     nothing is written\n";

const Option* FindOption(std::string_view name) {
  for (const auto& [alias, real] : kAliases) {
    if (name == alias) name = real;
  }
  auto it = std::find_if(std::begin(kOptions), std::end(kOptions), [&](const Option& option) {
    return name == option.name || (!option.short_name.empty() && name == option.short_name);
  });
  return it == std::end(kOptions) ? nullptr : it;
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
    if (argument == "explain" && command.files.empty() &&
        command.kind == Command::Kind::kTranslate) {
      command.kind = Command::Kind::kExplain;
      return;
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
    const Option* option = FindOption(name);
    if (option == nullptr) {
      std::vector<std::string_view> names;
      for (const Option& o : kOptions) names.push_back(o.name);
      Fail("there is no option '" + std::string(name) + "'", DidYouMean(name, names));
      return;
    }
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
  command_line.async_names.insert(command_line.async_names.end(), config.async_names.begin(),
                                  config.async_names.end());
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

std::vector<std::string_view> ConfigKeys() {
  std::vector<std::string_view> keys;
  for (const Option& option : kOptions) {
    if (!option.config_key.empty()) keys.push_back(option.config_key);
  }
  return keys;
}

std::string HelpText() {
  constexpr std::size_t kColumn = 36;
  std::string out =
      "asyncport translates asynchronous code between JavaScript and Python.\n\n"
      "usage:\n"
      "  asyncport FILE [--to js|py] [-o FILE]\n"
      "  asyncport - --from js|py [--stdin-filepath NAME]\n"
      "  asyncport explain ID\n\n"
      "options:\n";
  for (const Option& option : kOptions) {
    std::string line =
        option.short_name.empty() ? "      " : "  " + std::string(option.short_name) + ", ";
    line += option.name;
    if (!option.value.empty()) line += " " + std::string(option.value);
    line += std::string(line.size() + 2 > kColumn ? 2 : kColumn - line.size(), ' ');
    out += line + std::string(option.help) + "\n";
  }
  out += "\n";
  out += kExamples;
  out += "\n";
  out += kExitCodes;
  return out;
}

}  // namespace asyncport::cli
