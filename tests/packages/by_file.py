"""A build.py of packaging/, by its file: there is one in several folders."""

import importlib.util
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[2]


def build_of(system: str) -> ModuleType:
    file = ROOT / "packaging" / system / "build.py"
    spec = importlib.util.spec_from_file_location(f"build_{system}", file)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
