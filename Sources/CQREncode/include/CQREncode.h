/// libqrencode without linking it: the library is loaded at the first QR code, so that no start pays for it.
#ifndef PORTALDESK_CQRENCODE_H
#define PORTALDESK_CQRENCODE_H

#include <stddef.h>

/// Most modules a side that a QR code can have (version 40).
#define CQR_MOST_SIDE 177

enum {
    CQR_ABSENT = -1,   ///< the library is not installed
    CQR_TOO_LONG = -2, ///< the bytes do not fit the largest code of this level
    CQR_FAILED = -3,   ///< no memory, or arguments out of range
};

/// Encodes bytes as one QR code of the smallest version that holds them. Safe from any thread.
///
/// @param level   0 to 3 for L, M, Q, H
/// @param modules takes side * side bytes row by row, 1 for a dark module; room for CQR_MOST_SIDE squared
/// @return the modules a side, or one of the errors above
int cqr_encode(const unsigned char *bytes, size_t count, int level, unsigned char *modules);

#endif
