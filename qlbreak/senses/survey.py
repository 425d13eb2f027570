"""What each source says at this moment, or why it cannot: for `doctor`, in a line a question."""

from collections.abc import Iterable

from qlbreak.core.model.terms import Reason
from qlbreak.language import _
from qlbreak.senses.source import Finding, InUse, Sense, Source
from qlbreak.system.clock import steady

Survey = dict[Sense | Reason, list[Finding]]
"""By what they were asked, in their order."""


def survey(sources: Iterable[Source]) -> Survey:
    """Opens, asks and closes all of them, once."""
    asked, now = [InUse(source) for source in sources], steady()
    for each in asked:
        each.open(now)
    found: Survey = {}
    for each in asked:
        each.look(now)
        found.setdefault(each.about, []).append(each.finding)
    for each in asked:
        each.close()
    return found


def idle(found: list[Finding]) -> list[str]:
    """A line for each: first the one that is used, then the others in the order of asking."""
    answers = [each for each in found if each.answer is not None]
    used = [_("from {name}: {n} s", name=each.name, n=f"{each.answer:.0f}") for each in answers[:1]]
    if not used:
        used = [_("cannot be read here: you count as sitting while the program runs")]
    return used + [_unused(each) for each in found if each not in answers[:1]]


def _unused(one: Finding) -> str:
    if one.answer is None:
        return _("not from {name}: {trouble}", name=one.name, trouble=one.trouble)
    return _("spare: {name}: {n} s", name=one.name, n=f"{one.answer:.0f}")


def locked(found: list[Finding]) -> str:
    """Who can tell."""
    known = [each for each in found if each.answer is not None]
    if not known:
        return _("nothing reports it here; sleep shows as a gap in the clock, a lock as idle time")
    names = [_("{name} (locked)", name=each.name) if each.answer else each.name for each in known]
    return _("from {names}", names=", ".join(names))


def busy(found: list[Finding]) -> str:
    """Of one reason: whether it holds, and who says so."""
    troubles = [f"{each.name}: {each.trouble}" for each in found if each.trouble]
    holds = any(each.answer for each in found)
    names = ", ".join(each.name for each in found if each.answer is holds)
    if names:
        told = _("yes, by {names}", names=names) if holds else _("no, by {names}", names=names)
        return "; ".join([told, *troubles])
    if troubles:
        return _("cannot be read here. {troubles}", troubles="; ".join(troubles))
    if found:
        return _(
            "nothing here reports it; looked for {names}",
            names=", ".join(each.name for each in found),
        )
    return _("cannot be read here")
