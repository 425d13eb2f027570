"""Libraries of other systems, as ctypes would load them: each function may be told its types."""

from collections.abc import Callable
from typing import Any


class Function:
    """What ctypes is told about it, and its answer."""

    argtypes: Any = None
    restype: Any = None

    def __init__(self, answer: Callable[..., Any]) -> None:
        self._answer = answer

    def __call__(self, *arguments: Any) -> Any:
        return self._answer(*arguments)


class Library:
    def __init__(self, **functions: Callable[..., Any]) -> None:
        for name, answer in functions.items():
            setattr(self, name, Function(answer))
