"""Wishes to hear signals of a bus, and which signals they mean."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from qlbreak.dbus.wire import Message


@dataclass(frozen=True, slots=True, eq=False)
class Watch:
    """`wanted` are fields of the message, and `arg0`."""

    wanted: Mapping[str, str]
    deliver: Callable[[Message], None]
    owner_of: str = ""
    tell_owner: Callable[[str], None] = lambda _: None

    @property
    def rule(self) -> str:
        return ",".join(["type='signal'", *(f"{k}='{v}'" for k, v in self.wanted.items())])

    def hears(self, signal: Message, owners: Mapping[str, str]) -> bool:
        """A message comes with the sender's own name: *owners* has whose that is by now."""
        return all(
            value == _told(signal, key) or (key == "sender" and signal.sender == owners.get(value))
            for key, value in self.wanted.items()
        )


def _told(signal: Message, key: str) -> str:
    if key == "arg0":
        return str(signal.body[0]) if signal.body else ""
    return str(getattr(signal, key))
