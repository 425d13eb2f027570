"""What those who watch are told: `status --json`, with the sentences and the menu of the moment."""

import msgspec
from msgspec.structs import replace

from qlbreak.app.inbox import Scene
from qlbreak.report import contract
from qlbreak.system.control import Reply
from qlbreak.texts import moments, plans
from qlbreak.tray import MenuLine
from qlbreak.tray.menu import lines


def news(scene: Scene, recorded: int) -> Reply:
    """*recorded*: how many facts there were since the start; another number, and whoever shows the
    record reads it again."""
    told, today, rules, trouble, mistake = (
        scene.status, scene.today, scene.rules, scene.trouble, scene.mistake,
    )  # fmt: skip
    return Reply(
        trouble or moments.why(told),
        data={
            **contract.status(told, today, trouble),
            "clock": moments.clock(told),
            "coming": moments.coming(told),
            "meeting": told.meeting,
            "plan_told": plans.moment(told.programme),
            "trouble": trouble,
            "mistake": mistake,
            "recorded": recorded,
            "menu": msgspec.to_builtins(_seen(lines(told, rules, trouble, mistake, windows=False))),
        },
    )


def _seen(menu: tuple[MenuLine, ...]) -> list[MenuLine]:
    return [replace(line, lines=tuple(_seen(line.lines))) for line in menu if line.visible]
