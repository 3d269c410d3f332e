#ifndef CTERMINAL_H
#define CTERMINAL_H

#include <stdint.h>

/// Columns of a code point as this system's C library counts them in a UTF-8 locale, whatever locale the process has
/// chosen: 0, 1, 2, or -1 for what cannot be drawn. Safe from any thread.
int terminal_scalar_width(uint32_t scalar);

#endif
