// What happens where the parser gets no memory: it cannot go on and would abort the process, so a program that has
// something to say then says it here. Everything else throws std::bad_alloc.
// Example: LeaveWithoutMemory([] { ::_exit(2); });
#pragma once

namespace asyncport::syntax {

// `leave` must not return and must not allocate. For the whole process, before anything is parsed.
void LeaveWithoutMemory(void (*leave)());

}  // namespace asyncport::syntax
