"""What a built package has ready: the movements as JSON, read a hundred times as fast as TOML."""

import json
import tomllib
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FILES = ("movements.toml", "routines.toml", "cautions.toml")


class Ready(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":  # there the texts may change
            return
        data = Path(self.root) / "qlbreak/data"
        tables = {name: tomllib.loads((data / name).read_text("utf-8")) for name in FILES}
        ready = Path(self.directory) / "ready.json"
        ready.parent.mkdir(parents=True, exist_ok=True)
        ready.write_text(json.dumps(tables, ensure_ascii=False), "utf-8")
        build_data["force_include"][str(ready)] = "qlbreak/data/ready.json"
