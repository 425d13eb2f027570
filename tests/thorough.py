"""How thoroughly the tests try: in full where HYPOTHESIS_PROFILE says so, as continuous
integration does, else as much as a person waits for. What is claimed is the same."""

import os

from hypothesis import HealthCheck, Phase, settings

FULL = os.environ.get("HYPOTHESIS_PROFILE") == "full"


def few(number: int) -> int:
    """Of so many in full."""
    return number if FULL else max(number // 5, 5)


def themes(lightly: str) -> tuple[str, ...]:
    """In which a window is looked at."""
    return ("light", "dark", "contrast", "contrast-dark") if FULL else (lightly,)


def load() -> None:
    """For all tests. Nothing here depends on how fast the machine is; lightly, the same examples
    come each time."""
    settings.register_profile(
        "ours",
        max_examples=few(100),
        derandomize=not FULL,
        deadline=None,
        print_blob=True,
        # Without the last, which says what of a failing example may differ: of whole days it takes
        # hours.
        phases=set(Phase) - {Phase.explain},
        suppress_health_check=[HealthCheck.too_slow],
    )
    settings.load_profile("ours")
