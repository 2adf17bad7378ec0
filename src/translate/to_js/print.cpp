// print(): console.log, or one text where sep and end ask for it.
// Example: `print(*names, sep=", ")` -> `console.log(names.join(", "))`.
#include <algorithm>
#include <utility>

#include "translate/to_js/builtins.h"
#include "translate/to_js/files.h"
#include "translate/to_js/quote.h"
#include "translate/to_js/text_buffers.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js::builtin {

using namespace ir;

std::optional<NodeId> PrintArg(Context& c, NodeId arg) {
  if (auto spread = c.As<Spread>(arg)) {
    NodeId value = IterableOf(c, spread.value());
    return c.New(make::Spread{.value = value}, arg);
  }
  auto cause = c.As<Attribute>(arg);
  bool error = May(c, arg, kError) && Only(c, arg, kError | kNone);
  if (error || IsErrorHere(c, arg) || (cause && cause.name() == "__cause__")) {
    NodeId owner = ClassOf(c, arg);
    NodeId text = TextOf(c, arg);
    // console.log shows an error with its stack: its own text is asked for.
    if (owner && FindMethod(c, owner, "__str__")) return c.New(make::Template{.parts = {text}}, arg);
    return text;
  }
  if (NodeId text = TemporalText(c, arg)) return text;
  SayOfFlag(c, arg, false);
  if (Only(c, arg, kBytes)) return TextOf(c, arg);
  if (HoldsErrors(c, arg)) return ErrorListText(c, arg);
  if (ShowsItself(c, c.facts().TypeOf(arg)) ||
      (ClassOf(c, arg) && HasTextOfItsOwn(c, ClassOf(c, arg)))) {
    return c.New(make::Template{.parts = {c.Expr(arg)}}, arg);
  }
  if (MayBeError(c, arg)) return MixedText(c, arg, c.Expr(arg));
  return c.Expr(arg);
}

std::optional<NodeId> Print(Context& c, Arguments& a) {
  NodeId sep = a.key("sep");
  NodeId end = a.key("end");
  NodeId file = a.key("file");
  bool to_stderr = file && c.facts().ResolvedName(file) == "sys.stderr";
  const bool to_buffer = file && IsTextBuffer(c, file);
  bool to_file = to_buffer || (file && IsOpenFile(c, file));
  if (file && !to_file && !to_stderr && c.facts().ResolvedName(file) != "sys.stdout")
    return c.Refuse(a.id, "untranslated", {{"reason", "print to a file"}});
  std::vector<NodeId> items;
  NodeList values;
  for (NodeId item : a.all) {
    if (!c.src().Is(item, NodeKind::kKeyword)) items.push_back(item);
  }
  const bool spreads = std::any_of(
      items.begin(), items.end(), [&](NodeId item) { return c.src().Is(item, NodeKind::kSpread); });
  std::string_view log = to_stderr ? "console.error" : "console.log";
  auto newline = end ? c.As<String>(end) : String();
  bool plain_end = !end || (newline && newline.value() == "\n");
  const bool as_values = !sep && plain_end && !to_file;
  for (NodeId item : items) {
    // What is joined with others must be the text that Python makes of it.
    const bool joined =
        spreads && !as_values && items.size() > 1 && !c.src().Is(item, NodeKind::kSpread);
    values.push_back(joined ? TextOf(c, item) : *PrintArg(c, item));
  }
  if (as_values) {
    // A first text with % directives would swallow the others.
    auto first = values.empty() ? String() : ir::As<String>(c.dst(), values[0]);
    if (values.size() > 1 && !spreads && first &&
        first.value().find('%') != std::string_view::npos) {
      NodeList parts;
      for (NodeId item : items) {
        if (!parts.empty()) parts.push_back(c.NewString(" "));
        parts.push_back(TextOf(c, item));
      }
      return c.NewCall(c.Library(log), {NewTemplate(c, std::move(parts), {})}, a.id);
    }
    return c.NewCall(c.Library(log), std::move(values), a.id);
  }
  NodeId separator = sep ? c.Expr(sep) : c.NewString(" ");
  NodeId text;
  if (spreads) {
    NodeId list = values.size() == 1 ? ir::As<Spread>(c.dst(), values[0]).value()
                                     : c.New(make::List{.elements = std::move(values)}, {});
    if (items.size() == 1 && !Only(c, c.As<Spread>(items[0]).value(), kArray))
      list = Js(c, "[...$X]", {{"X", list}});
    text = Js(c, "$X.join($S)", {{"X", list}, {"S", separator}});
  } else {
    NodeList parts;
    for (NodeId item : items) {
      if (!parts.empty()) parts.push_back(CopyTarget(c, separator));
      parts.push_back(TextOf(c, item));
    }
    if (!c.dst().Is(separator, NodeKind::kString) && items.size() > 1) {
      NodeList list;
      for (NodeId item : items) list.push_back(TextOf(c, item));
      text = Js(c, "$X.join($S)",
                {{"X", c.New(make::List{.elements = std::move(list)}, {})}, {"S", separator}});
    } else {
      text = NewTemplate(c, std::move(parts), {});
    }
  }
  if (to_file) {
    NodeId line = NewTemplate(c, {text, plain_end ? c.NewString("\n") : c.Expr(end)}, {});
    if (to_buffer) return c.NewCall(c.NewAttribute(c.Expr(file), "write"), {line}, a.id);
    return PrintToFile(c, file, line, a.id);
  }
  if (plain_end) return c.NewCall(c.Library(log), {text}, a.id);
  NodeId all = newline && newline.value().empty() ? text : NewTemplate(c, {text, c.Expr(end)}, {});
  return c.NewCall(c.Library(to_stderr ? "process.stderr.write" : "process.stdout.write"), {all},
                   a.id);
}

}  // namespace asyncport::translate::to_js::builtin
