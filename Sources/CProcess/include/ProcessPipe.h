#ifndef PROCESSPIPE_H
#define PROCESSPIPE_H

#include <sys/types.h>

/// A running program and our ends of its pipes, which do not block. The caller closes them.
struct process_pipes {
    pid_t child;
    /// Its standard input.
    int input;
    /// Its standard error.
    int errors;
    /// Becomes readable when the program has ended; -1 where the kernel knows no such thing.
    int ended;
};

/// Starts a program in a session of its own, standard output closed off, signals as a fresh program expects them.
/// Returns 0 or an errno value; then nothing is left open.
int process_spawn_piped(const char *executable, char *const arguments[], struct process_pipes *pipes);

#endif
