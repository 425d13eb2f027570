"""A shortcut file of Windows, written by its own shell: the interface IShellLinkW, over COM."""

import ctypes
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from qlbreak.autostart.entry import Command

# As the headers of Windows have them: ShObjIdl_core.h, ObjIdl.h.
_SHELL_LINK = "00021401-0000-0000-C000-000000000046"
_I_SHELL_LINK = "000214F9-0000-0000-C000-000000000046"
_I_PERSIST_FILE = "0000010B-0000-0000-C000-000000000046"
_IN_PROCESS, _APARTMENT = 1, 2
# Places in the tables of functions.
_QUERY, _RELEASE = 0, 2
_DESCRIPTION, _FOLDER, _ARGUMENTS, _ICON, _PATH = 7, 9, 11, 17, 20
_SAVE = 6

if sys.platform == "win32":

    def write(file: Path, command: Command, description: str, icon: Path) -> None:
        """Raises OSError."""
        ole = ctypes.oledll.ole32
        ole.CoInitializeEx(None, _APARTMENT)
        try:
            link = ctypes.c_void_p()
            ole.CoCreateInstance(
                _guid(_SHELL_LINK), None, _IN_PROCESS, _guid(_I_SHELL_LINK), ctypes.byref(link)
            )
            _filled(link, file, command, description, icon)
        finally:
            ole.CoUninitialize()

    def _filled(link: Any, file: Path, command: Command, description: str, icon: Path) -> None:
        text, number, pointer = ctypes.c_wchar_p, ctypes.c_int, ctypes.c_void_p
        program, *words = command
        try:
            _method(link, _PATH, text)(program)
            _method(link, _ARGUMENTS, text)(subprocess.list2cmdline(words))
            _method(link, _FOLDER, text)(str(Path(program).parent))
            _method(link, _DESCRIPTION, text)(description)
            _method(link, _ICON, text, number)(str(icon), 0)
            saver = ctypes.c_void_p()
            _method(link, _QUERY, pointer, pointer)(_guid(_I_PERSIST_FILE), ctypes.byref(saver))
            try:
                _method(saver, _SAVE, text, number)(str(file), 1)
            finally:
                _method(saver, _RELEASE)()
        finally:
            _method(link, _RELEASE)()

    def _method(of: Any, index: int, *kinds: Any) -> Callable[..., Any]:
        table = ctypes.cast(of, ctypes.POINTER(ctypes.POINTER(ctypes.c_void_p))).contents
        # Release counts; what it gives must not be taken for a failure.
        gives = ctypes.c_ulong if index == _RELEASE else ctypes.HRESULT
        function = ctypes.WINFUNCTYPE(gives, ctypes.c_void_p, *kinds)(table[index])
        return lambda *arguments: function(of, *arguments)

    def _guid(text: str) -> Any:
        found = (ctypes.c_byte * 16)()
        ctypes.oledll.ole32.CLSIDFromString(f"{{{text}}}", ctypes.byref(found))
        return found

else:

    def write(file: Path, command: Command, description: str, icon: Path) -> None:
        raise OSError("only Windows has shortcuts")
