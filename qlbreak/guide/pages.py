"""The pages of a guide's window: a movement, how it feels afterwards, thanks, the safety text."""

import tkinter as tk
from collections.abc import Sequence

from msgspec import Struct
from PIL import Image

from qlbreak.core.model.guided import Session
from qlbreak.core.model.movements import Movement
from qlbreak.core.model.routine import Moment
from qlbreak.core.model.terms import Feeling, Side
from qlbreak.figures import moving
from qlbreak.figures.moving import Between, Figure, draw
from qlbreak.guide import cues, posing
from qlbreak.guide.cues import Cue
from qlbreak.guide.layout import laid_out
from qlbreak.guide.lesson import Lesson
from qlbreak.texts import safety
from qlbreak.widgets import shapes
from qlbreak.widgets.look import Look
from qlbreak.widgets.painting import Paint, Rect, TextLine

# What the person may say: key, word, meaning.
ANSWERS = (
    ("1", "Easier", Feeling.EASIER), ("2", "Same", Feeling.SAME), ("3", "Worse", Feeling.WORSE),
)  # fmt: skip
QUESTION = "How does your lower back feel now?"
_HINT = "click this window to use its keys"
_FPS = 12  # pictures a second from one pose to the next, at its own pace
_BREATHS = 6  # pictures of a breath in
_MOST_BYTES = 64 << 20  # Tk keeps four bytes a pixel; then there are fewer pictures to a move


class MovingFigure:
    """Each picture of it is drawn once, when it is first due."""

    def __init__(
        self, master: tk.Misc, figure: Figure, side: Side, size: int, ground: str, dark: bool
    ) -> None:
        self._master, self._figure, self._side = master, figure, side
        self._size, self._ground, self._dark = size, ground, dark
        self._most = max(_MOST_BYTES // (size * size * 4), 4)
        self._photos: dict[object, tuple[tk.PhotoImage, int, int]] = {}

    def at(self, now: Between, still: bool) -> tuple[tk.PhotoImage, int, int]:
        """The picture for this moment, and how far right and down in its square it belongs."""
        quicker = min(now.before.move, now.after.move)
        levels = max(min(round(quicker * _FPS), self._most // 3), 1)
        part, breath = round(now.part * levels), round(now.breath * _BREATHS)
        here, there, level = id(now.before), id(now.after), part
        if here > there:  # there and back again one passes through the same pictures
            here, there, level = there, here, levels - part
        key = (here, there, level, breath, still)
        photo = self._photos.pop(key, None)
        if photo is None:
            photo = self._drawn(now._replace(part=part / levels, breath=breath / _BREATHS), still)
        self._photos[key] = photo  # the last one used is the last one forgotten
        if len(self._photos) > self._most:
            del self._photos[next(iter(self._photos))]
        return photo

    def _drawn(self, now: Between, still: bool) -> tuple[tk.PhotoImage, int, int]:
        picture = draw(self._figure, self._side, now, self._size, dark=self._dark, still=still)
        left, top, right, bottom = picture.getbbox() or (0, 0, 1, 1)
        cut = picture.crop((left, top, right, bottom))
        flat = Image.new("RGB", cut.size, self._ground)
        flat.paste(cut, (0, 0), cut)
        return shapes.photo(self._master, flat), left, top


class _Drawn(Struct, frozen=True):
    """While this is the same, only figure, ring and bar change."""

    cue: Cue
    size: tuple[int, int]
    has_keys: bool


class MovementPage:
    """Its figure, its side, its seconds, its steps, what comes next."""

    def __init__(self, paint: Paint, lesson: Lesson, session: Session) -> None:
        self._paint, self._lesson, self._session = paint, lesson, session
        self._drawn: _Drawn | None = None
        self._figure: tuple[tuple[Figure, Side, int], MovingFigure] | None = None
        self._items: dict[str, int] = {}
        self._shown: dict[str, object] = {}
        self._photos: dict[str, object] = {}  # Tk shows nothing of a picture that is forgotten

    def draw(self, width: int, height: int, has_keys: bool) -> Cue:
        """Draws what has changed; to be called at every tick."""
        cue = cues.cue(self._session)
        now = _Drawn(cue, (width, height), has_keys)
        if now != self._drawn:
            self._drawn = now
            self._layout = laid_out(width, height, self._paint.look.px, len(cue.steps))
            self._draw_all(cue, has_keys)
        self._move(cue)
        return cue

    def forget(self) -> None:
        """Something else was drawn in between."""
        self._drawn = None

    def _draw_all(self, cue: Cue, has_keys: bool) -> None:
        paint, colours, where = self._paint, self._paint.look.colours, self._layout
        paint.clear()
        self._shown.clear()
        paint.box(where.card, colours.card, colours.paper, radius=16, edge=colours.line)
        self._draw_bar(has_keys)
        self._draw_band(cue)
        canvas, ring = paint.canvas, where.ring
        self._items["figure"] = canvas.create_image(0, 0, anchor="nw")
        self._items["ring"] = canvas.create_image(ring.x, ring.y, anchor="nw")
        self._items["number"] = paint.text(
            ring.middle, "", ring.height * 0.42 / paint.look.scale, colours.ink, bold=True,
            anchor="center",
        )  # fmt: skip
        if where.wide:
            self._draw_beside(cue)
        else:
            self._draw_below(cue)

    def _draw_bar(self, has_keys: bool) -> None:
        """The title, how long it takes, and a piece for each stretch of work."""
        paint, bar, scale = self._paint, self._layout.bar, self._layout.scale
        colours, px = paint.look.colours, paint.look.px
        title = self._lesson.title if has_keys else f"{self._lesson.title}  ·  {_HINT}"
        top = Rect(bar.x, bar.y, bar.width - px(110 * scale), bar.height - px(12 * scale))
        paint.one_line(top, title, 14 * scale, colours.soft, bold=False)
        self._items["left"] = paint.text(
            (bar.right, top.middle[1]), "", 14 * scale, colours.soft, anchor="e"
        )
        work = [s for s in self._session.stretches if s.moment is Moment.WORK]
        gap, thick = px(5 * scale), max(px(6 * scale), 3)
        length = (bar.width - gap * (len(work) - 1)) / sum(s.seconds for s in work)
        x = float(bar.x)
        for number, stretch in enumerate(work):
            end = x + stretch.seconds * length
            for name, fill in (("track", colours.line), ("done", colours.accent)):
                self._items[f"{name} {number}"] = paint.canvas.create_rectangle(
                    round(x), bar.bottom - thick, round(end), bar.bottom, fill=fill, width=0
                )
            x = end + gap

    def _draw_band(self, cue: Cue) -> None:
        """What must be seen from two metres: the side, by word, by arrow and by where it stands."""
        paint, colours, where = self._paint, self._paint.look.colours, self._layout
        fill, ink = (colours.call, colours.on_call) if cue.urgent else (colours.tint, colours.ink)
        text = cue.now
        if cue.paused:
            fill, ink, text = colours.line, colours.ink, f"Paused: {cue.now.lower()}"
        pad = paint.look.px(7 * where.scale)
        band = Rect(
            where.band.x + pad, where.band.y + pad, where.band.width - 2 * pad,
            where.band.height - pad,
        )  # fmt: skip
        paint.box(band, fill, colours.card, radius=11)
        size = round(band.height * 0.66)
        inner = Rect(band.x + 2 * pad, band.y, band.width - 4 * pad, band.height)
        if cue.side is Side.BOTH:
            paint.one_line(inner, text, 40 * where.scale, ink, anchor="center")
            return
        left = cue.side is Side.LEFT
        arrow = shapes.arrow(size, left, fill, colours.accent if not cue.urgent else ink)
        room = size + 2 * pad
        beside = Rect(inner.x + (room if left else 0), inner.y, inner.width - room, inner.height)
        paint.picture(
            (inner.x if left else inner.right, inner.middle[1]), arrow, "w" if left else "e"
        )
        paint.one_line(beside, text, 40 * where.scale, ink, anchor="w" if left else "e")

    def _draw_beside(self, cue: Cue) -> None:
        paint, where, scale = self._paint, self._layout, self._layout.scale
        colours = paint.look.colours
        paint.column(where.head, self._heading(cue), scale)
        paint.block(where.beside, cue.next, 18 * scale, colours.ink)
        paint.block(where.subtitle, cue.steps[cue.step], 22 * scale, colours.ink, middle=True)
        paint.column(where.column, [*self._steps(cue), *self._small(cue)], scale)

    def _draw_below(self, cue: Cue) -> None:
        where, paint = self._layout, self._paint
        paint.one_line(where.head, cue.name, 26 * where.scale, paint.look.colours.ink)
        colours = paint.look.colours
        lines = [
            TextLine(cue.meaning, 15, colours.soft, spare=2),
            *self._steps(cue),
            TextLine(cue.next, 16, colours.ink, bold=True, gap=10),
            *self._small(cue),
        ]
        paint.column(where.column, lines, where.scale)

    def _heading(self, cue: Cue) -> list[TextLine]:
        colours = self._paint.look.colours
        return [
            TextLine(cue.name, 28, colours.ink, bold=True),
            TextLine(cue.meaning, 16, colours.soft, gap=4, spare=1),
        ]

    def _steps(self, cue: Cue) -> list[TextLine]:
        """Those that are not due now go before the caution is cut off."""
        colours = self._paint.look.colours
        return [
            TextLine(
                step, 15, colours.ink if here else colours.soft, bold=here, gap=6,
                sign=f"{number + 1}", sign_fill=colours.accent if here else colours.soft,
                spare=0 if here else 1,
            )
            for number, step in enumerate(cue.steps)
            for here in [number == cue.step]
        ]  # fmt: skip

    def _small(self, cue: Cue) -> list[TextLine]:
        colours = self._paint.look.colours
        return [
            TextLine(self._lesson.warning, 14, colours.ink, bold=True, gap=14),
            TextLine(f"Take care: {cue.caution}", 14, colours.ink, gap=14),
            TextLine(self._lesson.why, 13, colours.soft, gap=10, spare=3),
        ]

    def _move(self, cue: Cue) -> None:
        """What changes all the time."""
        session, look, where = self._session, self._paint.look, self._layout
        still = look.still
        figure = self._figure_of(session.movement)
        calm = still or posing.rests(session)
        photo, right, down = self._moving(figure).at(
            posing.posed(session, figure, still=still), calm
        )
        canvas = self._paint.canvas
        if self._changed("figure", photo):
            canvas.itemconfigure(self._items["figure"], image=photo)
            canvas.coords(self._items["figure"], where.figure.x + right, where.figure.y + down)
        left = session.left / cue.stretch.seconds
        # A step a second where no motion is wanted; else as many as can be seen.
        steps = cue.stretch.seconds if still else 8 * cue.stretch.seconds
        if self._changed("ring", ring := round(left * steps)):
            colours = look.colours
            waits = cue.stretch.moment is not Moment.WORK
            colour = colours.soft if cue.paused or waits else colours.accent
            ground = colours.paper if where.wide else colours.card
            photo = shapes.photo(
                canvas, shapes.ring(where.ring.width, ring / steps, ground, colours.line, colour)
            )
            self._photos["ring"] = photo
            canvas.itemconfigure(self._items["ring"], image=photo)
        if self._changed("number", number := f"{cues.seconds(session)}"):
            canvas.itemconfigure(self._items["number"], text=number)
            canvas.itemconfigure(self._items["left"], text=f"{cues.minutes(session)} left")
            self._move_bar()

    def _move_bar(self) -> None:
        session, canvas = self._session, self._paint.canvas
        here = session.stretches.index(session.stretch)
        work = [n for n, stretch in enumerate(session.stretches) if stretch.moment is Moment.WORK]
        for number, index in enumerate(work):
            passed = session.elapsed / session.stretch.seconds if index == here else index < here
            x, y, end, bottom = canvas.coords(self._items[f"track {number}"])
            canvas.coords(self._items[f"done {number}"], x, y, x + (end - x) * passed, bottom)
            # A line of no length would be a dot.
            state = "normal" if passed else "hidden"
            canvas.itemconfigure(self._items[f"done {number}"], state=state)

    def _changed(self, name: str, value: object) -> bool:
        before = self._shown.get(name)
        self._shown[name] = value
        return before != value

    def _figure_of(self, movement: Movement) -> Figure:
        book = moving.load()
        name = self._lesson.figure_of.get(movement.id, movement.id)
        return book[name] if name in book else moving.generic(movement.position)

    def _moving(self, figure: Figure) -> MovingFigure:
        look, size, side = self._paint.look, self._layout.figure.width, self._session.stretch.side
        key = (figure, side, size)
        if self._figure is None or self._figure[0] != key:
            ground = look.colours.card
            self._figure = (
                key,
                MovingFigure(self._paint.canvas, figure, side, size, ground, look.dark),
            )
        return self._figure[1]


def ask_how_it_is(paint: Paint, width: int, height: int) -> Rect:
    """Returns where the answers belong."""
    colours, scale = paint.look.colours, _scale(paint.look, width, height)
    lines = [
        TextLine("That was it.", 32, colours.ink, bold=True),
        TextLine(QUESTION, 22, colours.ink, gap=10),
        TextLine("Only if you like to say.", 16, colours.soft, gap=6),
    ]
    room = paint.look.px(88 * max(scale, 0.9))
    inner = _card(paint, (width, height), 560, lines, room)
    return Rect(inner.x, inner.bottom - room, inner.width, room)


def thank(paint: Paint, width: int, height: int, feeling: Feeling) -> None:
    """With the rule when to stop, for who feels worse."""
    colours = paint.look.colours
    lines = [TextLine("Thank you, noted.", 28, colours.ink, bold=True)]
    if feeling is Feeling.WORSE:
        lines.append(TextLine("Go easy on yourself. This is the rule to go by:", 18, colours.ink))
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
    end = [TextLine(safety.disclaimer(), 13, look.colours.soft, gap=14)]
    edge = look.px(24)
    inner = Rect(edge, look.px(18), width - 2 * edge, height - look.px(24))
    scale = _scale(look, width, height)
    if width < 1.1 * height or width < look.px(760):
        return paint.column(inner, [*now, *soon, *stop, *ask, *end], scale) + edge
    half = (inner.width - look.px(40)) // 2
    right = Rect(inner.right - half, inner.y, half, inner.height)
    first = Rect(inner.x, inner.y, half, inner.height)
    columns: Sequence[tuple[Rect, list[TextLine]]] = (
        (first, [*now, *soon]), (right, [*stop, *ask, *end]),
    )  # fmt: skip
    return max(paint.column(rect, lines, scale) for rect, lines in columns) + edge


def _paragraphs(look: Look, text: str, gap: float = 20, size: float = 14) -> list[TextLine]:
    """A title and its lines; those that begin with "- " are points."""
    ink, accent = look.colours.ink, look.colours.accent
    title, *rest = text.splitlines()
    lines = [TextLine(title, size + 5, ink, bold=True, gap=gap)]
    for line in rest:
        if line.startswith("- "):
            lines.append(TextLine(line[2:], size, ink, gap=4, sign="•", sign_fill=accent))
        elif line:
            lines.append(TextLine(line, size, ink, gap=5))
    return lines


def _card(
    paint: Paint, window: tuple[int, int], across: int, lines: list[TextLine], room: int = 0
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
