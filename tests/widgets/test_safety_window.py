"""The safety page: what is urgent comes first, and in the largest letters."""

import json
import sys
from typing import Any

import pytest

from needing import need_tk
from qlbreak.texts import safety
from rig.desktop import Desktop
from rig.program import import_path

WINDOW = """
import json
import tkinter as tk
from qlbreak.widgets import look; from qlbreak.widgets import safety_window as safety
window = look.window("x", 720, 640, (420, 320))
frame = tk.Frame(window.root)
safety.write(window, frame)
found, rest = [], [frame]
while rest:
    part = rest.pop(0)
    rest[:0] = part.winfo_children()
    if isinstance(part, tk.Label) and len(part.cget("text")) > 1:
        size = tk.font.Font(window.root, font=part.cget("font")).actual("size")
        found.append((part.cget("text"), abs(size)))
print(json.dumps(found))
"""
PAGE = """
import json
import tkinter as tk
from qlbreak.widgets import look; from qlbreak.guide import pages
from qlbreak.widgets.painting import Paint
window = look.window("x", 900, 640, (420, 320))
canvas = tk.Canvas(window.root, width=900, height=600)
canvas.pack()
pages.show_safety(Paint(window, canvas), 900, 600)
found = []
for item in canvas.find_all():
    text = canvas.itemcget(item, "text")
    if len(text) > 1:
        size = tk.font.Font(window.root, font=canvas.itemcget(item, "font")).actual("size")
        found.append((text, abs(size)))
print(json.dumps(found))
"""


@pytest.mark.parametrize("code", [WINDOW, PAGE])
def test_what_is_urgent_comes_first_and_is_largest(bare_desktop: Desktop, code: str) -> None:
    need_tk()
    env = {**bare_desktop.env, **import_path()}
    told = bare_desktop.run([sys.executable, "-c", code], env=env)
    assert told.code == 0, told
    found: list[list[Any]] = json.loads(told.out)
    now, *others = safety.sections()
    assert found[0][0] == now.title
    sizes = {text: size for text, size in found}
    titles = [section.title for section in others if section.title in sizes]
    assert titles[0] == others[0].title
    assert sizes[now.title] > max(sizes[title] for title in titles)
    points = [sizes[point] for section in others for point in section.points if point in sizes]
    assert min(sizes[point] for point in now.points) > max(points)
    assert found[-1] == [safety.disclaimer(), min(sizes.values())]
