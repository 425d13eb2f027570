"""The safety text: nothing of what was reviewed is missing, and it reads well in a terminal."""

from typing import get_args

import pytest

from qlbreak.core.model.movements import Thing
from qlbreak.texts import safety

DISCLAIMER = """
qlbreak suggests gentle movement breaks. It is general information, not medical advice, and it
cannot tell why your back hurts. Stop if something feels wrong. If you are pregnant, have a health
condition, or are unsure, ask a health professional first.
"""

NOW = [
    "genitals, buttocks, back passage or inner thighs", "holding urine or stool", "both legs",
    "legs that will not do as told", "a serious fall, crash or blow", "chest pain",
    "a throbbing belly or collapse",
]  # fmt: skip
SOON = [
    "fever", "weight loss", "past cancer", "worse at night", "lump", "long-term steroids",
    "below one knee", "balance changes", "blood in the urine", "steadily worse", "6 weeks",
]  # fmt: skip
ASK = [
    "broken bone, infection", "Severe pain today", "leg symptoms", "Osteoporosis",
    "Pregnant", "16 weeks", "Blood thinners", "Kidney disease", "Glaucoma", "disc problem",
    "Scoliosis",
]  # fmt: skip
STOP = ["0 to 3", "4 or 5", "Above 5", "sharp", "down a leg", "short of breath: stop", "a week"]
BALL = ["golf", "thumb's width", "Never on the spine", "kidneys", "tail bone", "45 s", "get care"]


def test_the_disclaimer_is_word_for_word_the_reviewed_one() -> None:
    assert safety.disclaimer() == DISCLAIMER.strip().replace("\n", " ")


def told(*which: int) -> str:
    """All of these sections."""
    found = [safety.sections()[number] for number in which]
    return "\n".join(line for one in found for line in (one.title, one.lead, *one.points))


def minded(thing: Thing) -> str:
    """What to mind with it."""
    return next((i.caution for i in safety.equipment_cautions() if thing in i.things), "")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (told(0, 1), NOW + SOON),
        (safety.stop_rule(), STOP),
        (told(3), ASK),
        (minded("soft ball"), BALL),
    ],
    ids=["flags", "stop", "ask", "ball"],
)
def test_every_part_of_a_list_is_there(text: str, parts: list[str]) -> None:
    assert [part for part in parts if part not in text] == []


def test_what_is_urgent_comes_first() -> None:
    assert told(0).startswith("Get help now\nCall the emergency number")
    assert sum(len(section.points) for section in safety.sections()[:2]) == 16


def test_things_have_their_caution() -> None:
    without = {thing for thing in get_args(Thing) if not minded(thing)}
    assert without == {"towel", "cushion", "low step"}
    assert minded("second soft ball") == minded("soft ball")
    assert "depth" in minded("large soft ball")
    assert [item.name for item in safety.equipment_cautions()][-1] == "Car"


def test_all_of_it_is_one_page() -> None:
    text = safety.text()
    joined = " ".join(text.split())
    for part in (safety.disclaimer(), *NOW, *SOON, *ASK, *STOP, *BALL):
        assert part in joined
    for item in safety.equipment_cautions():
        assert f"- {item.name}. {item.caution}" in joined
    lines = text.splitlines()
    assert max(map(len, lines)) <= 78
    assert not any(line != line.rstrip() for line in lines)
    assert text.endswith(".\n")
    assert text.count("\n---") == 5
