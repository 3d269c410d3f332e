#ifndef CPROCESS_TERMINAL_H
#define CPROCESS_TERMINAL_H

#include <sys/types.h>

/// Makes a pseudo-terminal of this size and starts a program on it, in a session of its own that the terminal
/// controls. `*master` becomes the other end: not blocking, closed on exec. Returns 0 or an errno value.
int process_spawn_on_terminal(
    const char *executable, char *const arguments[], char *const environment[], unsigned short rows,
    unsigned short columns, int *master, pid_t *child);

#endif
