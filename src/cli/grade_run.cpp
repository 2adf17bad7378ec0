// See grade_run.h.
#include "cli/grade_run.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>

#include "cli/files.h"
#include "support/strings.h"

namespace asyncport::cli {
namespace {

namespace fs = std::filesystem;
namespace sim = grade::sim;

std::string FindProgram(const std::string& name) {
  const char* path = std::getenv("PATH");
  std::string rest = path == nullptr ? "/usr/bin:/bin" : path;
  while (!rest.empty()) {
    const std::size_t colon = rest.find(':');
    const std::string file = rest.substr(0, colon) + "/" + name;
    if (::access(file.c_str(), X_OK) == 0) return file;
    if (colon == std::string::npos) break;
    rest.erase(0, colon + 1);
  }
  return {};
}

// The given functions as stubs that say when they begin and end, and a call of the answer. A second is 50 ms here.
std::string Driver(const grade::Exercise& exercise, const std::string& entry) {
  const grade::Scenario& scenario = exercise.scenarios.front();
  std::string out;
  const bool py = exercise.language == Language::kPy;
  if (py) {
    out =
        "import asyncio, sys\n"
        "def _say(*parts):\n    print(*parts, flush=True)\n"
        "class _Result(dict):\n"
        "    def __init__(self, name):\n        super().__init__(name=name)\n        self.name = name\n"
        "    def __getattr__(self, key):\n        return _Result(self.name + '.' + key)\n"
        "_given = {}\n";
    for (const sim::GivenFunction& f : scenario.functions) {
      const std::string ms = std::to_string(f.seconds * 0.05);
      if (f.kind == sim::GivenFunction::kAsync) {
        out += "async def _f(*a, **k):\n    _say('begin " + f.name +
               "')\n    await asyncio.sleep(" + ms + ")\n    _say('end " + f.name +
               "')\n    return _Result('" + f.name + "')\n";
      } else {
        out += "def _f(*a, **k):\n    _say('begin " + f.name + "')\n    _say('end " + f.name +
               "')\n    return _Result('" + f.name + "')\n";
      }
      out += "_given['" + f.name + "'] = _f\n";
    }
    out +=
        "_space = dict(_given, __name__='answer')\n"
        "exec(compile(open('/box/answer', encoding='utf-8').read(), 'answer', 'exec'), _space)\n"
        "_space.update(_given)\n"
        "def _text(v):\n"
        "    if isinstance(v, _Result): return '<' + v.name + '>'\n"
        "    if isinstance(v, dict): return '{' + ', '.join(f'{k}: {_text(x)}' for k, x in v.items()) + '}'\n"
        "    if isinstance(v, (list, tuple)): return '[' + ', '.join(map(_text, v)) + ']'\n"
        "    if hasattr(v, '__dict__'): return _text(vars(v))\n"
        "    return str(v)\n"
        "async def _main():\n"
        "    part = None\n"
        "    for name in " +
        std::string("'") + entry +
        "'.split('.'):\n"
        "        part = _space[name] if part is None else getattr(part() if isinstance(part, type) else part, name)\n"
        "    value = part('u1')\n"
        "    value = await value if hasattr(value, '__await__') else value\n"
        "    _say('result', _text(value))\n"
        "asyncio.run(_main())\n";
    return out;
  }
  out =
      "const say = (...parts) => console.log(...parts);\n"
      "class Result { constructor(name) { this.name = name; } }\n";
  for (const sim::GivenFunction& f : scenario.functions) {
    const std::string ms = std::to_string(f.seconds * 50);
    if (f.kind == sim::GivenFunction::kAsync) {
      out += "globalThis." + f.name + " = async () => { say('begin " + f.name +
             "'); await new Promise((r) => setTimeout(r, " + ms + ")); say('end " + f.name +
             "'); return new Result('" + f.name + "'); };\n";
    } else {
      out += "globalThis." + f.name + " = () => { say('begin " + f.name + "'); say('end " + f.name +
             "'); return new Result('" + f.name + "'); };\n";
    }
  }
  out +=
      "const text = (v) => v instanceof Result ? `<${v.name}>` : Array.isArray(v) ? `[${v.map(text).join(', ')}]` : v && typeof v === 'object'"
      " ? `{${Object.entries(v).map(([k, x]) => `${k}: ${text(x)}`).join(', ')}}` : String(v);\n"
      "const source = require('fs').readFileSync('/box/answer', 'utf8').replace(/^export (default )?/gm, '');\n"
      "const path = '" +
      entry +
      "'.split('.');\n"
      "let part = (0, eval)(`${source}\\n;${path[0]}`);\n"
      "for (const name of path.slice(1)) { const owner = typeof part === 'function' && part.prototype ? new part() : part; part = owner[name].bind(owner); }\n"
      "Promise.resolve(part('u1')).then((v) => say('result', text(v)), (e) => say('error', e.message));\n";
  return out;
}

struct Seen {
  bool ended = false;
  std::string output;
};

Seen RunBox(const std::string& bwrap, const grade::Exercise& exercise, const std::string& folder) {
  const bool py = exercise.language == Language::kPy;
  const std::string program = FindProgram(py ? "python3" : "node");
  if (program.empty()) return {};
  char target[4096];
  const char* real = ::realpath(program.c_str(), target);
  // Limits of the shell hold for what it starts: seconds of CPU, kilobytes of memory (node reserves address space), file
  // sizes, processes.
  const std::string limits =
      std::string("ulimit -t 5; ulimit -f 1024; ulimit -c 0; ulimit -u 256; ") +
      (py ? "ulimit -v 1048576; " : "");
  const std::string start =
      limits + "exec " + (real != nullptr ? real : program) +
      (py ? " -I -B /box/driver" : " --max-old-space-size=256 /box/driver.cjs");
  std::vector<std::string> words = {bwrap,           "--unshare-all", "--die-with-parent",
                                    "--new-session", "--clearenv",    "--setenv",
                                    "PATH",          "/usr/bin:/bin", "--setenv",
                                    "LC_ALL",        "C.UTF-8",       "--tmpfs",
                                    "/tmp",          "--proc",        "/proc",
                                    "--dev",         "/dev"};
  for (const char* dir : {"/usr", "/bin", "/lib", "/lib64", "/etc/alternatives"}) {
    if (fs::exists(dir)) words.insert(words.end(), {"--ro-bind", dir, dir});
  }
  if (real != nullptr && !std::string_view(real).starts_with("/usr")) {
    const std::string home = fs::path(real).parent_path().parent_path();
    words.insert(words.end(), {"--ro-bind", home, home});
  }
  words.insert(words.end(),
               {"--ro-bind", folder, "/box", "--chdir", "/tmp", "/bin/sh", "-c", start});
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return {};
  const pid_t pid = ::fork();
  if (pid == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    const int null = ::open("/dev/null", O_RDWR);
    ::dup2(null, STDIN_FILENO);
    ::dup2(null, STDERR_FILENO);
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    ::execv(bwrap.c_str(), argv.data());
    ::_exit(127);
  }
  ::close(ends[1]);
  Seen seen;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  for (;;) {
    pollfd wait{ends[0], POLLIN, 0};
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
                          deadline - std::chrono::steady_clock::now())
                          .count();
    if (left <= 0 || ::poll(&wait, 1, static_cast<int>(left)) == 0) break;
    char buffer[4096];
    const ssize_t got = ::read(ends[0], buffer, sizeof buffer);
    if (got <= 0) {
      seen.ended = true;
      break;
    }
    seen.output.append(buffer, static_cast<std::size_t>(got));
    if (seen.output.size() > (64u << 10)) break;
  }
  ::close(ends[0]);
  if (!seen.ended) ::kill(pid, SIGKILL);
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return seen;
}

// Which given functions ran at the same time, and what came out: what two good answers have in common.
std::string Essence(const std::string& output) {
  std::vector<std::string> open;
  std::vector<std::string> facts;
  for (std::string_view line : SplitLines(output)) {
    if (line.starts_with("begin ")) {
      const std::string name(line.substr(6));
      for (const std::string& other : open)
        facts.push_back(std::min(name, other) + " with " + std::max(name, other));
      open.push_back(name);
      facts.push_back("ran " + name);
    } else if (line.starts_with("end ")) {
      const auto it = std::find(open.begin(), open.end(), line.substr(4));
      if (it != open.end()) open.erase(it);
    } else if (line.starts_with("result ")) {
      // The values that came out, in whatever shape and order.
      for (std::size_t at = line.find('<'); at != std::string_view::npos;
           at = line.find('<', at + 1))
        facts.push_back("gave " + std::string(line.substr(at, line.find('>', at) - at + 1)));
    } else if (line.starts_with("error ")) {
      facts.push_back("failed");
    }
  }
  std::sort(facts.begin(), facts.end());
  facts.erase(std::unique(facts.begin(), facts.end()), facts.end());
  return Join(facts, "; ");
}

}  // namespace

std::optional<Problem> WhyNoSandbox() {
  if (FindProgram("bwrap").empty()) {
    return Problem{Problem::Kind::kUsage, "",
                   "--run needs bubblewrap (bwrap), which is not installed",
                   "answers are never run outside of a sandbox; leave --run out"};
  }
  return std::nullopt;
}

void RunInSandbox(const grade::Exercise& exercise, const std::string&, const std::string& code,
                  grade::Verdict& verdict) {
  const auto say = [&](std::string message) {
    for (grade::CriterionResult& criterion : verdict.criteria) {
      if (criterion.status == grade::Status::kManual) continue;
      criterion.feedback.insert(
          criterion.feedback.begin(),
          grade::Comment{criterion.id + ".run", grade::CommentType::kEssential, std::move(message),
                         "", 0, 0, 0, 0});
      criterion.status = grade::Status::kFailed;
      verdict.score_hundredths -= criterion.score_hundredths;
      criterion.score_hundredths = 0;
      break;
    }
    verdict.passed = false;
  };
  const grade::Answer* model = nullptr;
  for (const grade::Answer& answer : exercise.answers) {
    if (answer.accepted && model == nullptr) model = &answer;
  }
  if (!verdict.passed || model == nullptr)
    return;  // what is not right as it stands need not be run
  char folder[] = "/tmp/asyncport-run-XXXXXX";
  if (::mkdtemp(folder) == nullptr) {
    verdict.error = "run: no temporary folder could be made";
    return;
  }
  const std::string box = folder;
  const std::string bwrap = FindProgram("bwrap");
  const auto observe = [&](const std::string& text, const std::string& entry) {
    (void)WriteFile(box + "/answer", text, {.force = true});
    (void)WriteFile(box + "/driver", Driver(exercise, entry), {.force = true});
    (void)WriteFile(box + "/driver.cjs", Driver(exercise, entry), {.force = true});
    return RunBox(bwrap, exercise, box);
  };
  const grade::Verdict known = grade::Judge(exercise, "model", model->code, {});
  const Seen expected = observe(model->code, known.entry);
  const Seen actual = observe(code, verdict.entry);
  std::error_code ignored;
  fs::remove_all(box, ignored);
  if (expected.output.empty()) {
    verdict.error = "run: the sandbox could not be started";
  } else if (!actual.ended) {
    say("Make sure that the function ends: it was stopped when it ran.");
  } else if (Essence(actual.output) != Essence(expected.output)) {
    say("Look at what really happens when it runs: observed was \"" + Essence(actual.output) +
        "\".");
  }
}

}  // namespace asyncport::cli
