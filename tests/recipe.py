"""The SQL of docs/many-people.md, taken from the page itself: what is tested is what is read."""

import re
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "many-people.md"


def queries(folder: Path) -> dict[str, str]:
    """By the names in their first lines, for the files in *folder*."""
    blocks = re.findall(r"^```sql\n-- (\w+).*?\n(.*?)^```", PAGE.read_text("utf-8"), re.M | re.S)
    return {name: text.replace("FOLDER", str(folder)) for name, text in blocks}
