// Swift's Glibc module hides the GNU parts that this needs: POSIX_SPAWN_SETSID and ptsname_r.
#define _GNU_SOURCE
#include "ProcessTerminal.h"
#include "FreshSession.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

static int spawn(
    const char *terminal, const char *executable, char *const arguments[], char *const environment[], pid_t *child) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&actions);
    fresh_session(&attributes);
    // The leader of a new session that opens a terminal gets it as its controlling terminal.
    posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0);
    posix_spawn_file_actions_adddup2(&actions, 0, 1);
    posix_spawn_file_actions_adddup2(&actions, 0, 2);
    int code = posix_spawn(child, executable, &actions, &attributes, arguments, environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return code;
}

int process_spawn_on_terminal(
    const char *executable, char *const arguments[], char *const environment[], unsigned short rows,
    unsigned short columns, int *master, pid_t *child) {
    int end = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
    if (end < 0) {
        return errno;
    }
    char name[64];
    struct winsize size = {.ws_row = rows, .ws_col = columns};
    int code = 0;
    if (grantpt(end) != 0 || unlockpt(end) != 0 || ioctl(end, TIOCSWINSZ, &size) != 0) {
        code = errno;
    } else {
        code = ptsname_r(end, name, sizeof name);
    }
    if (code == 0) {
        code = spawn(name, executable, arguments, environment, child);
    }
    if (code != 0) {
        close(end);
        return code;
    }
    *master = end;
    return 0;
}
