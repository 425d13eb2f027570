"""What an answer does to the prompt, and what the guide tells of it."""

from qlbreak.core.coach.composer import Plan
from qlbreak.core.model.facts import (
    Answered,
    Confirmed,
    Corrected,
    Felt,
    Reopened,
    Started,
    Stopped,
    Worked,
)
from qlbreak.core.model.inputs import Close, Feel, Report, Respond, Start
from qlbreak.core.model.naming import NoSuch
from qlbreak.core.model.rules import HALF
from qlbreak.core.model.terms import Answer, Ending, Evidence
from qlbreak.core.reminder.prompting import Prompting
from qlbreak.core.reminder.prompts import End, Phase, Prompt


class Refused(Exception):
    """The input means nothing now."""


class Answering(Prompting):
    def _open(self, number: int | None) -> Prompt:
        prompt = self.prompts.open
        if prompt is None:
            raise Refused("no reminder is open")
        if number is not None and number != prompt.number:
            raise Refused("that reminder is over")
        return prompt

    def respond(self, event: Respond) -> None:
        if self._late(event):
            return
        prompt = self._open(event.prompt)
        if prompt.shown_at is None:
            raise Refused("the reminder is still held back")
        if event.answer is Answer.DONE:
            self.finish(prompt, event.via)
            return
        snooze = None
        if event.answer is Answer.SNOOZED:
            snooze = self._snooze(prompt, event.snooze)
        self.settle()
        self.emit(Answered(self.at, prompt.number, event.answer, event.via, None, snooze))

    def _late(self, event: Respond) -> bool:
        """Whether it is a "done" for a prompt that is over: done first, said afterwards."""
        end = self.prompts.undoable(self.when)
        if self.prompts.open is not None or event.answer is not Answer.DONE or end is None:
            return False
        if end.ending is Ending.DONE or event.prompt not in (None, end.number):
            return False
        self.settle()
        self.emit(Corrected(self.at, end.number, Ending.DONE))
        return True

    def _snooze(self, prompt: Prompt, wanted: float | None) -> float:
        if prompt.phase is Phase.SNOOZED:
            raise Refused("it is snoozed already")
        if prompt.snoozes >= self.rules.snooze_limit:
            raise Refused("no snooze is left for this reminder: do the short routine, or skip it")
        return wanted if wanted is not None else self.rules.snoozes[0]

    def start(self, event: Start) -> None:
        prompt = self._open(event.prompt) if event.prompt is not None else self.prompts.open
        plan = self._named(event.routine) if event.routine else None
        if prompt is None or prompt.phase is not Phase.SHOWN or plan is not None:
            asked = prompt is None or prompt.shown_at is None
            self.show(prompt, asked=asked, plan=plan)
        if self.prompts.open is not None:
            self.emit(Started(self.at, self.prompts.open.number, event.via))

    def _named(self, name: str) -> Plan:
        try:
            return self.coach.named(name, self.at)
        except NoSuch as error:
            raise Refused(str(error)) from None

    def undo(self) -> None:
        prompt, end = self.prompts.open, self.prompts.undoable(self.when)
        if prompt is not None and prompt.phase is Phase.SNOOZED:
            self.show(prompt, snoozes=prompt.snoozes - 1)
        elif end is not None:
            self.settle()
            self._take_back(end)
        else:
            raise Refused("nothing to undo: an answer can be taken back for 10 minutes")

    def _take_back(self, end: End) -> None:
        """Done by a slip of the hand: its routine is still to be done. Where another prompt is open
        by now, or a natural break was between, there is nothing more to ask for."""
        slip = end.ending is end.first is Ending.DONE
        if slip and self.prompts.open is None and end.stands(self.clock):
            self.emit(Reopened(self.at, end.number))
            self.renew()
        else:
            self.emit(Corrected(self.at, end.number, end.undone))

    # The guide

    def guided(self, event: Report | Close | Feel) -> None:
        match event:
            case Report(prompt=number, works=works):
                for work in works:
                    self.emit(
                        Worked(self.at, number, work.movement, work.side, work.seconds, work.extra)
                    )
            case Feel(prompt=number, feeling=feeling):
                self.emit(Felt(self.at, number, feeling))
            case Close(prompt=number, share=share):
                self._close(number, whole=share >= HALF)

    def _close(self, number: int, *, whole: bool) -> None:
        """Half of it or more counts as done, also where the prompt has ended by itself since; less
        leaves the prompt as it was. The seconds count in any case."""
        prompt, end = self.prompts.open, self.prompts.undoable(self.when)
        if prompt is not None and prompt.number == number:
            if whole:
                self.finish(prompt, "guide", Evidence.GUIDED)
            elif prompt.started:
                self.emit(Stopped(self.at, number))
        elif whole and end is not None and end.number == number:
            if end.ending in (Ending.EXPIRED, Ending.WITHDRAWN):
                self.settle()
                self.emit(Corrected(self.at, number, Ending.DONE))
            if end.ending is Ending.DONE:
                self.emit(Confirmed(self.at, number, Evidence.GUIDED))
