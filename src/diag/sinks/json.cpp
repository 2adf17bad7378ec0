// JSON: one document, or one object a line. Field order is fixed, so that equal input gives equal bytes.
#include <algorithm>
#include <cstdint>

#include "diag/sinks/sinks.h"
#include "diag/sinks/texts.h"
#include "support/json_text.h"

namespace asyncport::diag {
namespace {

constexpr std::string_view kSchema = "\"schema\":1";

class Writer {
 public:
  Writer(const Source& source, const SinkOptions& options) : source_(source), options_(options) {}

  std::string Take() { return std::move(out_); }
  void Raw(std::string_view text) { out_ += text; }

  void Head() {
    Raw(kSchema);
    Field("file", source_.name());
  }

  void Name() { AppendJsonString(out_, source_.name()); }

  // The fields of a diagnostic, without the braces.
  void Body(const Diagnostic& diagnostic) {
    Texts texts = FindTexts(diagnostic, options_);
    Key("id");
    AppendJsonString(out_, diagnostic.id);
    Field("level", diag::Name(texts.level));
    Field("class", diag::Name(texts.klass));
    Field("title", texts.title);
    Field("message", texts.message);
    Field("help", texts.help);
    Comma();
    Key("args");
    Raw("{");
    for (std::size_t i = 0; i < diagnostic.args.size(); ++i) {
      if (i != 0) Comma();
      Key(diagnostic.args[i].name);
      AppendJsonString(out_, diagnostic.args[i].value);
    }
    Raw("}");
    Comma();
    Position(diagnostic.span);
    Array("labels", diagnostic.labels, [&](const Label& label) {
      Raw("{");
      Position(label.span);
      Field("text", label.text);
      Raw("}");
    });
    Array("fixes", diagnostic.fixes, [&](const Fix& fix) {
      Raw("{");
      Key("title");
      AppendJsonString(out_, fix.title);
      Field("applicability", diag::Name(fix.applicability));
      Array("edits", fix.edits, [&](const Edit& edit) {
        Raw("{");
        Position(edit.span);
        Field("text", edit.text);
        Raw("}");
      });
      Raw("}");
    });
    Array("notes", diagnostic.notes,
          [&](const std::string& note) { AppendJsonString(out_, note); });
  }

 private:
  void Comma() { out_ += ','; }
  void Key(std::string_view key) {
    AppendJsonString(out_, key);
    out_ += ':';
  }
  // Not the first of its object.
  void Field(std::string_view key, std::string_view value) {
    Comma();
    Key(key);
    AppendJsonString(out_, value);
  }

  template <typename T, typename Each>
  void Array(std::string_view key, const std::vector<T>& items, const Each& each) {
    Comma();
    Key(key);
    Raw("[");
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i != 0) Comma();
      each(items[i]);
    }
    Raw("]");
  }

  void Position(Span span) {
    auto size = static_cast<std::uint32_t>(source_.text().size());
    span = {std::min(span.begin, size), std::min(span.end, size)};
    Raw("\"byte\":{\"start\":" + std::to_string(span.begin) +
        ",\"end\":" + std::to_string(span.end) + "},");
    Raw("\"range\":{\"start\":");
    Point(span.begin);
    Raw(",\"end\":");
    Point(span.end);
    Raw("}");
  }

  void Point(std::uint32_t offset) {
    Raw("{\"line\":" + std::to_string(source_.LineIndex(offset)) +
        ",\"character\":" + std::to_string(source_.Utf16Column(offset)) + "}");
  }

  const Source& source_;
  const SinkOptions& options_;
  std::string out_;
};

}  // namespace

std::string RenderJson(const Source& source, const std::vector<Diagnostic>& diagnostics,
                       const SinkOptions& options) {
  Writer writer(source, options);
  writer.Raw("{");
  writer.Head();
  if (options.extent) {
    writer.Raw(",\"statements\":" + std::to_string(options.extent->statements) +
               ",\"refused\":" + std::to_string(options.extent->refused));
  }
  writer.Raw(",\"diagnostics\":[");
  for (std::size_t i = 0; i < diagnostics.size(); ++i) {
    writer.Raw(i == 0 ? "\n{" : ",\n{");
    writer.Body(diagnostics[i]);
    writer.Raw("}");
  }
  writer.Raw(diagnostics.empty() ? "]}\n" : "\n]}\n");
  return writer.Take();
}

std::string RenderJsonLines(const Source& source, const std::vector<Diagnostic>& diagnostics,
                            const SinkOptions& options) {
  Writer writer(source, options);
  for (const Diagnostic& diagnostic : diagnostics) {
    writer.Raw("{");
    writer.Head();
    writer.Raw(",");
    writer.Body(diagnostic);
    writer.Raw("}\n");
  }
  return writer.Take();
}

std::string RenderJsonReport(const Reports& reports, std::size_t files, const SinkOptions& options) {
  std::string out = "{" + std::string(kSchema) + ",\"files\":" + std::to_string(files) + ",\"diagnostics\":[";
  bool first = true;
  for (const Report& report : reports) {
    Writer writer(*report.source, options);
    for (const Diagnostic& diagnostic : *report.diagnostics) {
      writer.Raw(first ? "\n{\"file\":" : ",\n{\"file\":");
      writer.Name();
      writer.Raw(",");
      writer.Body(diagnostic);
      writer.Raw("}");
      first = false;
    }
    out += writer.Take();
  }
  return out + (first ? "]}\n" : "\n]}\n");
}

}  // namespace asyncport::diag
