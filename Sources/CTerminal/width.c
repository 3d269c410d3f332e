#define _GNU_SOURCE
#include "CTerminal.h"

#include <locale.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <wchar.h>

// ncurses asks the C library for widths, so the only table that cannot disagree with it is the library's own.
// It is read page by page under a private UTF-8 locale and kept, since switching locales for each letter is slow.

enum { PAGE = 256, PAGES = 0x110000 / PAGE };

static _Atomic(int8_t *) pages[PAGES];
static pthread_once_t once = PTHREAD_ONCE_INIT;
static locale_t utf8;

static void open_locale(void) { utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0); }

static int8_t *fill(uint32_t index) {
    pthread_once(&once, open_locale);
    int8_t *page = malloc(PAGE);
    if (page == NULL) {
        return NULL;
    }
    locale_t previous = utf8 == (locale_t)0 ? (locale_t)0 : uselocale(utf8);
    for (int i = 0; i < PAGE; i++) {
        page[i] = (int8_t)wcwidth((wchar_t)(index * PAGE + (uint32_t)i));
    }
    if (previous != (locale_t)0) {
        uselocale(previous);
    }
    int8_t *expected = NULL;
    if (!atomic_compare_exchange_strong(&pages[index], &expected, page)) {
        free(page);
        return expected;
    }
    return page;
}

int terminal_scalar_width(uint32_t scalar) {
    if (scalar >= 0x110000) {
        return -1;
    }
    uint32_t index = scalar / PAGE;
    int8_t *page = atomic_load_explicit(&pages[index], memory_order_acquire);
    if (page == NULL) {
        page = fill(index);
    }
    return page == NULL ? -1 : page[scalar % PAGE];
}
