// Swift's Glibc module hides pidfd_open and POSIX_SPAWN_SETSID.
#define _GNU_SOURCE
#include "ProcessPipe.h"
#include "FreshSession.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <unistd.h>

extern char **environ;

static int spawn(
    const char *executable, char *const arguments[], const int input[2], const int errors[2], pid_t *child) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&actions);
    fresh_session(&attributes);
    posix_spawn_file_actions_adddup2(&actions, input[0], 0);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, errors[1], 2);
    posix_spawn_file_actions_addclosefrom_np(&actions, 3);
    int code = posix_spawn(child, executable, &actions, &attributes, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return code;
}

int process_spawn_piped(const char *executable, char *const arguments[], struct process_pipes *pipes) {
    int input[2];
    int errors[2];
    if (pipe2(input, O_CLOEXEC) != 0) {
        return errno;
    }
    if (pipe2(errors, O_CLOEXEC) != 0) {
        int code = errno;
        close(input[0]);
        close(input[1]);
        return code;
    }
    int code = spawn(executable, arguments, input, errors, &pipes->child);
    close(input[0]);
    close(errors[1]);
    if (code != 0) {
        close(input[1]);
        close(errors[0]);
        return code;
    }
    // By number: the C library of older systems has no name for it.
    pipes->ended = (int)syscall(SYS_pidfd_open, pipes->child, 0);
    if (pipes->ended >= 0) {
        fcntl(pipes->ended, F_SETFD, FD_CLOEXEC);
    }
    fcntl(input[1], F_SETFL, O_NONBLOCK);
    fcntl(errors[0], F_SETFL, O_NONBLOCK);
    pipes->input = input[1];
    pipes->errors = errors[0];
    return 0;
}
