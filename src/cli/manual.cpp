// The manual page, in the macros of man(7).
#include <algorithm>

#include "cli/completion.h"
#include "generated/version.h"
#include "support/strings.h"

namespace asyncport::cli {
namespace {

// Text as it is: what roff would take for an order of its own is masked.
std::string Plain(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (out.empty() && (c == '.' || c == '\'')) out += "\\&";
    switch (c) {
      case '\\': out += "\\e"; break;
      case '-': out += "\\-"; break;
      case '`': out += "\\(ga"; break;
      case '\'': out += "\\(aq"; break;
      case '^': out += "\\(ha"; break;
      case '~': out += "\\(ti"; break;
      default: out += c;
    }
  }
  return out;
}

// Lines that keep their columns.
std::string Verbatim(std::string_view text) {
  std::string out = ".PP\n.nf\n";
  for (const std::string_view line : SplitLines(text)) {
    const std::string_view trimmed = line.substr(std::min(line.size(), line.find_first_not_of(' ')));
    out += Plain(trimmed) + "\n";
  }
  return out + ".fi\n";
}

std::string Options(Command::Kind kind) {
  std::string out;
  for (const OptionInfo& option : OptionsOf(kind)) {
    out += ".TP\n";
    if (!option.short_name.empty()) out += "\\fB" + Plain(option.short_name) + "\\fR, ";
    out += "\\fB" + Plain(option.name) + "\\fR";
    if (!option.value.empty()) out += " \\fI" + Plain(option.value) + "\\fR";
    out += "\n" + Plain(option.help) + "\n";
  }
  return out;
}

}  // namespace

std::string ManualPage() {
  std::string out = ".TH ASYNCPORT 1 \"" ASYNCPORT_RELEASED "\" \"asyncport " ASYNCPORT_VERSION
                    "\" \"User Commands\"\n.SH NAME\nasyncport \\- translate asynchronous code "
                    "between JavaScript and Python\n";
  for (const CommandInfo& info : Commands()) {
    if (!info.word.empty()) continue;
    out += ".SH SYNOPSIS\n" + Verbatim(info.usage).substr(4);
    out += ".SH DESCRIPTION\n" + Plain(info.summary) + "\n";
    out += "What it cannot translate it says.\nA translation goes to standard output, everything that "
           "there is to say\nabout it to standard error.\n";
    out += ".SH OPTIONS\n" + Options(info.kind);
    out += ".SH EXIT STATUS\n" + Verbatim(info.exits).substr(4);
    out += ".SH EXAMPLES\n" + Verbatim(info.examples).substr(4);
  }
  out += ".SH COMMANDS\n";
  for (const CommandInfo& info : Commands()) {
    if (info.word.empty()) continue;
    out += ".SS asyncport " + std::string(info.word) + "\n" + Plain(info.summary) + "\n";
    out += Verbatim(info.usage) + Options(info.kind);
    out += ".PP\nExamples:\n" + Verbatim(info.examples);
    out += ".PP\nExit status:\n" + Verbatim(info.exits);
  }
  out += ".SH FILES\n.TP\n\\fIasyncport.toml\\fR\nThe nearest one, from the file upwards, has the "
         "settings;\nalso \\fI.asyncport.toml\\fR,\n\\fIpyproject.toml\\fR "
         "(\\fItool.asyncport\\fR) and \\fIpackage.json\\fR (\\fIasyncport\\fR).\n";
  return out;
}

}  // namespace asyncport::cli
