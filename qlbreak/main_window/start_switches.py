"""Starting, on the page of settings: switches that are no settings, and the set-up taken back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from qlbreak.autostart.ways import Foreign
from qlbreak.settings.config import ConfigError
from qlbreak.setup import answers, starting
from qlbreak.setup.file import WriteError
from qlbreak.setup.starting import StartSwitch
from qlbreak.system.exits import plain
from qlbreak.system.paths import Paths
from qlbreak.texts import first_steps
from qlbreak.widgets import parts
from qlbreak.widgets.choices import TickBox


class Starting(QWidget):
    """What there is here of the two; `changed` when one was switched."""

    changed = Signal()

    def __init__(self, paths: Paths) -> None:
        super().__init__()
        self._paths = paths
        self._ticks = {each.word: StartTick(each) for each in _offered(paths)}
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(14)
        for tick in self._ticks.values():
            inside.addWidget(tick)
            tick.changed.connect(self._switched)
        self._undo = parts.button(first_steps.UNDO, self._take_back)
        self._said = parts.text("", accent=True)
        self._said.hide()
        inside.addLayout(parts.row(self._undo, None))
        inside.addWidget(self._said)
        self._undo.setVisible(paths.set_up.exists())

    @property
    def touched(self) -> bool:
        return any(tick.touched for tick in self._ticks.values())

    def as_it_was(self) -> None:
        for tick in self._ticks.values():
            tick.as_it_was()

    def _switched(self) -> None:
        """Each shows how things stand, whatever was wanted."""
        for switch in _offered(self._paths):
            if switch.word in self._ticks:
                self._ticks[switch.word].show_switch(switch)
        self.changed.emit()

    def _take_back(self) -> None:
        try:
            said = answers.undo(self._paths)
        except (ConfigError, WriteError, Foreign) as error:
            said = str(error)
        except OSError as error:
            said = plain(error)
        self._said.setText(said)
        self._said.show()
        parts.announce(self._said, said)
        self._undo.setEnabled(self._paths.set_up.exists())
        self._switched()


def _offered(paths: Paths) -> tuple[StartSwitch, ...]:
    try:
        return starting.switches(paths)
    except OSError:
        return ()


class StartTick(QWidget):
    """One of the switches; what switching it says is told in place."""

    changed = Signal()

    def __init__(self, switch: StartSwitch) -> None:
        super().__init__()
        self._switch, self._opened = switch, switch.on
        self._tick = TickBox(switch.label)
        self._tick.setAccessibleDescription(switch.note)
        self._told = QLabel()
        self._told.setWordWrap(True)
        self._told.setProperty("accent", True)
        self._told.hide()
        note = parts.text(switch.note, 0.92, soft=True)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(2)
        for part in (self._tick, note, self._told):
            inside.addWidget(part)
        for below in (note, self._told):
            below.setContentsMargins(34, 0, 0, 0)
        self.show_switch(switch)
        self._tick.toggled.connect(self._turn)

    @property
    def touched(self) -> bool:
        return self._tick.isChecked() != self._opened

    def as_it_was(self) -> None:
        if self.touched:
            self._tick.setChecked(self._opened)
        self._told.hide()

    def show_switch(self, switch: StartSwitch) -> None:
        """As it is now."""
        self._switch = switch
        before = self._tick.blockSignals(True)
        self._tick.setChecked(switch.on)
        self._tick.blockSignals(before)

    def _turn(self, wanted: bool) -> None:
        try:
            self._tell(str(self._switch.turn(wanted)))
        except Foreign as error:
            self._tell(str(error))
        except OSError as error:
            self._tell(plain(error))
        self.changed.emit()

    def _tell(self, words: str) -> None:
        self._told.setText(words)
        self._told.show()
        parts.announce(self, words)
