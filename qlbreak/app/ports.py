"""What the owner moves besides the record and the notes."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from qlbreak.app.inbox import Scene
from qlbreak.core.model.facts import AnyFact
from qlbreak.core.reminder.prompts import Prompt
from qlbreak.system.control import Reply


class Ports(NamedTuple):
    """Each may fail alone.

    `draw` shows a scene; `tell` tells it those who watch, and has it made only where somebody does.
    `hurry` brings the next tick, in so many seconds. `give_back`: the guide in the terminal has
    ended; whether it failed. `acts` are the words that only the building around can follow, each
    giving what to answer; `open_window` shows the one window, at a page, with the leave to take the
    keyboard. `change` begins a command that changes the settings; whether it could. `end_windows`
    says whether something must end first, and then calls back. `hear` hears the new facts last of
    all, and which prompt was open before. `looks` are taken with every tick. `blind` says why
    idleness is unknown. `sway` moves the icon for a moment.
    """

    draw: Callable[[Scene], None]
    sway: Callable[[], None]
    tell: Callable[[Callable[[], Reply]], None]
    hurry: Callable[[float], None]
    give_back: Callable[[bool], None]
    acts: Mapping[str, Callable[[], str]]
    open_window: Callable[[str, str], str]
    change: Callable[..., bool]
    end_windows: Callable[[Callable[[], None]], bool]
    hear: Callable[[Sequence[AnyFact], Prompt | None], None]
    looks: Sequence[Callable[[], None]]
    blind: Callable[[], str]
