"""Somebody who uses a window by what it tells: roles, names, values, over the accessibility bus.

    reader.window("check-in").find("push button", "Save").press()

Only what is on the screen is found, and what is looked for may be there once: whoever cannot see
cannot choose between two. The bus is spoken to as a screen reader speaks to it (AT-SPI 2), so it is
the same on X11 and on Wayland; keys and pictures are those of the desktop.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from jeepney import DBusAddress, HeaderFields, new_method_call
from jeepney.io.blocking import open_dbus_connection

from rig.buscall import BUS_NAME, BUS_PATH, PROPERTIES, Bus, BusError
from rig.desktop import Box, Desktop
from rig.waiting import wait_for

LAUNCHER = Path("/usr/libexec/at-spi-bus-launcher")
ATSPI = "org.a11y.atspi"
REGISTRY, ROOT = f"{ATSPI}.Registry", f"/{ATSPI.replace('.', '/')}/accessible/root"
REGISTRATION = f"/{ATSPI.replace('.', '/')}/registry"
ON_SCREEN = 0  # extents from the corner of the screen, not of the window
LABELLED_BY, LABEL_FOR = 2, 1

# AT-SPI's numbers; their names on the bus are in the language of the person, and differ by toolkit.
ROLES = {
    2: "alert", 6: "canvas", 7: "check box", 8: "check menu item", 10: "column header",
    11: "combo box", 16: "dialog", 18: "drawing area", 20: "filler", 23: "frame", 26: "icon",
    27: "image", 29: "label", 30: "layered pane", 31: "list", 32: "list item", 33: "menu",
    34: "menu bar", 35: "menu item", 37: "page tab", 38: "page tab list", 39: "panel",
    40: "password text", 41: "popup menu", 42: "progress bar", 43: "push button",
    44: "radio button", 45: "radio menu item", 48: "scroll bar", 49: "scroll pane",
    50: "separator", 51: "slider", 52: "spin button", 53: "split pane", 54: "status bar",
    55: "table", 56: "table cell", 57: "table column header", 58: "table row header", 61: "text",
    62: "toggle button", 63: "tool bar", 64: "tool tip", 65: "tree", 66: "tree table",
    67: "unknown", 68: "viewport", 69: "window", 73: "paragraph", 75: "application", 79: "entry",
    80: "chart", 82: "document frame", 83: "heading", 85: "section", 87: "form", 88: "link",
    90: "table row", 91: "tree item", 98: "grouping", 101: "notification", 116: "static",
    129: "push button menu",
}  # fmt: skip
STATES = {
    1: "active", 3: "busy", 4: "checked", 5: "collapsed", 7: "editable", 8: "enabled",
    9: "expandable", 10: "expanded", 11: "focusable", 12: "focused", 16: "modal", 17: "multi line",
    20: "pressed", 22: "selectable", 23: "selected", 24: "sensitive", 25: "showing",
    30: "visible", 32: "indeterminate", 33: "required", 36: "invalid entry", 39: "default",
    41: "checkable", 42: "has popup", 43: "read only",
}  # fmt: skip
TOLD = ("checked", "pressed", "selected", "expanded", "focused", "default", "invalid entry")
ACTS = ("press", "toggle", "check", "click", "activate", "jump", "showmenu")
CHOSEN = {"page tab", "list item"}
# They hold others together and say nothing: a screen reader passes over them.
SILENT = {"filler", "panel", "layered pane", "scroll pane", "viewport", "split pane", "unknown"}


class Told(NamedTuple):
    """An event: "Announcement", or "PropertyChange" of an "accessible-value", say."""

    kind: str
    detail: str
    source: str
    words: str


class Ear:
    """What windows say without being asked: announcements, alerts, what gets the focus."""

    def __init__(self, address: str) -> None:
        self._connection = open_dbus_connection(address)
        daemon = DBusAddress(BUS_PATH, bus_name=BUS_NAME, interface=BUS_NAME)
        rule = f"type='signal',interface='{ATSPI}.Event.Object'"
        self._connection.send_and_get_reply(new_method_call(daemon, "AddMatch", "s", (rule,)))
        registry = DBusAddress(REGISTRATION, bus_name=REGISTRY, interface=REGISTRY)
        # Programs send only what somebody has asked the registry for.
        body: tuple[object, ...] = ("object:", [], "")
        self._connection.send_and_get_reply(
            new_method_call(registry, "RegisterEvent", "sass", body)
        )
        self._heard: list[Told] = []

    def close(self) -> None:
        self._connection.close()

    @property
    def heard(self) -> list[Told]:
        """All events so far, in their order."""
        with suppress(TimeoutError):
            while True:
                message = self._connection.receive(timeout=0.01)
                fields, body = message.header.fields, message.body
                kind, source = fields[HeaderFields.member], fields[HeaderFields.path]
                self._heard.append(Told(kind, str(body[0]), source, str(body[3][1])))
        return list(self._heard)


class Reader:
    """Of one desktop; programs that start there afterwards tell it what their windows are.

    `scale`: how many pixels of the screen a program takes for one; Qt tells places in its own.
    """

    def __init__(self, desktop: Desktop) -> None:
        self.desktop, self.scale = desktop, 1.0
        self._switch_on()
        where = "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus"
        address = desktop.reachable(str(desktop.bus.call(*where, "GetAddress")[0]))
        self.bus = Bus(address)
        self._ear = Ear(address)

    def _switch_on(self) -> None:
        self.desktop.spawn("accessibility", [LAUNCHER, "--launch-immediately"])
        self.desktop.wait_name("org.a11y.Bus")
        # Qt listens to the desktop's switch for screen readers, which no desktop has set here.
        self.desktop.env["QT_LINUX_ACCESSIBILITY_ALWAYS_ON"] = "1"

    def close(self) -> None:
        self._ear.close()
        self.bus.close()

    @property
    def said(self) -> list[str]:
        """What was announced so far without being asked for."""
        return [event.words for event in self.heard if event.kind == "Announcement"]

    @property
    def heard(self) -> list[Told]:
        """All that was told so far without being asked for."""
        return self._ear.heard

    def hears(self, part: str) -> str:
        """The first announcement with that in it, once it has come."""
        return wait_for(
            lambda: next((text for text in self.said if part in text), ""),
            5, f"it is said: {part!r}", lambda: self.said,
        )  # fmt: skip

    @property
    def windows(self) -> list["Node"]:
        return list(self.titled(""))

    def titled(self, title: str) -> dict["Node", str]:
        """All with this in their title, which stands beside them."""
        found = {}
        for program in Node(self, REGISTRY, ROOT).children:
            for window in program.children:
                with suppress(BusError):  # one that closes at this moment
                    if window.showing and title in (name := window.name):
                        found[window] = name
        return found

    def window(self, title: str, *, beside: str = "") -> "Node":
        """The one with this in its title, once it is there; not one with *beside* in it."""

        def found() -> Node | None:
            titled = self.titled(title).items()
            fitting = [each for each, name in titled if not (beside and beside in name)]
            return fitting[0] if len(fitting) == 1 else None

        node = wait_for(found, 15, f"a window {title!r}", lambda: list(self.titled("").values()))
        assert node is not None
        return node

    def gone(self, title: str) -> None:
        """Waits until no window is called so."""
        wait_for(
            lambda: not self.titled(title),
            10, f"{title!r} is closed",
        )  # fmt: skip

    def keys(self, *names: str) -> None:
        """Presses keys by their X names, in the window that has the keyboard."""
        self.desktop.type_key(*names)

    @property
    def focused(self) -> "Node | None":
        """What has the keyboard now."""
        for window in self.windows:
            with suppress(BusError):
                if "active" in window.states and (found := window.with_focus()):
                    return found
        return None


@dataclass(frozen=True, slots=True)
class Node:
    """A thing in a window, as it tells of itself; asked anew at each look, for windows change."""

    reader: Reader = field(repr=False, compare=False, hash=False)
    program: str
    path: str

    # What it is

    @property
    def role(self) -> str:
        number = self._ask("Accessible", "GetRole")[0]
        return ROLES.get(number, f"role {number}")

    @property
    def name(self) -> str:
        return str(self._property("Accessible", "Name"))

    @property
    def called(self) -> str:
        """Role and name, as a screen reader begins."""
        return f'{self.role} "{self.name}"' if self.name else self.role

    @property
    def description(self) -> str:
        return str(self._property("Accessible", "Description"))

    @property
    def states(self) -> set[str]:
        low, high = self._ask("Accessible", "GetState")[0]
        bits = low | high << 32
        return {name for bit, name in STATES.items() if bits >> bit & 1}

    @property
    def showing(self) -> bool:
        """Whether it is on the screen; also where it has been scrolled out of sight."""
        return "visible" in self.states

    @property
    def enabled(self) -> bool:
        return "sensitive" in self.states

    @property
    def checked(self) -> bool:
        return "checked" in self.states

    @property
    def has_focus(self) -> bool:
        return "focused" in self.states

    @property
    def has_keyboard(self) -> bool:
        """Qt says of the chosen one of tabs or of a list that it is focused, wherever that is; what
        holds them says it when it is."""
        return self.role not in CHOSEN and self.has_focus

    @property
    def value(self) -> float | None:
        """Of a slider, a spin button, a progress bar."""
        return float(self._property("Value", "CurrentValue")) if self._has("Value") else None

    @property
    def bounds(self) -> tuple[float, float]:
        """The least and the highest value."""
        return (
            float(self._property("Value", "MinimumValue")),
            float(self._property("Value", "MaximumValue")),
        )

    @property
    def text(self) -> str:
        """What stands in it: in a field, else its name."""
        if not self._has("Text"):
            return self.name
        length = self._property("Text", "CharacterCount")
        return str(self._ask("Text", "GetText", "ii", 0, length)[0]) if length else ""

    @property
    def labelled_by(self) -> list["Node"]:
        return self._related(LABELLED_BY)

    @property
    def label_for(self) -> list["Node"]:
        return self._related(LABEL_FOR)

    @property
    def actions(self) -> list[str]:
        """What can be done with it, by the names that it gives."""
        return [name for name, *_ in self._ask("Action", "GetActions")[0]] if self._acts else []

    @property
    def box(self) -> Box:
        """Where it is on the screen: left, top, right, bottom."""
        x, y, width, height = self._ask("Component", "GetExtents", "u", ON_SCREEN)[0]
        edges = x, y, x + width, y + height
        left, top, right, bottom = (round(edge * self.reader.scale) for edge in edges)
        return left, top, right, bottom

    # What is in it

    @property
    def children(self) -> list["Node"]:
        """Also those that are not on the screen; none of what is gone."""
        with suppress(BusError):
            found = self._ask("Accessible", "GetChildren")[0]
            return [Node(self.reader, program, path) for program, path in found]
        return []

    def walk(self) -> Iterator["Node"]:
        """It and all below it that is on the screen, in the order in which it is read."""
        with suppress(BusError):  # of what closes at this moment
            if not self.showing:
                return
            yield self
            for child in self.children:
                yield from child.walk()

    def with_focus(self) -> "Node | None":
        """What has the keyboard, of all below it. Asked often, so it asks little."""
        with suppress(BusError):
            for child in self.children:
                states = child.states
                if "focused" in states and child.role not in CHOSEN:
                    return child
                if "visible" in states and (found := child.with_focus()):
                    return found
        return None

    def all(self, role: str = "", name: str = "", part: str = "") -> list["Node"]:
        """All there are now: of that role, of exactly that name, with that part in the name."""
        return [node for node in self.walk() if node._is(role, name, part)]

    def find(self, role: str = "", name: str = "", *, part: str = "") -> "Node":
        """The only one, once it is there; raises Unmet with the whole tree where there is none."""
        what = f"one {role or 'thing'} {name or part!r}"

        def only() -> Node | None:
            found = self.all(role, name, part)
            return found[0] if len(found) == 1 else None

        node = wait_for(only, 5, what, lambda: f"\n{self.tree()}")
        assert node is not None
        return node

    def has(self, role: str = "", name: str = "", *, part: str = "") -> bool:
        return bool(self.all(role, name, part))

    def tree(self, *, without: tuple[str, ...] = ()) -> str:
        """Role, name, value and state of all on the screen, a line each; as goldens and docs have.

        What is silent is left out and what it holds moved out; so are scroll bars, and the states
        `without`.
        """
        return "".join(f"{line}\n" for line in self._lines(0, set(without)))

    # What is done with it

    def press(self) -> None:
        """Presses or ticks it."""
        offered = {re.sub(r"\W", "", name.lower()): n for n, name in enumerate(self.actions)}
        act = next((act for act in ACTS if act in offered), None)
        assert act, f"cannot be pressed: {self.line()}, only {self.actions}"
        assert self.enabled, f"greyed out: {self.line()}"
        assert self._ask("Action", "DoAction", "i", offered[act])[0], self.line()

    def act(self, name: str) -> None:
        """Does what it offers by that name."""
        assert self._ask("Action", "DoAction", "i", self.actions.index(name))[0], self.line()

    def focus(self) -> None:
        """Gives it the keyboard, and waits until it has it."""
        self._ask("Component", "GrabFocus")
        wait_for(lambda: self.has_focus, 5, f"{self.line()} has the keyboard")

    def set_value(self, value: float) -> None:
        """Of a slider or a spin button, at once."""
        self._ask(None, "Set", "ssv", f"{ATSPI}.Value", "CurrentValue", ("d", float(value)))
        wait_for(lambda: self.value == value, 5, f"{self.line()} is {value:g}")

    def type(self, text: str) -> None:
        """Replaces what stands in the field, by the keys; waits until it stands there."""
        self.focus()
        self.reader.keys("ctrl+a", "Delete")
        done = self.reader.desktop.run(["xdotool", "type", "--delay", "0", text])
        assert done.code == 0, done
        wait_for(lambda: self.text == text, 5, f"{text!r} stands there", lambda: self.text)

    def set_text(self, text: str) -> None:
        """At once, as a person does who dictates."""
        assert self._ask("EditableText", "SetTextContents", "s", text)[0]

    # How it is asked

    def line(self) -> str:
        """It, in a line."""
        return self._told(self.role, self.name, self.states, set())

    def _lines(self, depth: int, without: set[str]) -> Iterator[str]:
        states = self.states
        if "visible" not in states or (role := self.role) == "scroll bar":
            return
        name = self.name
        spoken = depth == 0 or role not in SILENT or bool(name)
        if spoken:
            yield "  " * depth + self._told(role, name, states, without)
        for child in self.children:
            yield from child._lines(depth + spoken, without)

    def _told(self, role: str, name: str, states: set[str], without: set[str]) -> str:
        """Of what is known already nothing is asked again: a tree is long."""
        words, has = [f'{role} "{name}"' if name else role], self._interfaces
        if f"{ATSPI}.Value" in has:
            low, high = self.bounds
            words.append(f"{self.value:g} of {low:g} to {high:g}")
        if f"{ATSPI}.Text" in has and role != "label" and (text := self.text) not in ("", name):
            words.append(f"= {text!r}")
        told = [state for state in TOLD if state in states - without]
        told += ["greyed out"] * ("sensitive" not in states)
        words.append(f"[{', '.join(told)}]" if told else "")
        words.append(f"({description})" if (description := self.description) else "")
        return " ".join(filter(None, words))

    def _is(self, role: str, name: str, part: str) -> bool:
        with suppress(BusError):
            return bool(
                (not role or self.role == role)
                and (not name or self.name == name)
                and (not part or part in self.name)
            )
        return False

    def _related(self, kind: int) -> list["Node"]:
        return [
            Node(self.reader, program, path)
            for found, targets in self._ask("Accessible", "GetRelationSet")[0]
            if found == kind
            for program, path in targets
        ]

    @property
    def _acts(self) -> bool:
        return self._has("Action")

    def _has(self, interface: str) -> bool:
        return f"{ATSPI}.{interface}" in self._interfaces

    @property
    def _interfaces(self) -> list[str]:
        found: list[str] = self._ask("Accessible", "GetInterfaces")[0]
        return found

    def _property(self, interface: str, name: str) -> Any:
        return self.reader.bus.property(self.program, self.path, f"{ATSPI}.{interface}", name)

    def _ask(
        self, interface: str | None, method: str, signature: str = "", *body: object
    ) -> tuple[Any, ...]:
        full = f"{ATSPI}.{interface}" if interface else PROPERTIES
        return self.reader.bus.call(self.program, self.path, full, method, signature, *body)
