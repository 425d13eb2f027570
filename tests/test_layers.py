"""The order of the package: imports go down, the core is pure, each library has one place."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import qlbreak

PACKAGE = Path(qlbreak.__file__).parent
ROOT = Path(__file__).parents[1]
HOUSE = (ROOT / "docs/architecture.md").read_text("utf-8")
FILES = sorted(PACKAGE.rglob("*.py"))

# Bottom to top: a room imports only from those above it in this list, wherever in a file that is.
ROOMS = [
    "language", "system",
    "core.model", "core.coach", "core.reminder", "core.statistics",
    "data", "texts",
    "dbus", "senses", "settings", "record", "autostart",
    "figures", "sound", "notify", "tray", "widgets",
    "guide", "setup", "check_in",
    "report", "main_window", "app", "cli",
]  # fmt: skip
HALL = {"qlbreak", "__main__"}  # __init__ has the version; __main__ sees all rooms

# A window and a terminal side by side over the same steps, and two systems where each is otherwise:
# everybody names them with their room.
TWICE = {
    "window": {"guide", "setup", "check_in", "main_window"},
    "terminal": {"guide", "setup", "check_in"},
    "windows": {"senses", "autostart"}, "macos": {"senses", "autostart"},
}  # fmt: skip

# What the core may use: values and arithmetic.
PURE = {
    "bisect", "collections", "datetime", "difflib", "enum", "functools", "itertools", "math", "re",
    "typing", "zlib", "msgspec",
}  # fmt: skip

CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today"}

# A room, or a module of one.
LIBRARIES = {
    "apscheduler": {"app.ticker"},
    "click": {"cli"},
    "desktop_notifier": {"notify.notification_center"},
    "jeepney": {"dbus"},
    "PIL": {"figures", "guide", "setup", "tray", "widgets"},
    "platformdirs": {"system.paths"},
    "plotly": {"report"},
    "plyer": {"notify"},
    "pystray": {"tray"},
    "rich": {"cli.record", "guide.terminal", "report"},
    "tomlkit": {"setup.file"},
    "winrt": {"notify.toasts"},
    "PySide6": {"widgets", "guide", "setup", "check_in", "main_window"},
    "Xlib": {"senses.x11_wire", "tray", "widgets.window_on_x11"},
}
EVERYWHERE = {"msgspec"}  # values and their codec

NETWORK = {
    "asyncio", "ftplib", "http", "imaplib", "poplib", "smtplib", "socketserver", "ssl", "urllib",
    "webbrowser", "xmlrpc",
}  # fmt: skip


def module(file: Path) -> str:
    name = ".".join(file.relative_to(PACKAGE).with_suffix("").parts)
    return name.removesuffix(".__init__") if name != "__init__" else "qlbreak"


def room(name: str) -> str:
    """Of a module, or of something in it; that of a module of the hall is itself."""
    parts = name.split(".")
    deep = ".".join(parts[:2])
    return deep if deep in ROOMS else parts[0]


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))


def imports(file: Path) -> Iterator[str]:
    """Full names of all imported modules, or of things in them; wherever they are imported."""
    for node in ast.walk(tree(file)):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=str(source), names=names):
                yield from (f"{source}.{alias.name}" for alias in names)
            case ast.Call(func=ast.Name("import_module"), args=[ast.Constant(str(source)), *_]):
                yield source
            case _:
                pass


def own(names: Iterable[str]) -> set[str]:
    """Those of this package, without its name; "qlbreak" for what stands in it itself."""
    ours = {name for name in names if name.split(".")[0] == "qlbreak"}
    found = {name.removeprefix("qlbreak.") for name in ours}
    return {name if room(name) in {*ROOMS, "core", "__main__"} else "qlbreak" for name in found}


def at_start(file: Path) -> Iterator[str]:
    """The modules that are loaded with this one."""
    for node in tree(file).body:
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                deep = f"{node.module}.{alias.name}".removeprefix("qlbreak.")
                yield deep if deep in MODULES else node.module.removeprefix("qlbreak.")


MODULES = {module(file) for file in FILES}


def test_the_hall_is_empty() -> None:
    assert {module(file) for file in PACKAGE.glob("*.py")} == HALL


def test_every_folder_with_code_is_a_room_and_every_room_is_a_folder() -> None:
    found = {room(name) for name in MODULES} - HALL - {"core"}
    assert found == set(ROOMS)
    assert all((PACKAGE / name.replace(".", "/") / "__init__.py").is_file() for name in ROOMS)


@pytest.mark.parametrize("file", FILES, ids=module)
def test_imports_go_down(file: Path) -> None:
    here = room(module(file))
    below = {"qlbreak", here, *(ROOMS[: ROOMS.index(here)] if here in ROOMS else ())}
    allowed = below | set(ROOMS) if here == "__main__" else below
    assert {room(name) for name in own(imports(file))} <= allowed, "what stands above"


def test_there_is_no_circle() -> None:
    """Of modules, over what each loads when it is loaded itself."""
    graph = {module(file): set(at_start(file)) & MODULES - {module(file)} for file in FILES}
    assert set(TopologicalSorter(graph).static_order()) == MODULES


def test_no_module_has_the_name_of_another() -> None:
    """A room sees all below it, so they are one space of names."""
    found: dict[str, set[str]] = {}
    for file in FILES:
        if file.name != "__init__.py":
            found.setdefault(file.stem, set()).add(room(module(file)))
    twice = {name: rooms for name, rooms in found.items() if len(rooms) > 1}
    assert twice == TWICE


def test_no_class_has_the_name_of_another() -> None:
    """One name for one thing, also where it is private."""
    found: dict[str, set[str]] = {}
    for file in FILES:
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.ClassDef):
                found.setdefault(node.name, set()).add(module(file))
    assert {name: modules for name, modules in found.items() if len(modules) > 1} == {}


def test_no_class_is_there_for_one_heir_alone() -> None:
    """That would be a file cut in two. Who has but one heir is used without it, too, or is a
    protocol, which says what others must have."""
    heirs: dict[str, set[str]] = {}
    classes, used = set(), set()
    for node in (node for file in FILES for node in ast.walk(tree(file))):
        match node:
            case ast.ClassDef(name=name, bases=bases):
                classes.add(name)
                for base in bases:
                    heirs.setdefault(ast.unparse(base).rpartition(".")[2], set()).add(name)
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
                used.add(name)
            case ast.Tuple(elts=parts):  # as the tray's backends are listed
                used |= {part.id for part in parts if isinstance(part, ast.Name)}
            case _:
                pass
    alone = {name for name, found in heirs.items() if len(found) == 1} & classes
    assert alone - used <= heirs["Protocol"]


def typed(file: Path) -> Iterator[tuple[str, ast.expr]]:
    """All parameters and fields."""
    for node in ast.walk(tree(file)):
        match node:
            case ast.arg(arg=name, annotation=ast.expr() as kind):
                yield name, kind
            case ast.AnnAssign(target=ast.Name(id=name), annotation=kind):
                yield name, kind
            case _:
                pass


@pytest.mark.parametrize("file", FILES, ids=module)
def test_each_of_the_two_clocks_has_its_name(file: Path) -> None:
    """Wherever a reading is handed on: `at`, or `now`, of the wall clock, and `steady` seconds."""
    foreign = {name: {"float", "int"} for name in ("at", "now", "when")} | {"steady": {"datetime"}}
    for name, kind in typed(file):
        if not isinstance(kind, ast.Subscript):  # as of a function
            told = {part.id for part in ast.walk(kind) if isinstance(part, ast.Name)}
            assert not told & foreign.get(name, set()), f"{name}: {ast.unparse(kind)}"


def test_the_page_about_the_house_has_the_rooms_in_their_order() -> None:
    drawn = HOUSE.partition("## The rooms")[2].partition("##")[0].splitlines()
    named = [name for line in drawn if line.startswith("    ") for name in line[4:29].split()]
    assert [name for name in named if name != "core"] == [r.removeprefix("core.") for r in ROOMS]


def test_what_the_page_about_the_house_names_is_there() -> None:
    for path, name in re.findall(r"\b((?:[a-z_]+/)+[a-z_]+)\b(?:\.([A-Z]\w+))?", HOUSE):
        found = [*PACKAGE.glob(f"{path}*"), *ROOT.glob(f"{path}*")]
        assert found, path
        assert not name or f"class {name}" in found[0].read_text("utf-8"), f"{path}.{name}"
    methods = {
        f"{node.name}.{part.name}"
        for file in FILES
        for node in ast.walk(tree(file))
        if isinstance(node, ast.ClassDef)
        for part in node.body
        if isinstance(part, ast.FunctionDef)
    }
    assert set(re.findall(r"\b[A-Z][a-z]\w+\.[a-z_]+\b", HOUSE)) <= methods


# By what a module names that has to do with where a person is.
PLACES = {"Place", "PLACES", "Moved", "OF_THE_PLACE"}


@pytest.mark.parametrize("file", FILES, ids=module)
def test_a_place_is_where_a_person_is(file: Path) -> None:
    """No path, folder, socket, index or point, as it has been at times."""
    names = set()
    for node in ast.walk(tree(file)):
        match node:
            case ast.Name(id=name) | ast.arg(arg=name) | ast.Attribute(attr=name):
                names.add(name)
            case _:
                pass
    told = {name.strip("_") for name in names}
    assert not told & {"place", "places"} or names & PLACES


@pytest.mark.parametrize("file", sorted((PACKAGE / "core").rglob("*.py")), ids=module)
def test_the_core_is_pure(file: Path) -> None:
    foreign = {name.split(".")[0] for name in imports(file)} - {"qlbreak"}
    assert foreign <= PURE
    assert all(name.startswith(("core.", "language")) for name in own(imports(file)))
    called = {node.id for node in ast.walk(tree(file)) if isinstance(node, ast.Name)}
    assert not called & {"open", "print", "input", "__import__", "eval", "exec", "globals"}
    assert not CLOCKS & {ast.unparse(node) for node in ast.walk(tree(file))}


def third_parties(file: Path) -> set[str]:
    names = {name.split(".")[0] for name in imports(file)}
    return names - set(sys.stdlib_module_names) - {"qlbreak"}


@pytest.mark.parametrize("file", FILES, ids=module)
def test_a_library_is_used_in_one_place(file: Path) -> None:
    for library in third_parties(file) - EVERYWHERE - {"gi", "PyObjCTools"}:
        assert LIBRARIES[library] & {module(file), room(module(file))}, library


def test_every_library_is_used() -> None:
    used = set().union(*map(third_parties, FILES))
    assert set(LIBRARIES) | EVERYWHERE <= used


@pytest.mark.parametrize("file", FILES, ids=module)
def test_there_is_no_network_code(file: Path) -> None:
    assert not {name.split(".")[0] for name in imports(file)} & NETWORK
    text = file.read_text("utf-8")
    for word in ("AF_INET", "create_connection", "getaddrinfo", "http://", "https://"):
        assert word not in text


@pytest.mark.parametrize("file", FILES, ids=module)
def test_a_module_says_what_lives_there(file: Path) -> None:
    docstring = ast.get_docstring(tree(file)) or ""
    assert docstring[:1].isupper() or docstring[:1].islower()
    assert len(docstring.splitlines()[0]) <= 97


@pytest.mark.parametrize("file", FILES, ids=module)
def test_no_module_is_too_long_or_without_a_subject(file: Path) -> None:
    assert len(file.read_text("utf-8").splitlines()) <= 400
    words = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "base"}
    assert not words & set(module(file).split("."))


# Where objects are whole when they are made.
WHOLE = [f for f in FILES if room(module(f)) == "app" or module(f) in ("notify", "settings.live")]
# Where at least nothing is set on them from outside.
CLOSED = [f for f in FILES if room(module(f)) in {"senses", "record", "sound", "guide", "check_in"}]
# Python's own, which know no other way: the hook, the daemon of a `Timer`, what is told to C.
SET_AFTERWARDS = ("excepthook", "daemon", "argtypes", "restype", "cbSize")


def assigned(node: ast.AST) -> list[ast.expr]:
    match node:
        case ast.Assign(targets=targets):
            return targets
        case ast.AnnAssign(target=target) | ast.AugAssign(target=target):
            return [target]
        case _:
            return []


@pytest.mark.parametrize("file", [*WHOLE, *CLOSED], ids=module)
def test_nothing_is_set_on_an_object_from_outside(file: Path) -> None:
    """What one needs of another it is given when it is made; what changes later, by a call."""
    found = {
        ast.unparse(target)
        for node in ast.walk(tree(file))
        for target in assigned(node)
        if isinstance(target, ast.Attribute) and ast.unparse(target.value) != "self"
    }
    assert not {name for name in found if not name.endswith(SET_AFTERWARDS)}


@pytest.mark.parametrize("file", FILES, ids=module)
def test_no_object_waits_for_a_function_that_may_be_forgotten(file: Path) -> None:
    """Until then one that does nothing would stand for it."""
    for node in ast.walk(tree(file)):
        value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
        for target in assigned(node):
            assert not (isinstance(target, ast.Attribute) and isinstance(value, ast.Lambda))


@pytest.mark.parametrize("file", WHOLE, ids=module)
def test_no_function_that_does_nothing_stands_for_one_that_is_left_out(file: Path) -> None:
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.arguments):
            given = [*node.defaults, *node.kw_defaults]
            assert not any(isinstance(default, ast.Lambda) for default in given)


def too_long(file: Path) -> list[str]:
    found = (node for node in ast.walk(tree(file)) if isinstance(node, ast.FunctionDef))
    return [node.name for node in found if (node.end_lineno or 0) - node.lineno >= 40]


@pytest.mark.parametrize("file", FILES, ids=module)
def test_no_function_is_too_long(file: Path) -> None:
    assert too_long(file) == []


def test_nor_is_one_beside_the_package() -> None:
    folders = ("tests", "packaging", "benchmarks", "docs")
    files = [file for folder in folders for file in (ROOT / folder).rglob("*.py")]
    assert [name for file in files for name in too_long(file)] == []


def test_what_runs_all_day_leaves_the_heavy_ones_out() -> None:
    heavy = {
        "asyncio", "ssl", "email", "click", "rich", "PySide6", "tomlkit", "unittest", "numpy",
        "plotly", "PIL", "Xlib.display", "importlib.metadata",
    }  # fmt: skip
    used = "qlbreak.app.app, qlbreak.tray.sni, qlbreak.senses.x11"
    command = [sys.executable, "-c", f"import sys, {used}; print(*sys.modules)"]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert not heavy & set(loaded)
    own = [name.removeprefix("qlbreak.") for name in loaded if name.startswith("qlbreak.")]
    drawn = {name for name in own if name.startswith("figures")}
    assert drawn <= {"figures", "figures.picture_files"}
    assert not {room(name) for name in own} & {"widgets", "check_in", "cli"}
