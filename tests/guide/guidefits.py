"""Draws movements of the guide in a window; says for which the caution is not all to be seen.

python guidefits.py FIRST STEP [WIDTH HEIGHT]   # 0 1: all; in pixels, else as large as it opens
"""

import sys
import tkinter as tk

from qlbreak.core.model.movements import Exercise
from qlbreak.core.model.terms import Side
from qlbreak.data import load
from qlbreak.guide.lesson import Lesson
from qlbreak.guide.pages import MovementPage
from qlbreak.widgets.look import Look, window
from qlbreak.widgets.painting import Paint


def main() -> None:
    look = window("fits", 900, 640, least=(420, 480))
    first, step, *room = sys.argv[1:]
    if room:
        look.root.geometry("x".join(room))
    look.root.deiconify()
    look.root.update()
    width, height = look.root.winfo_width(), look.root.winfo_height() - look.px(58)
    canvas = tk.Canvas(look.root, width=width, height=height)
    canvas.pack()
    print(f"{look.scale:g} {width} {height}")  # noqa: T201
    for name in [*load().movements][int(first) :: int(step)]:
        said = trouble(look, canvas, name, (width, height))
        if said:
            print(name, said)  # noqa: T201


def trouble(look: Look, canvas: tk.Canvas, name: str, size: tuple[int, int]) -> str:
    block = Exercise(load().movements[name], 60)
    lesson = Lesson("A routine", "", (block,), Side.LEFT)
    cue = MovementPage(Paint(look, canvas), lesson, lesson.session()).draw(*size, has_keys=True)
    settings = [(item, canvas.itemconfigure(item) or {}) for item in canvas.find_all()]
    texts = {every["text"][-1]: item for item, every in settings if "text" in every}
    caution = next((item for said, item in texts.items() if said.startswith("Take care")), None)
    step = next((item for said, item in texts.items() if said == cue.steps[cue.step]), None)
    if caution is None or step is None:
        return "left out"
    right, bottom = canvas.bbox(caution)[2:]
    return f"cut off at {right}, {bottom}" if right > size[0] or bottom > size[1] else ""


if __name__ == "__main__":
    main()
