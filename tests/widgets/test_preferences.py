"""What the windows know of the person's wishes and of the screen: dark, contrast, motion, scale."""

import sys
from typing import TYPE_CHECKING

import pytest

from rig.desktop import Desktop, set_dpi
from rig.program import import_path
from rig.room import Room

if TYPE_CHECKING:
    from qlbreak.widgets.theme import Colours

ASK = "from qlbreak.widgets import preferences as wishes; print(wishes.dark(), wishes.still())"
CONTRAST = "from qlbreak.widgets import preferences as wishes; print(wishes.contrast())"
MEASURED = """
from PySide6.QtGui import QFontMetricsF
from qlbreak.widgets import application, parts
window = application.window("x", 500, 400, (420, 380))
label = parts.text("Wall boomerang")
metrics = QFontMetricsF(label.font())
ratio = window.devicePixelRatio()
print(ratio, metrics.height() * ratio, metrics.horizontalAdvance(label.text()) * ratio)
"""
ROOM = """
from qlbreak.widgets import application
window = application.window("x", 5000, 4000, (420, 380))
window.show()
screen = window.screen().availableGeometry()
print(*screen.getRect(), window.width(), window.height())
"""
GSETTINGS = """#!/bin/sh
case "$3" in
color-scheme) echo "'prefer-dark'" ;;
enable-animations) echo false ;;
high-contrast) echo true ;;
esac
"""


def asked(room: Room, question: str = ASK, **env: str) -> str:
    done = room.run([sys.executable, "-c", question], env={**room.env, **import_path(), **env})
    assert done.code == 0, done
    return done.out.strip()


@pytest.mark.parametrize(
    ("env", "answer"),
    [
        ({}, "False False"),
        ({"QLBREAK_THEME": "dark", "QLBREAK_MOTION": "reduced"}, "True True"),
        ({"GTK_THEME": "Adwaita:dark"}, "True False"),
        ({"GTK_THEME": "Adwaita"}, "False False"),
        ({"GTK_THEME": "Adwaita:dark", "QLBREAK_THEME": "light"}, "False False"),
    ],
)
def test_from_the_environment(env: dict[str, str], answer: str) -> None:
    with Room() as room:
        assert asked(room, PATH="/nowhere", **env) == answer


def test_from_gnome() -> None:
    with Room() as room:
        program = room.folder / "gsettings"
        program.write_text(GSETTINGS)
        program.chmod(0o755)
        path = f"{room.folder}:{room.env['PATH']}"
        assert asked(room, PATH=path) == "True True"
        assert asked(room, CONTRAST, PATH=path) == "True"
        assert asked(room, CONTRAST, PATH=path, QLBREAK_THEME="dark") == "False"
        assert asked(room, PATH=path, QLBREAK_MOTION="full") == "True False"


def test_settings_that_hang_are_not_waited_for() -> None:
    with Room() as room:
        program = room.folder / "gsettings"
        program.write_text("#!/bin/sh\nexec sleep 60\n")
        program.chmod(0o755)
        assert asked(room, PATH=f"{room.folder}:{room.env['PATH']}", QLBREAK_MOTION="full") == (
            "False False"
        )


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("[Colors:Window]\nBackgroundNormal=32,35,38\n", "True False"),
        ("[Colors:Window]\nBackgroundNormal=239,240,241\n", "False False"),
        ("[General]\nColorScheme=BreezeDark\n[KDE]\nAnimationDurationFactor=0\n", "True True"),
        ("[KDE]\nAnimationDurationFactor=0.5\n", "False False"),
        ("no settings at all", "False False"),
    ],
)
def test_from_kde(text: str, answer: str) -> None:
    with Room() as room:
        (room.home / ".config").mkdir()
        (room.home / ".config/kdeglobals").write_text(text)
        assert asked(room, XDG_CURRENT_DESKTOP="KDE") == answer


@pytest.mark.parametrize("dpi", [0, 96, 120, 144, 168, 192, 240])
def test_texts_are_as_large_as_the_desktop_has_set(bare_desktop: Desktop, dpi: int) -> None:
    if dpi:
        set_dpi(bare_desktop, dpi)
    scale, high, wide = measured(bare_desktop)
    assert scale == (dpi or 96) / 96
    one, usual, narrow = measured(bare_desktop, QLBREAK_SCALE="1")
    assert one == 1
    assert high == pytest.approx(usual * scale, rel=0.1)
    assert wide == pytest.approx(narrow * scale, rel=0.08)


def test_a_scale_of_ones_own_goes_before_the_desktops(bare_desktop: Desktop) -> None:
    assert measured(bare_desktop, QT_SCALE_FACTOR="1.25")[0] == 1.25
    set_dpi(bare_desktop, 144)
    assert measured(bare_desktop, QLBREAK_SCALE="3")[0] == 3


def measured(desktop: Desktop, **env: str) -> tuple[float, float, float]:
    env = {**desktop.env, **import_path(), **env}
    told = desktop.run([sys.executable, "-c", MEASURED], env=env)
    assert told.code == 0, told
    scale, high, wide = map(float, told.out.split())
    return scale, high, wide


def test_a_window_leaves_the_panel_its_place(desktop: Desktop) -> None:
    """The panel of the tests is 28 pixels high."""
    env = {**desktop.env, **import_path()}
    room = desktop.run([sys.executable, "-c", ROOM], env=env)
    assert room.code == 0, room
    left, top, across, down, wide, high = map(int, room.out.split())
    assert (left, across) == (0, 1280)
    assert top + down <= 800
    assert wide <= across
    assert high + 28 <= down


@pytest.mark.parametrize("name", ["LIGHT", "DARK", "CONTRAST_LIGHT", "CONTRAST_DARK"])
def test_what_is_read_and_what_is_filled_in_stand_out(name: str) -> None:
    """WCAG 2: text 4.5 to 1, here 7 for the main one; edges and what has the keyboard 3 to 1."""
    from qlbreak.widgets import theme

    named: Colours = getattr(theme, name)
    for ground in (named.paper, named.card, named.tint):
        assert contrast(named.ink, ground) >= 7
        assert contrast(named.soft, ground) >= 4.5
        assert contrast(named.focus, ground) >= 3
    for ground in (named.paper, named.card):
        assert contrast(named.edge, ground) >= 3
        assert contrast(named.accent, ground) >= 4.5
    assert contrast(named.on_accent, named.accent) >= 4.5
    assert contrast(named.on_call, named.call) >= 7


def contrast(one: str, other: str) -> float:
    """As WCAG 2 reckons it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
