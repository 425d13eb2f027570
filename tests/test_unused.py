"""Nothing lies about: whatever a module has at its top level, something in the package uses."""

import ast
from collections.abc import Iterator

from test_layers import FILES, module, tree

# By whom it is used otherwise.
OTHERWISE = {
    "cli.clicks.HELP": "the catalogue of texts",
    "data.translated.shown": "the same",
    "data.parse": "tests, for what it refuses",
    "system.program.settle": "packaging, where the program is frozen",
    "data.colours.ON_ACCENT": "themes, which have the same names",
    "data.colours.CALL": "the same",
    "data.colours.ON_CALL": "the same",
    "main_window.movements_page.make": "the window, by the names of its pages",
    "main_window.record_page.make": "the same",
    "main_window.safety_page.make": "the same",
    "main_window.settings_page.make": "the same",
    "main_window.today_page.make": "the same",
}


def test_all_is_used() -> None:
    used = {name for file in FILES for name in uses(module(file), tree(file))}
    had = {
        f"{module(file)}.{name}" for file in FILES for name in has(tree(file)) if name[:2] != "__"
    }
    by_name = {name for name in had if name.startswith("senses.")} & {  # `senses.choice` does so
        f"senses.{where}.{what}" for where, what in named()
    }
    assert had - used - by_name == set(OTHERWISE)


def has(body: ast.Module) -> Iterator[str]:
    """But what a decorator hands to somebody else, as the commands."""
    for node in body.body:
        match node:
            case ast.FunctionDef(name=name, decorator_list=[]) | ast.ClassDef(name=name):
                yield name
            case ast.Assign(targets=targets):
                parts = [part for target in targets for part in ast.walk(target)]
                yield from (part.id for part in parts if isinstance(part, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name
            case _:
                pass


def uses(here: str, body: ast.Module) -> Iterator[str]:
    """Its own names, those that it imports, and those of modules that it imports."""
    known: dict[str, set[str]] = {}
    nodes = list(ast.walk(body))
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                full = f"{node.module}.{alias.name}".removeprefix("qlbreak.")
                known.setdefault(alias.asname or alias.name, set()).add(full)
                yield full
    for node in nodes:
        match node:
            case ast.Name(id=name, ctx=ast.Load()):
                yield f"{here}.{name}"
            case ast.Attribute(value=ast.Name(id=owner), attr=name):
                yield from (f"{full}.{name}" for full in known.get(owner, ()))
            case _:
                pass


def named() -> Iterator[tuple[str, str]]:
    """Of the senses: module and what is got from it, as texts."""
    (choice,) = (tree(file) for file in FILES if module(file) == "senses.choice")
    modules = {module(file).removeprefix("senses.") for file in FILES}
    words = [node.value for node in ast.walk(choice) if isinstance(node, ast.Constant)]
    texts = [word for word in words if isinstance(word, str)]
    yield from ((where, what) for where in texts if where in modules for what in texts)
