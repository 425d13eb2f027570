"""The story by the package: installed where no Python is, the first routine, a reminder; a newer
one beside the running program, a new session; removed, and what is left."""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from rig.waiting import wait_for
from stock.first_days import FirstDays, open_by_icon
from stock.login import Login, StockReader
from stock.stock_root import StockRoot

_FAST = {"QLBREAK_GUIDE_SPEED": "2"}  # a second of the guide counts as two
_ENTRY = ".config/autostart/qlbreak.desktop"
# What is the person's: settings, the record and what stands beside it, the log, pictures, and the
# entry that starts it, which desktops pass over once the program is gone.
_OWN = (
    ".config/qlbreak", ".local/share/qlbreak", ".local/state/qlbreak", ".cache/qlbreak", _ENTRY
)  # fmt: skip


class PackageDays:
    def __init__(self, root: StockRoot, deb: Path, first: FirstDays) -> None:
        self._root, self._deb, self._first = root, deb, first

    def play(self) -> None:
        # Xfce's own helpers bring one, which nothing here needs.
        self._root.as_admin("sh", "-c", "rm -rf /usr/bin/python3* /usr/lib/python3*")
        before = self._all_named_so()
        self._install(self._deb)
        self._first_session()
        self._second_session()
        self._root.as_admin("apt-get", "purge", "-y", "-q", "qlbreak")
        assert self._all_named_so() == before, "the package leaves nothing of its own"
        self._without_it()

    def _first_session(self) -> None:
        with Login(self._root, **_FAST) as login:
            reader = StockReader(login)
            # The entry of the applications menu, as Xfce starts it.
            login.spawn("menu", ["exo-open", "/usr/share/applications/qlbreak.desktop"])
            self._first.set_up(login, reader)
            self._first.routine(login, reader)
            self._first.icon(login, reader)
            entry = (self._root.home / _ENTRY).read_text()
            assert 'Exec="/usr/bin/qlbreak"\n' in entry, entry
            self._first.reminder(login, reader)
            self._own_commands(login)
            self._upgrade(login, reader)
            reader.close()
            login.log_out()

    def _own_commands(self, login: Login) -> None:
        """What takes a part of the program that nothing else does."""
        said = login.say("qlbreak", "doctor", "--report")
        self._first.say(said)
        lacking = re.findall(r"^(\S+): not there", said, re.MULTILINE)
        assert not lacking, lacking
        page = "report.html"
        login.say("qlbreak", "report", "-o", page)
        assert "Plotly" in (self._root.home / page).read_text(), "the page has its charts"
        (self._root.home / page).unlink()
        login.say("qlbreak", "movements", "--sheet", "sheet.png")
        sheet = self._root.home / "sheet.png"
        assert sheet.stat().st_size > 10_000, "all movements are drawn"
        sheet.unlink()
        assert "SYNOPSIS" in login.say("zcat", "/usr/share/man/man1/qlbreak.1.gz")

    def _upgrade(self, login: Login, reader: StockReader) -> None:
        """Another file of the program's, in which all lies elsewhere; what runs goes on."""
        number = login.say("pgrep", "-xo", "qlbreak").strip()
        newer = self._root.path / "tmp/newer.deb"
        _made_newer(self._deb, newer)
        self._install(newer)
        told = self._root.as_admin("dpkg-query", "-W", "-f", "${Version}", "qlbreak")
        assert told.endswith("+newer"), told
        assert login.say("pgrep", "-xo", "qlbreak").strip() == number, "it runs on"
        said = login.say("qlbreak", "status", "--json")
        assert '"state"' in said, said
        open_by_icon(login, reader)
        self._first.picture(login, "after-an-upgrade")

    def _second_session(self) -> None:
        with Login(self._root, **_FAST) as login:
            login.wait_tray_item(seconds=60)
            reader = StockReader(login)
            facts = self._first.facts()
            assert [fact for fact in facts if fact["type"] == "answered"], "the record is there"
            open_by_icon(login, reader)
            self._first.picture(login, "after-a-new-session")
            assert "not running" not in login.say("qlbreak", "quit")
            wait_for(lambda: not login.say("pgrep", "-x", "qlbreak"), 20, "it has ended")
            reader.close()
            login.log_out()

    def _without_it(self) -> None:
        """The day after: nothing complains, and what is left is the person's."""
        facts = self._first.facts()
        assert facts, "the record stays"
        with Login(self._root) as login:
            wait_for(lambda: login.say("pgrep", "-x", "xfce4-panel"), 30, "the desktop is up")
            assert not login.say("pgrep", "-x", "qlbreak")
            self._first.picture(login, "without-it")
            login.log_out()
        home = self._root.home
        left = {str(path.relative_to(home)) for path in home.rglob("*") if "qlbreak" in path.name}
        strange = {path for path in left if not path.startswith(_OWN)}
        assert not strange, strange
        self._first.say(f"left: {sorted(left)}")
        self._clean()

    def _clean(self) -> None:
        """As the manual says, for who wants nothing left."""
        self._install(self._deb)
        with Login(self._root) as login:
            login.wait_tray_item(seconds=60)  # the entry counts again
            for words in (["quit"], ["autostart", "off"], ["delete-data", "--yes"]):
                self._first.say(login.say("qlbreak", *words))
            login.log_out()
        self._root.as_admin("apt-get", "purge", "-y", "-q", "qlbreak")
        home = self._root.home
        left = sorted(str(path.relative_to(home)) for path in home.rglob("*qlbreak*"))
        self._first.say(f"left at last: {left}")
        files = [path for name in _OWN for path in (home / name).rglob("*") if path.is_file()]
        assert [path.name for path in files] in ([], ["config.toml"]), files
        assert not (home / _ENTRY).exists()

    # The machine

    def _install(self, deb: Path) -> None:
        there = self._root.path / "tmp" / f"install-{deb.name}"
        shutil.copyfile(deb, there)
        options = ("-y", "-q", "--no-install-recommends")
        self._root.as_admin("apt-get", "install", *options, f"/tmp/{there.name}")

    def _all_named_so(self) -> set[str]:
        said = self._root.as_admin(
            "find", "/usr", "/etc", "/var", "/opt", "-xdev", "-name", "*qlbreak*"
        )
        return {line for line in said.splitlines() if "/var/log" not in line}


def _made_newer(deb: Path, newer: Path) -> None:
    """The same of a higher version, whose modules lie elsewhere in its program."""
    with tempfile.TemporaryDirectory(prefix="qlbreak-newer-") as name:
        tree = Path(name, "tree")
        subprocess.run(["dpkg-deb", "-R", deb, tree], check=True)
        control = tree / "DEBIAN/control"
        text = control.read_text()
        control.write_text(text.replace("Version: 0.1.0\n", "Version: 0.1.0+newer\n"))
        _shifted(tree / "usr/lib/qlbreak/qlbreak", Path(name))
        packed = ["dpkg-deb", "-Zgzip", "-z1", "--root-owner-group", "--build", str(tree)]
        subprocess.run([*packed, newer], check=True, stdout=subprocess.DEVNULL)


def _shifted(program: Path, folder: Path) -> None:
    """PyInstaller puts the modules into a section of their own: another one comes before it."""
    modules, more = folder / "modules", folder / "more"
    more.write_bytes(bytes(100_000))
    for words in (
        ["--dump-section", f"pydata={modules}", "--remove-section", "pydata"],
        ["--add-section", f"more={more}"],
        ["--add-section", f"pydata={modules}"],
    ):
        subprocess.run(["objcopy", *words, program], check=True)
