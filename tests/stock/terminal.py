"""The stranger's terminal: what is typed into it, and what it says; and what that advises."""

import re
from pathlib import Path

from rig.waiting import wait_for
from stock.login import Login

_SIGNS = re.compile(r"\x1b\][^\x07]*\x07|\x1b\[[0-9;?]*[a-zA-Z]|\r")
_ADVICE = re.compile(r"sudo apt(?:-get)? install ([a-z0-9.+ -]*[a-z0-9+])")
_LACKING = re.compile(r"(\S+): command not found")


class Terminal:
    """`said`: all of it since the last line that was typed, without colours."""

    def __init__(self, login: Login, name: str, place: str = "") -> None:
        self._login, self._name = login, name
        self._typed = login.home / f".typed-{name}"
        self._seen = 0
        inside = f"/home/{login.home.name}"
        folder = f"{inside}/qlbreak" if (login.home / "qlbreak").exists() else inside
        login.spawn(
            name,
            ["xfce4-terminal", "--disable-server", f"--geometry=92x22{place}", f"--title={name}",
             "--dynamic-title-mode=none", f"--working-directory={folder}",
             "-x", "script", "-qf", f"{inside}/{self._typed.name}"],
        )  # fmt: skip
        login.wait_keys(name)
        self.wait_prompt()

    @property
    def said(self) -> str:
        return _SIGNS.sub("", self._whole[self._seen :])

    @property
    def at_prompt(self) -> bool:
        return self.said.endswith("$ ")

    @property
    def advice(self) -> list[str]:
        """Packages that it is told to install."""
        return [word for found in _ADVICE.findall(self.said) for word in found.split()]

    @property
    def lacking(self) -> list[str]:
        """Commands that there are not."""
        return _LACKING.findall(self.said)

    def type(self, line: str) -> None:
        self._seen = len(self._whole)
        self._front()
        self._login.type_line(line)

    def interrupt(self) -> None:
        self._front()
        self._login.type_key("ctrl+c")
        self.wait_prompt()

    def clear(self) -> None:
        self.type("clear")
        self.wait_prompt()

    def wait_prompt(self) -> None:
        wait_for(lambda: self.at_prompt, 30, "the prompt", lambda: self.said[-500:])

    def _front(self) -> None:
        """To where the keys go."""
        self._login.activate(self._name)
        self._login.wait_keys(self._name)

    @property
    def _whole(self) -> str:
        return self._typed.read_text(errors="replace") if self._typed.exists() else ""


def readme_advice(readme: Path) -> list[str]:
    """What the README itself says to install before its first lines."""
    return [word for found in _ADVICE.findall(readme.read_text()) for word in found.split()]
