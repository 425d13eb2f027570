"""A session without a desktop: folders and an environment, no display, no bus."""

from pathlib import Path

from rig.program import Program, import_path
from rig.session import Session


class Room(Session):
    """What a login on a bare console offers; everything started in it ends with it."""

    def start(self) -> None:
        for folder in (self.home, self.runtime, self.folder / "tmp"):
            folder.mkdir(mode=0o700)
        self.env |= import_path()

    def device(self, name: str, shared: Path, settings: str = "") -> Program:
        """One of several that keep their record in the same folder."""
        file = self.home / f"{name}.toml"
        lines = f'{settings}\n[record]\nfolder = "{shared.as_posix()}"\ndevice = "{name}"\n'
        file.write_text(lines, "utf-8")
        return Program(self, self.home / name, ("--config", str(file)))

    def program(self, *options: str) -> Program:
        return Program(self, self.home / "data", options)
