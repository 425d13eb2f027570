"""No word of the interface promises what qlbreak cannot know: code, data, settings and README."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import qlbreak
from words import AVOIDED

ROOT = Path(__file__).parents[1]
PACKAGE = Path(qlbreak.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))
# But for the titles of what others have written.
DATA = sorted(set((PACKAGE / "data").glob("*.toml")) - {PACKAGE / "data" / "sources.toml"})
# They quote studies, and why we do not believe something; nobody is shown them as advice.
QUOTED = {"sources", "support"}
TREES = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def named(file: Path) -> str:
    return str(file.relative_to(PACKAGE))


def literals(tree: ast.Module) -> Iterator[str]:
    """All text but the docstrings; of f-strings the fixed parts. click shows docstrings as well."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, TREES) and ast.get_docstring(node) and not of_command(node)
        if isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if id(node) not in docstrings:
                yield text
            case _:
                pass


def of_command(node: ast.AST) -> bool:
    """Is it a command, whose docstring is its help?"""
    decorators = node.decorator_list if isinstance(node, ast.FunctionDef) else []
    return any("command" in ast.unparse(one) or "group" in ast.unparse(one) for one in decorators)


def texts(value: object, key: str = "") -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for name, part in value.items():
                if name not in QUOTED:
                    yield from texts(part, name)
        case list():
            for part in value:
                yield from texts(part)
        case _:
            pass


@pytest.mark.parametrize("file", FILES, ids=named)
def test_the_program_says_none_of_them(file: Path) -> None:
    for text in literals(ast.parse(file.read_text("utf-8"))):
        assert not AVOIDED.search(text), text


@pytest.mark.parametrize("file", DATA, ids=named)
def test_nor_do_its_data(file: Path) -> None:
    for text in texts(tomllib.loads(file.read_text("utf-8"))):
        assert not AVOIDED.search(text), text


@pytest.mark.parametrize(
    "name",
    [
        *("README.md", "config.example.toml", "docs/first-week.md", "docs/hooks.md"),
        *("docs/several-devices.md", "docs/privacy.md"),
    ],
)
def test_nor_do_the_pages(name: str) -> None:
    for line in (ROOT / name).read_text("utf-8").splitlines():
        assert not AVOIDED.search(line), line


@pytest.mark.parametrize(
    "word",
    [
        *("treat", "Treats", "treatment", "cure", "cures", "curing", "heal", "healing", "therapy"),
        *("therapeutic", "prevents", "prevention", "rehab", "rehabilitation", "dysfunctional"),
        *("imbalance", "imbalanced", "adhesions", "misaligned", "misalignment"),
    ],
)
def test_every_form_is_found(word: str) -> None:
    assert AVOIDED.search(f"It may {word}, they say.")


@pytest.mark.parametrize(
    "word", ["health", "healthy", "physiotherapist", "secure", "current", "accurate", "retreat"]
)
def test_other_words_are_not(word: str) -> None:
    assert not AVOIDED.search(f"Your {word} thing")


def test_the_search_reaches_text_and_help_but_no_docstring() -> None:
    source = '"""no"""\n@cli.command()\ndef f():\n    """help"""\n    return f"a{1}b", "c"\n'
    assert sorted(literals(ast.parse(source))) == ["a", "b", "c", "help"]
