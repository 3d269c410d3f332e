/// libcurl without linking it: the library is loaded at the first request, so that a program which only shows local
/// data never pays for it (libcurl and its TLS library cost several milliseconds of start-up).
///
/// Variadic functions are offered once per C argument type, because Swift imports no variadics and because a wrong
/// width (long against curl_off_t) must be a compile error.
#ifndef PORTALDESK_CCURL_H
#define PORTALDESK_CCURL_H

#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

/// Loads libcurl once; later calls return the first result. 0 when it is ready, -1 when it cannot be loaded.
/// Safe from any thread.
int ccurl_load(void);
/// Why `ccurl_load` failed: one line for people. Valid for the life of the program.
const char *ccurl_load_problem(void);
/// Version text of the loaded library, such as "libcurl/7.88.1 GnuTLS/3.7.9". Only after a successful load.
const char *ccurl_version(void);

typedef size_t (*ccurl_data_callback)(char *bytes, size_t size, size_t count, void *context);
typedef int (*ccurl_prereq_callback)(void *context, char *remote, char *local, int remote_port, int local_port);

CURL *ccurl_easy_init(void);
void ccurl_easy_reset(CURL *easy);
void ccurl_easy_cleanup(CURL *easy);
const char *ccurl_easy_strerror(CURLcode code);
CURLcode ccurl_set_long(CURL *easy, CURLoption option, long value);
CURLcode ccurl_set_offset(CURL *easy, CURLoption option, curl_off_t value);
CURLcode ccurl_set_text(CURL *easy, CURLoption option, const char *value);
CURLcode ccurl_set_pointer(CURL *easy, CURLoption option, void *value);
CURLcode ccurl_set_list(CURL *easy, CURLoption option, struct curl_slist *value);
CURLcode ccurl_set_data_callback(CURL *easy, CURLoption option, ccurl_data_callback value);
CURLcode ccurl_set_prereq_callback(CURL *easy, ccurl_prereq_callback value);
CURLcode ccurl_get_long(CURL *easy, CURLINFO info, long *value);
CURLcode ccurl_get_offset(CURL *easy, CURLINFO info, curl_off_t *value);

/// Appends; NULL when memory ran out (the old list is then still valid).
struct curl_slist *ccurl_list_append(struct curl_slist *list, const char *text);
void ccurl_list_free(struct curl_slist *list);

CURLM *ccurl_multi_init(void);
CURLMcode ccurl_multi_cleanup(CURLM *multi);
CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value);
CURLMcode ccurl_multi_add(CURLM *multi, CURL *easy);
CURLMcode ccurl_multi_remove(CURLM *multi, CURL *easy);
CURLMcode ccurl_multi_perform(CURLM *multi, int *running);
CURLMcode ccurl_multi_poll(CURLM *multi, int timeout_ms);
/// The only function here that may be called while another thread uses `multi`.
CURLMcode ccurl_multi_wakeup(CURLM *multi);
/// One finished transfer: its handle, and its result in `code`; NULL when none is left.
CURL *ccurl_multi_next_done(CURLM *multi, CURLcode *code);

/// A cookie jar shared by the transfers of one session; one thread only, so it takes no locks.
CURLSH *ccurl_jar_init(void);
void ccurl_jar_cleanup(CURLSH *jar);

#endif
