/* python.exe, and with -DWINDOW pythonw.exe: all else is in the library. */
#include <windows.h>

typedef int (*Main)(int, wchar_t **);

static int start(void) {
    HMODULE library = LoadLibraryW(LIBRARY);
    Main main_of_python = library ? (Main)(void *)GetProcAddress(library, "Py_Main") : NULL;
    return main_of_python ? main_of_python(__argc, __wargv) : 103;
}

#ifdef WINDOW
int WINAPI wWinMain(HINSTANCE own, HINSTANCE none, LPWSTR words, int shown) { return start(); }
#else
int wmain(int count, wchar_t **words) { return start(); }
#endif
