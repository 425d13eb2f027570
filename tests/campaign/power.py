"""A power cut: the end of the journal is gone, zero, rubbish or a hole. Only that is lost."""

import random
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from campaign import journals
from campaign.commands import command
from campaign.trial import Scale, Trial
from qlbreak.core.model.facts import Quit
from qlbreak.record import deliver
from qlbreak.record.folder import JournalFolder
from qlbreak.settings import config
from qlbreak.system import paths as places

_MODES = ("cut", "zero", "rubbish", "hole")
_STEP = 3


def power(scale: Scale) -> Trial:
    trial = Trial("power cuts: the journal's last bytes are gone, zeros, rubbish or a hole")
    chance = random.Random(scale.seed)
    base = "".join(f"{line}\n" for line in journals.lines(2, scale.seed, per_day=3)).encode()
    with tempfile.TemporaryDirectory(prefix="qlbreak-campaign-") as room:
        data = Path(room) / "data"
        found = places.find(data, Path(room) / "config.toml")
        places.prepare(found)
        found.config.touch()
        folder = JournalFolder.of(found, config.load(found.config))
        folder.prepare()
        for mode in _MODES:
            for lost in range(0, min(scale.rounds * _STEP, len(base)), _STEP):
                tail = _tail(mode, lost, chance)
                _one(trial, f"{mode} {lost}", folder, found, base[: len(base) - lost], tail)
    return trial


def _tail(mode: str, lost: int, chance: random.Random) -> bytes:
    match mode:
        case "zero":
            return bytes(lost)
        case "rubbish":
            return chance.randbytes(lost)
        case "hole":
            return bytes(max(lost - 1, 0)) + b"\n"[: min(lost, 1)]
        case _:
            return b""


def _one(
    trial: Trial, name: str, folder: JournalFolder, found: places.Paths, kept: bytes, tail: bytes
) -> None:
    """What is read afterwards, and what a program writes behind it."""
    trial.case()
    file = folder.own.path
    file.write_bytes(kept + tail)
    words = ("--config", str(found.config), "--data-dir", str(found.data))
    whole = kept.count(b"\n")
    for told in (command(*words, "stats", "--json"), command(*words, "export")):
        trial.hold(told.code == 0 and "Traceback" not in told.err, f"{name}: {told.err[-200:]}")
    facts = len(told.out.splitlines())
    trial.hold(facts in (whole, whole + 1), f"{name}: {facts} facts of {whole}")
    deliver.write(found, folder, [Quit(datetime.now(UTC))])  # noqa: TID251
    now = file.read_bytes()
    trial.hold(now.startswith(kept + tail), f"{name}: what was there is changed")
    last = now.rstrip(b"\n").rsplit(b"\n", 1)[-1]
    trial.hold(last.startswith(b'{"v":1,"type":"quit"'), f"{name}: written onto a torn line")
    after = len(command(*words, "export").out.splitlines())
    trial.hold(after == facts + 1, f"{name}: {after} facts after one more than {facts}")
