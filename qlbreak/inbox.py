"""What may lie in the owner's queue, and what it hands to a front end to draw."""

from collections.abc import Callable
from typing import NamedTuple

from qlbreak.control import Reply
from qlbreak.core.inputs import AnyInput
from qlbreak.core.policy import Rules
from qlbreak.core.profile import Profile
from qlbreak.core.stats import Figures
from qlbreak.core.status import Status


class Said(NamedTuple):
    """Words for the owner. `about`: the prompt that a button belonged to."""

    words: tuple[str, ...]
    via: str
    about: int | None = None
    reply: Callable[[Reply], None] = lambda _: None


class Again(NamedTuple):
    """What showed the open prompt is gone: show it again."""


class GuideGone(NamedTuple):
    """The window of this prompt's guide has ended, one way or another."""

    prompt: int


class Reload(NamedTuple):
    """Other settings apply from now on."""

    rules: Rules
    profile: Profile


class Scene(NamedTuple):
    """All that a front end needs to draw the moment."""

    status: Status
    today: Figures
    trouble: str
    rules: Rules


Item = AnyInput | Said | Again | GuideGone | Reload
