"""The page of a guided movement: its figure, its side, its seconds, its steps, what comes next."""

from msgspec import Struct

from qlbreak.core.model.guided import Session
from qlbreak.core.model.movements import Movement
from qlbreak.core.model.routine import Moment
from qlbreak.core.model.terms import Side
from qlbreak.figures import moving
from qlbreak.figures.moving import Figure
from qlbreak.guide import cues, posing
from qlbreak.guide.cues import Cue
from qlbreak.guide.layout import plan
from qlbreak.guide.lesson import Lesson
from qlbreak.guide.moving_figure import Reel
from qlbreak.widgets import shapes
from qlbreak.widgets.painting import Line, Paint, Rect

_HINT = "click this window to use its keys"


class _Drawn(Struct, frozen=True):
    """While this is the same, only figure, ring and bar change."""

    cue: Cue
    size: tuple[int, int]
    has_keys: bool


class Stage:
    def __init__(self, paint: Paint, lesson: Lesson, session: Session) -> None:
        self._paint, self._lesson, self._session = paint, lesson, session
        self._drawn: _Drawn | None = None
        self._reel: tuple[tuple[Figure, Side, int], Reel] | None = None
        self._items: dict[str, int] = {}
        self._shown: dict[str, object] = {}
        self._photos: dict[str, object] = {}  # Tk shows nothing of a picture that is forgotten

    def draw(self, width: int, height: int, has_keys: bool) -> Cue:
        """Draws what has changed; to be called at every tick."""
        cue = cues.cue(self._session)
        now = _Drawn(cue, (width, height), has_keys)
        if now != self._drawn:
            self._drawn = now
            self._plan = plan(width, height, self._paint.look.px, len(cue.steps))
            self._draw_all(cue, has_keys)
        self._move(cue)
        return cue

    def forget(self) -> None:
        """Something else was drawn in between."""
        self._drawn = None

    def _draw_all(self, cue: Cue, has_keys: bool) -> None:
        paint, colours, where = self._paint, self._paint.look.colours, self._plan
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
        paint, bar, scale = self._paint, self._plan.bar, self._plan.scale
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
        paint, colours, where = self._paint, self._paint.look.colours, self._plan
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
        paint, where, scale = self._paint, self._plan, self._plan.scale
        colours = paint.look.colours
        paint.column(where.head, self._heading(cue), scale)
        paint.block(where.beside, cue.next, 18 * scale, colours.ink)
        paint.block(where.subtitle, cue.steps[cue.step], 22 * scale, colours.ink, middle=True)
        paint.column(where.column, [*self._steps(cue), *self._small(cue)], scale)

    def _draw_below(self, cue: Cue) -> None:
        where, paint = self._plan, self._paint
        paint.one_line(where.head, cue.name, 26 * where.scale, paint.look.colours.ink)
        colours = paint.look.colours
        lines = [
            Line(cue.meaning, 15, colours.soft, spare=2),
            *self._steps(cue),
            Line(cue.next, 16, colours.ink, bold=True, gap=10),
            *self._small(cue),
        ]
        paint.column(where.column, lines, where.scale)

    def _heading(self, cue: Cue) -> list[Line]:
        colours = self._paint.look.colours
        return [
            Line(cue.name, 28, colours.ink, bold=True),
            Line(cue.meaning, 16, colours.soft, gap=4, spare=1),
        ]

    def _steps(self, cue: Cue) -> list[Line]:
        """Those that are not due now go before the caution is cut off."""
        colours = self._paint.look.colours
        return [
            Line(
                step, 15, colours.ink if here else colours.soft, bold=here, gap=6,
                sign=f"{number + 1}", sign_fill=colours.accent if here else colours.soft,
                spare=0 if here else 1,
            )
            for number, step in enumerate(cue.steps)
            for here in [number == cue.step]
        ]  # fmt: skip

    def _small(self, cue: Cue) -> list[Line]:
        colours = self._paint.look.colours
        return [
            Line(self._lesson.warning, 14, colours.ink, bold=True, gap=14),
            Line(f"Take care: {cue.caution}", 14, colours.ink, gap=14),
            Line(self._lesson.why, 13, colours.soft, gap=10, spare=3),
        ]

    def _move(self, cue: Cue) -> None:
        """What changes all the time."""
        session, look, where = self._session, self._paint.look, self._plan
        still = look.still
        figure = self._figure_of(session.movement)
        calm = still or posing.rests(session)
        photo, right, down = self._reel_of(figure).at(
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

    def _reel_of(self, figure: Figure) -> Reel:
        look, size, side = self._paint.look, self._plan.figure.width, self._session.stretch.side
        key = (figure, side, size)
        if self._reel is None or self._reel[0] != key:
            ground = look.colours.card
            self._reel = key, Reel(self._paint.canvas, figure, side, size, ground, look.dark)
        return self._reel[1]
