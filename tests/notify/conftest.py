"""plyer looks for dbus-python first, and would find the folder of the room `dbus` in its place."""

import sys

sys.modules["dbus"] = None  # type: ignore[assignment]  # so that it is not there
