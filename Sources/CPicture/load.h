#ifndef PORTALDESK_CPICTURE_LOAD_H
#define PORTALDESK_CPICTURE_LOAD_H

#include <stddef.h>

/// What both decoders are asked, and what they tell.
struct cpicture {
    const unsigned char *bytes;
    size_t count;
    unsigned char *pixels;
    size_t most_pixels;
    int width, height;
};

int cpicture_png(struct cpicture *picture);
int cpicture_jpeg(struct cpicture *picture);

/// Whether so many pixels fit.
static inline int cpicture_fits(const struct cpicture *picture, size_t width, size_t height) {
    return width > 0 && height > 0 && width <= 8192 && height <= 8192 && width * height <= picture->most_pixels;
}

#endif
