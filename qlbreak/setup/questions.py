"""The questions of the set-up: their words, what may be answered, and where an answer goes."""

from collections.abc import Callable, Iterable, Set
from datetime import time

from msgspec import Struct
from msgspec.structs import replace

from qlbreak.core.model.profile import Place
from qlbreak.core.model.rules import Hours
from qlbreak.data import cautions
from qlbreak.settings import values
from qlbreak.setup.answers import Answers, with_profile
from qlbreak.texts import timetable


class Option(Struct, frozen=True):
    """Where it holds, so does the one that it `needs`, which it is a more exact form of."""

    word: str
    label: str
    needs: str = ""


class Question(Struct, frozen=True):
    """`many`: any number of the options, else exactly one. `now` and `take` read and change it."""

    title: str
    note: str
    options: tuple[Option, ...]
    many: bool
    now: Callable[[Answers], Set[str]]
    take: Callable[[Answers, Set[str]], Answers]


def with_what_follows(options: Iterable[Option], words: Iterable[str]) -> frozenset[str]:
    """The words, and what they need."""
    found = set(words)
    return frozenset(found | {o.needs for o in options if o.needs and o.word in found})


def without_what_needs(options: Iterable[Option], words: Set[str], word: str) -> frozenset[str]:
    """The words without this one, and without what means nothing without it."""
    return frozenset(words) - {word} - {option.word for option in options if option.needs == word}


# The sides

_SIDES = (
    Option("left", "Left"),
    Option("right", "Right"),
    Option("none", "Neither, or I cannot tell"),
)


def _side(key: str, title: str, note: str) -> Question:
    def now(answers: Answers) -> Set[str]:
        return {getattr(answers.profile, key) or "none"}

    def take(answers: Answers, words: Set[str]) -> Answers:
        (word,) = words
        return with_profile(answers, **{key: values.side(word)})

    return Question(title, note, _SIDES, False, now, take)


TIGHTER = _side(
    "tighter",
    "Which side of your lower back feels tighter or sorer?",
    "Both sides always get their share. This one goes first, and now and then does one short set"
    " more.",
)
WEAKER = _side(
    "weaker",
    "Which side feels weaker or wobblier?",
    "For example in a side plank. It need not be the same side.",
)

# The places

ROOMS = (Place.OFFICE, Place.HOME)
PLACES = {Place.OFFICE: "At the office", Place.HOME: "At home", Place.TRAVEL: "On the way"}
_THINGS = {
    "chair": "A chair",
    "steady chair": "A chair that cannot roll, or is braked",
    "desk": "A desk",
    "wall": "A free piece of wall",
    "soft ball": "A soft ball",
    "second soft ball": "A second soft ball",
    "large soft ball": "A large soft ball",
    "bag": "A bag to lift, 2 to 8 kg",
    "towel": "A towel",
    "cushion": "A cushion",
    "low step": "A low step",
}


_STRICTER = {"steady chair": "chair", "second soft ball": "soft ball"}


def other(place: Place) -> Place:
    """The place that is asked about as well."""
    return Place.OFFICE if place is Place.HOME else Place.HOME


def things(place: Place) -> Question:
    """What there is in a place. The mat has a question of its own."""
    options = tuple(
        Option(word, label, needs=_STRICTER.get(word, "")) for word, label in _THINGS.items()
    )

    def now(answers: Answers) -> Set[str]:
        return answers.profile.things(place) - {"mat"}

    def take(answers: Answers, words: Set[str]) -> Answers:
        kept = answers.profile.things(place) & {"mat"}
        return with_profile(answers, **{place: frozenset(words) | kept})

    title = f"{PLACES[place]} there is"
    return Question(title, "", options, True, now, take)


def same_things(answers: Answers) -> bool:
    """Is there in the other place what is here?"""
    here = answers.profile.here
    return things(here).now(answers) == things(other(here)).now(answers)


def _take_here(answers: Answers, words: Set[str]) -> Answers:
    (word,) = words
    return with_profile(answers, here=Place(word))


THINGS = "What is there to use?", "qlbreak suggests only what can be done with these things."


def here(answers: Answers) -> Question:
    """Where somebody is. The way is no place to set this up, unless it is where they are."""
    places = [place for place in PLACES if place in {*ROOMS, answers.profile.here}]
    return Question(
        "Where are you now?",
        "",
        tuple(Option(place, PLACES[place]) for place in places),
        False,
        lambda answers: {answers.profile.here},
        _take_here,
    )


def _take_floors(answers: Answers, words: Set[str]) -> Answers:
    for place in ROOMS:
        bare = answers.profile.things(place) - {"mat"}
        answers = with_profile(answers, **{place: bare | ({"mat"} if place in words else set())})
    return answers


FLOOR = Question(
    "Where are you glad to lie on the floor?",
    "On a mat or a carpet, where you can get up easily. Tick nothing for nowhere.",
    tuple(Option(place, PLACES[place]) for place in ROOMS),
    True,
    lambda answers: {place for place in ROOMS if "mat" in answers.profile.things(place)},
    _take_floors,
)

# Cautions

CAUTIONS = Question(
    "Is there anything to be careful with?",
    "What you tick hides the movements that do not go with it. If any is true of you, ask a health"
    " professional before you begin. Your answer stays in a file on this computer.",
    tuple(Option(word, told.label, needs=told.needs or "") for word, told in cautions().items()),
    True,
    lambda answers: answers.profile.cautions,
    lambda answers, words: with_profile(answers, cautions=frozenset(words)),
)

# Hours

WEEKDAYS = Hours(frozenset(range(5)), time(8, 30), time(18))
EXAMPLE = "Mon-Thu 08:30-18:00; Fri 08:30-15:00"
OWN = "own"  # for it there is `own_hours`
_USUAL = {"always": (), "weekdays": (WEEKDAYS,)}


def _kind_of_hours(answers: Answers) -> Set[str]:
    return {next((word for word, spans in _USUAL.items() if spans == answers.hours), OWN)}


def _take_hours(answers: Answers, words: Set[str]) -> Answers:
    (word,) = words
    return replace(answers, hours=_USUAL[word]) if word != OWN else answers


HOURS = Question(
    "When may reminders come?",
    "Outside these hours qlbreak stays silent; it is there all the same.",
    (
        Option("always", "Always"),
        Option("weekdays", "Monday to Friday, 08:30 to 18:00"),
        Option(OWN, "At other hours"),
    ),
    False,
    _kind_of_hours,
    _take_hours,
)


def own_hours(text: str) -> tuple[Hours, ...]:
    """Such as EXAMPLE. Raises ValueError with a text for the person."""
    if not text.strip(" ;"):
        raise ValueError(f"Write for example {EXAMPLE}")
    return timetable.week(text.strip(" ;"))
