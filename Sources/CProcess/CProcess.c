// Swift's Glibc module hides the GNU parts that this needs: POSIX_SPAWN_SETSID, pipe2, prctl.
#define _GNU_SOURCE
#include "CProcess.h"
#include "FreshSession.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

extern char **environ;

int process_spawn_detached(
    const char *executable, char *const arguments[], const char *output, int input, int *ready, pid_t *child) {
    int ends[2] = {-1, -1};
    if (ready != NULL && pipe2(ends, O_CLOEXEC) != 0) {
        return errno;
    }
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&actions);
    fresh_session(&attributes);
    if (input >= 0) {
        posix_spawn_file_actions_adddup2(&actions, input, 0);
    } else {
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    }
    posix_spawn_file_actions_addopen(&actions, 2, output, O_WRONLY | O_CREAT | O_APPEND, 0600);
    posix_spawn_file_actions_adddup2(&actions, ready != NULL ? ends[1] : 2, 1);
    // A library's descriptor without the close-on-exec flag, a lock above all, must not live on in the child.
    posix_spawn_file_actions_addclosefrom_np(&actions, 3);

    int code = posix_spawn(child, executable, &actions, &attributes, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    if (ready != NULL) {
        close(ends[1]);
        if (code == 0) {
            *ready = ends[0];
        } else {
            close(ends[0]);
        }
    }
    return code;
}

static struct flock whole_file(void) {
    struct flock range;
    memset(&range, 0, sizeof range);
    range.l_type = F_WRLCK;
    range.l_whence = SEEK_SET;
    return range;
}

int process_lock_file(int descriptor) {
    struct flock range = whole_file();
    return fcntl(descriptor, F_OFD_SETLK, &range) == 0 ? 0 : errno;
}

int process_harden(void) {
    struct rlimit none = {0, 0};
    int core = setrlimit(RLIMIT_CORE, &none);
    int dump = prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    return core == 0 && dump == 0 ? 0 : -1;
}

void process_unlock_file(int descriptor) {
    struct flock range = whole_file();
    range.l_type = F_UNLCK;
    fcntl(descriptor, F_OFD_SETLK, &range);
}

int process_file_is_locked(int descriptor) {
    struct flock range = whole_file();
    if (fcntl(descriptor, F_OFD_GETLK, &range) != 0) {
        return -1;
    }
    return range.l_type == F_UNLCK ? 0 : 1;
}

int process_sync_file_system(int descriptor) { return syncfs(descriptor); }
