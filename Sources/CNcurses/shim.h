// The wide API is hidden without this define; pkg-config's own flags cannot pass through a module map.
#define NCURSES_WIDECHAR 1
#include <ncurses.h>

// Globals of C are refused by Swift's concurrency checks; the one owner of the screen reads them through these.
static inline WINDOW *curses_standard_window(void) { return stdscr; }
static inline int curses_colours(void) { return COLORS; }
static inline int curses_pairs(void) { return COLOR_PAIRS; }

// A screen that writes to a descriptor of its own. The stream must outlive the screen, so it is kept open.
static inline SCREEN *curses_open(const char *term, int output) {
    FILE *stream = fdopen(output, "w");
    return stream == NULL ? NULL : newterm(term, stream, stdin);
}

// A screen without a terminal, for tests.
static inline SCREEN *curses_open_on(const char *term, const char *path) {
    FILE *stream = fopen(path, "r+");
    return stream == NULL ? NULL : newterm(term, stream, stream);
}

// Macros with casts or shifts do not reach Swift.
static const attr_t curses_bold = A_BOLD;
static const attr_t curses_underline = A_UNDERLINE;
static const attr_t curses_reverse = A_REVERSE;
static const attr_t curses_dim = A_DIM;
static const attr_t curses_italic = A_ITALIC;

static const mmask_t curses_mouse_wanted =
    BUTTON1_PRESSED | BUTTON1_RELEASED | BUTTON2_PRESSED | BUTTON3_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED |
    BUTTON_SHIFT | BUTTON_CTRL | BUTTON_ALT;
static const mmask_t curses_left_pressed = BUTTON1_PRESSED;
static const mmask_t curses_left_released = BUTTON1_RELEASED;
static const mmask_t curses_middle_pressed = BUTTON2_PRESSED;
static const mmask_t curses_right_pressed = BUTTON3_PRESSED;
static const mmask_t curses_wheel_up = BUTTON4_PRESSED;
static const mmask_t curses_wheel_down = BUTTON5_PRESSED;
static const mmask_t curses_with_shift = BUTTON_SHIFT;
static const mmask_t curses_with_control = BUTTON_CTRL;
static const mmask_t curses_with_alt = BUTTON_ALT;

// COLOR_PAIR packs eight bits only, so pairs above 255 need the extended argument.
static inline int curses_set_cell(cchar_t *cell, const wchar_t *text, attr_t attributes, int pair) {
    return setcchar(cell, text, attributes, 0, &pair);
}

// Whether what stood on the terminal before comes back when curses leaves it.
static inline bool curses_has_own_screen(void) {
    const char *rmcup = tigetstr("rmcup");
    return rmcup != NULL && rmcup != (const char *)-1;
}

// cup is NULL on a terminal without cursor addressing, -1 when the name is no string capability.
static inline bool curses_can_position(void) {
    const char *cup = tigetstr("cup");
    return cup != NULL && cup != (const char *)-1;
}
