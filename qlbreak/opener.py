"""Opens a file with the program that the desktop has for it."""

import os
import subprocess
import sys
import threading
from pathlib import Path


def show(path: Path) -> str:
    """Its name. Raises OSError."""
    if sys.platform == "win32":
        os.startfile(path)
    else:
        opener = "open" if sys.platform == "darwin" else "xdg-open"
        null = subprocess.DEVNULL
        shown = subprocess.Popen([opener, path], stdout=null, stderr=null, start_new_session=True)
        threading.Thread(target=shown.wait, name="opened", daemon=True).start()
    return str(path)
