"""Text that somebody else wrote, as it may be shown: no character of it steers a terminal."""

import re
from typing import Any

# Those of control, of which escape sequences consist; those that turn the direction of writing or
# end a line unseen; and halves of characters, which nobody can print.
_STEERING = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f"  # a tab does no harm
    "\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


def escaped(text: str) -> str:
    """One line; what would steer is told by its number."""
    return _STEERING.sub(_number, text)


def _number(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def all_escaped(value: Any) -> Any:
    """Every text in a value as TOML has it, and every name; lines stay lines."""
    match value:
        case str():
            return "\n".join(map(escaped, value.split("\n")))
        case list():
            return [all_escaped(item) for item in value]
        case dict():
            return {escaped(name): all_escaped(item) for name, item in value.items()}
        case _:
            return value
