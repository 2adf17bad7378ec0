// Colours of calls, functions that are or become asynchronous, loops and eager prefixes.
#include "unit/catch_compat.hpp"
#include "unit/facts_source.h"

namespace {

using namespace asyncport;
using facts::Async;
using facts::CallColour;
using tests::SourceFacts;

TEST_CASE("facts: colours of JavaScript calls") {
  struct Case {
    const char* source;
    const char* call;
    CallColour colour;
  };
  const Case cases[] = {
      {"async function f() {} f();", "f()", CallColour::kAsync},
      {"function f() {} f();", "f()", CallColour::kSync},
      {"fetch(url);", "fetch(url)", CallColour::kAsync},
      {"import { readFile } from 'fs/promises'; readFile(p);", "readFile(p)", CallColour::kAsync},
      {"import fs from 'node:fs'; fs.promises.readFile(p);", "fs.promises.readFile(p)",
       CallColour::kAsync},
      {"[1].map(f);", "[1].map(f)", CallColour::kSync},
      {"load(1);", "load(1)", CallColour::kUnknown},
      // What is awaited anywhere is awaitable where it is made.
      {"const p = load(1); await p;", "load(1)", CallColour::kAsync},
      {"await load(1); load(2);", "load(2)", CallColour::kAsync},
      {"const jobs = {}; jobs[id] ?\?= load(id); await jobs[id];", "load(id)", CallColour::kAsync},
      {"const ps = ids.map((id) => load(id)); await Promise.all(ps);", "load(id)",
       CallColour::kAsync},
      {"class A { start() { this.job = load(1); } async stop() { await this.job; } }", "load(1)",
       CallColour::kAsync},
      {"function get() { return load(1); } await get();", "load(1)", CallColour::kAsync},
      {"async function use(p) { await p; } use(load(1));", "load(1)", CallColour::kAsync},
      // A promise that is kept somewhere is no new work.
      {"const m = new Map(); m.set('a', f()); async function f() {} m.get('a');", "m.get('a')",
       CallColour::kSync},
      {"import { promisify } from 'node:util'; import { execFile } from 'node:child_process';\n"
       "const run = promisify(execFile); run('ls');",
       "run('ls')", CallColour::kAsync},
  };
  for (const Case& c : cases) {
    INFO(c.source);
    SourceFacts facts(Language::kJs, c.source);
    REQUIRE(facts.Find(c.call, true));
    CHECK(facts.Colour(c.call) == c.colour);
  }
}

TEST_CASE("facts: colours of Python calls") {
  SourceFacts facts(
      Language::kPy,
      "import asyncio\nasync def f():\n    await asyncio.sleep(1)\n    task = asyncio.create_task(f())\n"
      "    rows = db.query('x')\n    await rows\n    len([])\n");
  CHECK(facts.Colour("asyncio.sleep(1)") == CallColour::kAsync);
  CHECK(facts.Colour("f()") == CallColour::kAsync);
  CHECK(facts.Colour("db.query('x')") == CallColour::kAsync);
  CHECK(facts.Colour("len([])") == CallColour::kSync);
}

TEST_CASE("facts: names given as asynchronous") {
  const facts::FactOptions options{.async_names = {"load_*"}};
  SourceFacts js(Language::kJs, "const a = loadUser(1); loads(2);", options);
  CHECK(js.Colour("loadUser(1)") == CallColour::kAsync);
  CHECK(js.Colour("loads(2)") == CallColour::kUnknown);
  SourceFacts py(Language::kPy, "def show(i):\n    user = load_user(i)\n    print(user)\nshow(1)\n",
                 options);
  CHECK(py->BecomesAwaited(py.Find("load_user(i)", true)));
  CHECK(py->BecomesAsync(py.Function("show")));
  CHECK(py->BecomesAwaited(py.Find("show(1)", true)));
  SourceFacts own(Language::kPy, "def load_user(i):\n    return i\nload_user(1)\n", options);
  CHECK_FALSE(own->BecomesAwaited(own.Find("load_user(1)", true)));
}

TEST_CASE("facts: JavaScript functions that give promises") {
  SourceFacts facts(Language::kJs, R"(
async function load(id) { return id; }
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const forward = (id) => load(id);
function chain(id) { return load(id).then((x) => x + 1); }
function sometimes(id) { if (id) return load(id); }
function both(id) { return id ? load(id) : Promise.resolve(0); }
function plain(id) { return id + 1; }
const kept = new Map();
function cached(id) { if (!kept.has(id)) kept.set(id, load(id)); return kept.get(id); }
use(forward(1), chain(1), sometimes(1), both(1), plain(1), cached(1));
)");
  CHECK(facts->IsAsync(facts.Function("load")) == Async::kYes);
  CHECK_FALSE(facts->BecomesAsync(facts.Function("load")));
  CHECK(facts->IsAsync(facts.Function("sleep")) == Async::kYes);
  CHECK(facts->BecomesAsync(facts.Function("sleep")));
  // An arrow that hands a call on awaits nothing itself.
  CHECK(facts->IsAsync(facts.Function("forward")) == Async::kYes);
  CHECK_FALSE(facts->BecomesAsync(facts.Function("forward")));
  CHECK(facts->BecomesAsync(facts.Function("chain")));
  CHECK(facts->BecomesAsync(facts.Function("both")));
  CHECK_FALSE(facts->BecomesAsync(facts.Function("sometimes")));
  CHECK(facts->IsAsync(facts.Function("plain")) == Async::kNo);
  // It hands out what others hold too.
  CHECK_FALSE(facts->BecomesAsync(facts.Function("cached")));
  CHECK(facts.Colour("cached(1)") == CallColour::kSync);
  CHECK(facts.Colour("chain(1)") == CallColour::kAsync);
}

TEST_CASE("facts: Python functions that block, and their callers") {
  SourceFacts facts(Language::kPy, R"(
import time
from pathlib import Path

def read(name):
    return Path(name).read_text()

def show(name):
    print(read(name))

def size(text):
    return len(text)

class Box:
    def __init__(self, name):
        self.text = read(name)

def rank(paths):
    return sorted(paths, key=lambda p: p.read_text())

async def poll():
    time.sleep(1)

show("a")
)");
  CHECK(facts->BecomesAsync(facts.Function("read")));
  CHECK(facts->BecomesAsync(facts.Function("show")));
  CHECK_FALSE(facts->BecomesAsync(facts.Function("size")));
  CHECK_FALSE(facts->BecomesAsync(facts.Function("rank")));
  CHECK(facts->BecomesAwaited(facts.Find("show(\"a\")", true)));
  CHECK(facts->BecomesAwaited(facts.Find("time.sleep(1)", true)));
  CHECK_FALSE(facts->BecomesAwaited(facts.Find("len(text)", true)));
  // A constructor cannot wait.
  CHECK_FALSE(facts->BecomesAsync(facts.Function("Box")));
}

TEST_CASE("facts: who needs a running loop") {
  SourceFacts js(Language::kJs, R"(
function later() { setTimeout(() => {}, 1); }
function outer() { later(); }
function quiet() { return 1; }
async function work() { later(); }
outer(); quiet(); work();
)");
  CHECK(js->NeedsLoop(js.Function("later")));
  CHECK(js->NeedsLoop(js.Function("outer")));
  CHECK_FALSE(js->NeedsLoop(js.Function("quiet")));
  CHECK_FALSE(js->NeedsLoop(js.Function("work")));
  SourceFacts py(Language::kPy,
                 "import asyncio\ndef track(job):\n    return asyncio.create_task(job)\n");
  CHECK(py->NeedsLoop(py.Function("track")));
}

TEST_CASE("facts: effects before the first await") {
  SourceFacts facts(Language::kJs, R"(
let started = 0;
async function prints() { console.log("a"); await pause(); }
async function counts() { started += 1; await pause(); }
async function computes(id) { const url = "/" + id; await pause(url); console.log("b"); }
async function waits() { await pause(); started += 1; }
async function through() { helper(); await pause(); }
async function argument() { console.log(await pause()); }
function helper() { console.log("c"); }
async function pause() {}
)");
  CHECK(facts->HasEagerPrefix(facts.Function("prints")));
  CHECK(facts->HasEagerPrefix(facts.Function("counts")));
  CHECK_FALSE(facts->HasEagerPrefix(facts.Function("computes")));
  CHECK_FALSE(facts->HasEagerPrefix(facts.Function("waits")));
  CHECK(facts->HasEagerPrefix(facts.Function("through")));
  CHECK_FALSE(facts->HasEagerPrefix(facts.Function("argument")));
  CHECK_FALSE(facts->HasEagerPrefix(facts.Function("helper")));
}

}  // namespace
