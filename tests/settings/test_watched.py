"""Settings that change while it runs: taken up when good, said when not, never half."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from desk import CATALOGUE
from fakes import Office
from needing import on_unix
from qlbreak.app.inbox import Mistaken
from qlbreak.core.model.inputs import Reconfigure
from qlbreak.core.model.movements import Catalogue
from qlbreak.core.model.rules import MINUTE, Rules
from qlbreak.data import load_with
from qlbreak.notify import notes
from qlbreak.settings import config as settings
from qlbreak.settings.config import Config
from qlbreak.settings.live import Watched
from qlbreak.system import paths
from qlbreak.tray.menu import lines

SHORT = '[prompt]\nsitting = "15 min"\n'
WRONG = '[prompt]\nsitting = "15 min"\nsnoozes = 9\n'
OWN = """
[movement.len-walk]
name = "My walk"
kind = "{kind}"
position = "standing"
steps = ["Go."]
figure = "len-stand-shift"
"""
GOOD_OWN, BAD_OWN = OWN.format(kind="lengthen"), OWN.format(kind="odd")


class Files:
    """The two files in a folder, and what was heard of them."""

    def __init__(self, folder: Path, text: str | None = None, own: str | None = None) -> None:
        self.config, self.own = folder / "config.toml", folder / "movements.toml"
        if text is not None:
            self.config.write_text(text)
        if own is not None:
            self.own.write_text(own)
        self.heard: list[tuple[Config, Catalogue]] = []
        self.wrong: list[str] = []
        self.watched = Watched(
            paths.find(folder / "data", self.config),
            settings.load(self.config),
            *load_with(self.own),
            lambda *what: self.heard.append(what),
            self.wrong.append,
        )

    def look(self, times: int = 1) -> "Files":
        for _ in range(times):
            self.watched.look()
        return self

    @property
    def rules(self) -> list[float]:
        """The sitting time of all settings that were heard of."""
        return [config.rules.sitting / MINUTE for config, _ in self.heard]


@pytest.mark.parametrize("text", [None, "", SHORT])
def test_nothing_is_heard_while_nothing_changes(tmp_path: Path, text: str | None) -> None:
    files = Files(tmp_path, text).look(5)
    assert (files.heard, files.wrong) == ([], [])


@pytest.mark.parametrize("text", [None, "", '[prompt]\nsitting = "45 min"\n'])
def test_a_change_is_taken_up_at_the_next_look(tmp_path: Path, text: str | None) -> None:
    files = Files(tmp_path, text)
    files.config.write_text(SHORT)
    assert files.look().rules == [15]
    files.config.write_text(SHORT.replace("15", "20"))
    assert files.look(3).rules == [15, 20]
    assert files.wrong == []


def replaced(files: Files) -> None:
    """As most editors write: a new file takes the place of the old one, of the same size."""
    new = files.config.with_name(".new")
    new.write_text(SHORT.replace("15", "20"))
    old = files.config.stat()
    os.utime(new, ns=(old.st_atime_ns, old.st_mtime_ns))
    new.replace(files.config)


def linked(files: Files) -> None:
    other = files.config.with_name("mine.toml")
    other.write_text(SHORT.replace("15", "20"))
    files.config.unlink()
    files.config.symlink_to(other)


@pytest.mark.parametrize(
    "write", [replaced, pytest.param(linked, marks=on_unix("a link needs a right there"))]
)
def test_it_is_seen_however_it_was_written(tmp_path: Path, write: Callable[[Files], None]) -> None:
    files = Files(tmp_path, SHORT)
    write(files)
    assert files.look().rules == [20]


def test_a_remark_more_changes_nothing(tmp_path: Path) -> None:
    files = Files(tmp_path, SHORT)
    files.config.write_text(f"# mine\n{SHORT}")
    assert files.look(3).heard == []
    files.own.write_text("# none yet\n")
    assert files.look(3).heard == []


@pytest.mark.parametrize("half", ["", '[prompt]\nsitting = "15', None])
def test_an_editor_in_the_middle_of_writing_is_waited_for(tmp_path: Path, half: str | None) -> None:
    files = Files(tmp_path, SHORT)
    if half is None:
        files.config.unlink()
    else:
        files.config.write_text(half)
    assert files.look().heard == []
    files.config.write_text(SHORT.replace("15", "20"))
    assert files.look().rules == [20]
    assert files.wrong == []


def test_an_empty_file_means_the_defaults_when_it_stays_empty(tmp_path: Path) -> None:
    files = Files(tmp_path, SHORT)
    files.config.write_text("")
    assert files.look().rules == []
    assert files.look(3).rules == [30]
    assert files.wrong == []


def test_a_mistake_leaves_all_as_it_was_and_is_said_once(tmp_path: Path) -> None:
    files = Files(tmp_path, SHORT)
    files.config.write_text(WRONG)
    files.look(5)
    told = "config.toml, line 3: prompt.snoozes: 9 is out of range; choose 0 to 5"
    assert (files.heard, files.wrong, files.watched.mistake) == ([], [told], told)
    files.config.write_text(WRONG.replace("9", "3"))
    files.look(2)
    assert [config.rules.snooze_limit for config, _ in files.heard] == [3]
    assert files.wrong == [told, ""]


def test_mended_back_to_what_applied_it_only_says_so(tmp_path: Path) -> None:
    files = Files(tmp_path, SHORT)
    files.config.write_text(WRONG)
    files.look(2).config.write_text(SHORT)
    files.look(2)
    assert (files.heard, files.wrong[1:]) == ([], [""])


def test_a_file_that_is_gone_counts_on_until_it_is_back(tmp_path: Path) -> None:
    files = Files(tmp_path, SHORT)
    files.config.unlink()
    files.look(5)
    assert (files.heard, len(files.wrong)) == ([], 1)
    assert files.wrong[0] == "config.toml is gone; what it said counts until the next start"
    files.config.write_text(SHORT)
    files.look()
    assert (files.heard, files.wrong[1:]) == ([], [""])


@pytest.mark.parametrize("make", [Path.mkdir, lambda path: path.symlink_to(path)])
def test_something_else_in_its_place_is_a_mistake(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    files = Files(tmp_path, SHORT)
    files.config.unlink()
    make(files.config)
    assert files.look(5).heard == []
    assert len(files.wrong) == 1


def test_movements_of_ones_own_are_taken_up_too(tmp_path: Path) -> None:
    files = Files(tmp_path)
    files.own.write_text(GOOD_OWN)
    files.look()
    assert "len-walk" in files.heard[0][1].movements
    files.own.write_text(BAD_OWN)
    files.look(2)
    assert len(files.heard) == 1
    assert files.wrong[0].startswith("movements.toml: len-walk: ")
    files.own.unlink()
    files.look(2)
    assert files.wrong[1].startswith("movements.toml is gone")
    assert len(files.heard) == 1


def test_a_mistake_that_was_there_at_the_start_is_known(tmp_path: Path) -> None:
    files = Files(tmp_path, None, BAD_OWN)
    assert files.watched.mistake.startswith("movements.toml: len-walk: ")
    assert files.look(3).wrong == []
    files.own.write_text(GOOD_OWN)
    files.look()
    assert (len(files.heard), files.wrong) == (1, [""])


def test_asked_for_it_is_read_at_once(tmp_path: Path) -> None:
    files = Files(tmp_path, SHORT)
    files.config.write_text(WRONG)
    assert files.watched.reload().startswith("config.toml, line 3: ")
    files.config.write_text(SHORT.replace("15", "20"))
    assert files.watched.reload() == ""
    assert files.look(2).rules == [20]


# What the owner makes of it


def test_other_settings_apply_at_once(tmp_path: Path) -> None:
    office = Office(tmp_path).launch().work(20)
    rules = Rules(sitting=25 * MINUTE)
    gone = {block.movement for block in office.owner.scene().status.coming.told}
    left = {name: movement for name, movement in CATALOGUE.movements.items() if name not in gone}
    office.give(Reconfigure(Catalogue(left, {}), rules, office.profile))
    scene = office.owner.scene()
    assert scene.status.interval == 25 * MINUTE
    assert not gone & {block.movement for block in scene.status.coming.told}
    assert scene.status.sitting == pytest.approx(20 * MINUTE, abs=30)
    office.work(6)
    assert office.wall.up[notes.PROMPT].about == 1


def test_settings_that_change_while_nobody_is_there_wake_nobody(tmp_path: Path) -> None:
    """By a synchroniser, say: the machine lies idle as before."""
    office = Office(tmp_path).launch().work(5)
    for _ in range(20):
        office.idle(15)
    before = office.owner.scene().status
    office.give(Reconfigure(CATALOGUE, Rules(sitting=25 * MINUTE), office.profile))
    after = office.owner.scene().status
    assert (before.mode, after.mode) == ("away", "away")


def test_a_prompt_whose_movements_are_gone_is_answered_all_the_same(tmp_path: Path) -> None:
    office = Office(tmp_path).launch().work(31)
    prompt = office.owner.scene().status.prompt
    assert prompt is not None
    assert prompt.plan is not None
    gone = {block.movement for block in prompt.plan.told}
    left = {name: movement for name, movement in CATALOGUE.movements.items() if name not in gone}
    office.give(Reconfigure(Catalogue(left, {}), Rules(), office.profile))
    assert office.tell("status").text
    assert office.tell("done").text == "Done. The clock restarts."
    office.work(31)
    assert office.lines[-1] == "shown"


def test_a_mistake_is_shown_until_it_is_mended(tmp_path: Path) -> None:
    office = Office(tmp_path).launch().work(5)
    told = "config.toml, line 3: prompt.snoozes: 9 is out of range; choose 0 to 5"
    office.give(Mistaken(told))
    for words in ("status", "why"):
        assert office.tell(words).text.splitlines()[-1] == f"Settings: {told}"
    assert told in office.wall.up[notes.STATE].body
    scene = office.owner.scene()
    assert scene.trouble == "", "the record is in no danger"
    menu = lines(scene.status, scene.rules, "", scene.mistake)
    (told_by,) = (line for line in menu if line.key == "settings" and line.visible)
    assert told_by.label == f"Settings: {told}"
    office.give(Mistaken(""))
    assert "Settings" not in office.tell("why").text
    assert office.owner.scene().mistake == ""


@on_unix("a pipe with a name in a folder")
@pytest.mark.parametrize("name", ["config", "own"])
def test_settings_that_become_a_pipe_are_said_and_not_waited_for(tmp_path: Path, name: str) -> None:
    files = Files(tmp_path, SHORT, GOOD_OWN)
    path: Path = getattr(files, name)
    path.unlink()
    os.mkfifo(path)
    files.look(2)
    assert files.heard == []
    assert files.wrong == [
        f"{path.name} cannot be read: it is a pipe or a device; it should be a file"
    ]
