"""The command that has qlbreak start with the session, or not."""

from pathlib import Path

import click

from qlbreak.system.exits import USAGE, fail


@click.command()
@click.argument("what", metavar="on | off | status", default="")
@click.option("--systemd", is_flag=True, help="With on: by a unit of the user's systemd.")
@click.pass_context
def autostart(context: click.Context, what: str, systemd: bool) -> None:
    """Start with the session, or not; or tell how that stands.

    --config and --data-dir, given before this command, are kept for these starts. "on" again mends
    an entry whose program has moved.
    """
    from qlbreak import autostart as starting

    if what not in ("on", "off", "status"):
        fail(f"say which: on, off or status{what and f', got {what!r}'}", USAGE)
    ways = starting.ways()
    if systemd and (what != "on" or len(ways) < 2):
        fail("--systemd goes with on, where there is systemd", USAGE)
    try:
        if what == "status":
            told = starting.status(ways).text
        elif what == "off":
            told = starting.off(ways)
        else:
            command = starting.command(_options(context))
            told = starting.on(ways, ways[1 if systemd else 0], command)
    except starting.Foreign as foreign:
        fail(str(foreign), USAGE)
    click.echo(told)


def _options(context: click.Context) -> list[str]:
    """Those that were given: the session starts it in another folder."""
    given = {"--config": context.meta["config"], "--data-dir": context.meta["data_dir"]}
    places = {name: Path(place).absolute() for name, place in given.items() if place is not None}
    return [word for name, place in places.items() for word in (name, str(place))]
