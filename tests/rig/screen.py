"""A bare X server of a test's own, with hands at it, that can die and come back."""

import itertools
import os
import signal
import socket
import threading

from rig.privatebus import need
from rig.session import Session
from rig.waiting import wait_for

# Where nobody looks for a free one: it is to be free still when a killed server comes back.
_DISPLAYS = itertools.count(1000 + os.getpid() % 1000 * 50, 2)  # a garbler takes the one after
_PLACE = "\0/tmp/.X11-unix/X{}"  # Linux' other name space for sockets


class Screen(Session):
    """Only an X server; its `display` stays the same when it is restarted."""

    def start(self) -> None:
        need("Xvfb", "xdotool")
        for folder in (self.home, self.folder / "tmp"):
            folder.mkdir()
        self.display = self.env["DISPLAY"] = next(filter(None, map(self._started, _DISPLAYS)))

    def _started(self, display: int) -> str:
        """Nothing where another one is there already."""
        number = self._start_x(f":{display}")
        self._server = self._processes[-1]
        wait_for(lambda: self._display(number) or not self._server.alive, 10, "Xvfb starts")
        return self._display(number)

    def kill(self) -> None:
        self._server.kill9()

    def restart(self, *options: str) -> None:
        """At the same place, after it was killed."""
        self._server = self.spawn(
            "Xvfb", ["Xvfb", self.display, "-nolisten", "tcp", "-noreset", *options]
        )
        wait_for(lambda: self.run(["xdotool", "getmouselocation"]).code == 0, 10, "it is back")

    def freeze(self, frozen: bool) -> None:
        self._server.signal(signal.SIGSTOP if frozen else signal.SIGCONT)

    def use(self, *words: str) -> None:
        """With xdotool."""
        done = self.run(["xdotool", *words])
        assert done.code == 0, done


class Garbler:
    """Stands between a program and an X server; garbles the next reply when it is told to."""

    def __init__(self, display: str) -> None:
        number = int(display.removeprefix(":"))
        self.display = f":{number + 1}"
        self.garble, self.hung_up = threading.Event(), threading.Event()
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(_PLACE.format(number + 1))
        self._listener.listen()
        self._server = socket.socket(socket.AF_UNIX)
        self._server.connect(_PLACE.format(number))
        threading.Thread(target=self._serve, name="garbler").start()

    def _serve(self) -> None:
        client, _ = self._listener.accept()
        replies = threading.Thread(target=self._reply, args=(client,), name="garbler's replies")
        replies.start()
        with self._listener, client, self._server:
            while data := client.recv(65536):
                self._server.sendall(data)
            self.hung_up.set()
            self._server.shutdown(socket.SHUT_RDWR)
            replies.join()

    def _reply(self, client: socket.socket) -> None:
        while data := self._server.recv(65536):
            if self.garble.is_set():
                number = int.from_bytes(data[2:4], "little")  # of the request that it answers
                data = data[:2] + (number + 7).to_bytes(2, "little") + data[4:]
            client.sendall(data)
