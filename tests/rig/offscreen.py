"""Qt within a test, without a screen: for what a widget holds and says, not for how it is used."""

import gc
from collections.abc import Generator, Iterator

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """What a test leaves of its windows goes before another thread makes rubbish, on which it would
    end, and wait for this one for ever."""
    result = yield
    if "offscreen" in getattr(item, "fixturenames", ()):
        gc.collect()
        gc.enable()
    return result


@pytest.fixture
def offscreen(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Windows can be made. Light, and everything moves, whatever this machine likes."""
    pytest.importorskip("PySide6")
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setenv("QLBREAK_THEME", "light")
    monkeypatch.setenv("QLBREAK_MOTION", "full")
    from qlbreak.widgets import application, qt

    qt.missing.cache_clear()  # a test before may have asked where there was none
    window = application.window("a test", 400, 300, least=(100, 100))
    gc.disable()  # as Qt's start in a window's process does
    yield
    window.deleteLater()


def settle() -> None:
    """What Qt has put off is done."""
    from PySide6.QtWidgets import QApplication

    for _ in range(3):
        QApplication.sendPostedEvents()
        QApplication.processEvents()
