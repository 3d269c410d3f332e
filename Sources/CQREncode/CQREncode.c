#define _DEFAULT_SOURCE
#include "CQREncode.h"

#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <qrencode.h>
#include <string.h>

static QRcode *(*encode_data)(int, const unsigned char *, int, QRecLevel);
static void (*release)(QRcode *);
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
    void *library = dlopen("libqrencode.so.4", RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) return;
    *(void **)&encode_data = dlsym(library, "QRcode_encodeData");
    *(void **)&release = dlsym(library, "QRcode_free");
}

int cqr_encode(const unsigned char *bytes, size_t count, int level, unsigned char *modules) {
    pthread_once(&once, load);
    if (encode_data == NULL || release == NULL) return CQR_ABSENT;
    if (count == 0 || level < QR_ECLEVEL_L || level > QR_ECLEVEL_H) return CQR_FAILED;
    if (count > INT_MAX) return CQR_TOO_LONG;
    // Version 0 is the smallest that holds the bytes.
    QRcode *code = encode_data((int)count, bytes, 0, (QRecLevel)level);
    if (code == NULL) return errno == ERANGE ? CQR_TOO_LONG : CQR_FAILED;
    int side = code->width <= CQR_MOST_SIDE ? code->width : CQR_FAILED;
    for (int i = 0; side > 0 && i < side * side; i++) modules[i] = code->data[i] & 1;
    // The picture may be of a secret; what the library kept while it worked is out of reach.
    explicit_bzero(code->data, (size_t)code->width * (size_t)code->width);
    release(code);
    return side;
}
