#ifndef CPROCESS_H
#define CPROCESS_H

#include <sys/types.h>

#include "ProcessPipe.h"
#include "ProcessTerminal.h"

/// Starts a program in a session of its own, signals as a fresh program expects them. Its standard input is `input`,
/// or closed off when that is -1.
/// `output` gets standard error, and standard output too unless `ready` is given: then `*ready` becomes the reading
/// end of a pipe from its standard output. Returns 0 or an errno value; `*child` is the process id.
int process_spawn_detached(
    const char *executable, char *const arguments[], const char *output, int input, int *ready,
    pid_t *child);

/// Takes an exclusive lock that belongs to the open file, at once or not at all. Returns 0 or an errno value; EAGAIN
/// or EACCES when it is held through another open file.
int process_lock_file(int descriptor);

/// No core dumps from now on, and no other process of the same user may look into this one (its files under /proc
/// belong to root, a debugger is refused). Children must ask for themselves. 0, or -1 when the system refused.
int process_harden(void);

/// Makes all that was written to the file system of an open file durable. 0, or -1 with errno.
int process_sync_file_system(int descriptor);

/// Gives the lock up now. Closing alone does so only when no child that is just being started still shares the file.
void process_unlock_file(int descriptor);

/// 1 when another open file holds the lock, 0 when none does, -1 when it cannot be told. Takes nothing.
int process_file_is_locked(int descriptor);

#endif
