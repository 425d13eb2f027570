"""Settings, journal, own movements, checkpoint and words that somebody or something has spoilt."""

import random
import tempfile
from pathlib import Path

from campaign import journals
from campaign.commands import HANGS, command
from campaign.trial import Scale, Trial
from qlbreak.record.folder import JournalFolder
from qlbreak.settings import config as settings
from qlbreak.system import paths as places
from qlbreak.system import resources
from rig.processes import Outcome

# Bytes and texts at which readers of text stumble.
_ODD = (
    b"\0", b"\xff\xfe", b"\xe2\x80\xa8", b"\x1b[2J\x1b]0;owned\x07", b"'", b'"', b"[[", b"{", b"\\",
    b"1e999", b"-1", b"9" * 5000, b"[" * 2000, b"nan", b"2026-02-30T25:61:61Z", b"\r", b"\n\n",
    b"=", "\u202e\u0661".encode(), b"A" * 70_000,
)  # fmt: skip
# None that opens a window, waits for somebody, or changes this machine's own login.
_WORDS = (
    "status", "why", "start", "done", "snooze", "skip", "undo", "pause", "resume", "stand", "sit",
    "meeting", "arrived", "stayed", "sore", "place", "harder", "stats", "export", "movements",
    "config", "doctor", "devices", "compress", "--days", "--json", "--help", "--of", "--format",
    "-o", "left", "until", "25:00", "-1", "0", "9" * 400, "nan", "", "ä", "\x1b[31m", "off",
    "r60-boomerang", "'", "../..", "csv", "prompts",
)  # fmt: skip


def spoilt(data: bytes, chance: random.Random) -> bytes:
    """A few places cut out, doubled, or made something odd."""
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data) + 1)
        to = min(len(data), at + chance.choice((0, 1, 1, 4, 20, 200)))
        middle = chance.choice((b"", data[at:to] * 2, chance.choice(_ODD), chance.randbytes(3)))
        data = data[:at] + middle + data[to:]
    return data


class _Place:
    """A person's files, whole, and what is tried on them."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.config = folder / "config.toml"
        self.data = folder / "data"
        self.own = folder / "movements.toml"
        self.words = ("--config", str(self.config), "--data-dir", str(self.data))
        found = places.find(self.data, self.config)
        places.prepare(found)
        self.config.write_text("")
        self.journal = JournalFolder.of(found, settings.load(self.config)).own.path
        self.checkpoint = found.checkpoint
        journals.write(self.journal, 3, seed)
        self.whole = {
            self.config: resources.example_config().read_bytes().replace(b"# ", b""),
            self.journal: self.journal.read_bytes(),
            self.own: _OWN,
            self.checkpoint: b'{"at":"2026-11-28T10:00:00Z","since":null,"seconds":60.0}',
        }

    def reset(self) -> None:
        for path, content in self.whole.items():
            path.write_bytes(content)
        self.config.write_text("")


_OWN = b"""
[movement.len-mine]
name = "Mine"
kind = "lengthen"
position = "standing"
steps = ["Stand.", "Breathe."]

[routine.r60-mine]
name = "Mine"
length_s = 60
for = ["desk"]
[[routine.r60-mine.blocks]]
movement = "len-mine"
seconds = 20
"""


def mangled(scale: Scale) -> Trial:
    trial = Trial("settings, journal, own movements, checkpoint and words, spoilt by chance")
    chance = random.Random(scale.seed)
    with tempfile.TemporaryDirectory(prefix="qlbreak-campaign-") as folder:
        place = _Place(Path(folder), scale.seed)
        reads: dict[Path, tuple[tuple[str, ...], ...]] = {
            place.config: (("config", "check"), ("stats",)),
            place.journal: (("stats", "--json"), ("export", "--of", "prompts", "--format", "csv")),
            place.own: (("movements", "--mine"), ("movements", "r60-mine")),
            place.checkpoint: (("stats",), ("devices",)),
        }
        for path, commands in reads.items():
            for number in range(scale.rounds):
                place.reset()
                path.write_bytes(spoilt(place.whole[path], chance))
                for words in commands:
                    _try(trial, f"{path.name} {number}", command(*place.words, *words), {0, 2})
        place.reset()
        for number in range(scale.rounds):
            words = tuple(chance.choices(_WORDS, k=chance.randint(1, 4)))
            _try(trial, f"words {number} {words}", command(*place.words, *words), _ANY)
    return trial


_ANY = {0, 1, 2, 3, 5}


def _try(trial: Trial, name: str, told: Outcome, codes: set[int]) -> None:
    trial.case()
    trial.hold(told.code != HANGS, f"{name}: hangs")
    trial.hold("Traceback" not in told.err, f"{name}: a traceback: {told.err[-160:]}")
    trial.hold(told.code in codes | {HANGS}, f"{name}: exit {told.code}: {told.err[-120:]}")
    shown = told.out + told.err
    trial.hold("\x1b]0;" not in shown, f"{name}: escape sequences come through")
    lines = len(told.err.splitlines())
    trial.hold(lines <= 12, f"{name}: {lines} lines of complaint")
