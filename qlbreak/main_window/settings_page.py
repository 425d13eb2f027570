"""The page Settings: the file as a form, made from the one place that knows each key.

What is entered is saved when a field is left, and the running program takes it up at once. The file
stays the truth: what changes there shows up here, and a file with a mistake in it is not touched.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from qlbreak import data
from qlbreak.core.model.movements import Flag
from qlbreak.language import _
from qlbreak.main_window.entries import OptionsEntry, ValueEntry, entry
from qlbreak.main_window.feed import Feed
from qlbreak.main_window.plan_section import PlanSection
from qlbreak.main_window.settings_field import SettingField
from qlbreak.main_window.start_switches import Starting
from qlbreak.main_window.tabs import Tabs
from qlbreak.main_window.week_entry import WeekEntry
from qlbreak.settings.config import ConfigError
from qlbreak.settings.hook_command import Command
from qlbreak.settings.kinds import Count, Duration, WorkHours
from qlbreak.settings.schema import AT_NEXT_START, SECTIONS, ConfigKey, KeyName
from qlbreak.setup import file
from qlbreak.setup.file import ConflictError, WriteError
from qlbreak.setup.form import KEYS, SettingsForm, intro
from qlbreak.system import opener
from qlbreak.system.control import Reply
from qlbreak.system.paths import Paths
from qlbreak.texts import first_steps, main_window, plans
from qlbreak.texts import settings_form as texts
from qlbreak.widgets import application, parts

_CAUTIONS = "you", "cautions"
_BEFORE_STARTING = "hours"
_NARROW = 620  # below this the sections are a list that opens
_SETTLING_MS = 100  # an editor writes a file in several steps


def make(paths: Paths, feed: Feed) -> QWidget:
    return SettingsPage(paths, feed)


class SettingsPage(QWidget):
    def __init__(self, paths: Paths, feed: Feed) -> None:
        super().__init__()
        self._paths, self._feed = paths, feed
        self._form = SettingsForm(paths.config)
        self._catalogue, _mistakes = data.load_with(paths.own)
        self.fields: dict[KeyName, SettingField] = {}
        self._left = parts.text("", soft=True)
        self._stack = QStackedWidget()
        self._list, self._opens = Tabs(), QComboBox()
        self._starting = Starting(paths)
        for section, title in texts.SECTIONS.items():
            self._add_page(title, self._section(section))
            if section == _BEFORE_STARTING:
                self._add_page(texts.STARTING, self._start_section())
                self._add_page(plans.SECTION, self._plan_section())
        self._trouble = parts.Trouble()
        self._done = _Status()
        self._undo = parts.button(texts.AS_IT_WAS, self._as_it_was)
        self._undo.setAccessibleDescription(texts.AS_IT_WAS_WHAT)
        self._undo.setToolTip(texts.AS_IT_WAS_WHAT)
        self._lay_out()
        _Watched(paths.config, self, self._look)
        for where, field in self.fields.items():
            field.show_value(self._form.settings.at(where))
        self._show_state()

    # What is seen

    def _lay_out(self) -> None:
        for chooser in (self._list, self._opens):
            chooser.setAccessibleName(texts.CHOOSER)
        self._list.setShape(QTabBar.Shape.RoundedWest)
        self._list.currentChanged.connect(self._turn)
        self._opens.currentIndexChanged.connect(self._turn)
        middle = QHBoxLayout()
        middle.setSpacing(14)
        middle.addWidget(self._list, 0, Qt.AlignmentFlag.AlignTop)
        middle.addWidget(self._stack, 1)
        edit = parts.button(texts.OPEN_FILE, self._open)
        edit.setToolTip(str(self._paths.config))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(10)
        inside.addWidget(self._trouble)
        inside.addWidget(self._opens)
        inside.addLayout(middle, 1)
        foot = parts.row(self._done, edit, self._undo)
        foot.setStretch(0, 1)
        inside.addLayout(foot)

    def _section(self, section: str) -> QWidget:
        frame, inside = parts.card()
        inside.setSpacing(14)
        for key in SECTIONS[section].values():
            where = section, key.name
            self.fields[where] = self._field(where, key)
            inside.addWidget(self.fields[where])
            if where == _CAUTIONS:
                inside.addWidget(self._left)
        return _scrolled(parts.text(intro(section), soft=True), frame)

    def _start_section(self) -> QWidget:
        self._starting.changed.connect(self._show_state)
        return _scrolled(_carded(self._starting))

    def _plan_section(self) -> QWidget:
        return _scrolled(_carded(PlanSection(self._paths, self._feed, self._catalogue)))

    def _add_page(self, label: str, page: QWidget) -> None:
        self._list.addTab(label)
        self._opens.addItem(label)
        self._stack.addWidget(page)

    def _field(self, where: KeyName, key: ConfigKey) -> SettingField:
        label = _(key.help)
        field = SettingField(key, label, _help(where, key), self._entry(where, key, label))
        field.entered.connect(lambda value: self._put(where, value))
        field.reset.connect(lambda: self._reset(where))
        return field

    def _entry(self, where: KeyName, key: ConfigKey, label: str) -> ValueEntry:
        if isinstance(key.kind, WorkHours):
            return WeekEntry(label)
        made = entry(key.kind, label, self._hidden() if where == _CAUTIONS else {})
        if isinstance(made, OptionsEntry) and where == _CAUTIONS:
            made.left.connect(lambda: self._tell_left(made.words))
        return made

    def _hidden(self) -> dict[str, str]:
        """By caution: which movements it hides."""
        every = self._catalogue.movements.values()
        return {
            flag: texts.hides([m.plain_name for m in every if flag in m.avoid_if])
            for flag in self._catalogue.cautions
        }

    def _tell_left(self, cautions: frozenset[Flag] | frozenset[str]) -> None:
        total = len(self._catalogue.movements)
        left = len(self._catalogue.available(cautions))  # type: ignore[arg-type]
        self._left.setText(first_steps.left(left, total))

    def _turn(self, number: int) -> None:
        self._list.setCurrentIndex(number)
        self._opens.setCurrentIndex(number)
        self._stack.setCurrentIndex(number)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        self._opens.setVisible(narrow)
        self._list.setVisible(not narrow)

    def hideEvent(self, event: QHideEvent) -> None:
        """Also when the window is closed: what is whole is saved."""
        super().hideEvent(event)
        for field in self.fields.values():
            if field.edited:
                field.leave()

    # What is done

    def _put(self, where: KeyName, value: Any) -> None:
        field = self.fields[where]
        self._write(where, value, lambda: self._form.put(where, value, field.seen))

    def _reset(self, where: KeyName) -> None:
        field = self.fields[where]
        self._write(where, field.key.default, lambda: self._form.reset(where, field.seen))

    def _write(self, where: KeyName, value: Any, write: Callable[[], object]) -> None:
        field = self.fields[where]
        try:
            write()
        except ConflictError as conflict:
            field.ask(value, conflict.now[where])
            return
        except WriteError as error:
            field.tell_wrong(str(error))
            return
        except ConfigError:
            self._look()
            return
        field.show_value(self._form.settings.at(where))
        self._done.clear()
        self._show_state()
        self._apply(field, where)

    def _apply(self, field: SettingField, where: KeyName) -> None:
        self._feed.say("reload", lambda reply: field.tell(_outcome(where, reply)))

    def _as_it_was(self) -> None:
        try:
            done = self._form.as_it_was()
        except (ConfigError, WriteError) as error:
            self._done.tell(str(error))
            return
        self._starting.as_it_was()
        for where in done.back:
            self.fields[where].show_value(self._form.settings.at(where))
        kept = [_(KEYS[where].help) for where in sorted(done.kept)]
        self._done.tell(texts.kept(kept) if kept else texts.AS_IT_WAS_DONE)
        self._show_state()
        self._feed.say("reload")

    def _open(self) -> None:
        try:
            file.make(self._paths.config)
            opener.edit(self._paths.config)
        except (OSError, WriteError) as error:
            self._done.tell(texts.not_opened(str(self._paths.config), str(error)))

    # What others do

    def _look(self) -> None:
        """The file has changed, perhaps by ourselves."""
        for where in self._form.look():
            field = self.fields[where]
            if not field.edited and field.seen != self._form.settings.at(where):
                field.show_value(self._form.settings.at(where))
                field.tell(texts.ELSEWHERE)
        self._show_state()

    def _show_state(self) -> None:
        broken = self._form.mistakes
        self._stack.setEnabled(not broken)
        touched = bool(self._form.touched) or self._starting.touched
        self._undo.setEnabled(touched and not broken)
        if broken:
            words = "\n".join([texts.BROKEN, *broken])
            if self._trouble.isHidden():
                self._trouble.tell(words)
        else:
            self._trouble.untell()
        self._tell_left(self._form.settings.you.cautions)


def _carded(part: QWidget) -> QWidget:
    frame, inside = parts.card()
    inside.addWidget(part)
    return frame


def _scrolled(*some: QWidget) -> QWidget:
    """A page of the sections; its parts have the keyboard, and not the page."""
    scroll = parts.Scroll()
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    for part in some:
        scroll.inside.addWidget(part)
    scroll.inside.addStretch(1)
    return scroll


def _help(where: KeyName, key: ConfigKey) -> str:
    """What the label does not say: what it may be, where the field does not show that, and more."""
    kind = key.kind
    if isinstance(kind, Command):
        return texts.hook(kind.names)
    may_be = texts.may_be(kind.bounds) if isinstance(kind, Count | Duration) else ""
    return " ".join(filter(None, (may_be, texts.HELP.get(where) or (key.more and _(key.more)))))


def _outcome(where: KeyName, reply: Reply) -> str:
    if not reply.refused and not reply.unsaved:
        return texts.NEEDS_RESTART if where[0] in AT_NEXT_START else texts.APPLIED
    return texts.SAVED if reply.refused == main_window.NOT_RUNNING else reply.refused


class _Status(QLabel):
    """What became of all of them."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # nothing moves when it comes
        self.setSizePolicy(policy)
        self.hide()

    def tell(self, words: str) -> None:
        self.setText(words)
        self.show()
        parts.announce(self, words)


class _Watched(QObject):
    """The file, also where it is replaced or made anew: then the folder tells of it."""

    def __init__(self, path: Path, keeper: QObject, changed: Callable[[], None]) -> None:
        super().__init__(keeper)
        self._path = path
        self._watcher = QFileSystemWatcher(self)
        self._pause = application.later(0, changed, self)
        self._pause.stop()
        self._watcher.fileChanged.connect(lambda _: self._stirred())
        self._watcher.directoryChanged.connect(lambda _: self._stirred())
        self._follow()

    def _stirred(self) -> None:
        self._follow()
        self._pause.start(_SETTLING_MS)

    def _follow(self) -> None:
        """Also what a link points to, and the folder that will hold what is not there yet."""
        wanted = set()
        for path in {self._path, self._path.resolve()}:
            there = [one for one in (path, *path.parents) if one.exists()]
            wanted |= {str(one) for one in (there[0], path.parent) if one.exists()}
        new = wanted - {*self._watcher.files(), *self._watcher.directories()}
        if new:
            self._watcher.addPaths(sorted(new))
