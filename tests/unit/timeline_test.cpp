// Timelines: who runs, waits, is ready and is done, as the event loop of the language would have it.
#include <memory>
#include <string>

#include "catch_compat.hpp"
#include "pipeline/draw.h"

using namespace asyncport;

namespace {

// "name start-end state from-to; ..." a lane each, without moments.
std::string Lanes(Language language, const std::string& text) {
  const Drawn drawn = Draw(Source("t", text), {.language = language, .async_names = {}},
                           Drawing::kTimelineText, 60);
  REQUIRE(drawn.whole);
  return drawn.text;
}

bool Has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

constexpr const char* kWork =
    "import asyncio\nimport time\n\n\nasync def work(name, delay):\n    await asyncio.sleep(delay)\n\n\n";

TEST_CASE("tasks that are created overlap, and each has a lane", "[timeline]") {
  const std::string text = Lanes(
      Language::kPy, std::string(kWork) +
                         "async def main():\n    a = asyncio.create_task(work('a', 1))\n"
                         "    b = asyncio.create_task(work('b', 2))\n    await a\n    await b\n\n\n"
                         "asyncio.run(main())\n");
  CHECK(Has(text, "work(\"a\")  █─"));
  CHECK(Has(text, "work(\"b\")  █─"));
  CHECK(Has(text, "2 s; one after the other it would be 3 s"));
  CHECK(!Has(text, "assumed"));
}

TEST_CASE("gather waits for all, awaits in a row add up", "[timeline]") {
  CHECK(
      Has(Lanes(Language::kPy,
                std::string(kWork) +
                    "async def main():\n    await asyncio.gather(work('a', 1), work('b', 3))\n\n\n"
                    "asyncio.run(main())\n"),
          "3 s; one after the other it would be 4 s"));
  CHECK(Has(Lanes(Language::kPy,
                  std::string(kWork) +
                      "async def main():\n    await work('a', 1)\n    await work('b', 3)\n\n\n"
                      "asyncio.run(main())\n"),
            "4 s; one after the other it would be 4 s"));
}

TEST_CASE("a blocking call keeps a task waiting that is ready", "[timeline]") {
  const std::string text =
      Lanes(Language::kPy,
            std::string(kWork) +
                "async def slow():\n    time.sleep(2)\n\n\nasync def main():\n"
                "    await asyncio.gather(work('fast', 0.5), slow())\n\n\nasyncio.run(main())\n");
  CHECK(Has(text, "░░░░"));
  CHECK(Has(text, "2 s; one after the other it would be 2.5 s"));
}

TEST_CASE("what is left is cancelled in Python and goes on in JavaScript", "[timeline]") {
  CHECK(Has(Lanes(Language::kPy, std::string(kWork) +
                                     "async def main():\n    asyncio.create_task(work('late', 9))\n"
                                     "    await asyncio.sleep(1)\n\n\nasyncio.run(main())\n"),
            "×"));
  const std::string js =
      Lanes(Language::kJs,
            "const sleep = (ms) => new Promise((done) => setTimeout(done, ms));\n"
            "async function work(ms) { await sleep(ms); }\n"
            "async function main() { work(900); await sleep(100); }\nmain();\n");
  CHECK(!Has(js, "work(900)  █×"));
  CHECK(Has(js, "0.9 s; one after the other it would be 1 s"));
}

TEST_CASE("loops over what is known run as often, others twice, saying so", "[timeline]") {
  CHECK(Has(
      Lanes(Language::kPy,
            std::string(kWork) +
                "async def main():\n    await asyncio.gather(*(work(i, i) for i in range(4)))\n\n\n"
                "asyncio.run(main())\n"),
      "3 s; one after the other it would be 6 s"));
  const std::string text = Lanes(
      Language::kPy, std::string(kWork) +
                         "async def main(xs):\n    for x in xs:\n        await work('x', 1)\n\n\n"
                         "asyncio.run(main([]))\n");
  CHECK(Has(text, "the loop runs 2 times"));
  CHECK(Has(
      Lanes(
          Language::kPy,
          "import asyncio\n\n\nasync def main():\n    await fetch_page()\n\n\nasyncio.run(main())\n"),
      "assumed: `fetch_page` takes one unit"));
}

TEST_CASE("a timeout ends what takes longer", "[timeline]") {
  CHECK(Has(
      Lanes(
          Language::kPy,
          std::string(kWork) +
              "async def main():\n    async with asyncio.timeout(1):\n        await work('a', 5)\n\n\n"
              "asyncio.run(main())\n"),
      "\n1 s;"));
}

}  // namespace
