"""What is heard of other devices: a routine done there counts here, and the coach remembers it."""

from qlbreak.core.model.facts import Answered, AnyFact, Corrected, Elsewhere, Reopened, Withdrawn
from qlbreak.core.model.rules import CLOCKS_DIFFER
from qlbreak.core.model.terms import Answer, Ending
from qlbreak.core.reminder.answering import Answering


class Hearing(Answering):
    def hear(self, device: str, facts: list[AnyFact]) -> None:
        """Of one device, in its order; it may come late, and some of it twice, as at every start:
        what has counted once is known by its fact."""
        for fact in facts:
            self.history.hear(device, fact)
            self.check_ins.hear(fact, self.moment(fact.at))
            match fact:
                case Reopened(at=at, prompt=prompt):  # when it is done then, that counts anew
                    done = self.elsewhere.get((device, prompt))
                    if done is not None and done <= at:
                        del self.elsewhere[device, prompt]
                case Answered(answer=Answer.DONE) | Corrected(ending=Ending.DONE):
                    self._done(device, fact)
                case _:
                    pass

    def _done(self, device: str, fact: Answered | Corrected) -> None:
        ago = (self.at - fact.at).total_seconds()
        if (device, fact.prompt) in self.elsewhere or ago < -CLOCKS_DIFFER:
            return
        clock, ago = self.clock, max(ago, 0.0)
        left = clock.last if clock.absent_since is None else clock.absent_since
        kept = max(left - (self.when - ago), 0.0)  # sat since then, without a stop
        if kept >= clock.here and fact.at <= self.at:
            return  # before this spell; of one whose clock is ahead that could not be told later
        self.settle()
        prompt = self.prompts.open
        if prompt is not None and not (prompt.started and self.when < prompt.deadline):
            self.emit(Withdrawn(self.at, prompt.number))
        clock.keep(kept)
        kept = max(round(kept - clock.pending, 3), 0.0)
        self.emit(Elsewhere(self.at, device, fact.prompt, fact.at, min(kept, clock.settled)))
