/// libpng and libjpeg without linking them: each is loaded at the first picture of its kind, so that no start pays for it.
#ifndef PORTALDESK_CPICTURE_H
#define PORTALDESK_CPICTURE_H

#include <stddef.h>

enum {
    CPICTURE_ABSENT = -1,    ///< the library is not installed
    CPICTURE_UNKNOWN = -2,   ///< neither PNG nor JPEG
    CPICTURE_TOO_LARGE = -3, ///< more pixels than the caller has room for
    CPICTURE_DAMAGED = -4,   ///< it does not decode, or no memory
};

/// Decodes a PNG or JPEG into three bytes a pixel (red, green, blue), row by row; what is transparent becomes white.
/// Its size is looked at before anything of it is decoded. Safe from any thread.
///
/// @param pixels  room for 3 * most_pixels bytes
/// @param width   takes the columns, height the rows
/// @return 0, or one of the errors above
int cpicture_decode(const unsigned char *bytes, size_t count, unsigned char *pixels, size_t most_pixels, int *width,
                    int *height);

/// Encodes grey pixels, one byte each, row by row, as a PNG. Safe from any thread.
///
/// @param count  the room in `bytes`; takes how many were written
/// @return 0, CPICTURE_ABSENT, or CPICTURE_TOO_LARGE when it needs more room
int cpicture_encode_gray(const unsigned char *pixels, int width, int height, unsigned char *bytes, size_t *count);

#endif
