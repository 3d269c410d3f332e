#include "CCurl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

static CURLcode (*global_init)(long);
static char *(*version)(void);
static CURL *(*easy_init)(void);
static void (*easy_reset)(CURL *);
static void (*easy_cleanup)(CURL *);
static const char *(*easy_strerror)(CURLcode);
static CURLcode (*easy_setopt)(CURL *, CURLoption, ...);
static CURLcode (*easy_getinfo)(CURL *, CURLINFO, ...);
static struct curl_slist *(*slist_append)(struct curl_slist *, const char *);
static void (*slist_free_all)(struct curl_slist *);
static CURLM *(*multi_init)(void);
static CURLMcode (*multi_cleanup)(CURLM *);
static CURLMcode (*multi_setopt)(CURLM *, CURLMoption, ...);
static CURLMcode (*multi_add_handle)(CURLM *, CURL *);
static CURLMcode (*multi_remove_handle)(CURLM *, CURL *);
static CURLMcode (*multi_perform)(CURLM *, int *);
static CURLMcode (*multi_poll)(CURLM *, struct curl_waitfd[], unsigned int, int, int *);
static CURLMcode (*multi_wakeup)(CURLM *);
static CURLMsg *(*multi_info_read)(CURLM *, int *);
static CURLSH *(*share_init)(void);
static CURLSHcode (*share_setopt)(CURLSH *, CURLSHoption, ...);
static CURLSHcode (*share_cleanup)(CURLSH *);

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int load_result = -1;
static char problem[300] = "";

static const struct {
    const char *name;
    void **place;
} symbols[] = {
    {"curl_global_init", (void **)&global_init},
    {"curl_version", (void **)&version},
    {"curl_easy_init", (void **)&easy_init},
    {"curl_easy_reset", (void **)&easy_reset},
    {"curl_easy_cleanup", (void **)&easy_cleanup},
    {"curl_easy_strerror", (void **)&easy_strerror},
    {"curl_easy_setopt", (void **)&easy_setopt},
    {"curl_easy_getinfo", (void **)&easy_getinfo},
    {"curl_slist_append", (void **)&slist_append},
    {"curl_slist_free_all", (void **)&slist_free_all},
    {"curl_multi_init", (void **)&multi_init},
    {"curl_multi_cleanup", (void **)&multi_cleanup},
    {"curl_multi_setopt", (void **)&multi_setopt},
    {"curl_multi_add_handle", (void **)&multi_add_handle},
    {"curl_multi_remove_handle", (void **)&multi_remove_handle},
    {"curl_multi_perform", (void **)&multi_perform},
    {"curl_multi_poll", (void **)&multi_poll},
    {"curl_multi_wakeup", (void **)&multi_wakeup},
    {"curl_multi_info_read", (void **)&multi_info_read},
    {"curl_share_init", (void **)&share_init},
    {"curl_share_setopt", (void **)&share_setopt},
    {"curl_share_cleanup", (void **)&share_cleanup},
};

static void load(void) {
    void *library = dlopen("libcurl-gnutls.so.4", RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        snprintf(problem, sizeof problem, "libcurl is not installed: apt-get install libcurl3-gnutls");
        return;
    }
    for (size_t i = 0; i < sizeof symbols / sizeof symbols[0]; i++) {
        *symbols[i].place = dlsym(library, symbols[i].name);
        if (*symbols[i].place == NULL) {
            snprintf(problem, sizeof problem, "this libcurl is too old (it lacks %s): version 7.87 or newer is needed",
                     symbols[i].name);
            return;
        }
    }
    if (global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        snprintf(problem, sizeof problem, "libcurl could not be started: its TLS library refused");
        return;
    }
    load_result = 0;
}

int ccurl_load(void) {
    pthread_once(&once, load);
    return load_result;
}

const char *ccurl_load_problem(void) { return problem; }
const char *ccurl_version(void) { return version(); }

CURL *ccurl_easy_init(void) { return easy_init(); }
void ccurl_easy_reset(CURL *easy) { easy_reset(easy); }
void ccurl_easy_cleanup(CURL *easy) { easy_cleanup(easy); }
const char *ccurl_easy_strerror(CURLcode code) { return easy_strerror(code); }

CURLcode ccurl_set_long(CURL *easy, CURLoption option, long value) { return easy_setopt(easy, option, value); }
CURLcode ccurl_set_offset(CURL *easy, CURLoption option, curl_off_t value) { return easy_setopt(easy, option, value); }
CURLcode ccurl_set_text(CURL *easy, CURLoption option, const char *value) { return easy_setopt(easy, option, value); }
CURLcode ccurl_set_pointer(CURL *easy, CURLoption option, void *value) { return easy_setopt(easy, option, value); }

CURLcode ccurl_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
    return easy_setopt(easy, option, value);
}

CURLcode ccurl_set_data_callback(CURL *easy, CURLoption option, ccurl_data_callback value) {
    return easy_setopt(easy, option, value);
}

CURLcode ccurl_set_prereq_callback(CURL *easy, ccurl_prereq_callback value) {
    return easy_setopt(easy, CURLOPT_PREREQFUNCTION, value);
}

CURLcode ccurl_get_long(CURL *easy, CURLINFO info, long *value) { return easy_getinfo(easy, info, value); }
CURLcode ccurl_get_offset(CURL *easy, CURLINFO info, curl_off_t *value) { return easy_getinfo(easy, info, value); }

struct curl_slist *ccurl_list_append(struct curl_slist *list, const char *text) { return slist_append(list, text); }
void ccurl_list_free(struct curl_slist *list) { slist_free_all(list); }

CURLM *ccurl_multi_init(void) { return multi_init(); }
CURLMcode ccurl_multi_cleanup(CURLM *multi) { return multi_cleanup(multi); }

CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return multi_setopt(multi, option, value);
}

CURLMcode ccurl_multi_add(CURLM *multi, CURL *easy) { return multi_add_handle(multi, easy); }
CURLMcode ccurl_multi_remove(CURLM *multi, CURL *easy) { return multi_remove_handle(multi, easy); }
CURLMcode ccurl_multi_perform(CURLM *multi, int *running) { return multi_perform(multi, running); }
CURLMcode ccurl_multi_poll(CURLM *multi, int timeout_ms) { return multi_poll(multi, NULL, 0, timeout_ms, NULL); }
CURLMcode ccurl_multi_wakeup(CURLM *multi) { return multi_wakeup(multi); }

CURL *ccurl_multi_next_done(CURLM *multi, CURLcode *code) {
    int left = 0;
    CURLMsg *message;
    while ((message = multi_info_read(multi, &left)) != NULL) {
        if (message->msg != CURLMSG_DONE) continue;
        *code = message->data.result;
        return message->easy_handle;
    }
    return NULL;
}

CURLSH *ccurl_jar_init(void) {
    CURLSH *jar = share_init();
    if (jar != NULL) share_setopt(jar, CURLSHOPT_SHARE, CURL_LOCK_DATA_COOKIE);
    return jar;
}

void ccurl_jar_cleanup(CURLSH *jar) { share_cleanup(jar); }
