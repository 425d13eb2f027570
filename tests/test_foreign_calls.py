"""Every call into a library of Windows or macOS says its types: else ctypes guesses, and cuts."""

import re
from pathlib import Path

import pytest

import qlbreak

PACKAGE = Path(qlbreak.__file__).parent
FOREIGN = re.compile(r"\b(windll|oledll|WinDLL|_framework|_library)\b")
# Straight from the library, or from one that is kept under its name.
STRAIGHT = re.compile(r"\b(?:windll|oledll)\.\w+\.(\w+)\(")
KEPT = re.compile(
    r"\b(?:user32|kernel32|shell32|wtsapi32|ntdll|ole|services|foundation|audio|media)\.([A-Z]\w+)\("
)

# On the function itself, by a helper, in a loop over several, or on a name that it was given.
SAID = (
    r"\.{name}\.argtypes",
    r"_declared?\((?:\n\s+)?(?:\w+\.{name}|[\w.]+, \"{name}\")",
    r"for \w+ in \([^)]*\.{name}\b[^)]*\):\n\s+\w+\.argtypes",
    r"(\w+) = \w+\.{name}\n(?:.*\n)*?\s+\1\.argtypes",
)


def _texts() -> dict[str, str]:
    read = {file: file.read_text("utf-8") for file in PACKAGE.rglob("*.py")}
    return {
        file.relative_to(PACKAGE).as_posix(): text
        for file, text in read.items()
        if FOREIGN.search(text)
    }


TEXTS = _texts()


def test_they_are_found() -> None:
    assert {"senses/windows.py", "senses/macos.py", "system/lock.py"} <= set(TEXTS)


@pytest.mark.parametrize("file", TEXTS)
def test_a_call_says_its_types_first(file: str) -> None:
    text = TEXTS[file]
    assert not STRAIGHT.findall(text), "keep the function, and say its types"
    for name in KEPT.findall(text):
        assert any(re.search(said.format(name=name), text) for said in SAID), name
