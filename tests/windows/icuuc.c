/* icuuc.dll, which Wine lacks: what Qt links with of it, for converters that are never found. */
#define OUT __declspec(dllexport)
#define NO_SUCH_FILE 4 /* U_FILE_ACCESS_ERROR */

typedef unsigned short Unit;

static void fail(int *error) {
    if (error && *error <= 0)
        *error = NO_SUCH_FILE;
}

OUT void *ucnv_open(const char *name, int *error) { fail(error); return 0; }
OUT void ucnv_close(void *converter) {}
OUT void ucnv_reset(void *converter) {}
OUT signed char ucnv_getMaxCharSize(const void *converter) { return 1; }
OUT const char *ucnv_getName(const void *converter, int *error) { fail(error); return 0; }
OUT const char *ucnv_getStandardName(const char *name, const char *standard, int *error) { fail(error); return 0; }
OUT const char *ucnv_getAvailableName(int number) { return 0; }
OUT int ucnv_countAvailable(void) { return 0; }
OUT int ucnv_toUCountPending(const void *converter, int *error) { fail(error); return 0; }
OUT void ucnv_toUnicode(void *converter, Unit **target, const Unit *end, const char **source,
    const char *last, int *offsets, signed char flush, int *error) { fail(error); }
OUT void ucnv_fromUnicode(void *converter, char **target, const char *end, const Unit **source,
    const Unit *last, int *offsets, signed char flush, int *error) { fail(error); }
OUT void ucnv_getToUCallBack(const void *converter, void **action, const void **context) { *action = 0, *context = 0; }
OUT void ucnv_getFromUCallBack(const void *converter, void **action, const void **context) { *action = 0, *context = 0; }
OUT void ucnv_setToUCallBack(void *converter, void *action, const void *context, void **old,
    const void **old_context, int *error) { fail(error); }
OUT void ucnv_setFromUCallBack(void *converter, void *action, const void *context, void **old,
    const void **old_context, int *error) { fail(error); }
OUT void ucnv_cbToUWriteUChars(void *arguments, const Unit *source, int length, int offset, int *error) { fail(error); }
OUT void ucnv_cbFromUWriteUChars(void *arguments, const Unit **source, const Unit *end, int offset, int *error) { fail(error); }
OUT void UCNV_TO_U_CALLBACK_SUBSTITUTE(void) {}
OUT void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void) {}
