"""The questions of the set-up: which settings they ask for, and where an answer goes.

What is asked by itself is a constant; what depends on the answers so far is a function of them.
"""

from collections.abc import Callable, Iterable, Set
from datetime import time

from msgspec import Struct

from qlbreak.core.model.movements import Catalogue
from qlbreak.core.model.profile import Place
from qlbreak.core.model.rules import MINUTE, Hours, Rules
from qlbreak.language import _
from qlbreak.settings.kinds import OneOf, Option, SomeOf
from qlbreak.settings.schema import SECTIONS, Settings
from qlbreak.texts import first_steps, settings_form, timetable
from qlbreak.texts.names import PLACES


class Question(Struct, frozen=True):
    """`many`: any number of the options, else exactly one. `now` and `take` read and change it."""

    title: str
    note: str
    options: tuple[Option, ...]
    many: bool
    now: Callable[[Settings], Set[str]]
    take: Callable[[Settings, Set[str]], Settings]


def with_what_follows(options: Iterable[Option], words: Iterable[str]) -> frozenset[str]:
    """The words, and what they need."""
    found = set(words)
    return frozenset(found | {o.needs for o in options if o.needs and o.word in found})


def without_what_needs(options: Iterable[Option], words: Set[str], word: str) -> frozenset[str]:
    """The words without this one, and without what means nothing without it."""
    return frozenset(words) - {word} - {option.word for option in options if option.needs == word}


def _of(
    section: str,
    name: str,
    title: str,
    note: str | None = None,
    options: Callable[[Option], bool] = lambda option: True,
) -> Question:
    """About a setting, in its own words where there are no others. What is not among the options
    stays as it is."""
    key = SECTIONS[section][name]
    kind = key.kind
    assert isinstance(kind, OneOf | SomeOf)
    many = isinstance(kind, SomeOf)
    offered = tuple(filter(options, kind.choices))
    words = {option.word for option in offered}

    def written(answers: Settings) -> Set[str]:
        found = kind.write(getattr(getattr(answers, section), key.field))
        return set(found) if isinstance(found, list) else {str(found)}

    def take(answers: Settings, chosen: Set[str]) -> Settings:
        found = list(chosen | (written(answers) - words)) if many else next(iter(chosen))
        return answers.having(section, **{key.field: kind.read(found)})

    return Question(
        title,
        _(key.more) if note is None and key.more else note or "",
        offered,
        many,
        lambda answers: written(answers) & words if many else written(answers),
        take,
    )


# How often, how long

_USUAL = Rules()
_INTERVALS = (20, 30, 45, 60)


def interval(answers: Settings) -> Question:
    """An interval of the person's own is among the options."""
    offered = sorted({*(minutes * MINUTE for minutes in _INTERVALS), answers.prompt.sitting})
    return Question(
        first_steps.INTERVAL,
        "",
        tuple(_amount(each, first_steps.minutes(each), _USUAL.sitting) for each in offered),
        False,
        lambda answers: {f"{answers.prompt.sitting:g}"},
        lambda answers, words: answers.having("prompt", sitting=float(next(iter(words)))),
    )


def _amount(seconds: float, label: str, usual: float) -> Option:
    return Option(f"{seconds:g}", first_steps.recommended(label) if seconds == usual else label)


LENGTH = Question(
    first_steps.LENGTH,
    "",
    tuple(_amount(each, label, _USUAL.routine) for each, label in first_steps.LENGTHS.items()),
    False,
    lambda answers: {f"{answers.prompt.routine}"},
    lambda answers, words: answers.having("prompt", routine=int(next(iter(words)))),
)

# Sides

# The settings' words with a question mark; elsewhere a question has an order of its own.
TIGHTER = _of("you", "tighter", _("Which side of your lower back feels tighter or sorer?"))
WEAKER = _of("you", "weaker", _("Which side feels weaker or wobblier?"))

# The places

ROOMS = (Place.OFFICE, Place.HOME)
THINGS = first_steps.THINGS, first_steps.THINGS_NOTE


def here(answers: Settings) -> Question:
    """Where somebody is. The way is no place to set this up, unless it is where they are."""
    places = {*ROOMS, answers.equipment.here}
    return _of("equipment", "here", _("Where are you now?"), "", lambda one: one.word in places)


def other(place: Place) -> Place:
    """The place that is asked about as well."""
    return Place.OFFICE if place is Place.HOME else Place.HOME


def things(place: Place) -> Question:
    """What there is in a place. The mat has a question of its own."""
    return _of("equipment", place, PLACES[place], "", lambda one: one.word != "mat")


def same_things(answers: Settings) -> bool:
    """Is there in the other place what is here?"""
    here = answers.equipment.here
    return things(here).now(answers) == things(other(here)).now(answers)


def _take_floors(answers: Settings, words: Set[str]) -> Settings:
    for place in ROOMS:
        bare = answers.profile.things(place) - {"mat"}
        floor = {"mat"} if place in words else set()
        answers = answers.having("equipment", **{place: bare | floor})
    return answers


FLOOR = Question(
    _("Where are you glad to lie on the floor?"),
    _("On a mat or a carpet, where you can get up easily. Tick nothing for nowhere."),
    tuple(Option(place, PLACES[place]) for place in ROOMS),
    True,
    lambda answers: {place for place in ROOMS if "mat" in answers.profile.things(place)},
    _take_floors,
)

# Cautions

CAUTIONS = _of(
    "you",
    "cautions",
    _("Is there anything to be careful with?"),
    " ".join(
        (
            _("Each one you tick hides the movements that do not suit it."),
            _(SECTIONS["you"]["cautions"].more),
            _("Your answer stays in a file on this computer."),
        )
    ),
)


def hidden(catalogue: Catalogue) -> dict[str, int]:
    """By caution: how many movements it hides by itself."""
    every = catalogue.movements.values()
    return {flag: sum(flag in each.avoid_if for each in every) for flag in catalogue.cautions}


def left(catalogue: Catalogue, answers: Settings) -> tuple[int, int]:
    """How many movements the answers leave, and of how many."""
    return len(catalogue.available(answers.you.cautions)), len(catalogue.movements)


# Hours

USUAL_DAY = time(8, 30), time(18)
WEEKDAYS = Hours(frozenset(range(5)), *USUAL_DAY)
EXAMPLE = "Mon-Thu 08:30-18:00; Fri 08:30-15:00"
OWN = "own"  # for it there is `own_hours`
_WEEKS = {"always": (), "weekdays": (WEEKDAYS,)}


def _kind_of_hours(answers: Settings) -> Set[str]:
    return {next((word for word, spans in _WEEKS.items() if spans == answers.hours.work), OWN)}


def _take_hours(answers: Settings, words: Set[str]) -> Settings:
    (word,) = words
    return answers.having("hours", work=_WEEKS[word]) if word != OWN else answers


HOURS = Question(
    _("When may reminders come?"),
    settings_form.HELP["hours", "work"],
    (
        Option("always", _("Always")),
        Option("weekdays", timetable.told([WEEKDAYS])),
        Option(OWN, _("At other hours")),
    ),
    False,
    _kind_of_hours,
    _take_hours,
)


def own_hours(text: str) -> tuple[Hours, ...]:
    """Such as EXAMPLE. Raises ValueError with a text for the person."""
    if not text.strip(" ;"):
        raise ValueError(_("Write for example {example}", example=EXAMPLE))
    return timetable.week(text.strip(" ;"))


def spans(answers: Settings) -> list[str]:
    """The hours as in the settings: "Mon-Fri 08:30-18:00"."""
    return [timetable.written(span) for span in answers.hours.work]
