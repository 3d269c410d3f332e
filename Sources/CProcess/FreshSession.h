#ifndef FRESH_SESSION_H
#define FRESH_SESSION_H

#include <signal.h>
#include <spawn.h>

/// A session of its own, and signals as a fresh program expects them: the desk blocks and ignores some, and a child
/// must not inherit that. For files that define _GNU_SOURCE.
static inline void fresh_session(posix_spawnattr_t *attributes) {
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_init(attributes);
    posix_spawnattr_setsigmask(attributes, &none);
    posix_spawnattr_setsigdefault(attributes, &all);
    posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

#endif
