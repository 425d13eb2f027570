"""The command that explains: a command, or a topic."""

import click

from qlbreak.cli import families
from qlbreak.language import _
from qlbreak.system.exits import USAGE, fail
from qlbreak.system.paths import FILES, Paths
from qlbreak.texts import topics


@click.command("help")
@click.argument("words", nargs=-1, metavar="[COMMAND | TOPIC]")
@click.pass_context
def explain(context: click.Context, words: tuple[str, ...]) -> None:
    """Explain a command or a topic."""
    root = context.find_root()
    assert isinstance(root.command, families.Tree)
    commands, name = dict(families.walk(root.command)), " ".join(words)
    if not words:
        click.echo(root.get_help())
    elif name in commands:
        called = families.Telling(commands[name], info_name=name, parent=root)
        click.echo(called.get_help())
    elif name in topics.TOPICS:
        click.echo(_topic(name, context.obj))
    else:
        known = [*commands, *topics.TOPICS]
        fail(
            _("no help for {name}; {meant}", name=repr(name), meant=families.meant(name, known)),
            USAGE,
        )


def _topic(name: str, paths: Paths) -> str:
    topic = topics.TOPICS[name]
    formatter = families.Fitting()
    formatter.write_text(topic.intro)
    formatter.write_paragraph()
    formatter.write_dl(_files(paths) if name == topics.FILES else topic.rows)
    return formatter.getvalue().rstrip("\n")


def _files(paths: Paths) -> list[tuple[str, str]]:
    """Where they are for whoever asks; what is in a folder, line by line."""
    rows = []
    for where, folder in paths.folders.items():
        rows.append((f"{folder}", ""))
        for files in FILES:
            if files.folder == where:
                named = ", ".join(name.format(session="*") for name in files.names)
                rows.append((f"  {named}", _(files.what).replace("`", "")))
    return rows


COMMANDS = (explain,)
