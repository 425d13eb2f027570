"""What windows are made of, each of them in a process of its own, so that the tray stays light.

Nothing here starts Qt before a window is wanted: it may not be there.
"""


class NoWindow(Exception):
    """There can be no window here: one line for the person, who is then served in the terminal."""
