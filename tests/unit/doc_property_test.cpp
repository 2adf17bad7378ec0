// Properties that hold for any document, over documents made at random from fixed seeds.
#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "doc/doc.h"
#include "doc/printer.h"
#include "unit/catch_compat.hpp"

namespace asyncport::doc {
namespace {

// Makes documents of words, each of them marked with its number, and remembers the words.
class Maker {
 public:
  Maker(Builder& builder, unsigned seed, bool forced_breaks)
      : b_(builder), random_(seed), forced_breaks_(forced_breaks) {}

  Doc Make(int depth) {
    switch (depth == 0 ? 0 : Pick(10)) {
      case 1:
        return b_.Group(Make(depth - 1));
      case 2:
        return b_.Indent(Make(depth - 1));
      case 3:
        return b_.Align(Pick(5), Make(depth - 1));
      case 4:
        return b_.Group(Bracketed(depth));
      case 5: {
        GroupId id = b_.NewGroupId();
        Doc head = b_.Group(Make(depth - 1), {.id = id});
        return b_.Concat({head, b_.IndentIfBreak(Make(depth - 1), id)});
      }
      case 6: {
        // A fill does not see what follows it on the line, so that its layout is not the tightest.
        if (!forced_breaks_) return Make(depth - 1);
        std::vector<Doc> parts{Make(depth - 1)};
        for (unsigned i = Pick(4); i > 0; --i) {
          parts.push_back(b_.Line());
          parts.push_back(Make(depth - 1));
        }
        return b_.Fill(parts);
      }
      case 7: {
        // The same words, laid out in two ways.
        Doc inner = Make(depth - 1);
        return b_.BestOf(
            {inner, b_.Concat({b_.Indent(b_.Concat({b_.SoftLine(), inner})), b_.SoftLine()})});
      }
      case 8:
      case 9: {
        std::vector<Doc> parts;
        for (unsigned i = 2 + Pick(3); i > 0; --i) parts.push_back(Make(depth - 1));
        return b_.Join(Separator(), parts);
      }
      default:
        return Word();
    }
  }

  const std::vector<std::string>& words() const { return words_; }

 private:
  unsigned Pick(unsigned n) { return static_cast<unsigned>(random_() % n); }

  Doc Separator() {
    if (forced_breaks_ && Pick(6) == 0) return b_.HardLine();
    return Pick(3) == 0 ? b_.Concat({b_.Text(";"), b_.SoftLine()}) : b_.Line();
  }

  Doc Bracketed(int depth) {
    return b_.Concat({b_.Text("("), b_.Indent(b_.Concat({b_.SoftLine(), Make(depth - 1)})),
                      b_.IfBreak(b_.Text(",")), b_.SoftLine(), b_.Text(")")});
  }

  Doc Word() {
    std::string word = "w" + std::to_string(words_.size()) + std::string(Pick(8), 'x');
    Doc text = b_.Text(word);
    words_.push_back(word);
    return b_.Mark(static_cast<std::uint32_t>(words_.size() - 1), text);
  }

  Builder& b_;
  std::minstd_rand random_;
  bool forced_breaks_;
  std::vector<std::string> words_;
};

TEST_CASE("any document: words stay whole, in order, and where their marks say", "[doc]") {
  for (unsigned seed = 1; seed <= 300; ++seed) {
    Builder b;
    Maker maker(b, seed, seed % 2 == 0);
    Doc doc = maker.Make(6);
    Printed printed = Print(b, doc, {.width = seed % 60, .indent_width = 2});
    CAPTURE(seed, printed.text);
    REQUIRE(printed.marks.size() == maker.words().size());
    std::vector<MarkRange> marks = printed.marks;
    std::sort(marks.begin(), marks.end(),
              [](const MarkRange& x, const MarkRange& y) { return x.begin < y.begin; });
    for (std::uint32_t i = 0; i < marks.size(); ++i) {
      REQUIRE(marks[i].tag == i);
      REQUIRE(printed.text.substr(marks[i].begin, marks[i].end - marks[i].begin) ==
              maker.words()[i]);
    }
    REQUIRE(printed.text.find(" \n") == std::string::npos);
    REQUIRE_FALSE(printed.text.ends_with(' '));
  }
}

TEST_CASE("any document that fits in a line is one line", "[doc]") {
  for (unsigned seed = 1; seed <= 300; ++seed) {
    Builder b;
    Maker maker(b, seed, false);
    Doc doc = b.Group(maker.Make(5));
    std::string flat = Print(b, doc, {.width = 100'000, .indent_width = 2}).text;
    CAPTURE(seed, flat);
    REQUIRE(flat.find('\n') == std::string::npos);
    auto width = static_cast<std::uint32_t>(flat.size());
    REQUIRE(Print(b, doc, {.width = width, .indent_width = 2}).text == flat);
    // And one column less breaks it, if it can break at all.
    std::string narrow = Print(b, doc, {.width = width - 1, .indent_width = 2}).text;
    std::string all = Print(b, doc, {.width = 0, .indent_width = 2}).text;
    REQUIRE((narrow != flat || all == flat));
  }
}

}  // namespace
}  // namespace asyncport::doc
