"""Every input has its function: which one is a table, that it fits is seen here."""

from collections.abc import Callable
from typing import Any, get_args, get_type_hints

import pytest

from qlbreak.core.model.inputs import AnyInput
from qlbreak.core.reminder.reminder import COMMANDS, NEWS, RUN
from qlbreak.core.reminder.turn import Turn

TABLES = [*RUN.items(), *NEWS.items(), *COMMANDS.items()]


def test_every_input_is_taken_once() -> None:
    kinds = [kind for kind, _ in TABLES]
    assert set(kinds) == set(get_args(AnyInput))
    assert len(kinds) == len(set(kinds))


@pytest.mark.parametrize(("kind", "act"), TABLES, ids=lambda value: value.__name__)
def test_it_is_taken_by_a_function_for_its_type(
    kind: type, act: Callable[[Turn, Any], None]
) -> None:
    assert list(get_type_hints(act).values()) == [Turn, kind, type(None)]
