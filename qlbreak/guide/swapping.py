"""Not this one, in every front end: what is asked for, what is followed, what takes its place."""

from collections.abc import Callable

from qlbreak.guide.aloud import Aloud
from qlbreak.guide.lesson import Chooser, Chosen, Lesson, NoLesson, Playback
from qlbreak.texts import guidance


class Swapping:
    """`shown` is told what to show from now on, `say` what to say of it. Without a *chooser*
    there is nothing to choose."""

    def __init__(
        self,
        playback: Playback,
        aloud: Aloud | None,
        chooser: Chooser | None,
        shown: Callable[[Lesson], None],
        say: Callable[[str], None],
    ) -> None:
        self._playback, self._aloud, self._chooser = playback, aloud, chooser
        self._shown, self._say = shown, say

    @property
    def possible(self) -> bool:
        return self._chooser is not None

    def another(self) -> None:
        if self._chooser is not None:
            self._choose(self._chooser.another)

    def never(self) -> None:
        """The movement that is under way, or to come now."""
        session, chooser = self._playback.session, self._chooser
        if chooser is not None:
            movement, block = session.movement, session.stretch.block
            self._choose(lambda: chooser.never(movement, block))

    def follow(self) -> None:
        """What was chosen elsewhere; to be called all the time."""
        lesson = self._chooser.chosen() if self._chooser is not None else None
        if lesson is not None:
            self._take(Chosen(lesson, guidance.now(lesson.title)))

    def _choose(self, choose: Callable[[], Chosen]) -> None:
        try:
            self._take(choose())
        except NoLesson as error:
            self._say(str(error))

    def _take(self, chosen: Chosen) -> None:
        if chosen.lesson is None:
            self._playback.finish()
        else:
            self._playback.go_on(chosen.lesson)
            if self._aloud is not None:
                self._aloud.begin(self._playback.session)
            self._shown(chosen.lesson)
        self._say(chosen.said)
