"""The rig itself, as far as it needs no Wine: what it asks for, and how it reads a menu."""

from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from windows.__main__ import IN_CI, ROOMS, TREE, once_more
from windows.parts import of_linux, requirements
from windows.wine_desktop import groups
from windows.wine_python import WinePython


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


@pytest.mark.parametrize(
    ("said", "held", "runs"),
    [
        ([(0, "9 passed")], True, 1),
        ([(1, "1 failed, 8 passed"), (0, "1 passed")], True, 2),
        ([(1, "1 failed, 8 passed"), (1, "1 failed")], False, 2),
        ([(1, "4 failed, 5 passed")], False, 1),
        ([(1, "2 failed, 5 passed, 2 errors")], False, 1),
        ([(1, "8 passed, 1 error"), (0, "1 passed")], True, 2),
        ([(1, "1 failed, 8 passed"), (5, "no tests ran")], False, 2),
        ([(5, "no tests ran")], True, 1),
        ([(2, "1 failed, interrupted")], False, 1),
    ],
)
def test_what_failed_is_tried_once_more(
    tmp_path: Path, said: list[tuple[int, str]], held: bool, runs: int
) -> None:
    windows, left = WinePython(tmp_path, tmp_path / "logs"), [*said]

    def pytest_run(*_: str) -> int:
        code, line = left.pop(0)
        with (windows.logs / "tray.txt").open("a") as log:
            log.write(f"=== {line} ===\n")
        return code

    told = "; once more: ".join(line for _, line in said)
    assert once_more(windows, "tray", pytest_run) == (held, told)
    assert len(said) - len(left) == runs


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
