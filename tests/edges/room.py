"""A session without a desktop: folders and an environment, no display, no bus."""

from edges.program import Program, import_path
from edges.session import Session


class Room(Session):
    """What a login on a bare console offers; everything started in it ends with it."""

    def start(self) -> None:
        for folder in (self.home, self.runtime, self.folder / "tmp"):
            folder.mkdir(mode=0o700)
        self.env |= import_path()

    def program(self, *options: str) -> Program:
        return Program(self, self.home / "data", options)
