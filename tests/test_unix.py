"""On Windows a test file that needs what only Unix has is skipped, and no other one."""

import pytest

from unix import TESTS, needed


@pytest.mark.parametrize(
    ("file", "what"),
    [
        ("app/test_console.py", "fcntl"),  # itself
        ("senses/test_idle_bus.py", "jeepney"),  # by a helper
        ("record/test_full_disk.py", "resource"),
        ("cli/test_cli.py", ""),
        ("tray/test_tray_native.py", ""),
        ("system/test_lock.py", ""),  # one test of it alone
        ("rig/fixtures.py", ""),  # or no test at all would come up
    ],
)
def test_what_only_unix_has_is_found(file: str, what: str) -> None:
    assert needed(TESTS / file) == what
