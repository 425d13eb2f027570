"""The set-up in a terminal, or in a pipe: numbered choices; Return keeps what the settings say."""

import json
import re
from collections.abc import Callable, Mapping, Sequence, Set
from functools import partial
from types import MappingProxyType

from qlbreak import data
from qlbreak.core.model.movements import Catalogue
from qlbreak.core.model.rules import Hours
from qlbreak.language import _
from qlbreak.settings.kinds import Option
from qlbreak.settings.schema import Settings
from qlbreak.setup import icon_place
from qlbreak.setup import questions as asked
from qlbreak.setup.answers import Answers, Beginning, Finished, begin, finish
from qlbreak.setup.questions import Question, spans
from qlbreak.setup.starting import StartSwitch
from qlbreak.system.dialogue import Abandoned, Dialogue, Hear, Say
from qlbreak.system.paths import Paths
from qlbreak.texts import first_steps, safety
from qlbreak.texts.timetable import told

_NO_NOTES: Mapping[str, str] = MappingProxyType({})
_UNDERSTOOD = _("Return: understood. m: when to get help, and what to ask first.")
_KEYS = _("Return keeps what is marked, b goes back, q ends without writing anything.")


def run(paths: Paths, say: Say, hear: Hear) -> Finished | None:
    """Asks, writes what has changed, and says what came of it. None where it was left before the
    end. Raises ConfigError, WriteError."""
    begun = begin(paths)
    after = ask(begun, data.load_with(paths.own)[0], say, hear)
    if after is None:
        return None
    done = finish(paths, begun, after)
    say("")
    for (section, key), value in done.written.items():
        say(f"{section}.{key} = {json.dumps(value)}")
    return done


def ask(begun: Beginning, catalogue: Catalogue, say: Say, hear: Hear) -> Answers | None:
    """What was answered to all questions, None if the person has ended it."""
    try:
        return _Talk(begun, catalogue, say, hear).run(begun.proposed)
    except (Abandoned, EOFError):
        return None


class _Back(Exception):
    """To the question before."""


class _Talk:
    def __init__(self, begun: Beginning, catalogue: Catalogue, say: Say, hear: Hear) -> None:
        self._begun, self._catalogue, self._say = begun, catalogue, say
        self._dialogue = Dialogue(say, hear, {"b": _Back, "back": _Back})
        self._number = ""  # before the title of what is asked next

    def run(self, answers: Answers) -> Answers:
        steps: tuple[Callable[[Answers], Answers], ...] = (
            self._welcome,
            self._of_settings(self._when),
            self._of_settings(lambda given: self._question(asked.TIGHTER, given)),
            self._of_settings(lambda given: self._question(asked.WEAKER, given)),
            self._of_settings(self._cautions),
            self._of_settings(self._things),
            self._of_settings(lambda given: self._question(asked.FLOOR, given)),
            self._of_settings(self._hours),
            *(partial(self._switch, switch) for switch in self._begun.switches),
        )
        number = 0
        while number < len(steps):
            counted = _("{number} of {last}.", number=number, last=len(steps) - 1)
            self._number = f"\n{counted} "
            try:
                answers = steps[number](answers)
                number += 1
            except _Back:
                number = max(number - 1, 0)
        return answers

    def _of_settings(self, step: Callable[[Settings], Settings]) -> Callable[[Answers], Answers]:
        return lambda given: given.with_settings(step(given.settings))

    def _welcome(self, answers: Answers) -> Answers:
        self._paragraph(first_steps.WHAT)
        self._say("")
        self._paragraph(safety.disclaimer())
        while self._line(f"{_UNDERSTOOD} ") == "m":
            self._say(f"\n{safety.text()}")
        for paragraph in icon_place.told():
            self._say("")
            self._paragraph(paragraph)
        self._say(f"\n{_KEYS}")
        return answers

    def _when(self, answers: Settings) -> Settings:
        answers = self._question(asked.interval(answers), answers)
        return self._question(asked.LENGTH, answers)

    def _cautions(self, answers: Settings) -> Settings:
        counts = asked.hidden(self._catalogue)
        notes = {word: first_steps.hides(number) for word, number in counts.items()}
        answers = self._question(asked.CAUTIONS, answers, notes)
        self._paragraph(first_steps.left(*asked.left(self._catalogue, answers)))
        return answers

    def _switch(self, switch: StartSwitch, answers: Answers) -> Answers:
        self._paragraph(self._number + switch.note)
        self._number = ""
        wanted = self._yes(_("{setting}?", setting=switch.label), switch.word in answers.starts)
        return answers.with_start(switch.word, wanted)

    def _things(self, answers: Settings) -> Settings:
        self._title(" ".join(asked.THINGS))
        answers = self._question(asked.here(answers), answers)
        here = answers.equipment.here
        other, same = asked.other(here), asked.same_things(answers)
        answers = self._question(asked.things(here), answers)
        if self._yes(_("{setting}?", setting=first_steps.THE_SAME[other]), same):
            return asked.things(other).take(answers, asked.things(here).now(answers))
        return self._question(asked.things(other), answers)

    def _hours(self, answers: Settings) -> Settings:
        words = self._pick(asked.HOURS, answers, own="; ".join(spans(answers)))
        if words == {asked.OWN}:
            return answers.having("hours", work=self._own_hours(answers))
        return asked.HOURS.take(answers, words) if words else answers

    def _own_hours(self, answers: Settings) -> tuple[Hours, ...]:
        while line := self._line(f"{first_steps.example(asked.EXAMPLE)}: "):
            try:
                hours = asked.own_hours(line)
            except ValueError as error:
                self._paragraph(str(error))
                continue
            self._paragraph(_("Reminders come: {hours}.", hours=told(hours)))
            return hours
        return answers.hours.work

    def _question(
        self, question: Question, answers: Settings, notes: Mapping[str, str] = _NO_NOTES
    ) -> Settings:
        words = self._pick(question, answers, notes=notes)
        return answers if words is None else question.take(answers, words)

    def _pick(
        self,
        question: Question,
        answers: Settings,
        *,
        own: str = "",
        notes: Mapping[str, str] = _NO_NOTES,
    ) -> Set[str] | None:
        """None for only Return. `own`: what the person has written where the options end. `notes`:
        more on an option, by its word."""
        now = question.now(answers)
        self._title(question.title)
        self._paragraph(question.note)
        for number, option in enumerate(question.options, 1):
            more = f": {own}" if own and option.word == asked.OWN else ""
            mark = "*" if option.word in now else " "
            inset = "  " if option.needs else ""
            self._say(f" {mark}{number:>2}  {inset}{option.label}{more}")
            if option.word in notes:
                self._say(f"      {inset}{notes[option.word]}")
        return self._several(question) if question.many else self._one(question)

    def _one(self, question: Question) -> Set[str] | None:
        options = question.options
        chosen = self._dialogue.one(_("1 to {n}:", n=len(options)) + " ", [()] * len(options))
        return None if chosen is None else {options[chosen].word}

    def _several(self, question: Question) -> Set[str] | None:
        options = question.options
        while line := self._line(_ask_numbers(options)):
            numbers = {int(word) for word in re.findall(r"\d+", line)}
            if re.fullmatch(r"[\d\s,]+", line) and numbers <= set(range(len(options) + 1)):
                chosen = (options[number - 1].word for number in numbers - {0})
                return asked.with_what_follows(options, chosen)
            self._say(_("Please type numbers from 1 to {n}, 0, or just Return.", n=len(options)))
        return None

    def _yes(self, text: str, usual: bool) -> bool:
        # Translators: {usual} is what Return means: y or n. They are the keys in every language.
        asked_for = _("{question} y or n [{usual}]:", question=text, usual="y" if usual else "n")
        while line := self._line(f"{asked_for} "):
            if line in ("y", "yes", "n", "no"):
                return line.startswith("y")
        return usual

    def _line(self, prompt: str) -> str:
        return self._dialogue.line(prompt)

    def _title(self, text: str) -> None:
        self._dialogue.paragraph(self._number + text)
        self._number = ""

    def _paragraph(self, text: str) -> None:
        self._dialogue.paragraph(text)


def _ask_numbers(options: Sequence[Option]) -> str:
    # Translators: the numbers are an example.
    asked_for = _("Numbers such as 1 {n}, 0 for none:", n=min(3, len(options)))
    return f"{asked_for} "
