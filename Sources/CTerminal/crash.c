#define _GNU_SOURCE
#include "CTerminal.h"

#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

// A Swift trap or a stack overflow would leave the alternate screen, raw mode, mouse and paste reports on.
// Everything here is async-signal-safe: write, tcsetattr, sigaction, raise.

// End of synchronized output, paste and focus reports off, mouse off, attributes reset, cursor on, keypad off,
// alternate screen left.
#define RESTORE                                                                                                        \
    "\033[?2026l\033[?2004l\033[?1004l\033[?1006l\033[?1003l\033[?1002l\033[?1000l"                                    \
    "\033[0m\033[?25h\033[?1l\033>\033[?1049l"

static const char restore[] = RESTORE;
static const char crash[] = RESTORE "\r\nPortalDesk crashed; the terminal was restored. Start it again to go "
                                    "on.\r\n";

static const int signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS};

static struct termios saved;
static int guarded_fd = -1;
static volatile sig_atomic_t is_armed;
static char handler_stack[32768];

static void on_crash(int number) {
    if (is_armed) {
        is_armed = 0;
        ssize_t ignored = write(guarded_fd, crash, sizeof crash - 1);
        (void)ignored;
        tcsetattr(guarded_fd, TCSANOW, &saved);
    }
    signal(number, SIG_DFL);
    sigset_t only;
    sigemptyset(&only);
    sigaddset(&only, number);
    pthread_sigmask(SIG_UNBLOCK, &only, NULL);
    raise(number);
}

int terminal_guard_install(int fd) {
    if (tcgetattr(fd, &saved) != 0) {
        return -1;
    }
    guarded_fd = fd;
    // A stack overflow leaves no room for a handler on the stack itself.
    stack_t stack = {.ss_sp = handler_stack, .ss_size = sizeof handler_stack, .ss_flags = 0};
    sigaltstack(&stack, NULL);
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_crash;
    action.sa_flags = SA_ONSTACK | SA_NODEFER;
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        sigaction(signals[i], &action, NULL);
    }
    return 0;
}

void terminal_guard_arm(int armed) { is_armed = armed; }

const char *terminal_restore_bytes(void) { return restore; }
