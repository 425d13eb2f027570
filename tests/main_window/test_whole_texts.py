"""Texts of the one window that take several lines: none is cut, and none is squeezed."""

from datetime import datetime
from pathlib import Path

import pytest

pytest.importorskip("PySide6")

from PySide6.QtWidgets import QLabel

from qlbreak import data
from qlbreak.main_window.movement_card import CardPanel
from qlbreak.main_window.today_page import DayList
from qlbreak.settings.schema import Settings
from qlbreak.system.paths import find
from qlbreak.texts.day import DayEntry
from qlbreak.widgets import application, parts
from rig.offscreen import settle

LONG = "Reminder: Backward lean, slow breaths, knee hug and firm waist, right first; not answered"
MARGIN = 3  # which Qt leaves at both sides of a text


def test_an_entry_of_the_day_is_as_high_as_its_lines(offscreen: None) -> None:
    """At each width, also where just a word is too much."""
    window = application.window("a day", 940, 600, least=(100, 100))
    page = parts.Scroll()
    entries = DayList(page)
    page.inside.addWidget(entries)
    window.page.addWidget(page)
    window.show()
    at = datetime(2026, 3, 2, 12).astimezone()
    entries.show_entries(tuple(DayEntry(at, "12:00", what) for what in (LONG, "Away 9 min")))
    settle()
    words = entries.fontMetrics().horizontalAdvance(entries.item(0).text())
    told = set()
    for width in range(max(940, words + 160), 560, -6):  # fonts differ
        window.resize(width, 600)
        settle()
        first, second = (entries.visualItemRect(entries.item(row)) for row in (0, 1))
        room = entries.viewport().width() - 2 * (12 + MARGIN)
        lines = 1 if first.height() == second.height() else 2
        assert lines == (1 if words <= room else 2), (width, words, room)
        assert second.bottom() <= entries.viewport().height()
        told.add(lines)
    assert told == {1, 2}


def test_the_card_of_another_movement_is_laid_out_before_it_is_seen(
    offscreen: None, tmp_path: Path
) -> None:
    """Its texts never stand in the room that those before had."""
    window = application.window("cards", 700, 500, least=(100, 100))
    movements = data.load().movements
    card = CardPanel(find(tmp_path), data.load(), lambda _: None)
    window.page.addWidget(card)
    window.show()
    for movement in list(movements.values())[:8]:
        card.show_movement(movement, Settings())
        texts = [label for label in card.findChildren(QLabel) if label.isVisible()]
        assert movement.steps[0] in " ".join(label.text() for label in texts)
        for label in texts:
            assert label.height() >= label.heightForWidth(label.width()), label.text()
