"""Writes what a screen reader is told of each window into docs/accessibility-trees.md.

    python tests/trees.py [WALK...]

Somebody walks through the real windows on a real desktop, by names and roles; what stands between
two marks is made here, a walk each. What changes from day to day is left out: it is half past eight
in the evening there, and a date is a date.
"""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from main_window.mainwindow import Opened, keep_an_evening
from qlbreak.texts import first_steps, library, main_window, safety, weeks
from rig import guideuser
from rig.accessibility import Node, Reader
from rig.desktop import Desktop
from rig.program import Program
from rig.waiting import wait_for

DOC = Path(__file__).parents[1] / "docs" / "accessibility-trees.md"
END = "<!-- until here -->\n"
PASSING = "focused", "default"  # states that depend on where the keyboard is
GONE = {  # what another day or another machine would say otherwise
    r'("Seconds left") \d+ of': r"\1 … of",
    r'(label "Sitting) 1 h[^"]*': r"\1 …",
    r"Sitting, 1 h.* so far": "Sitting, … so far",
    r"Next reminder in \d+ min": "Next reminder in … min",
    r"\b\d+ (s|min) to go": "… to go",
    # Of the guide: which step is due depends on how fast this machine is.
    r'(image "[^"]*") \(([^)]*)\)\n( *label) "\2"': r'\1 (the step that is due)\n\3 "… the same"',
    r"Well done: \d+ s": "Well done: … s",
    r"\b\d{1,2} (January|February|March|April|May|June|July|August|September|October|November"
    r"|December) \d{4}": "…",
}
Told = Iterator[tuple[str, str]]  # the name of a state, and its tree


def tree(window: Node) -> str:
    """Of today, without what is otherwise tomorrow."""
    made = window.tree(without=PASSING).replace(str(window.reader.desktop.home), "~")
    for pattern, instead in GONE.items():
        made = re.sub(pattern, instead, made)
    return made


def without_safety(made: str) -> str:
    """The safety text stands in several windows, and is long."""
    first, last = safety.sections()[0].title, safety.disclaimer()
    begin = re.escape(f'label "{first}"\n')
    return re.sub(
        rf'{begin}.*label "{re.escape(last)}"\n',
        lambda _: f'label "{first}"\n  … and all of the safety text, as in its own window\n',
        made, flags=re.DOTALL,
    )  # fmt: skip


# The walks


def check_in(reader: Reader) -> Told:
    reader.desktop.program().start("check-in")
    yield "The check-in", tree(reader.window("check-in"))


def safety_text(reader: Reader) -> Told:
    reader.desktop.program().start("safety", "--window")
    yield "The safety text", tree(reader.window("safety"))


def guide(reader: Reader) -> Told:
    guideuser.begin(reader.desktop, "r60-desk", QLBREAK_GUIDE_SPEED="0.5")
    window = reader.window("Get ready")
    yield "The guide: get ready", tree(window)
    reader.window("Both sides")
    yield "The guide: at work", tree(window)
    bar = window.find("progress bar")
    wait_for(lambda: (bar.value or 0) < bar.bounds[1] - 1, 15, "something is done")
    window.find("push button", "Pause").press()
    window.find("push button", "Go on")
    yield "The guide: paused", tree(window)
    window.find("push button", "Go on").press()
    for title in ("Get ready: left", "Change sides: right"):
        window.find("push button", "Next").press()
        reader.window(title)
    yield "The guide: change sides", tree(window)
    window.find("push button", "Finish").press()
    window.find("push button", "Easier")
    yield "The guide: how it was", tree(window)
    window.find("push button", "Safety").press()
    window.find("label", safety.disclaimer())
    yield "The guide: safety", without_safety(tree(window))
    window.find("push button", "Back").press()
    window.find("push button", "Worse").press()
    reader.window("Thank you")
    yield "The guide: thanks, where it is worse", tree(window)


def set_up(reader: Reader) -> Told:
    reader.desktop.program().start("set-up")
    window = reader.window("set-up")
    yield "The set-up: welcome", tree(window)
    window.find("push button", "Begin").press()
    names = "the icon", "how often", "sides", "cautions", "what is there", "starting"
    for number, name in enumerate(names, 1):
        reader.window(f"set-up, {number} of {len(names)}")
        yield f"The set-up: {name}", tree(window)
        window.find("push button", "Save" if number == len(names) else "Next").press()
    window.find("label", first_steps.NOT_RUNNING)
    yield "The set-up: done", tree(window)


def first_day(reader: Reader) -> Told:
    """Before anything was recorded, and with nothing that runs."""
    program = reader.desktop.program().known()
    window = Opened(reader, program, "today", QLBREAK_MOTION="reduced").window
    window.find("push button", main_window.START)
    yield "Today: the program does not run", tree(window)
    _turn(reader, window, "record")
    window.find("label", weeks.EMPTY)
    yield "Record: on the first day", tree(window)
    _turn(reader, window, "movements")
    window.find("push button", library.DO_IT)
    yield "Movements: a card", tree(window)
    _turn(reader, window, "settings")
    window.find("spin button", part="How long you sit")
    yield "Settings", tree(window)
    _turn(reader, window, "safety")
    window.find("label", safety.disclaimer())
    yield "Safety", without_safety(tree(window))


def evening(reader: Reader) -> Told:
    """It runs, and a day with something of all has been recorded."""
    program = reader.desktop.program().known()
    keep_an_evening(reader, program)
    running(program)
    window = Opened(reader, program, "today", QLBREAK_MOTION="reduced").window
    window.find("push button", part="Start: ")
    window.find("list item", part="snoozed once")
    yield "Today: the program runs", tree(window)
    _turn(reader, window, "record")
    window.find("label", part="How we know")
    yield "Record: with a record", tree(window)


def running(program: Program) -> None:
    program.start()
    wait_for(program.answers, 15, "it answers", lambda: program.log)


def _turn(reader: Reader, window: Node, page: str) -> None:
    window.find("page tab", main_window.name(page)).press()
    reader.window(main_window.title(page))


WALKS: dict[str, Callable[[Reader], Told]] = {
    "check-in": check_in,
    "guide": guide,
    "set-up": set_up,
    "first-day": first_day,
    "evening": evening,
    "safety": safety_text,
}


# The page


def made(walk: str, reader: Reader) -> str:
    """What stands of it in the docs."""
    told = WALKS[walk](reader)
    return "\n".join(f"### {name}\n\n```text\n{tree}```\n" for name, tree in told)


def begin(walk: str) -> str:
    return f"<!-- python tests/trees.py {walk} -->\n"


def written(text: str, walk: str) -> str:
    """What stands there of the walk now."""
    return text.partition(begin(walk))[2].partition(END)[0].strip("\n") + "\n"


def main(walks: list[str]) -> None:
    for walk in walks or WALKS:
        with Desktop(panel=False, dunst=False) as desktop, closing(Reader(desktop)) as reader:
            new = made(walk, reader)
        before, _, rest = DOC.read_text("utf-8").partition(begin(walk))
        _, _, after = rest.partition(END)
        DOC.write_text(f"{before}{begin(walk)}\n{new}\n{END}{after}", "utf-8")
        print(f"{walk}: written", file=sys.stderr)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
