#define _DEFAULT_SOURCE
#include "CPicture.h"
#include "load.h"

#include <dlfcn.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>

static struct jpeg_error_mgr *(*std_error)(struct jpeg_error_mgr *);
static void (*create)(j_decompress_ptr, int, size_t);
static void (*memory_source)(j_decompress_ptr, const unsigned char *, unsigned long);
static int (*read_header)(j_decompress_ptr, boolean);
static boolean (*start)(j_decompress_ptr);
static JDIMENSION (*read_rows)(j_decompress_ptr, JSAMPARRAY, JDIMENSION);
static void (*destroy)(j_decompress_ptr);
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
    void *library = dlopen("libjpeg.so.62", RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) return;
    *(void **)&std_error = dlsym(library, "jpeg_std_error");
    *(void **)&create = dlsym(library, "jpeg_CreateDecompress");
    *(void **)&memory_source = dlsym(library, "jpeg_mem_src");
    *(void **)&read_header = dlsym(library, "jpeg_read_header");
    *(void **)&start = dlsym(library, "jpeg_start_decompress");
    *(void **)&read_rows = dlsym(library, "jpeg_read_scanlines");
    *(void **)&destroy = dlsym(library, "jpeg_destroy_decompress");
}

struct failure {
    struct jpeg_error_mgr manager;
    jmp_buf back;
};

/// The library's own would end the process.
static void fail(j_common_ptr info) { longjmp(((struct failure *)info->err)->back, 1); }

/// A warning is a picture that was cut or damaged and is filled up with grey: a person could not read it rightly.
static void warn(j_common_ptr info, int level) {
    if (level < 0) fail(info);
}

static void say_nothing(j_common_ptr info) { (void)info; }

/// Kept apart from `setjmp`, so that no local of the caller is in doubt after a jump.
static int decode(struct cpicture *picture, j_decompress_ptr info) {
    memory_source(info, picture->bytes, (unsigned long)picture->count);
    if (read_header(info, TRUE) != JPEG_HEADER_OK) return CPICTURE_DAMAGED;
    if (!cpicture_fits(picture, info->image_width, info->image_height)) return CPICTURE_TOO_LARGE;
    info->out_color_space = JCS_RGB;
    if (!start(info)) return CPICTURE_DAMAGED;
    if (info->output_components != 3 || !cpicture_fits(picture, info->output_width, info->output_height))
        return CPICTURE_DAMAGED;
    while (info->output_scanline < info->output_height) {
        JSAMPROW row = picture->pixels + (size_t)info->output_scanline * info->output_width * 3;
        if (read_rows(info, &row, 1) != 1) return CPICTURE_DAMAGED;
    }
    picture->width = (int)info->output_width;
    picture->height = (int)info->output_height;
    return 0;
}

int cpicture_jpeg(struct cpicture *picture) {
    pthread_once(&once, load);
    if (!std_error || !create || !memory_source || !read_header || !start || !read_rows || !destroy)
        return CPICTURE_ABSENT;
    struct jpeg_decompress_struct info;
    struct failure failure;
    info.err = std_error(&failure.manager);
    failure.manager.error_exit = fail;
    failure.manager.emit_message = warn;
    failure.manager.output_message = say_nothing;
    int code = CPICTURE_DAMAGED;
    if (setjmp(failure.back) == 0) {
        create(&info, JPEG_LIB_VERSION, sizeof info);
        code = decode(picture, &info);
    } else {
        code = CPICTURE_DAMAGED;
    }
    destroy(&info);
    return code;
}
