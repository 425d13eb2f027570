"""What Apple's headers say of the calls and constants in `senses/macos.py`: data for its test.

    python tests/macos_metadata.py FOLDER     # of PyObjC's wheels for macOS, which carry it
    pip download --no-deps --only-binary=:all: --platform macosx_10_9_universal2 \\
        pyobjc-framework-{Cocoa,Quartz,CoreAudio,CoreMediaIO}

Which ones are needed is found in the source; nothing is listed here by hand.
"""

import ast
import json
import re
import sys
import zipfile
from pathlib import Path
from typing import NamedTuple

from qlbreak.senses import macos

SOURCE = Path(macos.__file__)
DATA = Path(__file__).parent / "senses" / "macos_metadata.json"
_CALL = re.compile(r"(CF|CG|CMIO|AudioObject)[A-Z]\w+")
_CONSTANT = re.compile(r"\bk(?:CF|CG|CMIO|Audio)[A-Z]\w+")
_PARTS = re.compile(r"(_metadata|__init__|PyObjCTools/\w+)\.py$")
_BRIDGE = re.compile(r'import_module\("(PyObjCTools\.\w+|objc|AppKit|Foundation)"\)\.(\w+)')
_WHEEL = re.compile(r"pyobjc_framework_(\w+)-([\d.]+)-")


class Constant(NamedTuple):
    """As the source has it: its name there, and which of Apple's it is."""

    name: str
    apple: str


def calls() -> set[str]:
    """All functions of Apple's that the module asks for, wherever in it."""
    tree = ast.parse(SOURCE.read_text("utf-8"))
    names = (node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute))
    return {name for name in names if _CALL.fullmatch(name)}


def constants() -> list[Constant]:
    """Those that a remark names, on the line or on the one above it."""
    found, above = [], ""
    for line in SOURCE.read_text("utf-8").splitlines():
        code, _, remark = line.partition("#")
        given = re.match(r"(_\w+)(?:: Final)? = ", code)
        if given:
            named = _CONSTANT.findall(remark) or _CONSTANT.findall(above)
            found += [Constant(given[1], apple) for apple in named]
        above = remark if not code.strip() else ""
    return found


def bridge() -> set[str]:
    """What our own code asks of PyObjC, in any room."""
    package = SOURCE.parents[1]
    texts = [file.read_text("utf-8") for file in package.rglob("*.py")]
    return {".".join(found) for text in texts for found in _BRIDGE.findall(text)}


def gathered(wheels: list[Path]) -> dict[str, object]:
    """Raises LookupError for what none of them knows."""
    texts, versions = "", {}
    for wheel in wheels:
        named = _WHEEL.match(wheel.name)
        with zipfile.ZipFile(wheel) as archive:
            parts = [n for n in archive.namelist() if _PARTS.search(n)]
            texts += "\n".join(archive.read(name).decode("utf-8") for name in sorted(parts))
        if named:
            versions[f"pyobjc-framework-{named[1]}"] = named[2]
    return {
        "from": dict(sorted(versions.items())),
        "calls": {name: _signature(texts, name) for name in sorted(calls())},
        "bridge": {name: _takes(texts, name) for name in sorted(bridge())},
        "constants": {name: _value(texts, name) for name in sorted({c.apple for c in constants()})},
    }


def _signature(texts: str, name: str) -> str:
    """As Objective-C encodes types: what it gives, then what it takes."""
    found = re.search(rf'"{name}": \(\s*b"([^"]+)"', texts)
    if found is None:
        raise LookupError(f"none of the wheels knows the call {name}")
    return found[1]


def _takes(texts: str, name: str) -> list[str]:
    """The names of what must be given."""
    found = re.search(rf"^def {name.rpartition('.')[2]}\(([^)]*)\)", texts, re.MULTILINE)
    if found is None:
        raise LookupError(f"none of the wheels knows {name}")
    return [word for word in found[1].replace(" ", "").split(",") if word and "*" not in word]


def _value(texts: str, name: str) -> int | str:
    found = re.search(rf"\${name}@(-?\d+)\$", texts)
    if found is not None:
        return int(found[1])
    if (found := re.search(rf'"{name}": "(\w+)"', texts)) is not None:
        return found[1]
    if (found := re.search(rf"\b{name} = (0x[0-9A-Fa-f]+|\d+)", texts)) is not None:
        return int(found[1], 0)
    raise LookupError(f"none of the wheels knows the constant {name}")


if __name__ == "__main__":
    found = gathered(sorted(Path(sys.argv[1]).glob("pyobjc_framework_*.whl")))
    DATA.write_text(json.dumps(found, indent=2) + "\n", "utf-8")
