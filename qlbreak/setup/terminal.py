"""The set-up in a terminal, or in a pipe: numbered choices; Return keeps what the settings say."""

import json
import re
from collections.abc import Set
from pathlib import Path

from qlbreak.core.model.rules import Hours
from qlbreak.settings.schema import Settings, changes
from qlbreak.setup import file
from qlbreak.setup import questions as asked
from qlbreak.setup.questions import Question, spans
from qlbreak.system.dialogue import Abandoned, Dialogue, Hear, Say
from qlbreak.texts import safety
from qlbreak.texts.names import PLACES
from qlbreak.texts.timetable import told

_KEYS = "Return keeps what is marked, b goes back, q ends without writing anything."


class _Back(Exception):
    """To the question before."""


def run(path: Path, say: Say, hear: Hear) -> bool:
    """Asks, and writes what has changed. Was anything? Raises ConfigError, WriteError."""
    before = file.read(path)
    after = ask(before, say, hear)
    changed = changes(before, after) if after else {}
    file.write(path, changed)
    say("")
    for (section, key), value in changed.items():
        say(f"{section}.{key} = {json.dumps(value)}")
    return bool(changed)


def ask(answers: Settings, say: Say, hear: Hear) -> Settings | None:
    """What was answered to all questions, None if the person has ended it."""
    try:
        return _Talk(say, hear).run(answers)
    except (Abandoned, EOFError):
        return None


class _Talk:
    def __init__(self, say: Say, hear: Hear) -> None:
        self._say = say
        self._dialogue = Dialogue(say, hear, {"b": _Back, "back": _Back})
        self._number = ""  # before the title of what is asked next

    def run(self, answers: Settings) -> Settings:
        steps = (
            self._warning,
            lambda given: self._question(asked.TIGHTER, given),
            lambda given: self._question(asked.WEAKER, given),
            self._things,
            lambda given: self._question(asked.FLOOR, given),
            lambda given: self._question(asked.CAUTIONS, given),
            self._hours,
        )
        number = 0
        while number < len(steps):
            self._number = f"\n{number} of {len(steps) - 1}. "
            try:
                answers = steps[number](answers)
                number += 1
            except _Back:
                number = max(number - 1, 0)
        return answers

    def _warning(self, answers: Settings) -> Settings:
        self._paragraph(safety.disclaimer())
        while self._line("Return: understood. m: when to get help, and what to ask first. ") == "m":
            self._say(f"\n{safety.text()}")
        self._say(f"\n{_KEYS}")
        return answers

    def _things(self, answers: Settings) -> Settings:
        self._title(" ".join(asked.THINGS))
        answers = self._question(asked.here(answers), answers)
        here = answers.equipment.here
        other, same = asked.other(here), asked.same_things(answers)
        answers = self._question(asked.things(here), answers)
        if self._yes(f"{PLACES[other]} the same?", same):
            return asked.things(other).take(answers, asked.things(here).now(answers))
        return self._question(asked.things(other), answers)

    def _hours(self, answers: Settings) -> Settings:
        words = self._pick(asked.HOURS, answers, "; ".join(spans(answers)))
        if words == {asked.OWN}:
            return answers.having("hours", work=self._own_hours(answers))
        return asked.HOURS.take(answers, words) if words else answers

    def _own_hours(self, answers: Settings) -> tuple[Hours, ...]:
        while line := self._line(f"For example {asked.EXAMPLE}: "):
            try:
                hours = asked.own_hours(line)
            except ValueError as error:
                self._paragraph(str(error))
                continue
            self._paragraph(f"Reminders come: {told(hours)}.")
            return hours
        return answers.hours.work

    def _question(self, question: Question, answers: Settings) -> Settings:
        words = self._pick(question, answers)
        return answers if words is None else question.take(answers, words)

    def _pick(self, question: Question, answers: Settings, own: str = "") -> Set[str] | None:
        """None for only Return. `own`: what the person has written where the options end."""
        now = question.now(answers)
        self._title(question.title)
        self._paragraph(question.note)
        for number, option in enumerate(question.options, 1):
            more = f": {own}" if own and option.word == asked.OWN else ""
            mark = "*" if option.word in now else " "
            inset = "  " if option.needs else ""
            self._say(f" {mark}{number:>2}  {inset}{option.label}{more}")
        return self._several(question) if question.many else self._one(question)

    def _one(self, question: Question) -> Set[str] | None:
        options = question.options
        chosen = self._dialogue.one(f"1 to {len(options)}: ", [()] * len(options))
        return None if chosen is None else {options[chosen].word}

    def _several(self, question: Question) -> Set[str] | None:
        options = question.options
        while line := self._line(f"Numbers such as 1 {min(3, len(options))}, 0 for none: "):
            numbers = {int(word) for word in re.findall(r"\d+", line)}
            if re.fullmatch(r"[\d\s,]+", line) and numbers <= set(range(len(options) + 1)):
                chosen = (options[number - 1].word for number in numbers - {0})
                return asked.with_what_follows(options, chosen)
            self._say(f"Please type numbers from 1 to {len(options)}, 0, or only Return.")
        return None

    def _yes(self, text: str, usual: bool) -> bool:
        while line := self._line(f"{text} y or n [{'y' if usual else 'n'}]: "):
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
