"""A guided routine in a terminal: drawn in place, or as plain lines for screen readers and files.

It is plain where QLBREAK_PLAIN=1 is set or stdout is no terminal: a line at each change, and
nothing is drawn twice. Without a terminal to read keys from, it runs through by time. Reading keys
in the console of Windows was written by its documentation, and never run.
"""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, nullcontext, suppress
from typing import Final, Protocol, Self

from rich.console import Console, Group
from rich.live import Live
from rich.text import Text

from qlbreak.core.model.guided import Session
from qlbreak.core.model.score import Moment
from qlbreak.core.model.terms import Feeling, Side
from qlbreak.guide import cues
from qlbreak.guide.aloud import Aloud
from qlbreak.guide.cues import Cue
from qlbreak.guide.lesson import Chooser, Lesson, Listener, Playback
from qlbreak.guide.letters import large
from qlbreak.guide.swapping import Swapping
from qlbreak.language import ENGLISH, cells, formats, language
from qlbreak.system import keys, streams
from qlbreak.system.clock import steady
from qlbreak.system.signals import noted
from qlbreak.texts import guidance, safety

_LOOK_S: Final = 0.1
_ANSWER_S: Final = 30.0
_FEELINGS: Final = {"1": Feeling.EASIER, "2": Feeling.SAME, "3": Feeling.WORSE}
_WORDS: Final = {Side.LEFT: "<LEFT", Side.RIGHT: "RIGHT>", Side.BOTH: "BOTH"}
_SIGNS: Final = {Side.LEFT: "<", Side.RIGHT: ">", Side.BOTH: "<>"}
_ARROWS: Final = {"\x1b[D": "b", "\x1b[C": "n"}
# In less than this, large letters would leave no room for the steps.
_LARGE_WIDTH, _LARGE_HEIGHT = 70, 22


def run(
    lesson: Lesson,
    listener: Listener,
    aloud: Aloud | None = None,
    chooser: Chooser | None = None,
) -> float:
    """Until it is over or closed; the share that was done, 0 to 1. On the main thread.

    Ctrl+C, SIGTERM and a terminal that goes away close it.
    """
    console = Console(highlight=False, color_system=None if streams.plain() else "auto")
    listens = streams.terminal(sys.stdin)
    if aloud is not None:
        aloud.begin(lesson.session())
    playback = Playback(lesson, listener, aloud, asking=listens)
    with noted() as ended, suppress(OSError), ExitStack() as stack:  # the terminal may be gone
        stack.callback(playback.finish)
        read = stack.enter_context(_reading(listens))
        plain = streams.plain() or not streams.terminal(sys.stdout)
        sound = None if aloud is None else lambda: aloud.told
        keys = (
            (guidance.KEYS + (guidance.KEYS_OTHERS if chooser is not None else ""))
            if listens
            else ""
        )
        front: _Front = (_Plain if plain else _Screen)(console, lesson, keys, sound)
        with front:
            course = _Course(playback, front, read, ended, aloud, chooser)
            course.run()
        if not course.left:
            playback.finish()
            course.ask(console, listener)
    return playback.share


def _reading(listens: bool) -> AbstractContextManager[keys.Read | None]:
    return keys.single() if listens else nullcontext()


_Sound = Callable[[], str]
"""What is heard, in words."""


class _Front(AbstractContextManager["_Front"], Protocol):
    def show(self, session: Session) -> None: ...

    def begin(self, lesson: Lesson) -> None:
        """With something else."""
        ...

    def tell(self, text: str) -> None:
        """What came of a key, until the next one."""
        ...

    def pages(self, text: str) -> Iterator[None]:
        """Shows a text page by page: the next one when it is asked for."""
        ...


class _Course:
    """Keys and time, until there is no more of either."""

    def __init__(
        self,
        playback: Playback,
        front: _Front,
        read: keys.Read | None,
        ended: Callable[[], bool],
        aloud: Aloud | None,
        chooser: Chooser | None,
    ) -> None:
        self._playback, self._front, self._keys, self._ended = playback, front, read, ended
        self._swapping = Swapping(playback, aloud, chooser, front.begin, front.tell)
        self._closed = False
        self._do: dict[str, Callable[[], None]] = {
            " ": self._go_on, "\n": self._ready, "\r": self._ready, "b": playback.back,
            "n": playback.next, "a": playback.again, "f": playback.finish, "h": self._read,
            "q": self._close, "o": self._swapping.another, "v": self._swapping.never,
        }  # fmt: skip
        if aloud is not None:
            self._do["s"] = aloud.switch

    @property
    def left(self) -> bool:
        """Closed, by whatever."""
        return self._closed or self._ended()

    def run(self) -> None:
        while not self.left and not self._playback.session.over:
            self._swapping.follow()
            self._front.show(self._playback.session)
            for key in self._typed(_LOOK_S):
                self._do.get(key, lambda: None)()
            self._playback.tick()

    def ask(self, console: Console, listener: Listener) -> None:
        """How it is now: one key, if the person likes."""
        console.print(guidance.OVER)
        if self._keys is None or self._playback.share == 0:
            return
        console.print(guidance.FEEL, end="")
        until, key = steady() + _ANSWER_S, ""
        while not self.left and not key and steady() < until:
            key = next((k for k in self._typed(_LOOK_S) if k in {*_FEELINGS, "\n", "\r", "q"}), "")
        console.print(key.strip())
        if key in _FEELINGS:
            listener.felt(_FEELINGS[key])
            console.print(guidance.THANKS)
        if key == "3":
            console.print(f"{guidance.WORSE}\n{safety.stop_rule()}")

    def _typed(self, seconds: float) -> list[str]:
        if self._keys is None:
            threading.Event().wait(seconds)
            return []
        pressed = self._keys(seconds)
        if pressed is None:
            self._closed = True
        return [_ARROWS.get(key, key.lower()) for key in pressed or ()]

    def _go_on(self) -> None:
        """Ready, where it waits for that; else it rests, or goes on."""
        session = self._playback.session
        (self._playback.toggle if session.paused or not session.waiting else self._playback.ready)()

    def _ready(self) -> None:
        if not self._playback.session.paused:
            self._playback.ready()

    def _read(self) -> None:
        """Time stands still meanwhile, and until Space is pressed."""
        if not self._playback.session.paused:
            self._playback.toggle()
        for _ in self._front.pages(safety.text()):
            typed: list[str] = []
            while not typed and not self.left:
                typed = self._typed(_LOOK_S)
            if self.left or "q" in typed:
                break
        self._playback.tick()

    def _close(self) -> None:
        self._closed = True


class _Plain:
    """A line at each change."""

    def __init__(self, console: Console, lesson: Lesson, keys: str, sound: _Sound | None) -> None:
        self._console, self._lesson, self._keys, self._sound = console, lesson, keys, sound
        self._said: dict[str, str] = {}
        self._told = -1, -1, 0, 0  # jumps, stretch, steps that were said, repetition

    def __enter__(self) -> Self:
        self.begin(self._lesson)
        if self._keys:
            sound = guidance.KEYS_SOUND if self._sound is not None else ""
            self._say(guidance.keys(self._keys + sound))
        return self

    def begin(self, lesson: Lesson) -> None:
        minutes = cues.minutes(lesson.session())
        said = formats.sentences(lesson.why, lesson.warning)
        self._said, self._told = {}, (-1, -1, 0, 0)
        self._say(guidance.lesson(lesson.title, minutes, said))

    def tell(self, text: str) -> None:
        self._say(text)

    def __exit__(self, *_: object) -> None:
        pass

    def show(self, session: Session) -> None:
        cue = cues.cue(session)
        name = formats.sentences(formats.sentence(cue.name), cue.meaning)
        self._once("name", name, guidance.take_care(cue.caution))
        soon = cue.urgent and cue.stretch.moment is Moment.WORK
        now = formats.sentence(cue.now)
        if not soon:
            now = guidance.for_seconds(cue.now, cue.stretch.seconds)
        if self._sound is not None:
            self._once("sound", formats.sentence(self._sound()))
        if cue.paused:
            self._once("now", guidance.TO_GO_ON)
        elif cue.waits:
            steps = [f"{number}. {step}" for number, step in enumerate(cue.steps, 1)]
            self._once("now", formats.sentence(cue.now), guidance.NEW, *steps, guidance.HOW)
        else:
            self._once("now", now)
        if cue.stretch.moment is Moment.WORK and not cue.paused:
            self._steps(session, cue)

    def pages(self, text: str) -> Iterator[None]:
        self._say(text)
        yield from ()

    def _steps(self, session: Session, cue: Cue) -> None:
        """Each once, also those that were over between two looks; then how often it was done."""
        phase = session.phase
        jumps, stretch, said, rep = self._told
        if (jumps, stretch) != (session.jumps, phase.stretch):
            said, rep = 0, 1
        for step in range(said, cue.step + 1):
            self._say(f"{step + 1}. {cue.steps[step]}")
        if phase.rep > rep:
            self._say(formats.sentence(cue.count))
        self._told = session.jumps, phase.stretch, max(said, cue.step + 1), max(phase.rep, rep)

    def _once(self, what: str, line: str, *more: str) -> None:
        if self._said.get(what) != line:
            self._said[what] = line
            for each in (line, *more):
                self._say(each)

    def _say(self, text: str) -> None:
        self._console.out(text, highlight=False)


class _Screen:
    """The whole screen, drawn anew when something has changed; also when its size has."""

    def __init__(self, console: Console, lesson: Lesson, keys: str, sound: _Sound | None) -> None:
        self._console, self._lesson, self._sound = console, lesson, sound
        self._help, self._answer = keys or guidance.CTRL_C, ""
        self._live = Live(console=console, screen=True, auto_refresh=False)
        self._drawn: list[Text] = []
        self._size = 0, 0
        try:
            "█━─•".encode(console.encoding)
            self._block, self._bar, self._track = "█", "━", "─"
        except UnicodeEncodeError:
            self._block, self._bar, self._track = "#", "=", "-"

    def __enter__(self) -> Self:
        self._live.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._live.__exit__(None, None, None)

    def begin(self, lesson: Lesson) -> None:
        self._lesson = lesson

    def tell(self, text: str) -> None:
        self._answer = text

    def show(self, session: Session) -> None:
        width, height = self._console.size
        kept = self._lines(session, cues.cue(session), max(width - 2, 20))
        while len(kept) >= height and (spare := max(rank for rank, _ in kept)):
            last = max(number for number, (rank, _) in enumerate(kept) if rank == spare)
            del kept[last]
        self._draw([line for _, line in kept[: height - 1]])

    def pages(self, text: str) -> Iterator[None]:
        lines = [
            part
            for line in text.splitlines()
            for part in Text(line).wrap(self._console, self._console.width - 2) or [Text()]
        ]
        step = max(self._console.height - 3, 1)
        for begin in range(0, len(lines), step):
            more = guidance.ANY_KEY_MORE if lines[begin + step :] else guidance.ANY_KEY
            self._draw([*lines[begin : begin + step], Text(), Text(more, "bold")])
            yield

    def _draw(self, lines: list[Text]) -> None:
        if lines != self._drawn or self._console.size != self._size:
            self._drawn, self._size = lines, self._console.size
            self._live.update(Group(*(Text(" ") + line for line in lines)), refresh=True)

    def _lines(self, session: Session, cue: Cue, width: int) -> list[tuple[int, Text]]:
        """Each with its rank: 0 always stands, of the others the highest goes first."""

        def wrapped(rank: int, text: str, style: str = "") -> list[tuple[int, Text]]:
            return [(rank, line) for line in Text(text, style).wrap(self._console, width)]

        left = guidance.minutes_left(cues.minutes(session))
        before = width - cells.width(left)
        name = cells.cut(self._lesson.title, before - 1)
        title = Text(cells.pad(name, before), "dim").append(left)
        share = session.left / cue.stretch.seconds
        steps: list[tuple[int, Text]] = []
        for number, step in enumerate(cue.steps):
            here = number == cue.step
            mark = ">" if here else " "
            steps += wrapped(
                0 if here else 1, f"{mark} {number + 1} {step}", "bold" if here else ""
            )
        return [
            (3, title),
            (3, self._line(1 - session.left_in_all / self._all, width, "green")),
            (5, Text()),
            *wrapped(0, cue.name, "bold"),
            *wrapped(2, cue.meaning),
            (5, Text()),
            *self._now(cue, cues.seconds(session), width),
            *(wrapped(0, _new(), "bold") if cue.waits else []),
            (2, self._line(share, width, "dim" if cue.paused else "bold cyan")),
            (5, Text()),
            *steps,
            (5, Text()),
            *wrapped(0, guidance.take_care(cue.caution)),
            *wrapped(0, cue.next, "bold"),
            *(wrapped(0, self._answer, "bold") if self._answer else []),
            *wrapped(4, self._lesson.why, "dim"),
            *(wrapped(0, self._lesson.warning, "bold") if self._lesson.warning else []),
            (5, Text()),
            *wrapped(2, self._keys(), "dim"),
        ]

    def _keys(self) -> str:
        sound = guidance.key_of_sound(self._sound()) if self._sound is not None else ""
        return self._help + sound

    @property
    def _all(self) -> float:
        return sum(stretch.seconds for stretch in self._lesson.session().stretches)

    def _now(self, cue: Cue, seconds: int, width: int) -> list[tuple[int, Text]]:
        """What must be understood at a glance: in words, and as large as there is room."""
        words = guidance.paused_here(cue.now) if cue.paused else cue.now
        style = "reverse bold yellow" if cue.urgent or cue.paused else "bold cyan"
        line = Text()
        line.append(f" {words} ", style)
        if cue.count:
            line.append(f"  {cue.count}")
        line.append(f"  {guidance.seconds(seconds)}", "bold")
        size = self._console.size
        if size.width < _LARGE_WIDTH or size.height < _LARGE_HEIGHT:
            return [(0, line)]
        # There are letters for the English words alone; an arrow says it as well.
        words_of = _WORDS if language() == ENGLISH else _SIGNS
        sides, digits = large(words_of[cue.side], self._block), large(str(seconds), self._block)
        room = max(map(len, digits))
        rows = []
        for left, right in zip(sides, digits, strict=True):
            row = Text()
            row.append(left, "bold yellow" if cue.urgent else "bold cyan")
            row.append(" " * (width - len(left) - room))
            row.append(right.ljust(room), "bold")
            rows.append((0, row))
        return [(0, line), (5, Text()), *rows, (5, Text())]

    def _line(self, share: float, width: int, style: str) -> Text:
        done = round(width * min(max(share, 0.0), 1.0))
        line = Text(self._bar * done, style)
        line.append(self._track * (width - done), "dim")
        return line


def _new() -> str:
    return formats.sentences(guidance.NEW, guidance.HOW)
