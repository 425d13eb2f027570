"""The tabs at the side, by keys."""

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTabWidget, QWidget

from qlbreak.main_window.tabs import Tabs

DOWN, UP, RIGHT, LEFT = Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Left


@pytest.mark.parametrize(
    ("side", "keys", "page"),
    [
        (QTabWidget.TabPosition.West, [DOWN, DOWN, UP], 1),
        (QTabWidget.TabPosition.West, [DOWN] * 9, 3),
        (QTabWidget.TabPosition.West, [UP], 0),
        (QTabWidget.TabPosition.West, [RIGHT, DOWN, LEFT], 1),
        (QTabWidget.TabPosition.North, [RIGHT, RIGHT, DOWN], 2),
    ],
)
def test_arrows_go_on_as_the_tabs_stand(
    offscreen: None, side: QTabWidget.TabPosition, keys: list[Qt.Key], page: int
) -> None:
    """Below each other: by Up and Down as well."""
    pages = QTabWidget()
    pages.setTabBar(Tabs())
    pages.setTabPosition(side)
    for name in ("one", "two", "three", "four"):
        pages.addTab(QWidget(), name)
    for key in keys:
        QTest.keyClick(pages.tabBar(), key)
    assert pages.currentIndex() == page
