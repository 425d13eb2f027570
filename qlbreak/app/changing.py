"""Commands of our own that change the settings: begun for somebody, answered at their end."""

from collections.abc import Callable

from qlbreak.app.inbox import Spoken, nobody
from qlbreak.app.processes import Ended
from qlbreak.system.attempt import attempt
from qlbreak.system.control import Reply
from qlbreak.texts import never


class SettingsCommands:
    """In processes of their own: what edits a file and keeps its comments is no load for us. `run`
    begins one, and says whether it could; `show` tells whom nobody answers otherwise."""

    def __init__(self, run: Callable[..., bool], show: Callable[[Reply], None]) -> None:
        self._run, self._show = run, show
        self._waiting: dict[str, list[Spoken]] = {}  # by the words of the command

    def begin(self, spoken: Spoken) -> Reply | None:
        """None where the answer comes later."""
        if not self._run(*spoken.words):
            return Reply(refused=never.ENDED)
        self._waiting.setdefault(" ".join(spoken.words), []).append(spoken)
        return None

    def ended(self, command: Ended) -> bool:
        """Whether it was one of these. The settings that hold since it has brought us itself."""
        waiting = self._waiting.pop(command.name, [])
        said = command.said or never.ENDED
        reply = Reply(refused=said) if command.code else Reply(said)
        for spoken in waiting:
            if spoken.reply is nobody:
                attempt(self._show, reply)
            attempt(spoken.reply, reply)
        return bool(waiting)
