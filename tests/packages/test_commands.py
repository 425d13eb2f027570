"""What a package brings for the commands: every command and option, and shells that take it."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import click
import pytest

import commands as made
from commandline import commands
from manual import man
from needing import on_unix
from qlbreak.cli import families
from qlbreak.cli.main import cli
from rig.privatebus import need
from rig.waiting import PATIENCE

TOLD = commands()


def typed() -> list[tuple[str, str]]:
    """Each word that a person may type, and after what; from click itself."""
    found = []
    for path, command in [("", cli), *families.walk(cli)]:
        before, _, word = path.rpartition(" ")
        found += [(before, word)] if word else []
        for option in command.params:
            if isinstance(option, click.Option) and not option.hidden:
                found += [(path, name) for name in option.opts]
    return found


def run(*words: str | Path, stdin: str = "") -> str:
    done = subprocess.run(
        words, input=stdin, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize(("before", "word"), typed())
def test_the_manual_tells_it(before: str, word: str) -> None:
    lines = man(TOLD).splitlines()
    shown = word.replace("-", "\\-")
    if word.startswith("-"):
        assert any(line.startswith("\\fB") and f"\\fB{shown}\\fR" in line for line in lines)
    else:
        path = f"{before} {word}".strip().replace("-", "\\-")
        assert any(f"{line} ".startswith(f"\\fB{path}\\fR ") for line in lines), path


@pytest.fixture
def share(tmp_path: Path) -> Path:
    made.write(tmp_path)
    return tmp_path / "share"


def in_bash(share: Path) -> Callable[[str], set[str]]:
    need("bash")

    def completed(line: str) -> set[str]:
        words = line.split(" ")
        script = f"""
            . {share}/bash-completion/completions/qlbreak
            compopt() {{ :; }}
            COMP_WORDS=({" ".join(words[:-1])} "{words[-1]}")
            COMP_CWORD={len(words) - 1}
            _qlbreak
            printf '%s\\n' "${{COMPREPLY[@]}}"
        """
        return set(run("bash", "--norc", "-c", script).split())

    return completed


def in_fish(share: Path) -> Callable[[str], set[str]]:
    need("fish")

    def completed(line: str) -> set[str]:
        script = f"source {share}/fish/vendor_completions.d/qlbreak.fish; complete -C '{line}'"
        return {told.split("\t")[0] for told in run("fish", "-N", "-c", script).splitlines()}

    return completed


SHELLS = pytest.mark.parametrize("shell", [in_bash, in_fish])
Shell = Callable[[Path], Callable[[str], set[str]]]


@on_unix("shells")
@SHELLS
def test_a_shell_completes_every_word(shell: Shell, share: Path) -> None:
    completed = shell(share)
    for path in sorted({before for before, _ in typed()}):
        wanted = {word for before, word in typed() if before == path}
        start = " ".join(["qlbreak", *path.split(), ""])
        found = completed(start) | completed(f"{start}-") | completed(f"{start}--")
        assert wanted <= found, (path, wanted - found)


@on_unix("shells")
@SHELLS
@pytest.mark.parametrize(
    ("line", "there", "not_there"),
    [
        ("qlbreak sn", {"snooze"}, {"start"}),
        ("qlbreak --data-dir plan ", {"start"}, {"show"}),
        ("qlbreak plan ", {"show", "load", "end"}, {"start"}),
        ("qlbreak open --page ", {"today", "safety"}, {"--start"}),
        ("qlbreak skip ", {"no-room", "hurts"}, {"start"}),
        ("qlbreak never hip", {"hip-hike"}, {"never"}),
        ("qlbreak help ", {"snooze", "environment"}, set()),
        ("qlbreak autostart ", {"on", "off", "status"}, set()),
    ],
)  # fmt: skip
def test_a_shell_knows_where_it_is(
    shell: Shell, share: Path, line: str, there: set[str], not_there: set[str]
) -> None:
    found = shell(share)(line)
    assert there <= found
    assert not not_there & found


@on_unix("shells")
def test_zsh_takes_every_word(share: Path) -> None:
    """It reads its functions; what is on the screen was looked at by hand."""
    need("zsh")
    file = share / "zsh/vendor-completions/_qlbreak"
    run("zsh", "-n", file)
    text = file.read_text("utf-8")
    for before, word in typed():
        name = "_".join(["_qlbreak", *before.split()])
        body = text.split(f"\n{name}() {{\n")[1].split("\n}\n")[0]
        assert word in body, (before, word)


@on_unix("groff")
def test_the_manual_is_right(share: Path) -> None:
    need("mandoc")
    told = run("mandoc", "-Tlint", "-W", "error", share / "man/man1/qlbreak.1")
    assert told == ""
