"""Where a failing edge is caught: each may fail alone."""

import logging
from collections.abc import Callable
from typing import ParamSpec

_log = logging.getLogger(__name__)
_P = ParamSpec("_P")


def attempt(action: Callable[_P, object], *args: _P.args, **kwargs: _P.kwargs) -> bool:
    """Whether an edge did its work; what it raised is in the log: in a line where the system says
    no, for that is no bug."""
    name = getattr(action, "__qualname__", action)
    try:
        action(*args, **kwargs)
    except OSError as error:
        _log.warning("%s failed: %s", name, error)
        return False
    except Exception:  # noqa: BLE001  an edge may raise anything
        _log.exception("%s failed", name)
        return False
    return True
