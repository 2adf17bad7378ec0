// Tagged templates: String.raw, and tags that are functions of the file, called with the texts and the values. Tags of
// packages (gql, html, sql) are refused.
// Example: `list`a${x}b`` -> `list_(["a", "b"], x)`.
#include <utility>

#include "translate/quote.h"
#include "translate/to_py/parts.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

// Does the function look at `strings.raw`, which the texts of a Python list have not?
bool ReadsRaw(Context& c, NodeId function) {
  auto params = FunctionParams(c, function);
  if (params.empty()) return false;
  NodeId strings = c.As<Param>(params[0]).target();
  if (!c.src().Is(strings, NodeKind::kName)) return false;
  for (NodeId read : c.facts().binding(c.facts().BindingOf(strings)).reads) {
    auto attribute = c.As<Attribute>(c.facts().Parent(read));
    if (attribute && attribute.name() == "raw") return true;
  }
  return false;
}

// A String part is text of the template, or a literal between `${` and `}`, which still has its quotes in the source.
bool IsText(Context& c, NodeId part) {
  auto text = c.As<String>(part);
  if (!text) return false;
  std::string_view written = c.source().Text(c.src().span(part));
  bool quoted = written.size() >= 2 && (written.front() == '"' || written.front() == '\'') &&
                written.back() == written.front();
  return !quoted || written == text.value();
}

std::optional<NodeId> TranslateTagged(Context& c, NodeId id) {
  auto tagged = c.As<TaggedTemplate>(id);
  auto quasi = c.As<Template>(tagged.quasi());
  if (c.facts().ResolvedName(tagged.tag()) == "String.raw" && quasi && quasi.parts().size() == 1) {
    return c.New(make::String{.value = c.src().text(quasi.parts()[0]), .is_raw = true}, id);
  }
  const facts::Type& type = c.facts().type(c.facts().TypeOf(tagged.tag()));
  if (!quasi || type.kind != TypeKind::kFunction || !type.decl || ReadsRaw(c, type.decl))
    return c.Refuse(id, "tagged-template");
  NodeList texts;
  NodeList values;
  bool text_next = true;  // texts and values take turns; a text that is missing is empty
  for (NodeId part : quasi.parts()) {
    if (IsText(c, part)) {
      texts.push_back(c.NewString(c.src().text(part), part));
      text_next = false;
      continue;
    }
    if (text_next) texts.push_back(c.NewString(""));
    values.push_back(c.Expr(part));
    text_next = true;
  }
  if (text_next) texts.push_back(c.NewString(""));
  values.insert(values.begin(), c.New(make::List{.elements = std::move(texts)}, {}));
  return c.NewCall(c.Expr(tagged.tag()), std::move(values), id);
}

// `String.raw({ raw: strings }, ...values)`: texts and values in turns.
std::optional<NodeId> TranslateRawCall(Context& c, NodeId id) {
  if (!c.IsCallTo(id, "String.raw")) return std::nullopt;
  auto args = c.As<Call>(id).args();
  auto object = args.empty() ? Dict() : c.As<Dict>(args[0]);
  auto entry =
      object && object.entries().size() == 1 ? c.As<DictEntry>(object.entries()[0]) : DictEntry();
  if (!entry || c.src().text(entry.key()) != "raw") return std::nullopt;
  NodeId interleave = DefineOnce(c, "interleave", R"(
def interleave(texts, *values):
    parts = [texts[0]]
    for value, text in zip(values, texts[1:]):
        parts += [str(value), text]
    return "".join(parts)
)");
  NodeList rest = c.Exprs(args.subspan(1));
  rest.insert(rest.begin(), c.Expr(entry.value()));
  return c.NewCall(interleave, std::move(rest), id);
}

}  // namespace

void RegisterTagged(Topics& t) {
  t.Claim(NodeKind::kTaggedTemplate, Order::kAfterCards, &TranslateTagged);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateRawCall);
}

}  // namespace asyncport::translate::to_py
