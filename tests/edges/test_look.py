"""What the windows know of the person's wishes and of the screen: dark, motion, scale."""

import sys

import pytest

from edges.desktop import Desktop
from edges.program import import_path
from edges.room import Room
from needing import need_tk

ASK = "from qlbreak.dialogs import wishes; print(wishes.dark(), wishes.still())"
SCALE = "from qlbreak.dialogs import look; print(look.window('x', 500, 400, (420, 380)).scale)"
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


@pytest.mark.parametrize(("dpi", "scale"), [("", "1.0"), ("144", "1.5"), ("192", "2.0")])
def test_the_scale_that_the_desktop_has_set(bare_desktop: Desktop, dpi: str, scale: str) -> None:
    need_tk()
    if dpi:
        set_dpi = (
            "from Xlib import Xatom; from Xlib.display import Display; d = Display();"
            "d.screen().root.change_property(Xatom.RESOURCE_MANAGER, Xatom.STRING, 8,"
            f"b'Xft.antialias:\\t1\\nXft.dpi:\\t{dpi}\\n'); d.sync()"
        )
        assert bare_desktop.run([sys.executable, "-c", set_dpi]).code == 0
    env = {**bare_desktop.env, **import_path()}
    assert bare_desktop.run([sys.executable, "-c", SCALE], env=env).out.strip() == scale
    env["QLBREAK_SCALE"] = "3"
    assert bare_desktop.run([sys.executable, "-c", SCALE], env=env).out.strip() == "3.0"
