"""The safety window: what is urgent comes first, and in the largest letters."""

import json
import sys
from typing import Any

from qlbreak.texts import safety
from rig.desktop import Desktop
from rig.program import import_path

WINDOW = """
import json
from PySide6.QtWidgets import QLabel
from qlbreak.widgets import application, parts, safety_window
window = application.window("x", 720, 640, (420, 320))
page = parts.Scroll()
safety_window.write(page.inside)
labels = page.findChildren(QLabel)
print(json.dumps([(label.text(), label.font().pointSizeF()) for label in labels]))
"""


def test_what_is_urgent_comes_first_and_is_largest(bare_desktop: Desktop) -> None:
    env = {**bare_desktop.env, **import_path()}
    told = bare_desktop.run([sys.executable, "-c", WINDOW], env=env)
    assert told.code == 0, told
    found: list[list[Any]] = json.loads(told.out)
    now, *others = safety.sections()
    assert found[0][0] == now.title
    sizes = {text: size for text, size in found}
    titles = [section.title for section in others if section.title in sizes]
    assert titles[0] == others[0].title
    assert sizes[now.title] > max(sizes[title] for title in titles)
    marks = [f"•  {point}" for section in others for point in section.points]
    points = [sizes[mark] for mark in marks if mark in sizes]
    assert min(sizes[f"•  {point}"] for point in now.points) > max(points)
    assert found[-1] == [safety.disclaimer(), min(sizes.values())]
