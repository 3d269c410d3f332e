#include "CPicture.h"
#include "load.h"

#include <string.h>

static int begins(const unsigned char *bytes, size_t count, const char *mark, size_t length) {
    return count > length && memcmp(bytes, mark, length) == 0;
}

int cpicture_decode(const unsigned char *bytes, size_t count, unsigned char *pixels, size_t most_pixels, int *width,
                    int *height) {
    struct cpicture picture = {bytes, count, pixels, most_pixels, 0, 0};
    int code = CPICTURE_UNKNOWN;
    if (begins(bytes, count, "\x89PNG\r\n\x1a\n", 8)) code = cpicture_png(&picture);
    else if (begins(bytes, count, "\xff\xd8\xff", 3)) code = cpicture_jpeg(&picture);
    *width = picture.width;
    *height = picture.height;
    return code;
}
