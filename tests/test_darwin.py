"""Every module can be imported where `sys.platform` is that of macOS; the bridge is a stand-in."""

import subprocess
import sys

from rig.program import import_path

# The Qt that is here is that of Linux, so it is loaded before; the rest believes that it is there.
SCRIPT = """
import ctypes, multiprocessing, pkgutil, subprocess, sys, types
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
import PySide6.QtWidgets, PIL.Image, plyer, rich, plotly, asyncio
import apscheduler.schedulers.background

class Bridge(MetaPathFinder, Loader):
    NAMES = {"AppKit", "Foundation", "objc", "PyObjCTools", "Quartz", "desktop_notifier"}
    def find_spec(self, name, path=None, target=None):
        known = name.split(".")[0] in self.NAMES
        return ModuleSpec(name, self, is_package=True) if known else None
    def create_module(self, spec):
        module = types.ModuleType(spec.name)
        module.__getattr__ = lambda name: type(name, (), {})
        return module
    def exec_module(self, module):
        pass

class Elsewhere(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"jeepney", "Xlib"}:
            raise ImportError(f"{name} is not there on macOS")

sys.meta_path[:0] = [Bridge(), Elsewhere()]
sys.platform = "darwin"
import qlbreak
wrong = []
for found in pkgutil.walk_packages(qlbreak.__path__, "qlbreak."):
    if found.name.endswith("__main__"):
        continue
    try:
        import_module(found.name)
    except ImportError as error:
        wrong.append(f"{found.name}: {error}")
print("\\n".join(wrong))
"""


def test_every_module_can_be_imported_there() -> None:
    """But what speaks to X, which nobody asks for there."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env={"PATH": "/usr/bin:/bin", **import_path()},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    failed = {line.split(":")[0] for line in done.stdout.splitlines()}
    assert failed == {"qlbreak.widgets.window_on_x11"}, done.stdout
