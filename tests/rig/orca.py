"""Orca, GNOME's screen reader, at a desktop of the tests: what it says, word for word.

It has no voice here: it writes each sentence down before it would be spoken.
"""

import json
import re

from rig.accessibility import Reader
from rig.waiting import wait_for

SPOKEN = re.compile(r"SPEECH OUTPUT: '(.*)'\{")
# It is started with its log written line by line, which it would not do by itself.
START = """
import builtins, runpy, sys
def by_line(*args, opened=open, **options):
    return opened(*args, **({"buffering": 1} | options if args[1:] == ("w",) else options))
builtins.open = by_line
runpy.run_path(sys.argv.pop(0) and sys.argv[0], run_name="__main__")
"""
# Without the names of keys, which it says as they are pressed.
QUIET = {
    "general": {"startingProfile": ["Default", "default"], "enableKeyEcho": False},
    "profiles": {
        "default": {
            "profile": ["Default", "default"], "enableKeyEcho": False,
            "pronunciations": {}, "keybindings": {},
        }
    },
    "pronunciations": {},
    "keybindings": {},
}  # fmt: skip


class Orca:
    """It ends with the desktop."""

    def __init__(self, reader: Reader) -> None:
        desktop = reader.desktop
        self._log = desktop.folder / "orca.out"
        settings = desktop.home / ".local/share/orca/user-settings.conf"
        settings.parent.mkdir(parents=True)
        settings.write_text(json.dumps(QUIET))
        # It is the one program here that is to have the bridge of GTK.
        env = {k: v for k, v in desktop.env.items() if k not in ("NO_AT_BRIDGE", "GTK_A11Y")}
        # There may be others, at other desktops; it would leave when it sees them.
        blind = desktop.folder / "blind"
        blind.mkdir()
        (blind / "pgrep").symlink_to("/bin/false")
        env["PATH"] = f"{blind}:{env['PATH']}"
        # It would start a voice where one is installed, and wait for it where nothing can be heard.
        env["SPEECHD_ADDRESS"] = "inet_socket:127.0.0.2:1"
        orca = "/usr/bin/orca", "--debug-file", str(self._log)
        self.process = desktop.spawn("orca", ["/usr/bin/python3", "-c", START, *orca], env=env)
        self.says("Screen reader on")

    @property
    def spoken(self) -> list[str]:
        """All that it has said so far."""
        said = SPOKEN.findall(self._log.read_text("utf-8")) if self._log.exists() else []
        return [text.strip() for text in said]

    def says(self, part: str, after: int = 0) -> int:
        """Waits for it, after the first so many sentences; how many there are with it."""

        def found() -> int:
            spoken = self.spoken
            return next((n + 1 for n, s in enumerate(spoken) if n >= after and part in s), 0)

        return wait_for(found, 10, f"Orca says {part!r}", lambda: self.spoken[after:])
