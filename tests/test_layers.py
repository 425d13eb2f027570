"""The order of the package: imports go down, the core is pure, each library has one place."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import qlbreak

PACKAGE = Path(qlbreak.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))

# Bottom to top: each may import what stands above it in this list. A folder is one place.
ORDER = [
    "qlbreak",
    "core.terms", "core.dose", "core.movements", "core.naming",
    "core.course", "core.checks", "core.guide",
    "core.profile", "core.policy", "core.events", "core.sitting",
    "core.checkin", "core.history", "core.progress", "core.staging",
    "core.rules", "core.balance", "core.composer", "core.coach",
    "core.inputs",
    "core.declared", "core.prompt",
    "core.senses", "core.state", "core.presence", "core.silence", "core.inquiry",
    "core.prompting", "core.answering", "core.elsewhere", "core.reminder",
    "core.stats", "core.spells", "core.sums", "core.tally", "core.rows", "core.devices",
    "core.status",
    "clock", "visible", "streams", "attempt", "durations", "timetable", "values", "exits", "saved",
    "data",
    "lock", "paths", "resources", "claim", "logs", "opener", "autostart",
    "guide", "figures", "pictures", "safety", "cues", "posing", "pace", "endings", "keys",
    "letters",
    "device", "config", "setup", "journal", "kept", "shelf", "checkpoint", "connections", "control",
    "reach", "health", "record", "export", "care", "removal",
    "watched", "watchdog", "ticker", "dbus", "wayland", "x11", "session", "idle", "busy",
    "reasons", "hooks", "cards", "checkin", "wording", "outcomes", "report",
    "others", "ledger", "commands",
    "notify", "notes", "stepwise", "announcer", "blindness", "tray",
    "terminal", "inbox", "owner", "front", "parent", "children",
    "telling", "inquiry", "coaching",
    "app", "start", "doctor", "bugreport", "demo",
    "terminal_guide", "terminal_checkin", "dialogs",
    "cli_local", "cli_guide", "cli_record", "cli_files", "cli_autostart", "cli", "__main__",
]  # fmt: skip

# What the core may use: values and arithmetic.
PURE = {
    "bisect", "collections", "datetime", "difflib", "enum", "functools", "itertools", "math", "re",
    "typing", "zlib", "msgspec",
}  # fmt: skip

CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today"}

LIBRARIES = {
    "apscheduler": {"ticker"},
    "click": {"cli", "cli_autostart", "cli_files", "cli_guide", "cli_local", "cli_record"},
    "jeepney": {"dbus"},
    "PIL": {"dialogs", "figures", "pictures", "tray"},
    "platformdirs": {"paths"},
    "plotly": {"report"},
    "plyer": {"notify"},
    "pystray": {"tray"},
    "rich": {"report", "terminal_guide"},
    "tomlkit": {"setup"},
    "Xlib": {"dialogs", "tray", "x11"},
}
EVERYWHERE = {"msgspec"}  # values and their codec

NETWORK = {
    "asyncio", "ftplib", "http", "imaplib", "poplib", "smtplib", "socketserver", "ssl", "urllib",
    "webbrowser", "xmlrpc",
}  # fmt: skip


def module(file: Path) -> str:
    name = ".".join(file.relative_to(PACKAGE).with_suffix("").parts)
    return name.removesuffix(".__init__") if name != "__init__" else "qlbreak"


def place(name: str) -> str:
    """The entry of ORDER: a module of the core, another module, or a folder."""
    return name if name.startswith("core.") else name.split(".")[0]


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


@cache
def own(file: Path) -> frozenset[str]:
    """The places of this package that the file uses."""
    known = set(ORDER)
    found = set()
    for name in imports(file):
        if name == "qlbreak" or name.startswith("qlbreak."):
            parts = name.split(".")[1:]
            deep = ".".join(parts[:2])
            found.add(deep if deep in known else parts[0] if parts[0] in known else "qlbreak")
    return frozenset(found - {place(module(file))})


def test_the_order_names_every_module_once() -> None:
    places = {place(module(file)) for file in FILES} - {"core"}
    assert sorted(ORDER) == sorted(places)


@pytest.mark.parametrize("file", FILES, ids=module)
def test_imports_go_down(file: Path) -> None:
    if module(file) == "core":
        return
    below = ORDER[: ORDER.index(place(module(file)))]
    assert own(file) <= set(below), f"{module(file)} imports what stands above or beside it"


def test_there_is_no_circle() -> None:
    graph: dict[str, set[str]] = {}
    for file in FILES:
        graph.setdefault(place(module(file)), set()).update(own(file))
    assert set(TopologicalSorter(graph).static_order()) >= set(ORDER)


@pytest.mark.parametrize("file", sorted((PACKAGE / "core").glob("*.py")), ids=module)
def test_the_core_is_pure(file: Path) -> None:
    foreign = {name.split(".")[0] for name in imports(file)} - {"qlbreak"}
    assert foreign <= PURE
    assert all(name.startswith("core.") for name in own(file))
    called = {node.id for node in ast.walk(tree(file)) if isinstance(node, ast.Name)}
    assert not called & {"open", "print", "input", "__import__", "eval", "exec", "globals"}
    assert not CLOCKS & {ast.unparse(node) for node in ast.walk(tree(file))}


def third_parties(file: Path) -> set[str]:
    names = {name.split(".")[0] for name in imports(file)}
    return names - set(sys.stdlib_module_names) - {"qlbreak"}


@pytest.mark.parametrize("file", FILES, ids=module)
def test_a_library_is_used_in_one_place(file: Path) -> None:
    for library in third_parties(file) - EVERYWHERE - {"gi", "PyObjCTools"}:
        assert place(module(file)) in LIBRARIES[library], library


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


@pytest.mark.parametrize("file", FILES, ids=module)
def test_no_function_is_too_long(file: Path) -> None:
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 40, f"{node.name} in {module(file)}"


def test_what_runs_all_day_leaves_the_heavy_ones_out() -> None:
    heavy = {
        "asyncio", "ssl", "email", "click", "rich", "tkinter", "tomlkit", "unittest", "numpy",
        "plotly", "PIL", "Xlib.display", "importlib.metadata",
    }  # fmt: skip
    told = "import sys, qlbreak.app.app, qlbreak.tray.sni, qlbreak.senses.idle_x11; print(*sys.modules)"
    command = [sys.executable, "-c", told]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert not heavy & set(loaded)
    assert not [
        name for name in loaded if name.startswith(("qlbreak.figures.moving", "qlbreak.widgets"))
    ]
