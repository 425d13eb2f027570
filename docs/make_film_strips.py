"""Writes film_strips.md and pictures/strips/: each movement's score, a picture a phase, its step
below. What is repeated is shown once.
"""

from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from qlbreak import data
from qlbreak.core.model import dose as doses
from qlbreak.core.model.dose import Part
from qlbreak.core.model.movements import Movement
from qlbreak.core.model.score import ScorePhase, said, work
from qlbreak.core.model.terms import Side
from qlbreak.figures import moving
from qlbreak.figures.moving import Between, Figure

DOCS = Path(__file__).parent
PAGE, PICTURES = DOCS / "film_strips.md", DOCS / "pictures" / "strips"
SIZE, GAP, TEXT, LINES, ACROSS = 168, 12, 12, 5, 6
PAPER, INK, MUTED = "#ffffff", "#263242", "#5d6b7a"
_BIT = 1e-3
PARTS = {
    Part.IN: "in", Part.THERE: "there", Part.HOLD: "hold", Part.BACK: "back", Part.REST: "rest",
    Part.OUT: "out",
}  # fmt: skip
EACH = ", each side"
HEAD = """# Film strips

Each movement as the guide plays it at its usual length, for the left side: a picture for each phase
of its score, as it is at its end, with the seconds and the step that is said. What is repeated is
shown the first time. How a dose becomes a score stands in [movements.md](movements.md). Made by
`python docs/make_film_strips.py`.
"""


def shown(phases: tuple[ScorePhase, ...]) -> Iterator[ScorePhase]:
    """All but what is repeated; of that, one for a step that only tells to repeat it."""
    seen: set[int] = set()
    for phase in phases:
        if phase.rep < 2 or phase.step not in seen:
            seen.add(phase.step)
            yield phase


def telling(figure: Figure, phases: tuple[ScorePhase, ...], phase: ScorePhase) -> Between:
    """Where it is at the end; where that is where it began, the first pose that it came to."""
    path = moving.poses(figure, phases)[phases.index(phase)]
    motion = moving.motion(figure, phases)
    begin, end = motion.at(phase.begin + _BIT), motion.at(phase.end - _BIT)
    if path and begin.before is end.after:
        first = figure.poses[path[0]]
        return Between(first, first)
    return end


def label(phase: ScorePhase) -> str:
    assert phase.part is not None
    count = f" {phase.rep} of {phase.of}" if phase.of > 1 else ""
    return f"{PARTS[phase.part]}{count}, {phase.seconds:.1f} s"


def strip(movement: Movement) -> Image.Image:
    figure, phases = moving.load()[movement.id], work(movement, movement.default_s, Side.LEFT)
    texts = said(movement, movement.default_s)
    kept = list(shown(phases))
    rows = -(-len(kept) // ACROSS)
    high = SIZE + (LINES + 1) * (TEXT + 4)
    page = Image.new("RGB", (min(len(kept), ACROSS) * (SIZE + GAP) + GAP, rows * high), PAPER)
    pen = ImageDraw.Draw(page)
    font = ImageFont.load_default(TEXT)
    for index, phase in enumerate(kept):
        x, y = GAP + index % ACROSS * (SIZE + GAP), index // ACROSS * high
        now = telling(figure, phases, phase)
        drawn = moving.draw(figure, Side.LEFT, now, SIZE, still=True)
        page.paste(drawn, (x, y), drawn)
        pen.text((x, y + SIZE), label(phase), fill=MUTED, font=font)
        text = wrapped(f"{phase.step + 1}. {texts[phase.step]}", pen, font)
        pen.multiline_text((x, y + SIZE + TEXT + 4), text, fill=INK, font=font, spacing=3)
    return page


def wrapped(
    text: str, pen: ImageDraw.ImageDraw, font: ImageFont.FreeTypeFont | ImageFont.ImageFont
) -> str:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if pen.textlength(longer, font=font) > SIZE and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return "\n".join(lines)


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    told = [HEAD]
    for movement in data.load().movements.values():
        flat = strip(movement).quantize(48, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        flat.save(PICTURES / f"{movement.id}.png", optimize=True)
        dose = doses.told(movement.dose, movement.default_s) + (EACH if movement.sided else "")
        picture = f"![{movement.plain_name}, phase by phase](pictures/strips/{movement.id}.png)"
        told.append(f"## {movement.name}\n\n{dose}\n\n{picture}\n")
    PAGE.write_text("\n".join(told), "utf-8")


if __name__ == "__main__":
    main()
