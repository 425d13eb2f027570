"""A notification daemon that hangs, refuses, dies, is slow, or is followed by another."""

import logging
import sys
from collections.abc import Iterator

import pytest

from qlbreak.notify import PUT_AWAY, Pressed
from rig.post import Desk, Post, note
from rig.program import import_path
from rig.waiting import PATIENCE, now, wait_for


@pytest.fixture
def post() -> Iterator[Post]:
    with Post() as started:
        yield started


def test_a_daemon_that_hangs_costs_three_seconds_and_not_the_callers(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    post.daemon("actions", "--hang=all")
    post.open()
    started = now()
    post.notifier.show(note("first"))
    post.notifier.close("question")
    assert post.paper.notes.empty()
    assert post.paper.next() == "first"
    assert now() - started > 2.9
    assert "the desktop's notification service do not work" in caplog.text


def test_a_start_that_fails_is_one_line_though_nobody_can_be_notified_of_it(post: Post) -> None:
    post.daemon("actions", "--hang=all")
    mistaken = post.folder / "mine.toml"
    mistaken.write_text("[prompt]\nsnoozes = 9\n")
    env = post.env | {"DBUS_SESSION_BUS_ADDRESS": post.session_address} | import_path()
    outcome = post.run([sys.executable, "-m", "qlbreak", "--config", mistaken, "run"], env=env)
    assert outcome.code == 2
    assert outcome.err.startswith("qlbreak: "), outcome.err
    assert "notifications by" not in outcome.err


def test_a_daemon_may_hang_in_the_middle(post: Post, caplog: pytest.LogCaptureFixture) -> None:
    daemon = post.daemon("actions", "--hang=notify")
    post.open(timeout=0.4).notifier.show(note("first"))
    assert post.paper.next() == "first"
    assert "no answer to Notify in 0.4 s" in caplog.text
    daemon.set(hang="")
    post.notifier.show(note("second"))
    daemon.wait_shown(lambda shown: shown["summary"] == "second")


def test_a_trouble_is_told_once_until_it_is_over(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    daemon = post.daemon("actions", "--error=org.example.Error.Full")
    post.open()
    for title in ("first", "second"):
        post.notifier.show(note(title))
        assert post.paper.next() == title
    daemon.set(error="")
    post.notifier.show(note("third"))
    daemon.wait_shown(lambda shown: shown["summary"] == "third")
    daemon.set(error="org.example.Error.Full")
    post.notifier.show(note("fourth"))
    assert post.paper.next() == "fourth"
    warnings = [r.getMessage() for r in caplog.records if r.levelno == logging.WARNING]
    assert len(warnings) == 2
    assert warnings[0].endswith("do not work: org.example.Error.Full: refused by the test")


def test_without_a_daemon_the_next_channel_shows_it_until_one_comes(post: Post) -> None:
    post.open().notifier.show(note("first"))
    assert post.paper.next() == "first"
    daemon = post.daemon()
    assert post.returned.get(timeout=PATIENCE) == ["first"], "nobody has seen it on the desktop"
    post.notifier.show(note("second"))
    assert daemon.wait_shown()["summary"] == "second"


def test_a_daemon_that_comes_back_is_told_once_and_used_again(post: Post) -> None:
    first = post.daemon()
    post.open().notifier.show(note("first"))
    old = first.wait_shown()["id"]
    post.kill(first)
    post.notifier.close("prompt")
    post.notifier.show(note("meanwhile"))
    assert post.paper.next() == "meanwhile"
    assert post.returned.empty()
    second = post.daemon(name="second")
    post.returned.get(timeout=PATIENCE)
    second.press(old, "done")
    assert post.no_press()
    post.notifier.show(note("second"))
    shown = second.wait_shown()
    assert (shown["summary"], shown["replaces_id"]) == ("second", 0)
    assert post.returned.empty()


def test_what_the_person_has_closed_does_not_come_again(post: Post) -> None:
    """MATE's daemon ends when it has nothing to show, and the next mail starts it again."""
    first = post.daemon()
    post.open().notifier.show(note("closed"))
    post.notifier.show(note("expired", slot="question"))
    post.notifier.show(note("still there", slot="check-in"))
    first.wait_shown(lambda shown: shown["summary"] == "still there")
    first.close(1, 2)
    first.close(2, 1)
    assert post.pressed.get(timeout=PATIENCE) == Pressed(PUT_AWAY, 7)
    post.kill(first)
    second = post.daemon(name="second")
    assert post.returned.get(timeout=PATIENCE) == ["still there"]
    post.kill(second)
    post.daemon(name="third")
    assert post.returned.get(timeout=PATIENCE) == ["still there"]


def test_what_was_closed_comes_as_a_new_one(post: Post) -> None:
    """Not as a change of one that nobody sees; and there is nothing to withdraw before."""
    daemon = post.daemon()
    post.open().notifier.show(note("first"))
    daemon.wait_shown()
    daemon.close(1, 1)
    assert post.no_press()
    post.notifier.show(note("second"))
    assert daemon.wait_shown(lambda shown: shown["summary"] == "second")["replaces_id"] == 0
    daemon.close(2, 1)
    assert post.no_press()
    post.notifier.close("prompt")
    post.notifier.show(note("third"))
    daemon.wait_shown(lambda shown: shown["summary"] == "third")
    assert "CloseNotification" not in [event["event"] for event in daemon.events()]


def test_again_means_what_has_neither_been_closed_nor_changed(post: Post) -> None:
    daemon = post.daemon()
    stale, gone, kept = note("stale"), note("gone", slot="a"), note("kept", slot="b")
    for each in (stale, gone, kept, note("new")):
        post.notifier.show(each)
    post.notifier.close("a")
    for each in (stale, gone, kept):
        post.notifier.again(each)
    post.open().notifier.stop(3)
    titles = [shown["summary"] for shown in daemon.shown()]
    assert titles == ["stale", "gone", "kept", "new", "kept"]


def test_its_numbers_mean_nothing_to_the_next_daemon(post: Post) -> None:
    first = post.daemon()
    post.open().notifier.show(note("first"))
    first.wait_shown()
    post.kill(first)
    second = post.daemon(name="second")
    post.returned.get(timeout=PATIENCE)
    post.notifier.close("prompt")
    post.notifier.show(note("second"))
    second.wait_shown()
    assert [event["event"] for event in second.events()] == ["Notify"]


def test_the_next_daemon_is_asked_anew_what_it_can_do(post: Post) -> None:
    first = post.daemon("body")
    post.open().notifier.show(note("first", body="<"))
    assert (first.wait_shown()["actions"], first.wait_shown()["body"]) == ([], "<")
    post.kill(first)
    second = post.daemon("actions,body-markup", name="second")
    post.returned.get(timeout=PATIENCE)
    post.notifier.show(note("second", body="<"))
    shown = second.wait_shown()
    assert (len(shown["actions"]), shown["body"]) == (8, "&lt;")


def test_a_daemon_that_takes_the_place_of_another_counts_as_a_new_one(post: Post) -> None:
    first = Desk(post, ())
    post.open().notifier.show(note("first"))
    assert first.titles.get(timeout=PATIENCE) == ("first", 0, 0)
    post.notifier.show(note("update"))
    assert first.titles.get(timeout=PATIENCE) == ("update", 5, 0)
    second = Desk(post, ("actions",))
    post.returned.get(timeout=PATIENCE)
    post.notifier.show(note("second"))
    assert second.titles.get(timeout=PATIENCE) == ("second", 0, 8)
    assert first.titles.empty()


def test_a_lost_bus_is_a_lost_daemon(post: Post) -> None:
    first = post.daemon()
    post.open().notifier.show(note("first"))
    first.wait_shown()
    post.kill_daemon()
    post.notifier.show(note("meanwhile"))
    assert post.paper.next() == "meanwhile"
    post.start_daemon()
    second = post.daemon(name="second")
    post.returned.get(timeout=PATIENCE)
    post.notifier.show(note("second"))
    assert second.wait_shown()["replaces_id"] == 0


# A daemon that is slow: the answer comes after its time


def test_a_late_answer_is_no_orphan(post: Post) -> None:
    daemon = post.daemon("actions", "--delay=0.9")
    post.open(timeout=0.4).notifier.show(note("first", about=1))
    assert post.paper.next() == "first"
    assert daemon.wait_shown()["id"] == 1
    daemon.set(delay=0)
    daemon.press(1, "done", closes=False)
    assert post.pressed.get(timeout=PATIENCE) == Pressed("done", 1)
    post.notifier.show(note("second", about=2))
    assert daemon.wait_shown(lambda shown: shown["summary"] == "second")["replaces_id"] == 1
    post.notifier.close("prompt")
    wait_for(lambda: daemon.events()[-1].get("event") == "CloseNotification", 3, "withdrawn")


def test_what_was_closed_while_it_was_slow_is_withdrawn(post: Post) -> None:
    daemon = post.daemon("actions", "--delay=0.9")
    post.open(timeout=0.4).notifier.show(note())
    post.notifier.close("prompt")
    wait_for(
        lambda: ("CloseNotification", 1) in [(e["event"], e.get("id")) for e in daemon.events()],
        5,
        "it is withdrawn when it is known",
        daemon.events,
    )


def test_of_two_slow_ones_the_later_stays(post: Post) -> None:
    daemon = post.daemon("actions", "--delay=0.9")
    post.open(timeout=0.4)
    post.notifier.show(note("first"))
    post.notifier.show(note("second"))
    closed = wait_for(
        lambda: [e["id"] for e in daemon.events() if e["event"] == "CloseNotification"],
        5,
        "the first one is withdrawn",
        daemon.events,
    )
    assert closed == [1]
    post.notifier.close("prompt")
    wait_for(lambda: daemon.events()[-1].get("id") == 2, 5, "the second one can be withdrawn")
