#ifndef CPROCESS_H
#define CPROCESS_H

#include <sys/types.h>

#include "ProcessTerminal.h"

/// Starts a program in a session of its own, standard input closed off, signals as a fresh program expects them.
/// `output` gets standard error, and standard output too unless `ready` is given: then `*ready` becomes the reading
/// end of a pipe from its standard output. Returns 0 or an errno value; `*child` is the process id.
int process_spawn_detached(
    const char *executable, char *const arguments[], const char *output, int *ready, pid_t *child);

#endif
