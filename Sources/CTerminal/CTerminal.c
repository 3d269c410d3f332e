#include "CTerminal.h"
int terminal_placeholder(void){return 0;}
