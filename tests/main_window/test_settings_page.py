"""The page Settings, used by names and roles alone: file and running program follow it."""

import sys
from pathlib import Path

import pytest

from qlbreak.settings.config import load
from qlbreak.settings.schema import SECTIONS, KeyName
from qlbreak.setup.form import KEYS, typed
from qlbreak.texts import first_steps
from qlbreak.texts import settings_form as texts
from rig import inspection
from rig.accessibility import Node, Reader
from rig.program import Program, import_path
from rig.waiting import wait_for

PAGE = """
import sys
from pathlib import Path
from qlbreak.main_window import window
from qlbreak.system import paths
window.show(paths.find(Path(sys.argv[1]), Path(sys.argv[2])), "settings")
"""
MINE = """\
# mine since 2024
[prompt]
sitting = "40 min"  # Ann said so
"""


class Settings:
    """The page on a desktop, and the file that it is about."""

    def __init__(self, reader: Reader, folder: Path) -> None:
        self.reader, self.folder = reader, folder
        self.file = folder / "config" / "config.toml"
        self.file.parent.mkdir()
        self.file.write_text(MINE)
        self.program = Program(
            reader.desktop, folder / "data", ("--config", str(self.file))
        ).known()

    def open(self, **env: str) -> Node:
        words = [sys.executable, "-c", PAGE, str(self.folder / "data"), str(self.file)]
        self.reader.desktop.spawn(
            "settings", words, env={**self.reader.desktop.env, **import_path(), **env}
        )
        return self.reader.window("Settings")

    def minutes(self) -> float:
        return load(self.file).rules.sitting / 60

    def wait_minutes(self, minutes: float) -> None:
        wait_for(lambda: self.minutes() == minutes, 5, f"{minutes} min", self.file.read_text)


@pytest.fixture
def settings(reader: Reader, tmp_path: Path) -> Settings:
    return Settings(reader, tmp_path)


def interval(window: Node) -> Node:
    return window.find("spin button", KEYS["prompt", "sitting"].help)


def complaint(where: KeyName, text: str) -> str:
    """What the settings say of that."""
    with pytest.raises(ValueError, match=r".") as error:
        typed(KEYS[where].kind, text)
    return str(error.value)


def turn(window: Node, section: str) -> None:
    window.find("page tab", section).press()


def test_every_section_has_a_title() -> None:
    assert set(texts.SECTIONS) == set(SECTIONS)
    assert set(texts.HELP) <= set(KEYS)


def test_the_interval_is_changed_by_name_and_role_alone(settings: Settings) -> None:
    settings.program.start("run")
    wait_for(settings.program.answers, 15, "it runs", lambda: settings.program.log)
    window = settings.open()
    field = interval(window)
    assert field.value == 40
    assert "15 min to 90 min" in field.description
    assert field.labelled_by
    field.type("50 min")
    settings.reader.keys("Tab")
    settings.reader.hears(texts.APPLIED)
    assert settings.file.read_text() == MINE.replace("40 min", "50 min")
    due = settings.program.status()["next_prompt_in_s"]
    assert 45 * 60 < due <= 50 * 60
    window.find("push button", texts.AS_IT_WAS).press()
    settings.reader.hears(texts.AS_IT_WAS_DONE)
    assert settings.file.read_text() == MINE
    wait_for(lambda: interval(window).value == 40, 5, "the field shows it")


def test_it_works_where_no_program_runs(settings: Settings) -> None:
    window = settings.open()
    interval(window).set_value(55)
    settings.wait_minutes(55)
    settings.reader.hears(texts.SAVED)


def test_what_is_wrong_is_said_and_not_saved(settings: Settings) -> None:
    window = settings.open()
    field = interval(window)
    field.type("10 min")
    settings.reader.keys("Tab")
    why = complaint(("prompt", "sitting"), "10 min")
    settings.reader.hears(why)
    assert why in field.description
    assert settings.file.read_text() == MINE


def test_what_changes_in_the_file_shows_up(settings: Settings) -> None:
    window = settings.open()
    field = interval(window)
    settings.file.write_text(MINE.replace("40 min", "45 min"))
    wait_for(lambda: field.value == 45, 5, "it shows up")
    settings.reader.hears(texts.ELSEWHERE)


def test_both_changed_it_and_the_person_decides(settings: Settings) -> None:
    window = settings.open()
    interval(window).type("50 min")
    settings.file.write_text(MINE.replace("40 min", "45 min"))
    settings.reader.keys("Tab")
    settings.reader.hears("The file was changed meanwhile and says: 45 min")
    assert settings.minutes() == 45
    window.find("push button", texts.keep("50 min")).press()
    settings.wait_minutes(50)


def test_a_file_with_a_mistake_is_not_touched_and_the_line_is_said(settings: Settings) -> None:
    window = settings.open()
    settings.file.write_text("[prompt]\nsitting = 'soon'\n")
    settings.reader.hears(f"line 2: prompt.sitting: {complaint(('prompt', 'sitting'), 'soon')}")
    assert not interval(window).enabled
    assert window.find("push button", texts.OPEN_FILE).enabled
    settings.file.write_text(MINE)
    wait_for(lambda: interval(window).enabled, 5, "it is mended")


def test_hours_are_entered_by_day(settings: Settings) -> None:
    window = settings.open()
    turn(window, "Hours")
    window.find("radio button", texts.AT_HOURS).press()
    usual = "Mon-Fri 08:30-18:00"
    wait_for(lambda: usual in settings.file.read_text(), 5, usual, settings.file.read_text)
    window.find("check box", "Wednesday").press()
    some = "Mon-Tue,Thu-Fri 08:30-18:00"
    wait_for(lambda: some in settings.file.read_text(), 5, some, settings.file.read_text)


def test_a_caution_says_what_it_hides_and_how_many_are_left(settings: Settings) -> None:
    window = settings.open()
    turn(window, "About you")
    box = window.find("check box", "A wrist that needs care")
    assert "Hides 4 movements" in box.description
    left = window.find("label", part="movements are left").name
    box.press()
    wait_for(lambda: load(settings.file).profile.cautions == {"wrist"}, 5, "it is saved")
    wait_for(lambda: not window.has("label", left), 5, "fewer are left")


def test_all_can_be_found_and_read(settings: Settings) -> None:
    window = settings.open(QLBREAK_THEME="dark")
    interval(window)
    for section in (*texts.SECTIONS.values(), texts.STARTING):
        turn(window, section)
        assert inspection.nameless(window) == []
        assert inspection.hard_to_read(settings.reader, window) == []


@pytest.mark.parametrize("theme", ["light", "contrast", "contrast-dark"])
def test_it_can_be_read_in_all_colours(settings: Settings, theme: str) -> None:
    window = settings.open(QLBREAK_THEME=theme)
    interval(window).focus()
    assert inspection.hard_to_read(settings.reader, window) == []


@pytest.mark.parametrize("section", ["Reminders", "Hours", "About you"])
def test_tab_comes_to_all_of_it(settings: Settings, section: str) -> None:
    settings.file.write_text('[hours]\nwork = ["Mon 08:00-12:00", "Mon 13:00-17:00"]\n')
    window = settings.open()
    turn(window, section)
    window.find("push button", texts.OPEN_FILE).focus()
    assert inspection.lost(settings.reader, window) == []


def test_it_starts_with_the_session_where_that_is_switched_on(settings: Settings) -> None:
    window = settings.open()
    turn(window, texts.STARTING)
    entries = Path(settings.reader.desktop.env["HOME"], ".config/autostart")
    window.find("check box", first_steps.LOGIN).press()
    settings.reader.hears("It starts with the session")
    (entry,) = entries.glob("*.desktop")
    assert str(settings.file) in entry.read_text()
    window.find("push button", texts.AS_IT_WAS).press()
    wait_for(lambda: not list(entries.glob("*.desktop")), 5, "it is gone")


def test_the_set_up_is_taken_back_by_a_button(settings: Settings) -> None:
    """Its entry at the session's start with it, and the button, once that is done."""
    assert settings.program.run("set-up", "--terminal", stdin="\n" * 40).code == 0
    entries = Path(settings.reader.desktop.env["HOME"], ".config/autostart")
    assert list(entries.glob("*.desktop"))
    window = settings.open()
    turn(window, texts.STARTING)
    assert "checked" in window.find("check box", first_steps.LOGIN).states
    window.find("push button", first_steps.UNDO).press()
    settings.reader.hears(first_steps.UNDONE)
    assert not list(entries.glob("*.desktop"))
    assert "checked" not in window.find("check box", first_steps.LOGIN).states
