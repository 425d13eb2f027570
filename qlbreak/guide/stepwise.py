"""A routine in notifications, one step at a time: where there can be no window."""

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from qlbreak.core.coach.composer import Plan
from qlbreak.core.model.guided import Session
from qlbreak.core.model.movements import Exercise
from qlbreak.core.model.score import Moment
from qlbreak.core.model.terms import Side
from qlbreak.guide import cues
from qlbreak.guide.cues import Cue
from qlbreak.notify import Note, notes
from qlbreak.texts import guidance

# To notice that it has changed, then to read it in passing (field: subtitles have 15 to 17).
_NOTICE_S: Final = 2.0
_LETTERS_A_SECOND: Final = 15.0


Picture = Callable[[Sequence[Exercise], Side], Path | None]
"""The file that shows these movements, if there is one."""


class Step(Struct, frozen=True):
    """`seconds`: those of its phases, but never less than it takes to notice and to read."""

    title: str
    body: str
    seconds: float
    picture: Path | None = None


def steps(plan: Plan, picture: Picture = lambda *_: None) -> list[Step]:
    """None for a routine that an update has taken away."""
    if not plan.whole:
        return []
    session = Session(plan.blocks, plan.side)
    shares: dict[tuple[int, str, str], float] = {}
    here, furthest = 0, 0
    while not session.over:
        cue, phase = cues.cue(session), session.phase
        # What is repeated has been shown: its time belongs to the last step that was new.
        furthest = max(furthest, cue.step) if phase.stretch == here else cue.step
        here = phase.stretch
        texts = list(_texts(cue, furthest))
        for text in texts:
            key = here, *text
            shares[key] = shares.get(key, 0.0) + phase.seconds / len(texts)
        _pass(session)
    found = []
    for (number, title, body), share in shares.items():
        stretch = session.stretches[number]
        shown = picture(plan.blocks[stretch.block : stretch.block + 1], stretch.side)
        found.append(Step(title, body, _long(title + body, share), shown))
    return found


def _pass(session: Session) -> None:
    """To the end of the phase."""
    phase = session.phase
    while session.phase is phase and not session.over:
        session.advance(min(phase.seconds - session.passed, 4.0))


def _texts(cue: Cue, step: int) -> Iterator[tuple[str, str]]:
    """What is shown at this moment, in pieces that the smallest notification has room for."""
    side = cue.stretch.side
    match cue.stretch.moment:
        case Moment.READY:
            yield cue.name, guidance.both(cue.now, cue.meaning)
            yield cue.name, guidance.take_care(cue.caution)
        case Moment.CHANGE:
            yield cue.name, guidance.both(cue.now, cue.meaning)
        case Moment.WORK:
            told = guidance.step_of(step + 1, len(cue.steps), cue.steps[step])
            yield guidance.on_side(cue.name, side), told


def _long(text: str, share: float) -> float:
    return max(share, _NOTICE_S + len(text) / _LETTERS_A_SECOND)


class Stepper:
    """Shows each step in its time. Begun and stopped by the owner's thread, leafed through by
    others; a thread of its own waits, as long as there are steps.

    Each page has a number of its own, so that no button of an earlier one turns this one. With
    `wanted` False there are none: a terminal that keeps every note shows them all at once.
    """

    def __init__(self, show: Callable[[Note], None], *, wanted: bool = True) -> None:
        self._show, self._wanted = show, wanted
        self._turned = threading.Condition()
        self._steps: Sequence[Step] = ()
        self._at = self._page = self._prompt = self._runs = 0

    def show(self, prompt: int, steps: Sequence[Step]) -> bool:
        """The first step of them; or once more the present one, if they are under way already.
        Whether they are shown here."""
        with self._turned:
            if not self._wanted:
                return False
            if prompt == self._prompt:
                self._put_up()
                return True
            self._runs += 1
            self._prompt, self._steps, self._at = prompt, steps, 0
            self._put_up()
            run = threading.Thread(target=self._run, args=(self._runs,), name="steps", daemon=True)
        run.start()
        return True

    def turn(self, page: int) -> None:
        """On from this page, if it is the present one."""
        with self._turned:
            if self._prompt and page == self._page and self._at < len(self._steps):
                self._at += 1
                self._put_up()

    def stop(self) -> None:
        """No further step is shown once this is over."""
        with self._turned:
            self._prompt = 0
            self._runs += 1
            self._turned.notify_all()

    def _run(self, run: int) -> None:
        with self._turned:
            while run == self._runs and self._at < len(self._steps):
                page = self._page
                self._turned.wait_for(
                    lambda page=page: run != self._runs or page != self._page,  # type: ignore[misc]
                    self._steps[self._at].seconds,
                )
                if run == self._runs and page == self._page:
                    self._at += 1
                    self._put_up()

    def _put_up(self) -> None:
        self._page += 1
        if self._at == len(self._steps):
            self._show(notes.over(self._prompt))
        else:
            step = self._steps[self._at]
            text = step.title, step.body, step.seconds
            self._show(notes.step(*text, self._prompt, self._page, step.picture))
        self._turned.notify_all()
