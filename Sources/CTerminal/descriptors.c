#define _GNU_SOURCE
#include "CTerminal.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

int terminal_memory_file(void) { return memfd_create("frame", MFD_CLOEXEC); }

int terminal_redirect(int descriptor, int target) { return dup3(target, descriptor, O_CLOEXEC) < 0 ? -1 : 0; }
