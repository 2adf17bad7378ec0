// See memory.h. The parser's memory comes from here once a program has said how it wants to leave.
#include "syntax/memory.h"

#include <cstdlib>

#include "syntax/parsing.h"

namespace asyncport::syntax {
namespace {

void (*g_leave)() = nullptr;

void* Sure(void* memory, std::size_t size) {
  if (memory == nullptr && size > 0) g_leave();
  return memory;
}

void* Allocate(std::size_t size) { return Sure(std::malloc(size), size); }
void* AllocateZeros(std::size_t count, std::size_t size) {
  return Sure(std::calloc(count, size), count * size);
}
void* Reallocate(void* memory, std::size_t size) { return Sure(std::realloc(memory, size), size); }

}  // namespace

void LeaveWithoutMemory(void (*leave)()) {
  g_leave = leave;
  ts_set_allocator(&Allocate, &AllocateZeros, &Reallocate, &std::free);
}

}  // namespace asyncport::syntax
