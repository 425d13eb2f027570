"""The owner: recorded first, then said; an edge that fails takes nobody with it."""

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
from msgspec import convert
from msgspec.json import encode

from desk import MORNING
from fakes import Office, SetClock
from qlbreak.app.inbox import Dispossessed, Item, Lost, Roused, Scene, Spoken
from qlbreak.app.processes import HERE, NOTHING, Ended
from qlbreak.core.model.guided import Work
from qlbreak.core.model.terms import Side
from qlbreak.core.reminder.status import Mode
from qlbreak.guide.lesson import Guided
from qlbreak.notify import PUT_AWAY, Note, Notifier, Pressed, notes
from qlbreak.system.attempt import attempt
from qlbreak.system.control import Reply, Request
from qlbreak.texts import moments

CONTRACT = {
    "state", "sitting_s", "standing_s", "since_break_s", "next_prompt_in_s", "why", "prompt",
    "today", "plan",
}  # fmt: skip
PROMPT = {"id", "routine", "side", "shown_at", "snoozes"}
TODAY = {
    "prompts", "done", "snoozed", "skipped", "expired", "withdrawn", "natural_breaks",
    "sitting_s", "standing_s", "longest_spell_s", "left_s", "right_s", "compliance",
}  # fmt: skip


class Broken:
    """An edge that raises whenever it is asked."""

    def __init__(self, error: Exception) -> None:
        self.error = error
        self.asked = 0

    def __call__(self, _: object = None) -> Any:
        self.asked += 1
        raise self.error


class Paper:
    """A notification channel to read afterwards."""

    name = "paper"

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.notes: list[Note] = []
        self.closed: list[str] = []

    def show(self, note: Note) -> bool:
        if self.error is not None:
            raise self.error
        self.notes.append(note)
        return True

    def close(self, slot: str) -> None:
        if self.error is not None:
            raise self.error
        self.closed.append(slot)


# What is recorded and said


def test_a_prompt_is_on_the_disk_before_it_is_shown(tmp_path: Path) -> None:
    office = Office(tmp_path).launch()
    on_disk: list[str] = []
    office.wall.pinned = lambda _: on_disk.append(office.lines[-1])
    office.work(30)
    assert office.wall.up[notes.PROMPT].about == 1
    assert on_disk == ["shown"]


def test_an_answer_is_on_the_disk_before_it_is_replied(tmp_path: Path) -> None:
    office = Office(tmp_path).launch().work(30)
    assert office.tell("done").text == "Done. The clock restarts."
    assert office.lines == ["launched", "sat", "sat", "sat", "shown", "answered"]
    assert notes.PROMPT not in office.wall.up


def test_a_button_of_an_old_prompt_answers_nothing(tmp_path: Path) -> None:
    office = Office(tmp_path).launch().work(30)
    assert office.tell("done", "notification", 7).refused == "that reminder is over"
    assert office.lines[-1] == "shown"


def test_started_shows_the_first_step(tmp_path: Path) -> None:
    office = Office(tmp_path).launch().work(30)
    office.tell("start")
    note = office.wall.up[notes.PROMPT]
    assert [button.label for button in note.buttons] == ["Next", "Done", "Skip"]
    assert note.body.startswith("Get ready")
    office.tell("done")
    assert notes.PROMPT not in office.wall.up


def test_another_one_is_in_the_reminder_and_where_none_is_open_it_is_told(tmp_path: Path) -> None:
    office = Office(tmp_path).launch().work(10)
    told = office.tell("another")
    coming = moments.next_routine(office.owner.scene().status)
    assert told.text == f"Next comes: {coming}."
    assert office.wall.up[notes.STATE].title == coming
    office.work(20)
    before = office.wall.up[notes.PROMPT]
    assert before.body.startswith(coming.split(",")[0])
    assert office.tell("another").text.startswith("Now it is: ")
    after = office.wall.up[notes.PROMPT]
    assert after.title == before.title == "You have been sitting 30 min"
    assert after.body != before.body
    assert after.buttons == before.buttons


def test_another_one_under_way_is_the_guides_to_go_on_with(tmp_path: Path) -> None:
    """In a window it does; and without one the steps come anew."""
    guide = Guide()
    office = Office(tmp_path, guide=guide).launch().work(30)
    office.tell("start")
    assert notes.PROMPT not in office.wall.up
    told = office.tell("another")
    prompt = office.owner.scene().status.prompt
    assert prompt is not None
    assert told.text == f"Now it is: {moments.open_routine(prompt)}."
    assert guide.kept == [prompt.routine]
    assert guide.asked == [1]
    assert notes.PROMPT not in office.wall.up
    assert office.tell("done").refused == ""
    (tmp_path / "alone").mkdir()
    alone = Office(tmp_path / "alone").launch().work(30)
    alone.tell("start")
    before = alone.wall.up[notes.PROMPT].title
    alone.tell("another")
    assert alone.wall.up[notes.PROMPT].title != before


def test_what_the_guide_asks_for_it_is_handed(tmp_path: Path) -> None:
    office = Office(tmp_path).launch().work(30)
    first = office.tell("guide").data
    assert first is not None
    token, gone = str(first["token"]), first["plan"]["blocks"][0]["movement"]
    other = office.tell(f"guide-another {token} 1").data
    assert other is not None
    assert (other["token"], other["prompt"]) == (first["token"], 1)
    assert gone not in [block["movement"] for block in other["plan"]["blocks"]]
    gone = other["plan"]["blocks"][0]["movement"]
    left = office.tell(f"guide-without {token} 1 0 {gone}").data
    assert left is not None
    assert gone not in [block["movement"] for block in left["plan"]["blocks"]]
    assert office.tell("guide-another 99 1").refused == "another guide has taken over"
    assert office.lines.count("shown") == 3
    assert office.lines.count("answered") == 0


def test_where_it_hurts_that_is_said_once_and_where_it_is_read(tmp_path: Path) -> None:
    office = Office(tmp_path).launch().work(30)
    office.tell("skip hurts", "tray")
    note = office.wall.up[notes.CARE]
    assert note.title == "Its movements rest for a week"
    assert ": stop." in note.body
    assert [button.key for button in note.buttons] == ["safety"]
    office.work(31)
    before = len(office.wall.notes)
    text = office.tell("skip hurts", "command").text
    assert text.startswith("Skipped. Its movements rest for a week. Above 5")
    assert "qlbreak safety" in text
    assert len(office.wall.notes) == before


class Commands:
    """What changes the settings, in the hands of a test: it ends when it is told to."""

    def __init__(self) -> None:
        self.begun: list[tuple[str, ...]] = []

    def __call__(self, *words: str) -> bool:
        self.begun.append(words)
        return True


def test_never_is_a_command_of_its_own_whose_end_is_the_answer(tmp_path: Path) -> None:
    change, replies = Commands(), list[Reply]()
    office = Office(tmp_path, change=change).launch().work(30)
    office.inbox.say("never str-brace", "terminal", None, replies.append)
    office.drain()
    assert change.begun == [("never", "str-brace")]
    assert replies == []
    office.give(Ended("never str-brace", 0, NOTHING, False, "Left out. To take it back: this."))
    assert replies == [Reply("Left out. To take it back: this.")]
    assert notes.STATE not in office.wall.up
    office.inbox.say("never str-brace", "tray")
    office.drain()
    office.give(Ended("never str-brace", 2, NOTHING, False, "config.toml is read-only"))
    note = office.wall.up[notes.STATE]
    assert (note.title, note.body) == ("This could not be saved", "config.toml is read-only")


def test_after_a_kill_no_steps_come_beside_a_guide_that_lives_on(tmp_path: Path) -> None:
    Office(tmp_path).launch().work(30).tell("start")
    note = Office(tmp_path).launch().wall.up[notes.PROMPT]
    assert "Next" not in [button.label for button in note.buttons]


class Guide:
    """The window of the guide: which prompts it was opened for, or brought to the front."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.closed = 0
        self.kept: list[str] = []

    def keep_guide(self, prompt: int, routine: str) -> None:
        self.kept.append(routine)

    def close_guide(self) -> None:
        self.closed += 1

    def open_guide(self, prompt: int, routine: str) -> bool:
        self.asked.append(prompt)
        return True


def test_beside_a_guide_no_steps_come(tmp_path: Path) -> None:
    """Whoever clicks the icon, or starts the program again, has its window in front."""
    guide = Guide()
    office = Office(tmp_path, guide=guide).launch().work(30)
    office.tell("start")
    office.tell("show")
    assert guide.asked == [1, 1]
    assert notes.PROMPT not in office.wall.up
    office.give(Ended("guide", 1, (1, ""), replaced=False, said=""))  # it has crashed
    office.tell("show")
    assert guide.asked == [1, 1]
    assert office.wall.up[notes.PROMPT].body.startswith("Get ready")


def test_a_guide_is_told_what_is_new_and_not_what_it_has_led_through(tmp_path: Path) -> None:
    office = Office(tmp_path).launch().work(30)
    first = convert(office.tell("guide r60-desk", "command").data, Guided)
    assert first.new == ("len-seat-reach", "reset-rock")
    works = [Work("reset-rock", Side.BOTH, 6.0)]
    said = encode(works).decode()
    assert not office.tell(f"guide-report {first.token} {first.prompt} {said}").refused
    second = convert(office.tell("guide r60-desk", "command").data, Guided)
    assert second.new == ("len-seat-reach",)


def test_a_guide_that_was_opened_by_hand_is_left_alone(tmp_path: Path) -> None:
    guide = Guide()
    office = Office(tmp_path, guide=guide).launch().work(30)
    assert office.tell("guide", "command").data is not None
    office.tell("show")
    assert guide.asked == []
    assert list(office.wall.up) == [notes.STATE]


@pytest.mark.parametrize(("said", "closed"), [("guide-close 0 1 1.0", 1), ("done", 0)])
def test_a_guide_at_its_end_makes_room_when_it_was_not_done(
    tmp_path: Path, said: str, closed: int
) -> None:
    """Its window would come to the front for the next Start, and stay at its end."""
    guide = Guide()
    office = Office(tmp_path, guide=guide).launch().work(30)
    for words in ("start", said, "undo"):
        assert not office.tell(words).refused
    assert office.lines[-1] == "reopened"
    assert guide.closed == closed


def test_three_ignored_prompts_bring_the_question_with_two_buttons(tmp_path: Path) -> None:
    office = Office(tmp_path).launch().work(30 + 40 + 40 + 10)
    question = office.wall.up[notes.QUESTION]
    assert [button.key for button in question.buttons] == ["less-often", "as-before"]
    assert [button.label for button in question.buttons] == ["Every 40 min", "Keep 30 min"]
    assert office.tell("less-often").text == "Reminders now come after 40 min of sitting."
    assert notes.QUESTION not in office.wall.up


def test_the_one_window_opens_at_a_page_and_with_the_leave_of_a_click(tmp_path: Path) -> None:
    asked: list[tuple[str, str]] = []

    def opens(page: str, activation: str) -> str:
        asked.append((page, activation))
        return "The window opens."

    office = Office(tmp_path, open_window=opens).launch()
    for words in ("open", "open settings", "open settings leave-1"):
        assert office.tell(words).text == "The window opens."
    assert asked == [("", ""), ("settings", ""), ("settings", "leave-1")]
    assert office.tell("open attic").refused.startswith("there is no page 'attic'; there are today")


@pytest.mark.parametrize("via", ["tray", "command"])
def test_that_it_cannot_open_is_told_where_no_command_tells_it(tmp_path: Path, via: str) -> None:
    def opens(page: str, activation: str) -> str:
        raise OSError("no window can open here; see: qlbreak doctor")

    office = Office(tmp_path, open_window=opens).launch()
    assert office.tell("open", via).refused == "no window can open here; see: qlbreak doctor"
    assert (notes.STATE in office.wall.up) == (via == "tray")


def test_the_check_in_is_offered_by_a_note_that_the_answer_takes_away(tmp_path: Path) -> None:
    office = Office(tmp_path, acts={"check-in": lambda: "A window opens."}).launch()
    office.clock.forward(7 * 86_400)
    office.work(6)
    note = office.wall.up[notes.CHECK_IN]
    assert [button.key for button in note.buttons] == [note.click] == ["check-in"]
    assert office.tell("check-in", "notification").text == "A window opens."
    assert office.tell("check-in left=3 right=5").text == "Noted."
    assert notes.CHECK_IN not in office.wall.up
    assert [line for line in office.lines if line != "sat"] == [
        "launched", "inquired", "checkedin",
    ]  # fmt: skip


@pytest.mark.parametrize("lost", [False, True])
def test_an_open_prompt_is_shown_again(tmp_path: Path, lost: bool) -> None:
    """By a new start, or when the notification daemon was gone."""
    office = Office(tmp_path).launch().work(31)
    if lost:
        prompt = office.wall.up.pop(notes.PROMPT)
        office.give(Lost([prompt]))
    else:
        office.clock.forward(5)
        office = Office(tmp_path, clock=office.clock).launch()
    assert office.wall.up[notes.PROMPT].about == 1
    assert office.lines.count("shown") == 1


def test_the_clock_goes_on_after_a_kill_from_the_checkpoint(tmp_path: Path) -> None:
    office = Office(tmp_path).launch().work(17)
    office = Office(tmp_path, clock=office.clock).launch()
    assert office.owner.scene().status.sitting == pytest.approx(17 * 60, abs=61)
    assert "sat" in office.lines


def test_quit_is_recorded_and_nothing_stays_up(tmp_path: Path) -> None:
    office = Office(tmp_path).launch().work(30)
    assert office.tell("quit").text == "qlbreak ends"
    assert office.lines[-1] == "quit"
    assert office.wall.up == {}
    office.owner.run(lambda: pytest.fail("it is at its end"))


def test_one_that_has_lost_the_record_leaves_nothing_up(tmp_path: Path) -> None:
    office = Office(tmp_path).launch().work(30)
    before = office.lines
    office.give(Dispossessed())
    assert office.wall.up == {}
    assert office.lines == before
    office.owner.run(lambda: pytest.fail("it is at its end"))


def test_whatever_may_lie_in_the_inbox_is_for_somebody(tmp_path: Path) -> None:
    assert set(get_args(Item)) == set(Office(tmp_path).owner._takes)


# What comes from notifications and windows


def test_a_button_says_its_words(tmp_path: Path) -> None:
    office = Office(tmp_path).launch().work(30)
    office.give(Pressed("done", 7))
    assert office.lines[-1] == "shown", "that was another prompt's"
    office.give(Pressed("done", 1))
    assert office.lines[-1] == "answered"


def test_next_turns_the_page_that_it_is_on(tmp_path: Path) -> None:
    office = Office(tmp_path).launch().work(30)
    office.tell("start")
    first = office.wall.up[notes.PROMPT]
    for _ in range(2):
        office.give(Pressed(first.click, 1))
    second = office.wall.up[notes.PROMPT]
    assert second.body != first.body
    assert (first.click, second.click) == ("next 1", "next 2")


def test_who_puts_a_note_away_has_seen_it_and_wants_no_further_step(tmp_path: Path) -> None:
    office = Office(tmp_path).launch().work(30)
    office.tell("start")
    first = office.wall.up[notes.PROMPT]
    office.give(Pressed(PUT_AWAY, 1))
    office.give(Pressed(first.click, 1))
    assert office.wall.up[notes.PROMPT] is first
    office.give(Pressed(PUT_AWAY, None))  # of what is about no prompt
    assert office.lines[-1] == "started"


@pytest.mark.parametrize("code", [0, 1])
def test_the_terminal_is_given_back_when_the_guide_in_it_has_ended(
    tmp_path: Path, code: int
) -> None:
    failed: list[bool] = []
    office = Office(tmp_path, give_back=failed.append).launch()
    office.give(Ended(HERE, code, NOTHING, replaced=False, said=""))
    assert failed == [code != 0]
    assert office.wall.up == {}


def test_a_guide_that_was_closed_leaves_the_prompt_as_it_was_before(tmp_path: Path) -> None:
    office = Office(tmp_path, guide=Guide()).launch().work(30)
    office.tell("start")
    office.give(Ended("guide", 0, (1, ""), replaced=False, said=""))
    assert office.lines[-1] == "stopped"
    assert list(office.wall.up) == [notes.PROMPT]


def test_what_a_window_had_to_show_and_could_not_is_said(tmp_path: Path) -> None:
    office = Office(tmp_path).launch()
    office.give(Ended("safety", 1, NOTHING, replaced=False, said=""))
    assert office.wall.up[notes.STATE].title == "The safety page cannot be opened"


def test_a_daemon_that_is_new_shows_what_should_be_up_but_not_how_it_stood(tmp_path: Path) -> None:
    office = Office(tmp_path).launch().work(30 + 40 + 40 + 10)
    office.tell("show")
    lost = list(office.wall.up.values())
    office.wall.up.clear()
    office.give(Lost(lost))
    assert {note.slot for note in lost} == {notes.QUESTION, notes.STATE}
    assert list(office.wall.up) == [notes.QUESTION]


# Edges that fail


def test_a_picture_that_cannot_be_drawn_stops_nobody(tmp_path: Path) -> None:
    broken = Broken(RuntimeError("no icon"))
    office = Office(tmp_path, draw=broken).launch().work(31)
    assert broken.asked == 1 + 31
    assert office.tell("done").text
    assert broken.asked == 1 + 32
    assert office.lines[-1] == "answered"


def test_a_notification_that_cannot_be_shown_goes_to_the_next_channel(tmp_path: Path) -> None:
    paper = Paper()
    notifier = Notifier([Paper(RuntimeError("no daemon")), paper])
    notifier.start()
    office = Office(tmp_path, notifier=notifier).launch().work(31)
    assert office.tell("done").text
    notifier.stop(5)
    assert [note.slot for note in paper.notes] == [notes.PROMPT]
    assert paper.closed == [notes.PROMPT]


def test_an_act_that_fails_is_answered_with_its_reason(tmp_path: Path) -> None:
    acts = {"record": lambda: "there", "settings": Broken(OSError("no xdg-open"))}
    office = Office(tmp_path, acts=acts).launch()
    assert office.tell("record").text == "there"
    assert office.tell("settings").refused == "no xdg-open"


def test_a_reply_nobody_waits_for_stops_nobody(tmp_path: Path) -> None:
    office = Office(tmp_path).launch()
    office.give(Spoken(("status",), "command", None, Broken(OSError("gone"))))
    assert office.tell("why").text


def test_overdue_ticks_are_asked_for_and_that_may_fail_too(tmp_path: Path) -> None:
    office = Office(tmp_path).launch()
    asked: list[int] = []

    def overdue() -> None:
        asked.append(1)
        if len(asked) == 2:
            office.inbox.say("quit", "signal")
        raise RuntimeError("no timer")

    office.owner.run(overdue)
    assert asked == [1, 1]


def test_attempt_tells_and_logs(caplog: pytest.LogCaptureFixture) -> None:
    assert attempt(lambda: None) is True
    assert attempt(Broken(ValueError("odd"))) is False
    assert "odd" in caplog.text


# What can be said to it


@pytest.mark.parametrize("words", ["", "dance", "snooze banana", "status now please extra"])
def test_words_without_a_meaning_are_refused(tmp_path: Path, words: str) -> None:
    office = Office(tmp_path).launch()
    reply = office.tell(words)
    assert bool(reply.refused) is not words.startswith("status")
    assert office.lines == ["launched"]


def test_a_refusal_of_the_core_is_handed_on(tmp_path: Path) -> None:
    assert Office(tmp_path).launch().tell("done").refused == "no reminder is open"


@pytest.mark.parametrize(("minutes", "slot"), [(12, notes.STATE), (31, notes.PROMPT)])
def test_show_tells_how_things_stand(tmp_path: Path, minutes: float, slot: str) -> None:
    office = Office(tmp_path).launch().work(minutes)
    office.wall.notes.clear()
    assert f"sitting {minutes} min" in office.tell("show").text
    assert [note.slot for note in office.wall.notes] == [slot]


def test_a_thread_that_asks_waits_for_the_answer(tmp_path: Path) -> None:
    office = Office(tmp_path).launch()
    replies: list[Reply] = []
    asking = threading.Thread(target=lambda: replies.append(office.inbox.answer(Request(("why",)))))
    asking.start()
    while asking.is_alive():
        office.drain()
    asking.join()
    assert replies[0].text.startswith("You have been sitting 0 s")


# Figures


def contract(office: Office) -> dict[str, object]:
    data = office.tell("status").data
    assert data is not None
    return data


def test_the_contract_has_its_keys(tmp_path: Path) -> None:
    office = Office(tmp_path).launch()
    before = contract(office)
    assert before.keys() == CONTRACT
    assert before["state"] == "sitting"
    assert (before["prompt"], before["next_prompt_in_s"]) == (None, 1800)
    told = contract(office.work(31))
    prompt, today = told["prompt"], told["today"]
    assert isinstance(prompt, dict)
    assert isinstance(today, dict)
    assert prompt.keys() == PROMPT
    assert today.keys() == TODAY
    assert told["sitting_s"] == told["since_break_s"] == today["sitting_s"] == 31 * 60
    assert told["next_prompt_in_s"] is None


def test_a_new_day_has_figures_of_its_own(tmp_path: Path) -> None:
    office = Office(tmp_path, clock=SetClock(MORNING.replace(hour=3))).launch().work(30)
    office.tell("done")
    assert office.owner.scene().today.done == 1
    office.work(45)  # past four o'clock
    today = office.owner.scene().today
    assert (today.done, today.prompts) == (0, 1)
    assert today.sitting_s == 15 * 60


def test_the_figures_are_those_of_today_after_a_start(tmp_path: Path) -> None:
    office = Office(tmp_path).launch().work(30)
    office.tell("done")
    later = SetClock(MORNING + timedelta(days=2))
    assert Office(tmp_path, clock=later).launch().owner.scene().today.done == 0
    soon = SetClock(MORNING + timedelta(hours=3))
    assert Office(tmp_path, clock=soon).launch().owner.scene().today.done == 1


def test_a_scene_is_drawn_for_every_change(tmp_path: Path) -> None:
    scenes: list[Scene] = []
    office = Office(tmp_path, draw=scenes.append).launch()
    scenes.clear()
    office.tell("stand")
    office.tell("sit")
    assert [scene.status.standing for scene in scenes] == [True, False]


def test_a_tick_is_drawn_when_there_is_something_new_to_see(tmp_path: Path) -> None:
    scenes: list[Scene] = []
    office = Office(tmp_path, draw=scenes.append).launch().work(1)
    scenes.clear()
    office.work(8)
    assert [scene.status.sitting for scene in scenes] == [minute * 60 for minute in range(2, 10)]
    office.tick(200.0)  # nobody is there
    assert scenes[-1].status.mode is Mode.AWAY


def test_where_nothing_is_touched_every_other_minute_is_drawn(tmp_path: Path) -> None:
    scenes: list[Scene] = []
    office = Office(tmp_path, draw=scenes.append).launch().work(1)
    scenes.clear()
    for idle in range(30, 180, 30):
        office.clock.forward(30.0)
        office.tick(float(idle))
    assert [scene.status.sitting for scene in scenes] == [180.0]
    office.clock.forward(30.0)
    office.tick(0.0)
    assert [scene.status.sitting for scene in scenes] == [180.0, 240.0], (
        "who is back sees it at once"
    )


def test_what_befalls_the_machine_is_looked_at_at_once(tmp_path: Path) -> None:
    hurried: list[float] = []
    Office(tmp_path, hurry=hurried.append).launch().give(Roused())
    assert hurried == [0.0]
