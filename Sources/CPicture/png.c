#define _DEFAULT_SOURCE
#include "CPicture.h"
#include "load.h"

#include <dlfcn.h>
#include <png.h>
#include <pthread.h>
#include <string.h>

static int (*begin)(png_imagep, png_const_voidp, size_t);
static int (*finish)(png_imagep, png_const_colorp, void *, png_int_32, void *);
static void (*release)(png_imagep);
static int (*write_png)(png_imagep, void *, png_alloc_size_t *, int, const void *, png_int_32, const void *);
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
    void *library = dlopen("libpng16.so.16", RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) return;
    *(void **)&begin = dlsym(library, "png_image_begin_read_from_memory");
    *(void **)&finish = dlsym(library, "png_image_finish_read");
    *(void **)&release = dlsym(library, "png_image_free");
    *(void **)&write_png = dlsym(library, "png_image_write_to_memory");
}

int cpicture_png(struct cpicture *picture) {
    pthread_once(&once, load);
    if (begin == NULL || finish == NULL || release == NULL) return CPICTURE_ABSENT;
    png_image image;
    memset(&image, 0, sizeof image);
    image.version = PNG_IMAGE_VERSION;
    if (!begin(&image, picture->bytes, picture->count)) return CPICTURE_DAMAGED;
    if (!cpicture_fits(picture, image.width, image.height)) {
        release(&image);
        return CPICTURE_TOO_LARGE;
    }
    image.format = PNG_FORMAT_RGB;
    const png_color white = {255, 255, 255};
    // On an error the library frees what it holds by itself.
    if (!finish(&image, &white, picture->pixels, (png_int_32)image.width * 3, NULL)) return CPICTURE_DAMAGED;
    picture->width = (int)image.width;
    picture->height = (int)image.height;
    return 0;
}

int cpicture_encode_gray(const unsigned char *pixels, int width, int height, unsigned char *bytes, size_t *count) {
    pthread_once(&once, load);
    if (write_png == NULL) return CPICTURE_ABSENT;
    png_image image;
    memset(&image, 0, sizeof image);
    image.version = PNG_IMAGE_VERSION;
    image.width = (png_uint_32)width;
    image.height = (png_uint_32)height;
    image.format = PNG_FORMAT_GRAY;
    png_alloc_size_t room = *count;
    if (!write_png(&image, bytes, &room, 0, pixels, width, NULL)) return CPICTURE_TOO_LARGE;
    *count = room;
    return 0;
}
