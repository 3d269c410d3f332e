// Foundation's own networking stands in the program because the sandbox's server library offers a proxy handler built
// on it. Nothing here uses that handler, yet the reference alone would load libcurl and 35 libraries behind it at every
// start, before the first paint. These stand-ins satisfy the reference: Foundation's networking then fails politely,
// and our own, which loads libcurl at the first request, is not touched. Hidden, or they would take the place of the
// real functions inside the libcurl that is loaded later.
#include <stddef.h>

#define HIDDEN __attribute__((visibility("hidden")))
#define ABSENT_POINTER(name) HIDDEN void *name(void); HIDDEN void *name(void) { return NULL; }
// CURLE_FAILED_INIT; as a CURLMcode and a CURLUcode it is an error too.
#define ABSENT_CODE(name) HIDDEN int name(void); HIDDEN int name(void) { return 2; }
#define ABSENT_TEXT(name) HIDDEN const char *name(void); HIDDEN const char *name(void) { return "libcurl is not loaded"; }
#define ABSENT_NOTHING(name) HIDDEN void name(void); HIDDEN void name(void) {}

ABSENT_POINTER(curl_easy_init)
ABSENT_POINTER(curl_multi_init)
ABSENT_POINTER(curl_multi_info_read)
ABSENT_POINTER(curl_slist_append)
ABSENT_POINTER(curl_url)
ABSENT_POINTER(curl_version_info)
ABSENT_CODE(curl_easy_getinfo)
ABSENT_CODE(curl_easy_pause)
ABSENT_CODE(curl_easy_setopt)
ABSENT_CODE(curl_global_init)
ABSENT_CODE(curl_multi_add_handle)
ABSENT_CODE(curl_multi_assign)
ABSENT_CODE(curl_multi_cleanup)
ABSENT_CODE(curl_multi_remove_handle)
ABSENT_CODE(curl_multi_setopt)
ABSENT_CODE(curl_multi_socket_action)
ABSENT_CODE(curl_url_get)
ABSENT_CODE(curl_url_set)
ABSENT_TEXT(curl_easy_strerror)
ABSENT_TEXT(curl_version)
ABSENT_NOTHING(curl_easy_cleanup)
ABSENT_NOTHING(curl_free)
ABSENT_NOTHING(curl_slist_free_all)
