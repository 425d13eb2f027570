"""The colours of the page and of its charts: each has a name, and a counterpart for the dark."""

from qlbreak.data import colours

# Blue and orange, and steps of one teal that differ in lightness: told apart by people who see
# red and green alike, and on a grey print. Every light one is there once, since the page finds the
# dark one by it.
COLOURS = {
    # name: light, dark
    "ground": colours.PAPER,
    "card": colours.CARD,
    "ink": colours.INK,
    "soft": colours.SOFT,
    "line": colours.LINE,
    "grid": ("#e6e4da", "#2e3936"),
    "accent": colours.ACCENT,
    "tint": colours.TINT,
    "focus": colours.FOCUS,
    # sitting
    "sat": ("#4a9c8c", "#4a9a8b"),
    "over": ("#d98a14", "#e8a541"),
    "stood": ("#b4c3dc", "#5b6f94"),
    "limit": ("#7a4300", "#ffd79a"),
    # how prompts end
    "done": ("#1f7566", "#58c2ae"),
    "skipped": ("#cf8c1d", "#d99a35"),
    "expired": ("#7f8c93", "#7c888e"),
    "withdrawn": ("#7fa9d0", "#4a7aa3"),
    # sides
    "left": ("#2f68a8", "#85b8f2"),
    "right": ("#bd5f06", "#f4a65a"),
    "middle": ("#6d6280", "#bcb0d4"),
    # kinds of work
    "release": ("#a8d9cd", "#2c6d62"),
    "lengthen": ("#46a291", "#4fae9d"),
    "strengthen": ("#12504a", "#b9efe3"),
    "reset": ("#cbbf9d", "#80765a"),
    # the calendar, from none to most
    "heat-0": ("#e9e7de", "#2b3532"),
    "heat-1": ("#cbe6de", "#1f4c44"),
    "heat-2": ("#93cfc1", "#2c7a6c"),
    "heat-3": ("#48a594", "#48ab99"),
    "heat-4": ("#15584e", "#a0ecdb"),
}
LIGHT = {name: light for name, (light, _) in COLOURS.items()}
DARK_BY_LIGHT = dict(COLOURS.values())


def css() -> str:
    """As custom properties, for both."""
    light, dark = (
        "".join(f"--{name}:{pair[which]};" for name, pair in COLOURS.items()) for which in (0, 1)
    )
    return f":root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
