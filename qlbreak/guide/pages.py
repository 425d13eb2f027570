"""The pages of a guide's window after a movement: how it feels, thanks; and the safety text."""

from collections.abc import Callable

from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from qlbreak.core.model.terms import Feeling
from qlbreak.texts import guidance, safety
from qlbreak.widgets import parts, safety_window


class EndPage(QWidget):
    """What was done, and how it feels, if the person likes to say."""

    def __init__(self, done: str, felt: Callable[[Feeling], None]) -> None:
        super().__init__()
        page = QVBoxLayout(self)
        card, inside = parts.card()
        card.setMaximumWidth(640)
        inside.setContentsMargins(32, 28, 32, 28)
        inside.addWidget(parts.heading(done, 1.8))
        inside.addSpacing(8)
        inside.addWidget(parts.text(guidance.QUESTION, 1.4))
        inside.addWidget(parts.text(guidance.OPTIONAL, soft=True))
        inside.addSpacing(8)
        row = parts.row()
        for key, word, feeling in guidance.ANSWERS:
            answer = parts.button(word, lambda feeling=feeling: felt(feeling), key)  # type: ignore[misc]
            row.addWidget(answer)
        row.addStretch(1)
        inside.addLayout(row)
        _in_the_middle(page, card)


class ThanksPage(QWidget):
    """With the rule when to stop, for who feels worse."""

    def __init__(self, feeling: Feeling) -> None:
        super().__init__()
        page = QVBoxLayout(self)
        scroll = parts.Scroll()
        card, inside = parts.card()
        card.setMaximumWidth(680)
        inside.setContentsMargins(32, 28, 32, 28)
        inside.addWidget(parts.heading(guidance.THANKS, 1.7))
        if feeling is Feeling.WORSE:
            inside.addWidget(parts.text(guidance.WORSE, 1.2))
            for line in safety.stop_rule().splitlines():
                inside.addWidget(parts.text(line.replace("- ", "•  ", 1)))
        _in_the_middle(scroll.inside, card)
        page.addWidget(scroll)


class SafetyPage(parts.Scroll):
    def __init__(self) -> None:
        super().__init__()
        safety_window.write(self.inside)


def _in_the_middle(page: QVBoxLayout, card: QFrame) -> None:
    page.addStretch(1)
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(card, 8)
    row.addStretch(1)
    page.addLayout(row)
    page.addStretch(1)
