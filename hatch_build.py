"""What a built package has ready: the movements as JSON, read a hundred times as fast as TOML, and
the translations as gettext reads them.

In a source tree the texts may change; there the translations alone are made, beside their sources.
"""

import json
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from shutil import rmtree
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FILES = ("movements.toml", "routines.toml", "cautions.toml")


class Ready(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        package, made = Path(self.root) / "qlbreak", self.made
        editable = version == "editable"
        for source in sorted(package.glob("locale/*/LC_MESSAGES/qlbreak.po")):
            name = source.with_suffix(".mo").relative_to(package)
            target = (package if editable else made) / name
            _translations(source, target)
            if not editable:
                build_data["force_include"][str(target)] = f"qlbreak/{name.as_posix()}"
        if not editable:
            tables = {
                name: tomllib.loads((package / "data" / name).read_text("utf-8")) for name in FILES
            }
            ready = made / "ready.json"
            ready.parent.mkdir(parents=True, exist_ok=True)
            ready.write_text(json.dumps(tables, ensure_ascii=False), "utf-8")
            build_data["force_include"][str(ready)] = "qlbreak/data/ready.json"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        rmtree(self.made, ignore_errors=True)  # else it lies beside the wheel

    @property
    def made(self) -> Path:
        return Path(self.directory) / "ready"


def _translations(source: Path, target: Path) -> None:
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parents[1].name)
    catalogue.creation_date = catalogue.revision_date = EPOCH  # the same whenever it is made
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        write_mo(file, catalogue)
