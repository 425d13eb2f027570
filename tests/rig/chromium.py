"""A headless Chromium of a test's own, spoken to over a pipe, without a network."""

import base64
import json
import os
import re
import select
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rig.processes import spawn
from rig.session import Session
from rig.waiting import Unmet, now, wait_for

PROGRAM = "chromium"
# Chromium reads and writes at these two; Python's own pipes may stand in their way.
_LAUNCH = "import os, sys; os.dup2({0}, 3); os.dup2({1}, 4); os.execvp(sys.argv[1], sys.argv[1:])"
_QUIET = (
    "--headless", "--remote-debugging-pipe", "--no-first-run", "--disable-gpu", "--mute-audio",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
    "--disable-extensions", "--disable-sync", "--no-default-browser-check", "--hide-scrollbars",
)  # fmt: skip

Message = dict[str, Any]


class Chromium(Session):
    """One page at a time. `requests`: what it asked for; `complaints`: what its console said."""

    def __init__(self) -> None:
        super().__init__()
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self._number = 0
        self._rest = b""
        self._target = ""

    def start(self) -> None:
        from fcntl import F_DUPFD, fcntl

        for folder in (self.home, self.runtime, self.folder / "tmp"):
            folder.mkdir(mode=0o700)
        theirs_in, ours_out = os.pipe()
        ours_in, theirs_out = os.pipe()
        self._in, self._out = ours_in, ours_out
        ends = [fcntl(end, F_DUPFD, 10) for end in (theirs_in, theirs_out)]
        options = [*_QUIET, f"--user-data-dir={self.folder / 'profile'}"]
        if os.geteuid() == 0:  # its sandbox takes no root, and such a machine is one already
            options.append("--no-sandbox")
        command = [sys.executable, "-c", _LAUNCH.format(*ends), PROGRAM, *options, "about:blank"]
        process = spawn(PROGRAM, command, self.env, self.folder, pass_fds=ends)
        self._processes.append(process)
        for end in (theirs_in, theirs_out, *ends):
            os.close(end)
        self._attach()

    def stop(self) -> None:
        for end in (getattr(self, "_in", None), getattr(self, "_out", None)):
            if end is not None:
                os.close(end)  # which ends it
        super().stop()

    def open(self, path: Path, *, width: int = 1280, height: int = 900, dark: bool = False) -> None:
        """From the disk, with the network off, until it is loaded."""
        self.requests.clear()
        self.complaints.clear()
        self.resize(width, height)
        self.paint(dark=dark)
        self.call("Page.navigate", url=path.as_uri())
        self.wait("document.readyState === 'complete'")

    def resize(self, width: int, height: int, scale: float = 1.0) -> None:
        size = {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": width < 600}
        self.call("Emulation.setDeviceMetricsOverride", **size)

    def paint(self, *, dark: bool) -> None:
        """What the system prefers."""
        wish = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[wish])

    def evaluate(self, expression: str) -> Any:
        """The value of it in the page, as far as JSON has it."""
        told = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    def wait(self, expression: str, seconds: float = 20.0) -> Any:
        return wait_for(lambda: self.evaluate(expression), seconds, expression, self._seen)

    def screenshot(self, path: Path, *, whole: bool = False) -> None:
        """The window, or the *whole* page."""
        told = self.call("Page.captureScreenshot", captureBeyondViewport=whole)
        path.write_bytes(base64.b64decode(told["data"]))

    def pdf(self) -> bytes:
        """As it would be printed, on the paper that the page asks for."""
        told = self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        return base64.b64decode(told["data"])

    def leave_evidence(self, target: Path) -> None:
        """Copies what a person needs to understand a failure: the page as seen, and all logs."""
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        for log in self.folder.glob("*.log"):
            shutil.copy(log, target)
        (target / "console.log").write_text("\n".join([*self.complaints, *self.requests]))
        if self._target and self._processes[0].alive:
            self.screenshot(target / "screen.png")

    def call(self, method: str, **options: Any) -> Message:
        """Its answer; what happens meanwhile is noted."""
        self._number += 1
        message: Message = {"id": self._number, "method": method, "params": options}
        if self._target:
            message["sessionId"] = self._target
        os.write(self._out, json.dumps(message).encode() + b"\0")
        answer = self._until(lambda told: told.get("id") == self._number, method)
        assert "error" not in answer, (method, answer["error"])
        result: Message = answer["result"]
        return result

    def _attach(self) -> None:
        pages = self.call("Target.getTargets")["targetInfos"]
        page = next(info["targetId"] for info in pages if info["type"] == "page")
        told = self.call("Target.attachToTarget", targetId=page, flatten=True)
        self._target = told["sessionId"]
        for part in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{part}.enable")
        none = {"latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
        self.call("Network.emulateNetworkConditions", offline=True, **none)

    def _until(self, fits: Callable[[Message], bool], what: str, seconds: float = 60.0) -> Message:
        deadline = now() + seconds
        while True:
            head, found, rest = self._rest.partition(b"\0")
            if found:
                self._rest = rest
                message: Message = json.loads(head)
                if fits(message):
                    return message
                self._note(message)
                continue
            if not select.select([self._in], [], [], max(deadline - now(), 0))[0]:
                raise Unmet(f"Chromium does not answer: {what}; {self._seen()}")
            data = os.read(self._in, 1 << 20)
            assert data, f"Chromium has ended: {self._seen()}"
            self._rest += data

    def _note(self, message: Message) -> None:
        told = message.get("params", {})
        match message.get("method"):
            case "Network.requestWillBeSent":
                self.requests.append(told["request"]["url"])
            case "Runtime.exceptionThrown":
                self.complaints.append(json.dumps(told["exceptionDetails"]))
            case "Runtime.consoleAPICalled" if told["type"] in ("error", "warning", "assert"):
                self.complaints.append(json.dumps(told["args"]))
            case "Log.entryAdded" if told["entry"]["level"] in ("error", "warning"):
                self.complaints.append(json.dumps(told["entry"]))
            case _:
                pass

    def _seen(self) -> str:
        log = self._processes[0].log.read_text(errors="replace") if self._processes else ""
        return f"{self.complaints}\n{log[-2000:]}"


def pages(pdf: bytes) -> int:
    """How many it has."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))
