"""What a notification daemon is told, and which button was pressed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from qlbreak.notify import Action, Pressed
from rig.buscall import Bus as Stranger
from rig.buswatch import NOTIFICATIONS
from rig.post import BUTTONS, PATH, SPECIAL, Desk, Post, note
from rig.waiting import PATIENCE, wait_for


@pytest.fixture
def post() -> Iterator[Post]:
    with Post() as started:
        yield started


@pytest.mark.parametrize(
    ("capabilities", "actions"),
    [
        ("body", []),
        (
            "body,actions",
            ["default", "Open", "start", "Start", "done", "Done", "snooze 300 s", "Snooze 5 min"],
        ),
    ],
)
def test_buttons_are_sent_to_those_who_have_them(
    post: Post, capabilities: str, actions: list[str]
) -> None:
    daemon = post.daemon(capabilities)
    post.open().notifier.show(note())
    assert daemon.wait_shown()["actions"] == actions


@pytest.mark.parametrize(
    ("capabilities", "body"),
    [
        ("body", SPECIAL),
        (
            "body,body-markup",
            'Tom &amp; "Jerry\'s" &lt;b&gt;1 &lt; 2 &gt; 0&lt;/b&gt; &amp;amp; 🧘‍♀️ ½ 日本',
        ),
    ],
)
def test_the_text_is_escaped_for_those_who_read_markup(
    post: Post, capabilities: str, body: str
) -> None:
    """The title is plain text for all of them."""
    daemon = post.daemon(capabilities)
    post.open().notifier.show(note(SPECIAL, body=SPECIAL))
    shown = daemon.wait_shown()
    assert (shown["summary"], shown["body"]) == (SPECIAL, body)


def test_it_says_who_it_is_and_how_long_it_stays(post: Post) -> None:
    daemon = post.daemon()
    post.open().notifier.show(note(seconds=12.5))
    shown = daemon.wait_shown()
    assert (shown["app"], shown["timeout"]) == ("qlbreak", 12500)
    assert Path(shown["icon"]).is_file()
    assert shown["hints"] == {"urgency": 1, "desktop-entry": "qlbreak", "suppress-sound": True}


def test_a_note_is_silent_unless_it_is_to_be_heard(post: Post) -> None:
    daemon = post.daemon()
    post.open().notifier.show(note(sound=True))
    hints = daemon.wait_shown()["hints"]
    assert hints["sound-name"] == "message-new-instant"
    assert "suppress-sound" not in hints


def test_a_slot_has_one_notification_that_is_updated(post: Post) -> None:
    daemon = post.daemon()
    post.open()
    for title in ("first", "second", "third"):
        post.notifier.show(note(title))
    post.notifier.show(note("other", slot="question"))
    daemon.wait_shown(lambda shown: shown["summary"] == "other")
    told = [(shown["summary"], shown["replaces_id"], shown["id"]) for shown in daemon.shown()]
    assert told == [("first", 0, 1), ("second", 1, 1), ("third", 1, 1), ("other", 0, 2)]


def test_what_is_closed_is_withdrawn_once_and_the_next_one_is_new(post: Post) -> None:
    daemon = post.daemon()
    post.open().notifier.close("prompt")
    post.notifier.show(note())
    post.notifier.close("prompt")
    post.notifier.close("prompt")
    post.notifier.show(note("next"))
    assert daemon.wait_shown(lambda shown: shown["summary"] == "next")["replaces_id"] == 0
    told = [(event["event"], event["id"]) for event in daemon.events()]
    assert told == [("Notify", 1), ("CloseNotification", 1), ("Notify", 2)]


def test_a_daemon_is_asked_once_what_it_can_do(post: Post) -> None:
    desk = Desk(post, ("actions",))
    post.open()
    for title in ("first", "second", "third"):
        post.notifier.show(note(title))
        assert desk.titles.get(timeout=PATIENCE)[0] == title
    assert desk.asked == 1


def test_stop_finishes_what_was_asked_for(post: Post) -> None:
    daemon = post.daemon()
    post.notifier.show(note())
    post.notifier.close("prompt")
    post.open().notifier.stop(3)
    wait_for(lambda: daemon.events()[1:], 3, "shown and withdrawn", daemon.events)


def test_that_it_is_gone_already_is_no_trouble(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    """The specification answers with an error; this daemon, that it knows no such method."""
    desk = Desk(post, ("actions",))
    post.open().notifier.show(note())
    desk.titles.get(timeout=PATIENCE)
    post.notifier.close("prompt")
    post.notifier.show(note("next"))
    assert desk.titles.get(timeout=PATIENCE)[0] == "next"
    assert caplog.text == ""


# Buttons


@pytest.mark.parametrize(
    ("key", "heard"), [("done", "done"), ("snooze 300 s", "snooze 300 s"), ("default", "start")]
)
def test_a_pressed_button_says_which_prompt_it_was(post: Post, key: str, heard: str) -> None:
    daemon = post.daemon()
    post.open().notifier.show(note(about=41))
    number = daemon.wait_shown()["id"]
    daemon.press(number, key)
    assert post.pressed.get(timeout=PATIENCE) == Pressed(heard, 41)


def test_a_button_belongs_to_what_is_shown_now(post: Post) -> None:
    daemon = post.daemon()
    post.open().notifier.show(note("first", about=1))
    post.notifier.show(note("second", about=2))
    shown = daemon.wait_shown(lambda shown: shown["summary"] == "second")
    daemon.press(shown["id"], "done", closes=False)
    assert post.pressed.get(timeout=PATIENCE) == Pressed("done", 2)
    post.notifier.close("prompt")
    wait_for(lambda: daemon.events()[-1]["event"] == "CloseNotification", 3, "it is withdrawn")
    daemon.press(shown["id"], "done")
    assert post.no_press()


def test_gnome_tells_it_twice_and_it_counts_once(post: Post) -> None:
    """Its shell and the stand-in that owns the name; only the latter is heard."""
    daemon = post.daemon("actions", "--echo", name="gnome-shell")
    post.open().notifier.show(note())
    daemon.press(daemon.wait_shown()["id"], "start")
    assert post.pressed.get(timeout=PATIENCE) == Pressed("start", 7)
    assert post.no_press()


def test_the_same_answer_in_the_same_moment_counts_once(post: Post) -> None:
    daemon = post.daemon()
    post.open().notifier.show(note())
    number = daemon.wait_shown()["id"]
    for key in ("start", "start", "done"):
        daemon.press(number, key, closes=False)
    assert post.pressed.get(timeout=PATIENCE) == Pressed("start", 7)
    assert post.pressed.get(timeout=PATIENCE) == Pressed("done", 7)
    daemon.press(number, "done", closes=False)
    assert post.no_press()
    post.seconds += 2
    daemon.press(number, "done", closes=False)
    assert post.pressed.get(timeout=PATIENCE) == Pressed("done", 7)


@pytest.mark.parametrize("name", ["Xfce Notify Daemon", "lxqt-notificationd"])
def test_a_click_on_the_text_is_no_further_button_where_it_would_be_drawn(
    post: Post, name: str
) -> None:
    daemon = post.daemon("actions", f"--name={name}")
    post.open().notifier.show(note())
    keys = daemon.wait_shown()["actions"][::2]
    assert keys == ["start", "done", "snooze 300 s"]


def test_of_more_buttons_than_have_room_the_first_are_there(post: Post) -> None:
    daemon = post.daemon("actions", "--name=lxqt-notificationd")
    post.open().notifier.show(note(buttons=(*BUTTONS, Action("skip", "Skip"))))
    assert daemon.wait_shown()["actions"][1::2] == ["Start", "Done", "Snooze 5 min"]


def test_what_others_have_shown_is_not_ours(post: Post) -> None:
    daemon = post.daemon()
    other = Stranger(post.session_address)
    notify = (NOTIFICATIONS, PATH, NOTIFICATIONS, "Notify", "susssasa{sv}i")
    (foreign,) = other.call(*notify, "mail", 0, "", "You have mail", "", ["done", "Done"], {}, -1)
    post.open().notifier.show(note())
    ours = daemon.wait_shown(lambda shown: shown["app"] == "qlbreak")["id"]
    daemon.press(foreign, "done")
    daemon.press(foreign, "default")
    assert post.no_press()
    daemon.press(ours, "done")
    assert post.pressed.get(timeout=PATIENCE) == Pressed("done", 7)
    other.close()


def test_a_click_without_a_meaning_is_no_press(post: Post) -> None:
    daemon = post.daemon()
    post.open().notifier.show(note(click=""))
    daemon.press(daemon.wait_shown()["id"], "default")
    assert post.no_press()
