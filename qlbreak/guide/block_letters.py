"""Letters and digits five lines high, of blocks: a terminal's way to be read from two metres."""

_ROWS = {
    "0": "### # # # # # # ###", "1": " #  ##   #   #  ###", "2": "###   # ### #   ###",
    "3": "###   # ###   # ###", "4": "# # # # ###   #   #", "5": "### #   ###   # ###",
    "6": "### #   ### # # ###", "7": "###   #   #   #   #", "8": "### # # ### # # ###",
    "9": "### # # ###   # ###",
    "B": "##  # # ##  # # ## ", "E": "### #   ##  #   ###", "F": "### #   ##  #   #  ",
    "G": "### #   # # # # ###", "H": "# # # # ### # # # #", "I": "###  #   #   #  ###",
    "L": "#   #   #   #   ###", "O": "### # # # # # # ###", "R": "##  # # ##  # # # #",
    "T": "###  #   #   #   # ", "<": "  #  #  #    #    #", ">": "#    #    #  #  #  ",
    " ": "                   ",
}  # fmt: skip
HEIGHT = 5


def large(text: str, block: str = "█") -> list[str]:
    """Its lines; each block is two characters wide, as characters are twice as high as wide."""
    lines = []
    for row in range(HEIGHT):
        parts = [_ROWS[letter][row * 4 : row * 4 + 3].ljust(3) for letter in text]
        lines.append(" ".join(parts).replace(" ", "  ").replace("#", block * 2).rstrip())
    return lines
