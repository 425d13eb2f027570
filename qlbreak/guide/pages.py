"""The pages beside the movements: how it feels afterwards, thanks, and the safety text."""

from collections.abc import Sequence

from qlbreak.core.model.terms import Feeling
from qlbreak.texts import safety
from qlbreak.widgets.look import Look
from qlbreak.widgets.painting import Line, Paint, Rect

# What the person may say: key, word, meaning.
ANSWERS = (
    ("1", "Easier", Feeling.EASIER), ("2", "Same", Feeling.SAME), ("3", "Worse", Feeling.WORSE),
)  # fmt: skip
QUESTION = "How does your lower back feel now?"


def ask_how_it_is(paint: Paint, width: int, height: int) -> Rect:
    """Returns where the answers belong."""
    colours, scale = paint.look.colours, _scale(paint.look, width, height)
    lines = [
        Line("That was it.", 32, colours.ink, bold=True),
        Line(QUESTION, 22, colours.ink, gap=10),
        Line("Only if you like to say.", 16, colours.soft, gap=6),
    ]
    room = paint.look.px(88 * max(scale, 0.9))
    inner = _card(paint, (width, height), 560, lines, room)
    return Rect(inner.x, inner.bottom - room, inner.width, room)


def thank(paint: Paint, width: int, height: int, feeling: Feeling) -> None:
    """With the rule when to stop, for who feels worse."""
    colours = paint.look.colours
    lines = [Line("Thank you, noted.", 28, colours.ink, bold=True)]
    if feeling is Feeling.WORSE:
        lines.append(Line("Go easy on yourself. This is the rule to go by:", 18, colours.ink))
        lines += _paragraphs(paint.look, safety.stop_rule(), gap=14)
    _card(paint, (width, height), 640 if feeling is Feeling.WORSE else 420, lines)


def show_safety(paint: Paint, width: int, height: int) -> int:
    """Returns how high it is: more than there is room, in a small window."""
    look = paint.look
    paint.clear()
    flags = safety.red_flags().split("\n\n")
    now, soon = (
        _paragraphs(look, text, size=size) for text, size in zip(flags, (17, 14), strict=True)
    )
    stop = _paragraphs(look, safety.stop_rule())
    ask = _paragraphs(look, safety.ask_first())
    end = [Line(safety.disclaimer(), 13, look.colours.soft, gap=14)]
    edge = look.px(24)
    inner = Rect(edge, look.px(18), width - 2 * edge, height - look.px(24))
    scale = _scale(look, width, height)
    if width < 1.1 * height or width < look.px(760):
        return paint.column(inner, [*now, *soon, *stop, *ask, *end], scale) + edge
    half = (inner.width - look.px(40)) // 2
    right = Rect(inner.right - half, inner.y, half, inner.height)
    first = Rect(inner.x, inner.y, half, inner.height)
    columns: Sequence[tuple[Rect, list[Line]]] = (
        (first, [*now, *soon]), (right, [*stop, *ask, *end]),
    )  # fmt: skip
    return max(paint.column(place, lines, scale) for place, lines in columns) + edge


def _paragraphs(look: Look, text: str, gap: float = 20, size: float = 14) -> list[Line]:
    """A title and its lines; those that begin with "- " are points."""
    ink, accent = look.colours.ink, look.colours.accent
    title, *rest = text.splitlines()
    lines = [Line(title, size + 5, ink, bold=True, gap=gap)]
    for line in rest:
        if line.startswith("- "):
            lines.append(Line(line[2:], size, ink, gap=4, sign="•", sign_fill=accent))
        elif line:
            lines.append(Line(line, size, ink, gap=5))
    return lines


def _card(
    paint: Paint, window: tuple[int, int], across: int, lines: list[Line], room: int = 0
) -> Rect:
    """A card in the middle, as high as its lines and the room below them; what is inside it."""
    look, (width, height) = paint.look, window
    scale = _scale(look, width, height)
    paint.clear()
    edge = look.px(32 * min(scale, 1))
    inner_width = min(look.px(across * scale), width - look.px(28)) - 2 * edge
    left = (width - inner_width) // 2
    most = height - 2 * edge - look.px(20) - room
    bottom = paint.column(Rect(left, 0, inner_width, most), lines, scale)
    inner = Rect(left, max((height - bottom - room) // 2, edge), inner_width, bottom + room)
    paint.canvas.move("all", 0, inner.y)
    card = Rect(left - edge, inner.y - edge, inner_width + 2 * edge, inner.height + 2 * edge)
    box = paint.box(card, look.colours.card, look.colours.paper, radius=16, edge=look.colours.line)
    paint.canvas.tag_lower(box)
    return inner


def _scale(look: Look, width: int, height: int) -> float:
    return min(max(min(width / look.px(900), height / look.px(570)), 0.8), 1.8)
