// The parts of the command line: options, suggestions, configuration, direction, files, problems.
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "cli/config.h"
#include "cli/direction.h"
#include "cli/files.h"
#include "cli/options.h"
#include "cli/problem.h"
#include "cli/suggest.h"
#include "unit/catch_compat.hpp"

namespace asyncport::cli {
namespace {

// A folder of its own, gone at the end.
class Folder {
 public:
  Folder() {
    char name[] = "/tmp/asyncport-test-XXXXXX";
    path_ = ::mkdtemp(name);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { (void)std::system(("rm -rf " + path_).c_str()); }

  std::string operator/(const std::string& name) const { return path_ + "/" + name; }
  std::string Add(const std::string& name, const std::string& text) const {
    std::string path = path_ + "/" + name;
    REQUIRE_FALSE(WriteFile(path, text, {}).has_value());
    return path;
  }
  void AddFolder(const std::string& name) const {
    REQUIRE(::mkdir((path_ + "/" + name).c_str(), 0777) == 0);
  }

 private:
  std::string path_;
};

std::string Read(const std::string& path) {
  Result<std::string> text = ReadFile(path, 1 << 20);
  return text ? text.value() : "! " + text.error();
}

std::string Complaint(const std::vector<std::string>& arguments) {
  Parsed parsed = ParseArguments(arguments);
  return parsed.problem ? parsed.problem->message + " | " + parsed.problem->help : "";
}

TEST_CASE("options in every spelling", "[cli]") {
  Parsed parsed = ParseArguments(
      {"a.js", "--to=py", "-o", "b.py", "--format", "jsonl", "--lessons", "--fragment=never",
       "--http=aiohttp", "--module", "cjs", "--print=ir", "--stop-after", "facts",
       "--no-self-check", "--async-names", "load_*, fetch_user", "--async-names=save", "--force"});
  REQUIRE_FALSE(parsed.problem.has_value());
  const Command& c = parsed.command;
  CHECK(c.files == std::vector<std::string>{"a.js"});
  CHECK(c.to == Language::kPy);
  CHECK(c.output == "b.py");
  CHECK(c.settings.format == Format::kJsonLines);
  CHECK(c.settings.lessons == true);
  CHECK(c.settings.fragment == Fragment::kNever);
  CHECK(c.settings.http == HttpLibrary::kAiohttp);
  CHECK(c.settings.module == JsModule::kCjs);
  CHECK(c.print == Phase::kIr);
  CHECK(c.stop_after == Phase::kFacts);
  CHECK(c.settings.self_check == false);
  CHECK(c.settings.async_names == std::vector<std::string>{"load_*", "fetch_user", "save"});
  CHECK(c.force);
  CHECK(ParseArguments({"-ob.py", "a.js"}).command.output == "b.py");
  CHECK(ParseArguments({"--stdin-filename", "x.py"}).command.stdin_filepath == "x.py");
  CHECK(ParseArguments({"--", "--to"}).command.files == std::vector<std::string>{"--to"});
  CHECK(ParseArguments({"-", "--from", "js"}).command.files == std::vector<std::string>{"-"});
  CHECK(ParseArguments({"explain", "x"}).command.kind == Command::Kind::kExplain);
  CHECK(ParseArguments({"a.js", "--help"}).command.help);
}

TEST_CASE("wrong options are told with a remedy", "[cli]") {
  CHECK(Complaint({"--lesons"}) == "there is no option '--lesons' | did you mean '--lessons'?");
  CHECK(Complaint({"-x"}) == "there is no option '-x' | `asyncport --help` lists the options");
  CHECK(Complaint({"--to"}) ==
        "option '--to' needs a value: js|py | `asyncport --help` lists the options");
  CHECK(Complaint({"--to="}).find("its value is empty") != std::string::npos);
  CHECK(Complaint({"--force=yes"}).find("takes no value") != std::string::npos);
  CHECK(Complaint({"--format", "jsno"})
            .find("'jsno' is not one of full, concise, json, jsonl, sarif, github, junit, gitlab; did you mean 'json'?") !=
        std::string::npos);
  CHECK(Complaint({"--print", "cts"}).find("did you mean 'cst'?") != std::string::npos);
  CHECK(Complaint({"--max-bytes", "12x"}).find("is no number of bytes") != std::string::npos);
  // The format holds for the report of a problem that stands before it.
  CHECK(ParseArguments({"--nonsense", "--format", "json"}).command.settings.format ==
        Format::kJson);
}

TEST_CASE("the help is short and names every option", "[cli]") {
  std::string help = HelpText();
  CHECK(std::count(help.begin(), help.end(), '\n') < 75);
  for (const char* name : {"--to", "--from", "-o", "--stdin-filepath", "--async-names", "--print",
                           "examples:", "exit codes:"}) {
    CAPTURE(name);
    CHECK(help.find(name) != std::string::npos);
  }
}

TEST_CASE("suggestions are near or absent", "[cli]") {
  CHECK(Nearest("fragmnt", {"format", "fragment"}) == "fragment");
  CHECK(Nearest("ot", {"to"}) == "to");
  CHECK(Nearest("floating", {"floating-promise", "blocking-sleep"}) == "floating-promise");
  CHECK(Nearest("zzz", {"to", "from"}).empty());
}

TEST_CASE("a configuration fills in what the command line leaves open", "[cli]") {
  Settings config;
  REQUIRE_FALSE(
      ReadConfig("asyncport.toml",
                 "format = \"concise\"\nlessons = true\nself-check = false\nhttp = \"aiohttp\"\n"
                 "[names]\nasync = [\"load_*\"]\n",
                 config)
          .has_value());
  Settings settings = ParseArguments({"--format=json", "--async-names=save"}).command.settings;
  MergeSettings(settings, config);
  CHECK(settings.format == Format::kJson);
  CHECK(settings.lessons == true);
  CHECK(settings.self_check == false);
  CHECK(settings.http == HttpLibrary::kAiohttp);
  CHECK(settings.async_names == std::vector<std::string>{"save", "load_*"});
}

TEST_CASE("mistakes in a configuration are told with file and line", "[cli]") {
  auto complaint = [](std::string_view text) {
    Settings settings;
    std::optional<Problem> problem = ReadConfig("asyncport.toml", text, settings);
    return problem ? problem->file + ": " + problem->message + " | " + problem->help : "";
  };
  CHECK(complaint("# fine\n").empty());
  CHECK(complaint("lessons = true\nfragmnt = \"auto\"\n") ==
        "asyncport.toml:2: unknown key 'fragmnt' | did you mean 'fragment'?");
  CHECK(complaint("zzz = 1\naaa = 1\n") == "asyncport.toml:1: unknown key 'zzz' | ");
  CHECK(complaint("lessons = \"yes\"\n") == "asyncport.toml:1: 'lessons' must be true or false | ");
  CHECK(complaint("format = 3\n") == "asyncport.toml:1: 'format' must be a string | ");
  CHECK(complaint("format = \"xml\"\n") ==
        "asyncport.toml:1: 'format': 'xml' is not one of full, concise, json, jsonl, sarif, github, junit, gitlab | ");
  CHECK(complaint("[names]\nasnc = []\n") ==
        "asyncport.toml:2: unknown key 'asnc' in [names] | did you mean 'async'?");
  CHECK(complaint("[names]\nasync = [1]\n") ==
        "asyncport.toml:2: 'async' must be a list of strings | ");
  CHECK(complaint("[names]\nasync = []\n").empty());
  CHECK(complaint("to = \"py\"\n").find("unknown key 'to'") != std::string::npos);
  CHECK(complaint("x = [\n").find("asyncport.toml:") == 0);
}

TEST_CASE("the nearest configuration is found, going up to a repository's root", "[cli]") {
  Folder folder;
  folder.AddFolder("repo");
  folder.AddFolder("repo/src");
  folder.AddFolder("repo/src/deep");
  std::string outer = folder.Add("asyncport.toml", "");
  std::string file = folder / "repo/src/deep/not-there.js";
  CHECK(FindConfig(file) == outer);
  std::string inner = folder.Add("repo/.asyncport.toml", "");
  CHECK(FindConfig(file) == inner);
  CHECK(FindConfig(folder / "repo/src/../src/./a.js") == inner);
  folder.AddFolder("repo/src/.git");
  CHECK(FindConfig(file).empty());
}

TEST_CASE("the direction follows the name, the options and the first line", "[cli]") {
  auto direction = [](const std::string& name,
                      const std::vector<std::string>& arguments) -> std::string {
    Direction d;
    bool needs_text = false;
    std::optional<Problem> problem =
        FindDirection(ParseArguments(arguments).command, name, d, needs_text);
    if (problem) return problem->message;
    if (needs_text) return "?";
    return std::string(ShortName(d.from)) + ">" + std::string(ShortName(d.to));
  };
  CHECK(direction("a.js", {}) == "js>py");
  CHECK(direction("dir.py/a.MJS", {}) == "js>py");
  CHECK(direction("a.pyi", {"--to", "js"}) == "py>js");
  CHECK(direction("a.py", {"--from", "js"}) == "js>py");
  CHECK(direction("", {"--to", "py"}) == "js>py");
  CHECK(direction("a.ts", {"--from", "js"}) == "js>py");
  CHECK(direction("tool", {}) == "?");
  CHECK(direction("a.js", {"--to", "js"}) ==
        "it is JavaScript already, and --to asks for JavaScript");
  CHECK(direction("a.tsx", {}).find("TypeScript is not translated") == 0);
  CHECK(direction("a.rb", {}).find("the extension '.rb' is neither") == 0);
  CHECK(direction("", {}) == "the language of standard input is not known");

  Direction d;
  CHECK_FALSE(FindDirectionByText("tool", "#!/usr/bin/env python3\n", d).has_value());
  CHECK(d.from == Language::kPy);
  CHECK_FALSE(FindDirectionByText("tool", "#!/usr/bin/node\n", d).has_value());
  CHECK(d.from == Language::kJs);
  CHECK(FindDirectionByText("tool", "echo\n", d).has_value());
}

TEST_CASE("files are read whole, up to a size", "[cli]") {
  Folder folder;
  std::string path = folder.Add("a", std::string(10'000, 'x') + "end");
  CHECK(Read(path).size() == 10'003);
  CHECK(ReadFile(path, 10'003).ok());
  CHECK(ReadFile(path, 10'002).error() ==
        "it is larger than 10002 bytes; `--max-bytes` raises the limit");
  CHECK(Read(folder / "nothing") == "! there is no such file");
  CHECK(Read(folder / "") == "! it is a directory, not a file");
}

TEST_CASE("files are written whole or not at all", "[cli]") {
  Folder folder;
  auto mode = [](const std::string& path) {
    struct stat status {};
    ::stat(path.c_str(), &status);
    return status.st_mode & 0777;
  };
  std::string path = folder.Add("out.py", "old");
  CHECK(WriteFile(path, "new", {}) == "it exists already");
  CHECK(Read(path) == "old");
  ::chmod(path.c_str(), 0750);
  CHECK_FALSE(WriteFile(path, "new", {.force = true}).has_value());
  CHECK(Read(path) == "new");
  CHECK(mode(path) == 0750);

  CHECK_FALSE(
      WriteFile(folder / "like.py", "x", {.force = false, .permissions_of = path}).has_value());
  CHECK(mode(folder / "like.py") == 0750);

  std::string link = folder / "link.py";
  REQUIRE(::symlink(path.c_str(), link.c_str()) == 0);
  CHECK_FALSE(WriteFile(link, "through", {.force = true}).has_value());
  CHECK(Read(path) == "through");
  CHECK(SameFile(link, path));

  CHECK(WriteFile(folder / "no/such/file", "x", {}) == "its folder does not exist");
  CHECK(WriteFile(folder / "", "x", {.force = true}) == "it is a directory, not a file");
  CHECK_FALSE(WriteFile("/dev/null", "x", {}).has_value());
  // Nothing is left behind.
  CHECK(std::system(
            ("test \"$(ls -A " + (folder / "") + " | tr '\\n' ' ')\" = 'like.py link.py out.py '")
                .c_str()) == 0);
}

TEST_CASE("problems as text and as JSON", "[cli]") {
  Problem problem{Problem::Kind::kIo, "a\x1b.js", "no \"luck\"", "try again"};
  CHECK(ProblemText(problem) == "asyncport: a\\x1b.js: no \"luck\"\n  help: try again\n");
  nlohmann::json json = nlohmann::json::parse(ProblemJson(problem));
  CHECK(json["file"] == "a\x1b.js");
  CHECK(json["problem"]["kind"] == "io");
  CHECK(json["problem"]["message"] == "no \"luck\"");
  CHECK(json["diagnostics"].empty());
}

}  // namespace
}  // namespace asyncport::cli
