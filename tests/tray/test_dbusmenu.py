"""The menu over D-Bus as hosts see it: ids that last, changes in place, presses."""

import queue
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from qlbreak.tray.dbusmenu import MENU_PATH
from qlbreak.tray.sni import ITEM_PATH
from rig.buscall import BusError
from rig.traybench import Bench, Item, Menu
from rig.traymenu import ITEM, MENU
from rig.waiting import PATIENCE
from rig.watcher import ITEM_NAME


def keyed(key: str, label: str, action: Any = None, **options: Any) -> Any:
    item = Item(label, action, **options)
    item.key = key
    return item


@pytest.fixture
def bench() -> Iterator[Bench]:
    with Bench() as started:
        yield started


def test_the_menu_is_told_whole(bench: Bench) -> None:
    bench.show(
        Item("under_score", None),
        Item("grey", None, enabled=False),
        Item("hidden", None, visible=False),
        Menu.SEPARATOR,
        Item("tick", None, checked=lambda _: True),
        Item("dot", None, checked=lambda _: False, radio=True),
        Item("more", Menu(Item("inside", None))),
    )
    menu = bench.trays.tray_menu()
    assert menu.labels == ["under_score", "grey", "tick", "dot", "more"]
    lines = [line.properties for line in menu.children]
    usual = {"enabled": True, "visible": True}
    assert lines[0] == usual | {"label": "under__score"}
    assert lines[1] == {"label": "grey", "enabled": False, "visible": True}
    assert lines[2] == {"label": "hidden", "enabled": True, "visible": False}
    assert lines[3] == {"type": "separator"}
    tick = usual | {"label": "tick", "toggle-type": "checkmark", "toggle-state": 1}
    assert lines[4] == tick
    assert lines[5] == tick | {"label": "dot", "toggle-type": "radio", "toggle-state": 0}
    assert lines[6] == usual | {"label": "more", "children-display": "submenu"}
    assert menu.child("more").labels == ["inside"]


def test_a_press_runs_in_the_loop_where_the_bus_may_be_called(bench: Bench) -> None:
    seen: queue.SimpleQueue[tuple[str, str, bool]] = queue.SimpleQueue()

    def note(_icon: Any, item: Any) -> None:
        thread = threading.current_thread().name
        seen.put((item.text, thread, bench.bus.name_has_owner(ITEM_NAME)))

    bench.show(Item("break", note, default=True), Item("more", Menu(Item("inside", note))))
    bench.trays.press_menu(["more", "inside"])
    assert seen.get(timeout=PATIENCE) == ("inside", "tray", True)
    bench.trays.activate_tray()
    assert seen.get(timeout=PATIENCE) == ("break", "tray", True)
    bench.trays.bus.call(ITEM_NAME, ITEM_PATH, ITEM, "XAyatanaSecondaryActivate", "u", 0)
    assert seen.get(timeout=PATIENCE) == ("break", "tray", True)
    bench.trays.bus.call(ITEM_NAME, ITEM_PATH, ITEM, "Scroll", "is", 1, "vertical")
    bench.trays.bus.call(ITEM_NAME, ITEM_PATH, ITEM, "ContextMenu", "ii", 0, 0)
    assert seen.empty()


def test_what_is_disabled_hidden_or_no_action_cannot_be_pressed(bench: Bench) -> None:
    pressed: queue.SimpleQueue[str] = queue.SimpleQueue()
    bench.show(
        Item("grey", lambda: pressed.put("grey"), enabled=False),
        Item("hidden", lambda: pressed.put("hidden"), visible=False),
        Menu.SEPARATOR,
        Item("more", Menu(Item("inside", None))),
        Item("fine", lambda: pressed.put("fine")),
    )
    for line in bench.trays.tray_menu().walk():
        bench.press(line.id)
    assert pressed.get(timeout=PATIENCE) == "fine"
    assert pressed.empty()


def test_a_new_label_keeps_ids_and_layout(bench: Bench) -> None:
    minutes = [5]
    icon = bench.show(
        Item(lambda _: f"{minutes[0]} min", None, enabled=False),
        Item("stand", None, checked=lambda _: None if minutes[0] == 5 else True),
    )
    before = bench.trays.tray_menu()
    bench.signals()
    icon.update_menu()
    assert bench.signals() == []
    minutes[0] = 6
    icon.update_menu()
    first, second = (line.id for line in before.children)
    toggle = {"toggle-type": ("s", "checkmark"), "toggle-state": ("i", 1)}
    changed = [(first, {"label": ("s", "6 min")}), (second, toggle)]
    assert bench.signals() == [("ItemsPropertiesUpdated", (changed, []))]
    minutes[0] = 5
    icon.update_menu()
    changed = [(first, {"label": ("s", "5 min")})]
    gone = [(second, ["toggle-type", "toggle-state"])]
    assert bench.signals() == [("ItemsPropertiesUpdated", (changed, gone))]
    assert bench.trays.tray_menu() == before


def test_another_layout_keeps_the_ids_of_those_who_stay(bench: Bench) -> None:
    pressed: queue.SimpleQueue[str] = queue.SimpleQueue()

    def line(name: str) -> Any:
        return keyed(name, name, lambda: pressed.put(name))

    icon = bench.show(Item("text", None), line("start"), Menu.SEPARATOR, line("stop"), line("quit"))
    before = bench.ids()
    separator = bench.trays.tray_menu().children[2].id
    revision, _ = bench.trays.bus.call(ITEM_NAME, MENU_PATH, MENU, "GetLayout", "iias", 0, 0, [])
    bench.signals()
    icon.menu = Menu(Item("new text", None), line("quit"), Menu.SEPARATOR, line("start"))
    changed = [(before["text"], {"label": ("s", "new text")})]  # known lines are told of, too
    assert bench.signals() == [
        ("ItemsPropertiesUpdated", (changed, [])),
        ("LayoutUpdated", (revision + 1, 0)),
    ]
    after = bench.ids()
    assert (after["start"], after["quit"]) == (before["start"], before["quit"])
    assert after["new text"] == before["text"]
    assert bench.trays.tray_menu().children[2].id == separator
    bench.press(before["start"])
    assert pressed.get(timeout=PATIENCE) == "start"
    with pytest.raises(BusError, match="does not refer to a menu item"):
        bench.press(before["stop"])
    icon.menu = Menu(line("start"), line("stop"))
    assert bench.ids()["stop"] not in before.values()


def test_a_host_gets_as_much_as_it_asks_for(bench: Bench) -> None:
    bench.show(Item("more", Menu(Item("deep", Menu(Item("deepest", None))))), Item("last", None))
    more, last = (line.id for line in bench.trays.tray_menu().children)

    ask = bench.ask
    _, (_, properties, children) = ask("GetLayout", "iias", 0, 1, ["label"])
    assert properties == {}
    labels = [{"label": ("s", "more")}, {"label": ("s", "last")}]
    assert [node[1] for _, node in children] == labels
    assert [node[2] for _, node in children] == [[], []]
    _, (number, _, children) = ask("GetLayout", "iias", more, 1, [])
    assert (number, len(children), children[0][1][2]) == (more, 1, [])
    assert ask("GetGroupProperties", "aias", [more, last, 999], ["label"]) == (
        [(more, labels[0]), (last, labels[1])],
    )
    assert len(ask("GetGroupProperties", "aias", [], [])[0]) == 5
    assert ask("GetProperty", "is", last, "label") == (("s", "last"),)
    assert ask("AboutToShow", "i", 0) == (False,)
    assert ask("AboutToShowGroup", "ai", [more, 999]) == ([], [999])
    events = [(999, "clicked", ("s", ""), 0), (last, "hovered", ("s", ""), 0)]
    assert ask("EventGroup", "a(isvu)", events) == ([999],)
    assert bench.trays.bus.property(ITEM_NAME, MENU_PATH, MENU, "Version") == 3
    for member, signature, body in (
        ("GetLayout", "iias", (999, -1, [])),
        ("GetProperty", "is", (999, "label")),
        ("GetProperty", "is", (last, "shortcut")),
        ("AboutToShow", "i", (999,)),
    ):
        with pytest.raises(BusError, match="InvalidArgs"):
            ask(member, signature, *body)
