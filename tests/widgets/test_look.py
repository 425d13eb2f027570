"""What the windows know of the person's wishes and of the screen: dark, motion, scale."""

import sys

import pytest

from needing import need_tk
from rig.desktop import Desktop, set_dpi
from rig.program import import_path
from rig.room import Room

ASK = "from qlbreak.widgets import preferences as wishes; print(wishes.dark(), wishes.still())"
MEASURED = """
from qlbreak.widgets import look
look = look.window("x", 500, 400, (420, 380))
font = look.font(15)
print(look.scale, font.metrics("linespace"), font.measure("Wall boomerang"))
"""
ROOM = """
from qlbreak.widgets import look; from qlbreak.widgets import tk_on_x11 as x11
window = look.window("x", 5000, 4000, (420, 380))
window.root.deiconify()
window.root.update()
print(*x11.room(), window.root.winfo_width(), window.root.winfo_height())
"""
GSETTINGS = """#!/bin/sh
case "$3" in
color-scheme) echo "'prefer-dark'" ;;
enable-animations) echo false ;;
esac
"""


def asked(room: Room, **env: str) -> str:
    done = room.run([sys.executable, "-c", ASK], env={**room.env, **import_path(), **env})
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
    need_tk()
    if dpi:
        set_dpi(bare_desktop, dpi)
    scale, high, wide = measured(bare_desktop)
    assert scale == min((dpi or 96) / 96, 1.5)  # the screen of the tests holds no more
    # "sans-serif" is DejaVu Sans or the like: a line of 15 pixels is about 18 high.
    assert high == pytest.approx(18 * scale, abs=2)
    assert wide == pytest.approx(119 * scale, rel=0.08)


def test_texts_are_as_large_as_other_toolkits_were_told(bare_desktop: Desktop) -> None:
    need_tk()
    assert measured(bare_desktop, GDK_SCALE="1.5")[0] == 1.5
    assert measured(bare_desktop, QT_SCALE_FACTOR="1.25")[0] == 1.25
    set_dpi(bare_desktop, 144)
    assert measured(bare_desktop, GDK_SCALE="1")[0] == 1.5
    assert measured(bare_desktop, QLBREAK_SCALE="3")[0] == 3


def measured(desktop: Desktop, **env: str) -> tuple[float, float, float]:
    env = {**desktop.env, **import_path(), **env}
    told = desktop.run([sys.executable, "-c", MEASURED], env=env)
    assert told.code == 0, told
    scale, high, wide = map(float, told.out.split())
    return scale, high, wide


def test_a_window_leaves_the_panel_its_place(desktop: Desktop) -> None:
    """The panel of the tests is 28 pixels high."""
    need_tk()
    env = {**desktop.env, **import_path()}
    room = desktop.run([sys.executable, "-c", ROOM], env=env)
    assert room.code == 0, room
    left, top, across, down, wide, high = map(int, room.out.split())
    assert (left, across) == (0, 1280)
    assert top + down <= 800
    assert wide <= across
    assert high + 28 <= down


@pytest.mark.parametrize("theme", ["LIGHT", "DARK"])
def test_the_ring_of_what_has_the_keyboard_stands_out(theme: str) -> None:
    """From the left edge to the middle each colour differs from its neighbour by 3 to 1."""
    need_tk()
    from qlbreak.widgets import look, shapes

    named = getattr(look, theme)
    for ground in (named.paper, named.card):
        for fill in (named.accent, named.card, named.tint):
            picture = shapes.ringed(90, 40, 9, ground, fill, named.focus, 2)
            row = picture.crop((0, 20, 45, 21)).tobytes().hex()
            colours = [f"#{row[at : at + 6]}" for at in range(0, len(row), 6)]
            assert list(dict.fromkeys(colours)) == list(dict.fromkeys((named.focus, ground, fill)))
            assert contrast(named.focus, ground) >= 3
            if fill == named.accent:
                assert contrast(ground, fill) >= 3


def contrast(one: str, other: str) -> float:
    """As WCAG 2 reckons it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
