"""The icon over D-Bus as hosts see it: what it tells of itself, and how it comes and goes."""

import threading
from collections.abc import Iterator

import pytest
from PIL import Image

from qlbreak.tray.dbusmenu import MENU_PATH
from qlbreak.tray.sni import ITEM_PATH, Icon
from rig.buscall import BusError
from rig.traybench import Bench, Item, Menu, square
from rig.traymenu import ITEM
from rig.waiting import PATIENCE, wait_for
from rig.watcher import ITEM_NAME, Watcher


@pytest.fixture
def bench() -> Iterator[Bench]:
    with Bench() as started:
        yield started


def test_it_describes_itself(bench: Bench) -> None:
    bench.show(title="Sitting for 5 min\nNext: 3 < 4 & more")
    wait_for(lambda: bench.trays.tray_properties()["Status"] == "Active", 3, "the icon is active")
    told = bench.trays.tray_properties()
    assert told["Category"] == "ApplicationStatus"
    assert told["Id"] == "qlbreak-test"
    assert told["Title"] == "qlbreak-test", "which stays: hosts sort by it"
    assert told["IconName"] == ""
    assert told["ItemIsMenu"] is False
    assert told["Menu"] == MENU_PATH
    assert told["IconAccessibleDesc"] == told["AttentionAccessibleDesc"] == "Sitting for 5 min"
    # The text of a tooltip is markup, its title is not.
    assert told["ToolTip"] == ("", [], "Sitting for 5 min", "Next: 3 &lt; 4 &amp; more")


def test_the_picture_is_drawn_in_every_size_as_argb(bench: Bench) -> None:
    sizes: list[int] = []

    def draw(size: int) -> Image.Image:
        sizes.append(size)
        return square(size)

    bench.show(icon=draw)
    pixmaps = bench.trays.tray_properties()["IconPixmap"]
    assert [(width, height) for width, height, _ in pixmaps] == [
        (size, size) for size in (16, 22, 24, 32, 48, 64)
    ]
    assert all(data == bytes((128, 255, 0, 0)) * w * h for w, h, data in pixmaps)
    bench.trays.tray_properties()
    assert sizes == [16, 22, 24, 32, 48, 64], "each is drawn once"


def test_a_plain_picture_will_do(bench: Bench) -> None:
    bench.show(icon=square(40))
    assert bench.trays.tray_icon_pixmap(24) == bytes((128, 255, 0, 0)) * 24 * 24


def test_icon_and_title_are_told_when_they_change(bench: Bench) -> None:
    icon = bench.show(icon=square(16))
    assert ("NewStatus", ("Active",)) in bench.signals()
    icon.icon = square(16, (0, 0, 255, 255))
    icon.title = "Time to get up"
    assert bench.signals() == [("NewIcon", ()), ("NewToolTip", ())]
    assert bench.trays.tray_icon_pixmap(16) == bytes((255, 0, 0, 255)) * 16 * 16
    assert bench.trays.tooltip() == "Time to get up"
    icon.visible = False
    assert bench.signals() == [("NewStatus", ("Passive",))]
    assert bench.trays.tray_properties()["Status"] == "Passive"


def test_it_registers_again_with_each_new_watcher(bench: Bench) -> None:
    bench.show()
    bench.watcher.close()
    bench.trays.wait_name("org.kde.StatusNotifierWatcher", owned=False)
    second = Watcher(bench.trays.session_address)
    assert second.registered.get(timeout=PATIENCE) == ITEM_PATH
    assert second.registered.empty()
    second.close()


def test_it_registers_again_when_the_bus_is_back(bench: Bench) -> None:
    bench.show()
    bench.trays.kill_daemon()
    bench.trays.start_daemon()
    second = Watcher(bench.trays.session_address)
    assert second.registered.get(timeout=PATIENCE) == ITEM_PATH
    second.close()


def test_stop_leaves_no_thread_and_no_object(bench: Bench) -> None:
    before = set(threading.enumerate())
    icon = Icon("qlbreak-test", square, "title", Menu(), bus=bench.bus)
    icon.run_detached()
    assert bench.watcher.registered.get(timeout=PATIENCE)
    icon.stop()
    assert set(threading.enumerate()) == before
    with pytest.raises(BusError, match="UnknownObject"):
        bench.trays.bus.property(ITEM_NAME, ITEM_PATH, ITEM, "Id")


def test_run_blocks_until_stop(bench: Bench) -> None:
    icon = Icon("qlbreak-test", square, "title", Menu(), bus=bench.bus)
    runner = threading.Thread(target=icon.run)
    runner.start()
    assert bench.watcher.registered.get(timeout=PATIENCE)
    assert runner.is_alive()
    icon.stop()
    runner.join(PATIENCE)
    assert not runner.is_alive()


def test_changes_from_many_threads_end_in_the_last_state(bench: Bench) -> None:
    count = [0]
    icon = bench.show(*(Item(lambda _: f"line of {count[0]}", None) for _ in range(5)))
    together = threading.Barrier(4)

    def change(name: str) -> None:
        together.wait()
        for number in range(50):
            count[0] += 1
            icon.title = f"{name} {number}"
            icon.icon = square(8)
            icon.update_menu()

    threads = [threading.Thread(target=change, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    icon.title = "end"
    icon.update_menu()
    assert bench.trays.tooltip() == "end"
    assert bench.trays.tray_menu().labels == [f"line of {count[0]}"] * 5
