"""The colours of windows: what a style sheet makes of them."""

import re

import pytest

from qlbreak.widgets import theme
from qlbreak.widgets.theme import Colours


@pytest.mark.parametrize(
    "colours", [theme.LIGHT, theme.DARK, theme.CONTRAST_LIGHT, theme.CONTRAST_DARK]
)
def test_what_is_pressed_can_be_read(colours: Colours) -> None:
    """Also the button whose menu is open: with high contrast it was ink on ink."""
    pressed = re.search(
        r"QPushButton:pressed {\s*background: (\S+); color: (\S+);", theme.sheet(colours)
    )
    assert pressed
    assert pressed[1] != pressed[2]
