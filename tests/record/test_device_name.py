"""One machine, one device: the name that it began with, whatever it is called by the network."""

import json
import os
import shutil
import sys
from collections.abc import Callable

import pytest

from needing import has_mode, on_unix
from qlbreak.record.folder import device_name, keep_device_name
from qlbreak.system import paths
from rig.room import Room


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Sets what the machine is called."""

    def call(name: str) -> None:
        def told() -> str:
            return name

        monkeypatch.setattr("platform.node", told)

    return call


def test_a_device_keeps_the_name_it_began_with(room: Room, machine: Callable[[str], None]) -> None:
    found = paths.find(room.home / "data")
    paths.prepare(found)
    machine("laptop.home.example")
    keep_device_name(found)
    name = device_name(found)
    assert name == paths.device()
    machine("dhcp-17-4.office.example")
    keep_device_name(found)
    assert device_name(found) == name != paths.device()
    assert has_mode(found.device_name, 0o600)


def test_a_copy_on_another_machine_has_a_name_of_its_own(room: Room) -> None:
    found = paths.find(room.home / "data")
    paths.prepare(found)
    found.device_name.write_text('{"00000000": "other-1234", "11111111": "../x"}')
    assert device_name(found) == paths.device()
    keep_device_name(found)
    assert json.loads(found.device_name.read_text())["00000000"] == "other-1234"
    found.device_name.write_bytes(b"\xff[")
    assert device_name(found) == paths.device()


def test_a_record_from_before_names_were_kept_goes_on(
    room: Room, machine: Callable[[str], None]
) -> None:
    found = paths.find(room.home / "data")
    found.journal.mkdir(parents=True)
    machine("laptop")
    name = paths.device()
    (found.journal / f"{name}.jsonl").touch()
    (found.journal / "other-0000.jsonl").touch()
    machine("dhcp-17-4")
    assert device_name(found) == name


@on_unix("a name of the machine for one program")
def test_what_was_paused_at_home_is_paused_at_work(room: Room) -> None:
    alone = ["unshare", "-u"] if os.getuid() == 0 else ["unshare", "-ru"]
    if shutil.which("unshare") is None or room.run([*alone, "true"]).code:
        pytest.skip("this test needs a machine's name of its own")

    def day(host: str, *words: str) -> str:
        program = f"{sys.executable} -m qlbreak"
        script = (
            f"hostname {host}; {program} run & until {program} why >/dev/null 2>&1; do :; done;"
        )
        script += f"{program} {' '.join(words)}; {program} devices; {program} quit; wait"
        return room.run([*alone, "sh", "-c", script], seconds=60).out

    day("laptop.home.example", "pause", "2", "d")
    told = day("dhcp-17-4.office.example", "why")
    assert "Paused until" in told
    assert told.count("this device") == 1
    assert len(list(room.home.rglob("*.jsonl"))) == 1
