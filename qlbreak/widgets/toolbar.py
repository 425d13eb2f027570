"""A page's buttons: made for what can be chosen now, at the lower edge or in a place of a page."""

from collections.abc import Callable, Sequence

from msgspec import Struct

from qlbreak.widgets.buttons import Button
from qlbreak.widgets.look import Look
from qlbreak.widgets.painting import Rect

_USUAL_WIDTH = 900  # logical; the buttons of a wider window are larger


class Choice(Struct, frozen=True):
    """A button: its keys, as Tk names them, do the same; `hint` names one of them for people.

    `inside`: it stands in the page, not at the lower edge.
    """

    text: str
    hint: str
    keys: str
    action: Callable[[], None]
    main: bool = False
    inside: bool = False


class Toolbar:
    def __init__(self, look: Look) -> None:
        self._look = look
        self._choices: list[Choice] = []
        self._buttons: list[Button] = []

    def show(self, choices: list[Choice]) -> None:
        """Makes them anew only where they are others than before; the focus stays in its place."""
        if [c.text for c in choices] == [c.text for c in self._choices]:
            return
        look, focus = self._look, self._look.root.focus_get()
        focused = [number for number, button in enumerate(self._buttons) if button is focus]
        same_page = len(choices) == len(self._choices)
        for button in self._buttons:
            button.destroy()
        self._choices = choices
        self._buttons = [
            Button(
                look, c.text, c.action, hint=c.hint, main=c.main,
                ground=look.colours.card if c.inside else look.colours.paper,
            )
            for c in choices
        ]  # fmt: skip
        if focused and same_page:
            self._buttons[focused[0]].focus_set()
        elif focused:
            look.root.focus_set()

    def arrange(self, width: int, height: int) -> int:
        """At the lower edge; how much room they take."""
        shown = self._of(inside=False)
        px = self._look.px
        inner, gap = width - px(28), px(8)
        larger = min(max(width / px(_USUAL_WIDTH), 1.0), 1.4)
        rows = [shown]
        if not self._fit(shown, inner, (round(15 * larger), 15, 13, 12)):
            rows = [shown[:3], shown[3:]]
        high = shown[0].height
        y = height - len(rows) * (high + gap) - px(6)
        for number, row in enumerate(rows):
            self._row(row, Rect(px(14), y + number * (high + gap), inner, high), middle=True)
        return height - y + px(6)

    def arrange_inside(self, room: Rect) -> None:
        """From its left."""
        buttons = self._of(inside=True)
        self._fit(buttons, room.width, (20, 17, 14))
        self._row(buttons, room, middle=False)

    def _of(self, inside: bool) -> list[Button]:
        pairs = zip(self._choices, self._buttons, strict=True)
        return [button for choice, button in pairs if choice.inside is inside]

    def _fit(self, buttons: Sequence[Button], width: int, sizes: Sequence[int]) -> bool:
        """Takes the first size with which they stand side by side, else the last."""
        for size in sizes:
            for button in buttons:
                button.sized(size)
            if sum(button.width + self._look.px(8) for button in buttons) <= width:
                return True
        return False

    def _row(self, buttons: Sequence[Button], room: Rect, *, middle: bool) -> None:
        """Side by side, in the middle of the room's height."""
        gap = self._look.px(8)
        spare = room.width - sum(button.width + gap for button in buttons) + gap
        x = room.x + (max(spare // 2, 0) if middle else 0)
        for button in buttons:
            y = room.middle[1] - button.height // 2
            if (button.place_info().get("x"), button.place_info().get("y")) != (str(x), str(y)):
                button.place(x=x, y=y)
            x += button.width + gap
