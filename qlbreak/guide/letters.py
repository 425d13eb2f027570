"""Letters and digits of blocks, to be read from two metres in a terminal."""

from typing import Final

# So many lines high.
_LETTER_LINES: Final = 5
_LETTERS = {
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


def large(text: str, block: str = "█") -> list[str]:
    """Its lines; each block is two characters wide, as characters are twice as high as wide."""
    lines = []
    for row in range(_LETTER_LINES):
        parts = [_LETTERS[letter][row * 4 : row * 4 + 3].ljust(3) for letter in text]
        lines.append(" ".join(parts).replace(" ", "  ").replace("#", block * 2).rstrip())
    return lines
