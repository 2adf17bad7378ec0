// See writer.h.
#include "cli/report/writer.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "cli/files.h"

namespace asyncport::cli::report {

Writer::Writer(std::string path, Head head)
    : path_(std::move(path)),
      head_(std::move(head)),
      is_page_(path_.ends_with(".html") || path_.ends_with(".htm")),
      body_(std::tmpfile()) {}

Writer::~Writer() {
  if (body_ != nullptr) std::fclose(body_);
}

void Writer::Add(const File& file) {
  if (body_ == nullptr) return;
  std::string text = is_page_ ? PageFile(file) : JsonFile(file);
  if (!is_page_ && !is_first_) text.insert(0, ",");
  is_first_ = false;
  std::fwrite(text.data(), 1, text.size(), body_);  // a failure is remembered: ferror
}

std::optional<std::string> Writer::Finish(const Tally& tally) {
  if (body_ == nullptr || std::fflush(body_) != 0 || std::ferror(body_) != 0)
    return std::string("no room for it in the folder of temporary files");
  std::rewind(body_);
  const bool to_stream = path_ == "-";
  AtomicFile file(path_, {.force = true});
  if (!to_stream) {
    if (std::optional<std::string> why = file.Open()) return why;
  }
  const auto write = [&](std::string_view text) {
    return to_stream ? WriteStream(STDOUT_FILENO, text) : file.Write(text);
  };
  if (std::optional<std::string> why = write(is_page_ ? PageHead(head_, tally) : JsonHead(head_)))
    return why;
  std::string buffer(1u << 16, '\0');
  while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), body_)) {
    if (std::optional<std::string> why = write(std::string_view(buffer).substr(0, count))) return why;
  }
  if (std::ferror(body_) != 0) return std::string(std::strerror(errno));
  if (std::optional<std::string> why = write(is_page_ ? PageTail() : JsonTail(tally))) return why;
  return to_stream ? std::nullopt : file.Commit();
}

}  // namespace asyncport::cli::report
