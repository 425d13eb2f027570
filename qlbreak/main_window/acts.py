"""What can be done now, as buttons: the lines of the menu, as the running program tells them."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from msgspec.structs import replace
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from qlbreak.texts import main_window
from qlbreak.tray import SEPARATOR, MenuLine
from qlbreak.widgets import parts
from qlbreak.widgets.flow import Flow

_MAIN, _MORE, _QUIT = "start", "more-menu", "quit"
# They say how things stand, which stands above; or they open us.
_ELSEWHERE = {"show", "open", "figures", "trouble", "quit"}

_LEAST = 200  # of a row of buttons, where a long one is cut

Press = Callable[[str], object]


class Acts(QWidget):
    """A line of the menu is a button, one with lines of its own a button with a menu; what cannot
    be done now is not there. `press` is told the key of what was pressed."""

    def __init__(self, press: Press) -> None:
        super().__init__()
        self._press = press
        self._groups: list[_Group] = []
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(10)

    @property
    def last(self) -> QPushButton | None:
        """The one to which the keyboard comes last."""
        found = [button for group in self._groups for button in group.buttons]
        return found[-1] if found else None

    def show_lines(self, menu: Sequence[MenuLine]) -> None:
        """What was there stays where it is, and keeps the keyboard."""
        found = _groups(menu)
        while len(self._groups) < len(found):
            self._groups.append(_Group(self._press))
            self._inside.addWidget(self._groups[-1])
        for number, group in enumerate(self._groups):
            lines = found[number] if number < len(found) else []
            group.show_lines(lines)
            group.setVisible(bool(lines))
        for one, other in pairwise(self._groups):
            if one.buttons and other.buttons:
                self.setTabOrder(one.buttons[-1], other.buttons[0])


def _groups(menu: Sequence[MenuLine]) -> list[list[MenuLine]]:
    """What answers the reminder, then all else: what stands above and below that in the menu."""
    groups: list[list[MenuLine]] = [[]]
    for line in menu:
        if line == SEPARATOR:
            groups.append([])
        elif line.key == _MORE:
            quits = [one for one in menu if one.key == _QUIT]  # no button: a slip would end it
            groups[-1].append(replace(line, lines=(*line.lines, SEPARATOR, *quits)))
        elif line.visible and line.enabled and line.key not in _ELSEWHERE:
            groups[-1].append(line)
    first = next((group for group in groups if any(line.key == _MAIN for line in group)), [])
    news = groups[0] if groups[0] is not first else []
    rest = [line for group in groups if group is not first and group is not news for line in group]
    return [group for group in (news, first, rest) if group]


class _Group(QWidget):
    """Its buttons by their keys."""

    def __init__(self, press: Press) -> None:
        super().__init__()
        self._press = press
        self._flow = Flow(self, middle=False, least=_LEAST)
        self._buttons: dict[str, QPushButton] = {}
        self._shown: dict[str, MenuLine] = {}

    @property
    def buttons(self) -> list[QPushButton]:
        return [self._buttons[key] for key in self._shown]

    def show_lines(self, lines: Sequence[MenuLine]) -> None:
        wanted = {line.key: line for line in lines}
        keyboard = next((n for n, key in enumerate(self._shown) if self._has(key)), None)
        if list(wanted) != list(self._shown):
            self._arrange(list(wanted))
        for key, line in wanted.items():
            if self._shown.get(key) != line:
                self._tell(self._buttons[key], line)
        self._shown = wanted
        if keyboard is not None and wanted and not any(map(self._has, wanted)):
            index = min(keyboard, len(wanted) - 1)  # what came in the place of what was pressed
            self._buttons[list(wanted)[index]].setFocus()

    def _has(self, key: str) -> bool:
        return self._buttons[key].hasFocus()

    def _arrange(self, wanted: list[str]) -> None:
        for key in [key for key in self._buttons if key not in wanted]:
            button = self._buttons.pop(key)
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        for index, key in enumerate(wanted):
            if key not in self._buttons:
                self._buttons[key] = self._made(key)
            self._flow.put(index, self._buttons[key])
            self._buttons[key].raise_()  # by which screen readers know their order
        for one, other in pairwise(wanted):
            self.setTabOrder(self._buttons[one], self._buttons[other])

    def _made(self, key: str) -> QPushButton:
        return parts.button("", lambda: self._pressed(key), main=key == _MAIN)

    def _pressed(self, key: str) -> None:
        """One with a menu of its own shows that instead."""
        if not self._shown[key].lines:
            self._press(key)

    def _tell(self, button: QPushButton, line: MenuLine) -> None:
        button.setText(line.label.replace("&", "&&"))
        button.setAccessibleName(line.label)
        old = button.menu()
        if line.lines:
            button.setMenu(_menu(button, line, self._press))
        else:
            button.setMenu(None)  # type: ignore[arg-type]
        if old is not None:
            old.deleteLater()


def _menu(button: QPushButton, line: MenuLine, press: Press) -> QMenu:
    menu = QMenu(line.label, button)
    menu.setAccessibleName(line.label)
    for one in line.lines:
        if one == SEPARATOR:
            menu.addSeparator()
        elif one.visible and one.enabled and one.key not in _ELSEWHERE - {_QUIT}:
            name = main_window.ACTS.get(one.key, one.label)
            action = QAction(name.replace("&", "&&"), menu)
            action.setCheckable(one.checked is not None)
            action.setChecked(bool(one.checked))
            action.triggered.connect(lambda _=False, key=one.key: press(key))
            menu.addAction(action)
    return menu
