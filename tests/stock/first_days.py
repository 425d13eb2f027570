"""The story: README, complaints, set-up, the first routine, a reminder; then a new session."""

import json
import shlex
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import Any

from qlbreak.texts import guidance
from rig.accessibility import Node
from rig.waiting import Unmet, now, wait_for
from stock.login import Login, StockReader
from stock.panel import icon_place
from stock.readme import first_lines, trial
from stock.stock_root import StockRoot
from stock.terminal import Terminal, readme_advice

_FAST = {"QLBREAK_GUIDE_SPEED": "2"}  # a second of the guide counts as two
_INSTALLED = "ends it"  # of "... or closing this terminal ends it"
_STILL_S = 0.8
_REMINDER = "You have been sitting"


class FirstDays:
    def __init__(self, root: StockRoot, readme: Path, pictures: Path) -> None:
        self._root, self._readme, self._pictures = root, readme, pictures
        self._taken = 0
        self.complaints: list[list[str]] = []

    def play(self) -> None:
        with Login(self._root, **_FAST) as login:
            reader = StockReader(login)
            assert "No module" in login.say("python3", "-c", "import tkinter"), "there is a Tk"
            self._install(login, reader)
            self.set_up(login, reader)
            self.routine(login, reader)
            self.icon(login, reader)
            self.reminder(login, reader)
            reader.close()
            login.log_out()
        before = self.facts()
        assert [fact for fact in before if _guided(fact)], before
        with Login(self._root, **_FAST) as login:
            login.wait_tray_item(seconds=60)
            self._again(login, before)

    # By the README

    def _install(self, login: Login, reader: StockReader) -> None:
        """Line by line; what is advised is followed, and the same line typed again."""
        terminal = Terminal(login, "Terminal")
        *before, last = first_lines(self._readme)
        for line in before:
            self._type(terminal, line)
        self._type(terminal, last)
        while not _opens(reader, terminal):
            self._follow(login, terminal)
            terminal.clear()
            self._type(terminal, last)
        packages = [package for advice in self.complaints for package in advice]
        assert len(packages) == len(set(packages)), f"told twice: {self.complaints}"
        libraries = [advice for advice in self.complaints if "libxcb-cursor0" in advice]
        assert len(libraries) == 1, f"all libraries at once: {self.complaints}"

    def _type(self, terminal: Terminal, line: str) -> None:
        self.say(f"$ {line}")
        if line.startswith("sudo "):  # whoever has the right to
            self._root.as_admin(*shlex.split(line)[1:], "-y")
            return
        terminal.type(line)
        wait_for(
            lambda: terminal.at_prompt or _INSTALLED in terminal.said,
            180, f"{line!r} is through", lambda: terminal.said[-1000:],
        )  # fmt: skip

    def _follow(self, login: Login, terminal: Terminal) -> None:
        advice = terminal.advice
        if terminal.lacking:
            advice = [word for word in readme_advice(self._readme) if word in terminal.lacking]
        assert advice, f"it did not go on, and nothing says why: {terminal.said[-1000:]}"
        packages = list(dict.fromkeys(advice))
        if not terminal.at_prompt:
            wait_for(lambda: "windows need" in terminal.said, 20, "the program says so, too")
            told = set(terminal.advice)
            assert told == set(packages), f"not all at once: {packages}, then {told}"
            self.picture(login, "complaint")
            terminal.interrupt()
        self.complaints.append(packages)
        self.say(f"# apt install {' '.join(packages)}")
        self._root.as_admin("apt-get", "install", "-y", "-q", "--no-install-recommends", *packages)

    # First steps

    def set_up(self, login: Login, reader: StockReader) -> None:
        self.picture(login, "set-up")
        reader.window("set-up").find("push button", "Begin").press()
        for number in range(1, 6):
            page = reader.window(f"set-up, {number} of 6")
            if number in (1, 2):
                self.picture(login, f"set-up-{number}")
            page.find("push button", "Next").press()
        page = reader.window("set-up, 6 of 6")
        assert page.find("check box", part="when I log in").checked, page.tree()
        self.picture(login, "start-at-login")
        page.find("push button", "Save").press()
        done = reader.window("set-up, done")
        self.picture(login, "all-set")
        done.find("push button", "Try one now").press()

    def routine(self, login: Login, reader: StockReader) -> None:
        wait_for(lambda: _guide(reader), 30, "the guide opens")
        self.picture(login, "guide", moving=True)
        end = reader.window(guidance.QUESTION)
        self.picture(login, "well-done")
        end.find("push button", part="Same").press()
        reader.gone(guidance.QUESTION)
        wait_for(lambda: [f for f in self.facts() if _guided(f)], 10, "it is on the record")
        (done,) = [fact for fact in self.facts() if fact["type"] == "answered"]
        assert _guided(done), done

    def icon(self, login: Login, reader: StockReader) -> None:
        place = icon_place(login)
        login.click(*place, 3)
        self.picture(login, "menu")
        login.type_key("Escape")
        login.click(*place)
        today = reader.window("qlbreak: Today")
        assert today.find("push button", part="Start: ").enabled
        self.picture(login, "today")

    def reminder(self, login: Login, reader: StockReader) -> None:
        """By the README's line to try it without waiting."""
        terminal = Terminal(login, "Trial", "+20+380")
        line = trial(self._readme)
        if not login.say("sh", "-lc", f"command -v {line.split()[0]}").strip():
            line = f".venv/bin/{line}"  # as the README says of this way in
        terminal.type(line)

        login.fidget()  # at that speed three still seconds are an absence
        note = wait_for(lambda: _bubble(reader), 60, "a reminder comes")
        assert note is not None
        self.picture(login, "notification")
        note.find("push button", "Start").press()
        guide = wait_for(lambda: _guide(reader), 30, "its guide opens")
        assert guide is not None
        guide.find("push button", part="Close").press()
        terminal.interrupt()

    # The day after

    def _again(self, login: Login, before: list[dict[str, Any]]) -> None:
        wait_for(lambda: len(self.facts()) > len(before), 20, "the record goes on")
        after = self.facts()
        assert after[: len(before)] == before, "the record is what it was, and goes on"
        assert [f for f in after[len(before) :] if f["type"] == "launched" and f.get("prompt")]
        reader = StockReader(login)
        open_by_icon(login, reader)
        self.picture(login, "after-a-new-session")
        reader.close()
        login.log_out()

    # What is seen

    def facts(self) -> list[dict[str, Any]]:
        files = sorted((self._root.home / ".local/share/qlbreak/journal").glob("*.jsonl"))
        return [json.loads(line) for file in files for line in file.read_text().splitlines()]

    def picture(self, login: Login, name: str, *, moving: bool = False) -> None:
        """Once nothing has moved for a moment."""
        if not moving:
            looked = [(now(), login.screenshot().tobytes())]

            def still() -> bool:
                if (seen := login.screenshot().tobytes()) != looked[0][1]:
                    looked[0] = now(), seen
                return now() - looked[0][0] > _STILL_S

            wait_for(still, 10, f"the screen is still for {name}")
        self._taken += 1
        login.screenshot(self._pictures / f"{self._taken:02}-{name}.png")
        self.say(f"picture: {name}")

    @staticmethod
    def say(text: str) -> None:
        print(text, flush=True)  # noqa: T201


def _guided(fact: dict[str, Any]) -> bool:
    return (fact["type"], fact.get("answer"), fact.get("evidence")) == (
        "answered",
        "done",
        "guided",
    )


def _bubble(reader: StockReader) -> Node | None:
    """The notification: a window without a name, as the panel's are."""
    unnamed = (window for window in reader.windows if not window.name)
    return next((window for window in unnamed if window.has("label", part=_REMINDER)), None)


def _guide(reader: StockReader) -> Node | None:
    """Its title says what to do just now: the window with the name of nothing else here."""
    for window in reader.windows:
        name = window.name
        if name and name not in ("Desktop", "Terminal", "Trial") and "qlbreak: " not in name:
            return window
    return None


def _opens(reader: StockReader, terminal: Terminal) -> bool:
    """Whether the set-up comes, once it has come or something is said instead."""

    def answer() -> str:
        if any("set-up" in window.name for window in reader.windows):
            return "it opens"
        return "it does not" if terminal.at_prompt or "windows need" in terminal.said else ""

    return wait_for(answer, 30, "the set-up opens, or it is said why not") == "it opens"


def open_by_icon(login: Login, reader: StockReader) -> None:
    """A panel that is still starting may not take a click; a person clicks again then."""
    for last in (False, False, True):
        login.click(*icon_place(login))
        with nullcontext() if last else suppress(Unmet):
            wait_for(lambda: reader.titled("qlbreak: Today"), 3, "its window opens")
            return
