"""Each catalogue: all of it translated, nothing lost that is filled in, each form there."""

import ast
import string
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from babel.messages import Catalog, Message

import messages
import qlbreak
from messages import strings
from qlbreak.core.model import score

PACKAGE = Path(qlbreak.__file__).parent

OTHERS = [name for name in messages.LANGUAGES if name != "en"]
COMPLETE = ("ar", "de", "es", "fr", "ja", "pt_BR")
# What would be a rebuke, or shout.
LOUD = "!\uff01"


@pytest.fixture(scope="module")
def template() -> Catalog:
    return messages.template()


def test_the_template_is_up_to_date(template: Catalog) -> None:
    there = messages.TEMPLATE.read_text("utf-8")
    assert there == messages.written(template), "run: python tests/messages.py"


@pytest.mark.parametrize("name", OTHERS)
def test_each_catalogue_is_up_to_date(name: str, template: Catalog) -> None:
    there = messages.file_of(name).read_text("utf-8")
    now = messages.written(messages.brought_up(name, template))
    assert there == now, "run: python tests/messages.py"


@pytest.mark.parametrize("name", COMPLETE)
def test_nothing_is_left_out(name: str) -> None:
    assert not messages.left(name)


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_filled_in_stays(name: str) -> None:
    wrong = [
        (one.id, said)
        for one in texts(messages.catalogue(name))
        for said in strings(one)
        if said and not _agree(one, said)
    ]
    assert not wrong


def _agree(one: Message, said: str) -> bool:
    """One form may leave out the number that it is for: "once", "a day"."""
    wanted = [slots(form) for form in ids(one)]
    return slots(said) == wanted[-1] or (bool(one.pluralizable) and slots(said) in _less(wanted))


def _less(wanted: list[frozenset[str]]) -> list[frozenset[str]]:
    return [*wanted, wanted[-1] - {"n"}]


@pytest.mark.parametrize("name", OTHERS)
def test_each_form_of_a_number_is_there(name: str) -> None:
    catalogue = messages.catalogue(name)
    for one in texts(catalogue):
        if one.pluralizable and any(strings(one)):
            assert len(strings(one)) == catalogue.num_plurals, one.id
            assert all(strings(one)), one.id


@pytest.mark.parametrize("name", OTHERS)
def test_nothing_shouts_and_nothing_sticks_out(name: str) -> None:
    for one in texts(messages.catalogue(name)):
        for said in strings(one):
            assert said == said.strip() or ids(one)[0] != ids(one)[0].strip(), one.id
            assert "\n" not in said or "\n" in ids(one)[0], one.id
            assert not set(LOUD) & set(said) or set(LOUD) & set(ids(one)[0]), one.id


@pytest.mark.parametrize("name", OTHERS)
def test_commands_and_keys_stay_as_they_are_typed(name: str) -> None:
    for one in texts(messages.catalogue(name)):
        for said in filter(None, strings(one)):
            for command in commands(ids(one)[-1]):
                assert command in said, (one.id, said)


def commands(text: str) -> Iterator[str]:
    """ "qlbreak set-up": what is to be typed, with its first word."""
    words = text.replace(".", " ").replace(",", " ").replace('"', " ").split()
    for word, after in pairwise(words):
        # "qlbreak never sends it anywhere", "let qlbreak run for a day": nothing to type.
        if word == "qlbreak" and after in messages.COMMANDS - {"never", "run"}:
            yield f"qlbreak {after}"


def texts(catalogue: Catalog) -> Iterator[Message]:
    return (one for one in catalogue if one.id)


def ids(one: Message) -> tuple[str, ...]:
    return (one.id,) if isinstance(one.id, str) else tuple(one.id)


def slots(text: str) -> frozenset[str]:
    """The names in braces."""
    try:
        return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)
    except ValueError:  # braces that mean themselves
        return frozenset({text})


@pytest.mark.parametrize("name", OTHERS)
def test_a_step_that_ends_with_a_change_of_sides_ends_so_in_its_language(name: str) -> None:
    """Where only one side is done, it is left out (`qlbreak.core.model.score`)."""
    said = {str(one.id): str(one.string) for one in messages.catalogue(name) if one.string}
    there = [said[change] for change in score.CHANGES if change in said]
    for step, translated in said.items():
        if score.without_change(step, score.CHANGES) != step and there:
            assert score.without_change(translated, there) != translated, step


def test_where_a_text_is_said_its_sign_means_nothing_else() -> None:
    """`_` is also how one calls what nobody wants, and in one function there is only one."""
    found = []
    for path in PACKAGE.rglob("*.py"):
        for function in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(function, ast.FunctionDef):
                names = [one for one in ast.walk(function) if isinstance(one, ast.Name)]
                uses = {type(one.ctx) for one in names if one.id == "_"}
                if {ast.Load, ast.Store} <= uses:
                    found.append(f"{path.name}:{function.lineno}")
    assert not found
