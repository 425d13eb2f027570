"""The set-up and the safety text as commands: in a pipe, on a terminal, where nothing may be."""

import codecs
import os
import pty
import select
import sys
from pathlib import Path

import pytest

from qlbreak.core.model.profile import Place, Profile
from qlbreak.core.model.rules import MINUTE
from qlbreak.core.model.terms import Side
from qlbreak.data import load
from qlbreak.settings import config as settings_file
from qlbreak.settings.schema import Settings
from qlbreak.setup import questions as asked
from qlbreak.setup.answers import Answers, Beginning
from qlbreak.setup.terminal import ask
from qlbreak.texts import first_steps, safety
from rig.nobody import as_nobody
from rig.processes import Outcome, Process
from rig.room import Room
from rig.waiting import wait_for

ALL = [
    "",  # what it is
    "1", "3",  # how often, how long
    "1", "2",  # sides
    "1 12",  # cautions
    "2", "1 3 5", "n", "0",  # things
    "1,2",  # floors
    "3", "Mon-Fri 9:00-17:00; Sat 9:00-12:00",
]  # fmt: skip
STARTS = ["n", "y"]
KEPT = [""] * 13
DECODER = codecs.getincrementaldecoder("utf-8")
MORE = ["2 + 2", "99", "left"]  # no answers to any question

AS_NOBODY = as_nobody(
    "qlbreak.cli.main",
    "qlbreak.texts.safety",
    "qlbreak.setup.terminal",
    reads="qlbreak.texts.safety.text()",
)


@pytest.fixture
def path(room: Room) -> Path:
    return room.home / ".config/qlbreak/config.toml"


def said(room: Room, *lines: str) -> Outcome:
    return room.program().run("set-up", "--terminal", stdin="".join(f"{line}\n" for line in lines))


def talk(*lines: str, before: Settings | None = None) -> tuple[Settings | None, str]:
    """The same without a process, and without anything to start; and what was said. Ends where the
    lines do."""
    heard, told = iter(lines), list[str]()

    def hear(prompt: str) -> str:
        told.append(prompt)
        try:
            return next(heard)
        except StopIteration:
            raise EOFError from None

    as_it_is = Answers(before or Settings(), frozenset())
    begun = Beginning(as_it_is, as_it_is, ())
    answers = ask(begun, load(), told.append, hear)
    return answers.settings if answers else None, "\n".join(told)


# Questions and answers


def test_all_questions_are_answered_in_a_pipe(room: Room, path: Path) -> None:
    outcome = said(room, *ALL, *STARTS)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith(first_steps.WHAT[:60])
    assert '\nyou.tighter = "left"\n' in outcome.out
    assert f"Written to {path}.\n{first_steps.KEPT}\n{first_steps.NOT_RUNNING}\n" in outcome.out
    config = settings_file.load(path)
    assert config.profile == Profile(
        tighter=Side.LEFT,
        weaker=Side.RIGHT,
        here=Place.HOME,
        home=frozenset({"chair", "desk", "soft ball", "mat"}),
        office=frozenset({"mat"}),
        cautions=frozenset({"osteo", "preg", "preg-late"}),
    )
    assert asked.spans(config.settings) == ["Mon-Fri 09:00-17:00", "Sat 09:00-12:00"]
    assert oct(path.stat().st_mode)[-3:] == "600"
    assert (config.rules.sitting, config.rules.routine) == (20 * MINUTE, 90)
    assert (room.home / "data/said-set-up").exists()
    assert not (room.home / ".config/autostart").exists()
    assert (room.home / ".local/share/applications/qlbreak.desktop").exists()


def test_return_keeps_the_settings_and_starts_it_at_login(room: Room, path: Path) -> None:
    outcome = said(room, *KEPT)
    assert outcome.code == 0
    assert first_steps.NEXT_LOGIN in outcome.out
    assert not path.exists()
    assert (room.home / ".config/autostart/qlbreak.desktop").exists()


def test_undone_all_is_as_it_was(room: Room, path: Path) -> None:
    said(room, *ALL, "y", "y")
    assert path.exists()
    told = room.program().run("set-up", "--undo")
    assert (told.code, told.out) == (0, f"{first_steps.UNDONE}\n")
    assert not path.exists()
    assert not list((room.home / ".config/autostart").iterdir())
    assert not list((room.home / ".local/share/applications").iterdir())
    again = room.program().run("set-up", "--undo")
    assert (again.code, again.out) == (0, f"{first_steps.NOTHING_TO_UNDO}\n")


def test_what_was_changed_since_stays(room: Room, path: Path) -> None:
    said(room, *ALL, "n", "n")
    path.write_text(path.read_text().replace('tighter = "left"', 'tighter = "right"'))
    told = room.program().run("set-up", "--undo")
    assert told.out == f"{first_steps.undone_but('you.tighter')}\n"
    config = settings_file.load(path)
    assert (config.profile.tighter, config.profile.weaker) == (Side.RIGHT, None)
    assert config.rules.sitting == 30 * MINUTE


@pytest.mark.parametrize("lines", [["q"], ["", "1", "Q"], ["", "1"], []])
def test_whoever_ends_it_has_nothing_written(room: Room, path: Path, lines: list[str]) -> None:
    outcome = said(room, *lines)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.endswith("Nothing was written.\n")
    assert not path.exists()


def test_present_answers_are_marked() -> None:
    before, _ = talk(*ALL)
    assert before is not None
    after, text = talk(*KEPT, before=before)
    assert after == before
    for line in (" * 1  Left", " * 2  At home", " * 5  A soft ball", " *12    Pregnant beyond"):
        assert line in text
    assert " * 3  At other hours: Mon-Fri 09:00-17:00; Sat 09:00-12:00" in text


def test_what_is_no_answer_is_asked_again() -> None:
    one_too_many = str(len(asked.CAUTIONS.options) + 1)
    lines = [
        "",
        *("9", "1"), *("5", "1"),  # how often, how long
        *MORE, "1", *MORE, "1",  # sides
        *(one_too_many, "1"),  # cautions
        *MORE, "1", "1", "1", "y",  # things
        *("3", "1"),  # floors
        *("3", "Mon 8", ""),
    ]  # fmt: skip
    answers, text = talk(*lines)
    assert answers is not None
    assert (answers.profile.tighter, answers.profile.weaker) == (Side.LEFT, Side.LEFT)
    assert answers.profile.cautions == {"osteo"}
    assert answers.profile.home == {"chair"}
    assert answers.profile.office == {"chair", "mat"}
    assert answers.hours.work == ()
    assert text.count("Please type one number from 1 to 3, or just Return.") == 6
    assert "Please type numbers from 1 to 2, 0, or just Return." in text


def test_one_may_go_back() -> None:
    answers, text = talk("", "b", "", "", "", "1", "2", "b", "3", *KEPT)
    assert answers is not None
    assert (answers.profile.tighter, answers.profile.weaker) == (Side.LEFT, None)
    assert text.count("\n3 of 7. ") == 2


def test_more_is_the_whole_safety_text() -> None:
    _, text = talk("m", "q")
    assert safety.text() in text


def test_every_line_fits_into_a_terminal() -> None:
    _, text = talk("m", *KEPT)
    assert max(map(len, text.splitlines())) <= 86


# On a terminal


class Console:
    def __init__(self, room: Room, *words: str) -> None:
        self._ours, theirs = pty.openpty()
        self._seen, self._answered = "", 0
        self._decoder = DECODER("replace")  # a sign may come in two reads
        command = [sys.executable, "-m", "qlbreak", "--data-dir", str(room.home / "data"), *words]
        env = {**room.env, "TERMINAL": os.ttyname(theirs)}
        script = 'exec "$@" <"$TERMINAL" >"$TERMINAL" 2>&1'
        self.process: Process = room.spawn("sh", ["sh", "-c", script, "sh", *command], env=env)
        self._theirs = theirs

    def answer(self, prompt: str, line: str) -> None:
        """Once it is asked."""
        old = self._answered
        wait_for(lambda: self.text[old:].endswith(prompt), 10, prompt, lambda: self.text)
        self._answered = len(self.text)
        os.write(self._ours, f"{line}\r".encode())

    @property
    def text(self) -> str:
        while select.select([self._ours], [], [], 0)[0]:
            self._seen += self._decoder.decode(os.read(self._ours, 4096))
        return self._seen

    def code(self) -> int:
        """At its end, which waits until all that it has said is read."""
        wait_for(lambda: not (self.text and self.process.alive), 10, "it ends", lambda: self.text)
        return self.process.wait_exit(10)

    def close(self) -> None:
        os.close(self._ours)
        os.close(self._theirs)


def test_without_a_screen_it_asks_in_the_terminal(room: Room, path: Path) -> None:
    console = Console(room, "set-up")
    for prompt, line in (
        ("to ask first. ", ""),
        ("1 to 4: ", ""),
        ("1 to 4: ", ""),
        ("1 to 3: ", "2"),
        ("1 to 3: ", ""),
        ("0 for none: ", "0"),
        ("1 to 2: ", ""),
        ("0 for none: ", ""),
        ("[y]: ", ""),
        ("0 for none: ", "2"),
        ("1 to 3: ", "2"),
        ("[y]: ", "n"),
        ("[y]: ", "n"),
    ):
        console.answer(prompt, line)
    assert console.code() == 0
    assert console.text.endswith(f"{first_steps.NOT_RUNNING}\r\n")
    console.close()
    assert (
        settings_file.load(path).profile.tighter,
        "mat" in settings_file.load(path).profile.home,
    ) == (Side.RIGHT, True)
    assert settings_file.load(path).rules.hours == (asked.WEEKDAYS,)


def test_ctrl_c_writes_nothing(room: Room, path: Path) -> None:
    console = Console(room, "set-up", "--terminal")
    console.answer("to ask first. ", "")
    console.answer("1 to 4: ", "1")
    console.answer("1 to 4: ", "\x03")
    assert console.code() == 130
    assert "Traceback" not in console.text
    console.close()
    assert not path.exists()


# What goes wrong


def test_without_screen_and_terminal_it_is_one_line(room: Room) -> None:
    for words, what in (("set-up", "set-up --terminal"), ("safety --window", "qlbreak safety")):
        outcome = room.program().run(*words.split())
        assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1)
        assert what in outcome.err
    assert not (room.home / "data/said-set-up").exists(), "it was not seen, so it comes again"


def test_a_mistake_in_the_settings_is_said_before_anything_is_asked(room: Room, path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_text("[you]\ntihgter = 'left'\n")
    outcome = said(room, *ALL)
    assert (outcome.code, outcome.out) == (2, "")
    assert "line 2: unknown key 'tihgter'; did you mean tighter?" in outcome.err
    assert path.read_text() == "[you]\ntihgter = 'left'\n"


@pytest.mark.parametrize("closed", ["qlbreak/config.toml", "."])
def test_where_one_may_not_write_nothing_is_asked(room: Room, closed: str) -> None:
    place = room.folder / "place"
    (place / "qlbreak").mkdir(parents=True)
    if closed != ".":
        (place / closed).write_text("[prompt]\n")
    room.folder.chmod(0o755)
    (place / closed).chmod(0o444 if closed != "." else 0o555)
    env = {**room.env, "XDG_CONFIG_HOME": str(place)}
    words = ["--data-dir", str(place / "data"), "set-up", "--terminal"]
    outcome = room.run([sys.executable, "-c", AS_NOBODY, *words], env=env, stdin="\n1\n")
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1), outcome
    assert "config.toml cannot be written: " in outcome.err
    assert outcome.err.endswith("is read-only\n")


def test_safety_is_a_page_of_text(room: Room) -> None:
    outcome = room.program().run("safety")
    assert (outcome.code, outcome.out, outcome.err) == (0, safety.text(), "")
