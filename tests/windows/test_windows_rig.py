"""The rig itself, as far as it needs no Wine: what it asks for, and how it reads a menu."""

from PIL import Image, ImageDraw

from windows.__main__ import IN_CI, ROOMS, TREE
from windows.parts import of_linux, requirements
from windows.wine_desktop import groups


def test_it_asks_for_what_the_program_needs_on_windows_and_not_on_linux() -> None:
    names = [one.partition(">")[0] for one in requirements(TREE)]
    assert {"pystray", "msgspec", "plotly", "pytest", "hypothesis", "tzdata"} <= set(names)
    assert "winrt-windows-ui-notifications" in names
    assert "desktop-notifier" not in names
    assert of_linux(TREE) == ["jeepney", "python-xlib"]
    assert not set(of_linux(TREE)) & set(names)


def test_every_room_with_tests_is_a_step() -> None:
    assert {"app", "core", "record", "guide"} <= set(ROOMS)
    assert not {"rig", "stock", "windows"} & set(ROOMS)


def test_what_continuous_integration_tries_is_there() -> None:
    assert all((TREE / "tests" / name).exists() for name in IN_CI)


def test_the_lines_of_a_menu_are_found_between_its_separators() -> None:
    picture = Image.new("RGB", (120, 100), "white")
    draw = ImageDraw.Draw(picture)
    for line in (10, 27, 60):
        draw.text((30, line - 5), "Snooze", "black")
    draw.line((4, 45, 116, 45), "#a0a0a0")
    found = groups(picture, (20, 0, 60, 100))
    assert [len(group) for group in found] == [2, 1]
    heights = [y for group in found for _, y in group]
    assert all(abs(y - at) <= 4 for y, at in zip(heights, (10, 27, 60), strict=True))
