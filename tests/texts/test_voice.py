"""The voice: rules that hold for every sentence in texts, in the data, and in the settings' help.

What a person reads is all strings there but docstrings, keys of a table and words of a language of
our own (commands, keys, formats): those have no space in them.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import qlbreak

PACKAGE = Path(qlbreak.__file__).parent
TEXTS = sorted((PACKAGE / "texts").glob("*.py"))
# Where sentences stand that the texts cannot hold: they belong to a key, or to a question.
ELSEWHERE = [
    PACKAGE / name
    for name in (
        "settings/schema.py",
        "settings/guide_section.py",
        "settings/hooks_section.py",
        "settings/kinds.py",
        "notify/notes.py",
        "report/sections.py",
        "report/tables.py",
        "report/summary.py",
        "guide/cues.py",
        "core/reminder/answering.py",
        "core/reminder/declaring.py",
    )
]
DATA = [PACKAGE / f"data/{name}.toml" for name in ("movements", "routines", "cautions", "safety")]
# Written for those who check it: they quote studies, or stand in docs alone.
NOT_SHOWN = {"sources", "because"}
TREES = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)

# What must not be said, and what to say instead.
AVOIDED = {
    r"prompts?|prompted": "reminder",
    r"compliance|compliant": "breaks taken",
    r"claimed|only said": "reported by you",
    r"withdrawn": "you got up first",
    r"expired": "missed",
    r"evidence": "how we know",
    r"whoever|whomever|somebody|of one's own|it is said|what there is": "you, or the thing itself",
    r"so long at most|how many-th": "longest, every how many",
    r"anew": "again",
    r"nor does anybody|nobody need": "plain word order",
    r"wrongly|you failed|you should have|lazy|shame": "no rebuke",
    r"score|points|streak": "no score",
}
# What studies have measured is theirs, and a hook is told the record's own words.
MEANT = re.compile(r"moderate\) evidence|outcome evidence|^done, snoozed, skipped, expired or")


def shown(file: Path) -> Iterator[str]:
    """Each string that a person may read: of one that is put together all parts in one."""
    tree = ast.parse(file.read_text("utf-8"))
    silent = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, TREES) and ast.get_docstring(node)
        if isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        match node:
            case ast.JoinedStr(values=values):
                parts = [str(v.value) if isinstance(v, ast.Constant) else "{}" for v in values]
                silent |= {id(value) for value in values}
                yield "".join(parts)
            case ast.Constant(value=str(text)) if id(node) not in silent:
                yield text
            case _:
                pass


def told(value: object, key: str = "") -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for name, part in value.items():
                if name not in NOT_SHOWN:
                    yield from told(part, name)
        case list():
            for part in value:
                yield from told(part, key)
        case _:
            pass


def sentences(file: Path) -> list[str]:
    found = told(tomllib.loads(file.read_text("utf-8"))) if file.suffix == ".toml" else shown(file)
    return [text for text in found if " " in text.strip() and not MEANT.search(text)]


def named(file: Path) -> str:
    return str(file.relative_to(PACKAGE))


@pytest.mark.parametrize("file", [*TEXTS, *ELSEWHERE, *DATA], ids=named)
def test_no_word_that_nobody_would_say_to_a_colleague(file: Path) -> None:
    for text in sentences(file):
        for words, instead in AVOIDED.items():
            wrong = re.search(rf"\b({words})\b", text, re.IGNORECASE)
            assert wrong is None, f"{wrong[0]!r} in {text!r}: say {instead}"


@pytest.mark.parametrize("file", [*TEXTS, *DATA], ids=named)
def test_nothing_is_shouted(file: Path) -> None:
    for text in sentences(file):
        assert not re.search(r"!(\s|$)", text), text


@pytest.mark.parametrize("file", [*TEXTS, *DATA], ids=named)
def test_a_sentence_is_short_enough_to_be_read_aloud(file: Path) -> None:
    if file.name in ("safety.toml", "cautions.toml"):  # lists of what to leave out
        return
    for text in sentences(file):
        for sentence in re.split(r"(?<=[.;:?]) ", text):
            assert len(sentence.split()) <= 32, sentence


def test_the_search_reads_what_is_put_together_as_one_and_no_docstring(tmp_path: Path) -> None:
    file = tmp_path / "said.py"
    file.write_text('"""no words"""\ndef f(x):\n    return f"a {x} b"\n')
    assert list(shown(file)) == ["a {} b"]


@pytest.mark.parametrize("word", ["prompt", "Whoever", "claimed", "so long at most", "withdrawn"])
def test_every_word_is_found(word: str) -> None:
    assert any(re.search(rf"\b({words})\b", word, re.IGNORECASE) for words in AVOIDED)
