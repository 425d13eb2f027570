"""Start with the session, and the entry in the applications menu: switches that are no settings."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from qlbreak.autostart import launcher, ways
from qlbreak.system import paths
from qlbreak.system.paths import Paths
from qlbreak.texts import settings_form as texts
from qlbreak.widgets import parts
from qlbreak.widgets.choices import TickBox


class Starting(QWidget):
    """What there is here of the two; `changed` when one was switched."""

    changed = Signal()

    def __init__(self, places: Paths) -> None:
        super().__init__()
        self._switches = list(_switches(_options(places)))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(14)
        for switch in self._switches:
            inside.addWidget(switch)
            switch.changed.connect(self.changed)

    @property
    def touched(self) -> bool:
        return any(switch.touched for switch in self._switches)

    def as_it_was(self) -> None:
        for switch in self._switches:
            switch.as_it_was()


def _switches(options: Sequence[str]) -> list["_StartSwitch"]:
    known = ways.ways()
    found = [
        _StartSwitch(
            texts.AUTOSTART,
            texts.AUTOSTART_WHAT,
            lambda: any(entry.enabled for way in known if (entry := way.read()) is not None),
            lambda: ways.on(known, known[0], ways.command(options)),
            lambda: ways.off(known),
        )
    ]
    menu = launcher.menu()
    if menu is not None:
        found.append(
            _StartSwitch(
                texts.LAUNCHER,
                texts.LAUNCHER_WHAT,
                lambda: menu.read() is not None or menu.provided is not None,
                lambda: launcher.on(menu, options),
                lambda: launcher.off(menu),
            )
        )
    return found


def _options(places: Paths) -> list[str]:
    """So that it starts with the same files."""
    usual = paths.find()
    data, config = [str(places.data.absolute())], [str(places.config.absolute())]
    return [
        *(["--config", *config] if places.config != usual.config else []),
        *(["--data-dir", *data] if places.data != usual.data else []),
    ]


class _StartSwitch(QWidget):
    """`is_on`, `on` and `off` raise Foreign, OSError; what they say is told in place."""

    changed = Signal()

    def __init__(
        self,
        label: str,
        what: str,
        is_on: Callable[[], bool],
        on: Callable[[], str],
        off: Callable[[], str],
    ) -> None:
        super().__init__()
        self._is_on, self._on, self._off = is_on, on, off
        self._tick = TickBox(label)
        self._tick.setAccessibleDescription(what)
        self._told = QLabel()
        self._told.setWordWrap(True)
        self._told.setProperty("accent", True)
        self._told.hide()
        note = parts.text(what, 0.92, soft=True)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(2)
        for part in (self._tick, note, self._told):
            inside.addWidget(part)
        for below in (note, self._told):
            below.setContentsMargins(34, 0, 0, 0)
        self._opened = self._show()
        self._tick.toggled.connect(self._switch)

    @property
    def touched(self) -> bool:
        return self._tick.isChecked() != self._opened

    def as_it_was(self) -> None:
        if self.touched:
            self._tick.setChecked(self._opened)
        self._told.hide()

    def _switch(self, wanted: bool) -> None:
        try:
            self._tell((self._on if wanted else self._off)())
        except (ways.Foreign, OSError) as error:
            self._tell(str(error))
        self._show()
        self.changed.emit()

    def _show(self) -> bool:
        before = self._tick.blockSignals(True)
        try:
            self._tick.setChecked(self._is_on())
        except OSError as error:
            self._tell(str(error))
        self._tick.blockSignals(before)
        return self._tick.isChecked()

    def _tell(self, words: str) -> None:
        self._told.setText(words)
        self._told.show()
        parts.announce(self, words)
