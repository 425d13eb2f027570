"""An HTML file that loads nothing: its frame, its icon, what may run in it, tables."""

import base64
import hashlib
from collections.abc import Iterable
from html import escape
from importlib.resources import files

from qlbreak.language import right_to_left, tag
from qlbreak.system.resources import icon_file


def document(title: str, style: str, body: str, scripts: Iterable[str] = ()) -> str:
    """*scripts*: those that stand in the body; no other may run."""
    return _DOCUMENT.format(
        language=tag(),
        direction="rtl" if right_to_left() else "ltr",
        policy=_policy(scripts),
        icon=icon(),
        title=escape(title),
        style=style,
        body=body,
    )


_DOCUMENT = """\
<!DOCTYPE html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>qlbreak: {title}</title>
<link rel="icon" href="{icon}">
<style>{style}</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""


def _policy(scripts: Iterable[str]) -> str:
    """Nothing may be loaded, and no other script than these may run."""
    digests = (base64.b64encode(hashlib.sha256(script.encode()).digest()) for script in scripts)
    allowed = " ".join(f"'sha256-{digest.decode()}'" for digest in digests) or "'none'"
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def own(name: str) -> str:
    """The text of a file beside this one."""
    return files("qlbreak.report").joinpath(name).read_text("utf-8")


def icon() -> str:
    picture = base64.b64encode(icon_file("qlbreak.png").read_bytes()).decode()
    return f"data:image/png;base64,{picture}"
