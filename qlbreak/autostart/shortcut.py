"""A shortcut file of Windows, written by its own shell: the interface IShellLinkW, over COM.

It carries the name by which Windows knows this program (`system.identity`), so that a window
belongs to the shortcut that is pinned, and a toast to the entry in the Start menu.
"""

import ctypes
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from qlbreak.autostart.entry import Command
from qlbreak.language import _
from qlbreak.system.identity import APP_ID

# As the headers of Windows have them: ShObjIdl_core.h, ObjIdl.h, PropSys.h, PropKey.h.
_SHELL_LINK = "00021401-0000-0000-C000-000000000046"
_I_SHELL_LINK = "000214F9-0000-0000-C000-000000000046"
_I_PERSIST_FILE = "0000010B-0000-0000-C000-000000000046"
_I_PROPERTY_STORE = "886D8EEB-8CF2-4446-8D02-CDBA1DBDCF99"
_APP_USER_MODEL, _ID = "9F4C2855-9F79-4B39-A8D0-E1D42DE1D5F3", 5  # System.AppUserModel.ID
_WIDE_TEXT = 31  # VT_LPWSTR
_IN_PROCESS, _APARTMENT = 1, 2
# Places in the tables of functions.
_QUERY, _RELEASE = 0, 2
_DESCRIPTION, _FOLDER, _ARGUMENTS, _ICON, _PATH = 7, 9, 11, 17, 20
_SAVE = 6
_SET_VALUE, _COMMIT = 6, 7


class _PropertyKey(ctypes.Structure):
    _fields_ = (("of", ctypes.c_byte * 16), ("number", ctypes.c_uint32))


class _Text(ctypes.Structure):
    """PROPVARIANT, as far as a text needs it: its largest member is two pointers long."""

    _fields_ = (
        ("kind", ctypes.c_uint16),
        ("reserved", ctypes.c_uint16 * 3),
        ("text", ctypes.c_wchar_p),
        ("rest", ctypes.c_void_p),
    )


if sys.platform == "win32":

    def write(file: Path, command: Command, description: str, icon: Path) -> None:
        """Raises OSError."""
        ole, number, pointer = ctypes.oledll.ole32, ctypes.c_uint32, ctypes.c_void_p
        ole.CoInitializeEx.argtypes = [pointer, number]
        ole.CoCreateInstance.argtypes = [pointer, pointer, number, pointer, pointer]
        ole.CoUninitialize.argtypes, ole.CoUninitialize.restype = [], None
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
            with _other(link, _I_PROPERTY_STORE) as store:
                key = _PropertyKey(_guid(_APP_USER_MODEL), _ID)
                value = _Text(_WIDE_TEXT, text=APP_ID)
                _method(store, _SET_VALUE, pointer, pointer)(ctypes.byref(key), ctypes.byref(value))
                _method(store, _COMMIT)()
            with _other(link, _I_PERSIST_FILE) as saver:
                _method(saver, _SAVE, text, number)(str(file), 1)
        finally:
            _method(link, _RELEASE)()

    @contextmanager
    def _other(of: Any, interface: str) -> Iterator[Any]:
        """The same object by another of its interfaces. Raises OSError."""
        found, pointer = ctypes.c_void_p(), ctypes.c_void_p
        _method(of, _QUERY, pointer, pointer)(_guid(interface), ctypes.byref(found))
        try:
            yield found
        finally:
            _method(found, _RELEASE)()

    def _method(of: Any, index: int, *kinds: Any) -> Callable[..., Any]:
        table = ctypes.cast(of, ctypes.POINTER(ctypes.POINTER(ctypes.c_void_p))).contents
        # Release counts; what it gives must not be taken for a failure.
        gives = ctypes.c_ulong if index == _RELEASE else ctypes.HRESULT
        function = ctypes.WINFUNCTYPE(gives, ctypes.c_void_p, *kinds)(table[index])
        return lambda *arguments: function(of, *arguments)

    def _guid(text: str) -> Any:
        found = (ctypes.c_byte * 16)()
        read = ctypes.oledll.ole32.CLSIDFromString
        read.argtypes = [ctypes.c_wchar_p, ctypes.c_void_p]
        read(f"{{{text}}}", ctypes.byref(found))
        return found

else:

    def write(file: Path, command: Command, description: str, icon: Path) -> None:
        raise OSError(_("only Windows has shortcuts"))
