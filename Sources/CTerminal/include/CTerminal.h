#ifndef CTERMINAL_H
#define CTERMINAL_H

#include <stdint.h>

/// Columns of a code point as this system's C library counts them in a UTF-8 locale, whatever locale the process has
/// chosen: 0, 1, 2, or -1 for what cannot be drawn. Safe from any thread.
int terminal_scalar_width(uint32_t scalar);

/// Remembers how the terminal on `fd` is set now and restores it when the process crashes (SEGV, BUS, ILL, FPE, ABRT,
/// TRAP, SYS): private modes off, alternate screen left, one plain line written, then the default action of the
/// signal. To be called once, before curses starts, from the thread that owns the terminal. 0, or -1 when `fd` is no
/// terminal.
int terminal_guard_install(int fd);

/// While armed a crash restores the screen; otherwise it only dies of its signal.
void terminal_guard_arm(int armed);

/// The bytes that undo every mode this program turns on, for leaving in an orderly way as well.
const char *terminal_restore_bytes(void);

/// A file in memory that no other program sees; -1 when the system has none.
int terminal_memory_file(void);

/// Makes `descriptor` stand for what `target` stands for, until it is redirected again. 0, or -1.
int terminal_redirect(int descriptor, int target);

#endif
