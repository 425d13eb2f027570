"""What an answer does to the prompt: of the person, of the guide, or heard of another device."""

from collections.abc import Sequence

from qlbreak.core.coach.composer import Plan
from qlbreak.core.coach.refusals import OF_THE_PLACE
from qlbreak.core.model.facts import (
    Answered,
    Confirmed,
    Corrected,
    Elsewhere,
    Felt,
    Invited,
    Reopened,
    Started,
    Stopped,
    Swapped,
    Worked,
)
from qlbreak.core.model.guided import Work
from qlbreak.core.model.inputs import (
    Another,
    Close,
    Feel,
    GoOn,
    Hear,
    Notice,
    Report,
    Respond,
    Start,
    Undo,
)
from qlbreak.core.model.naming import NoSuch
from qlbreak.core.model.routine import total_seconds
from qlbreak.core.model.rules import AWAY_SHARE, CLOCKS_DIFFER, HALF, WATCH_AFTER
from qlbreak.core.model.terms import Answer, Ending, Evidence, Side
from qlbreak.core.reminder.presence import settle, withdraw
from qlbreak.core.reminder.prompting import for_standing, propose, renew, show
from qlbreak.core.reminder.prompts import End, Phase, Prompt
from qlbreak.core.reminder.turn import Claimed, Refused, Turn
from qlbreak.language import _


def _open(turn: Turn, number: int | None) -> Prompt:
    prompt = turn.state.prompts.open
    if prompt is None:
        raise Refused(_("no reminder is open"))
    if number is not None and number != prompt.number:
        raise Refused(_("that reminder is over"))
    return prompt


def respond(turn: Turn, event: Respond) -> None:
    if _late(turn, event):
        return
    prompt = _open(turn, event.prompt)
    if prompt.shown_at is None:
        raise Refused(_("the reminder is still held back"))
    if event.answer is Answer.DONE:
        _finish(turn, prompt, event.via)
        return
    snooze = None
    if event.answer is Answer.SNOOZED:
        snooze = _snooze(turn, prompt, event.snooze)
    settle(turn)
    place = turn.state.coach.place(turn.at) if event.reason in OF_THE_PLACE else None
    told = event.via, None, snooze, event.reason, place
    turn.emit(Answered(turn.at, prompt.number, event.answer, *told))


def _late(turn: Turn, event: Respond) -> bool:
    """Whether it is a "done" for a prompt that is over: done first, said afterwards."""
    prompts = turn.state.prompts
    end = prompts.undoable(turn.steady)
    if prompts.open is not None or event.answer is not Answer.DONE or end is None:
        return False
    if end.ending is Ending.DONE or event.prompt not in (None, end.number):
        return False
    settle(turn)
    turn.emit(Corrected(turn.at, end.number, Ending.DONE))
    return True


def _snooze(turn: Turn, prompt: Prompt, wanted: float | None) -> float:
    rules = turn.state.rules
    if prompt.phase is Phase.SNOOZED:
        raise Refused(_("this reminder is already snoozed"))
    if prompt.snoozes >= rules.snooze_limit:
        raise Refused(_("this reminder cannot be snoozed again: do the short routine, or skip it"))
    return wanted if wanted is not None else rules.snoozes[0]


def start(turn: Turn, event: Start) -> None:
    prompts = turn.state.prompts
    prompt = _open(turn, event.prompt) if event.prompt is not None else prompts.open
    plan = _named(turn, event.routine) if event.routine else None
    if prompt is None or prompt.phase is not Phase.SHOWN or plan is not None:
        show(turn, prompt, asked=prompt is None or prompt.shown_at is None, plan=plan)
    if prompts.open is not None:
        turn.emit(Started(turn.at, prompts.open.number, event.via))


def _named(turn: Turn, name: str) -> Plan:
    try:
        return turn.state.coach.named(name, turn.at)
    except NoSuch as error:
        raise Refused(str(error)) from None


def swap(turn: Turn, event: Another) -> None:
    """Something else for the same place and time, also while it is under way: what was done of the
    first one stays done. The reasons for a no are no business of this."""
    prompts, coach = turn.state.prompts, turn.state.coach
    prompt = _open(turn, event.prompt) if event.prompt is not None else prompts.open
    chosen = prompt.plan if prompt is not None else None
    shown = prompt if prompt is not None and prompt.phase is Phase.SHOWN else None
    if chosen is not None and shown is None:
        raise Refused(_("the reminder is not open now: ask for another one when it is back"))
    chosen = chosen or propose(turn, prompts.number)
    these = chosen.movements
    how = _here(turn)
    # When all that fits has been passed over it begins anew, only not with the same one.
    for without in (prompts.left_out(prompts.number) | these, these):
        other = coach.other(chosen, turn.at, prompts.number, without, **how)
        if other is not None:
            turn.emit(Swapped(turn.at, prompts.number, tuple(sorted(without))))
            if shown is not None:
                show(turn, shown, asked=shown.asked, plan=other)
            return
    raise Refused(_("nothing else fits here and now"))


def _here(turn: Turn) -> dict[str, bool]:
    """What the moment asks of a routine."""
    return {"meeting": turn.in_meeting, "upright": for_standing(turn)}


def go_on(turn: Turn, event: GoOn) -> None:
    prompt = _open(turn, event.prompt)
    plan = prompt.plan
    if plan is None or not prompt.started or event.movement not in plan.movements:
        raise Refused(_("that movement is not part of what is under way"))
    _leave_out(turn, prompt, plan, event.movement, min(event.block, len(plan.blocks)))


def obey(turn: Turn, never: frozenset[str]) -> None:
    """These are never to come from now on, also in what is under way, where they are still to
    come."""
    for movement in sorted(never):
        prompt = turn.state.prompts.open
        plan = prompt.plan if prompt is not None and prompt.started else None
        if prompt is None or plan is None:
            return
        here = _present(plan, prompt.life.works)
        if any(block.movement.id == movement for block in plan.blocks[here:]):
            _leave_out(turn, prompt, plan, movement, here)


def _leave_out(turn: Turn, prompt: Prompt, plan: Plan, movement: str, block: int) -> None:
    """Where nothing is left the routine is at its end; what that amounts to its guide tells."""
    number = prompt.number
    left_out = turn.state.prompts.left_out(number) | {movement}
    how = _here(turn)
    rest = turn.state.coach.go_on(plan, turn.at, number, block, movement, left_out, **how)
    turn.emit(Swapped(turn.at, number, tuple(sorted(left_out))))
    if rest is not None:
        show(turn, prompt, asked=prompt.asked, plan=rest)


def _present(plan: Plan, works: Sequence[Work]) -> int:
    """The block that the guide has come to, as far as it has told: the one after the last of which
    all was done, or which is not at its end."""
    sides: dict[tuple[str, bool], set[Side]] = {}
    for work in works:
        sides.setdefault((work.movement, work.extra), set()).add(work.side)
    for number, block in reversed(list(enumerate(plan.blocks))):
        done = sides.get((block.movement.id, block.extra_side))
        if done:
            both = block.movement.sided and not block.extra_side
            return number + (len(done) > both)
    return 0


def notice(turn: Turn, event: Notice) -> None:
    _open(turn, event.prompt).seen = True


def undo(turn: Turn, _undo: Undo) -> None:
    prompt, end = turn.state.prompts.open, turn.state.prompts.undoable(turn.steady)
    if prompt is not None and prompt.phase is Phase.SNOOZED:
        show(turn, prompt, snoozes=prompt.snoozes - 1)
    elif end is not None:
        settle(turn)
        _take_back(turn, end)
    else:
        raise Refused(_("nothing to undo: an answer can be taken back for 10 minutes"))


def _take_back(turn: Turn, end: End) -> None:
    """Done by a slip of the hand: its routine is still to be done. Where another prompt is open by
    now, or a natural break was between, there is nothing more to ask for."""
    slip = end.ending is end.first is Ending.DONE
    if slip and turn.state.prompts.open is None and end.stands:
        turn.emit(Reopened(turn.at, end.number))
        renew(turn)
    else:
        turn.emit(Corrected(turn.at, end.number, end.undone))


# What is known of a claim


def _finish(turn: Turn, prompt: Prompt, via: str, evidence: Evidence | None = None) -> None:
    """The routine is done; without *evidence*, as far as it can be told."""
    duration, staging = _duration(prompt), turn.state.staging
    needed = AWAY_SHARE * duration
    if evidence is None:
        seen = needed > 0 and prompt.quiet >= needed
        evidence = Evidence.AWAY if seen else Evidence.CLAIMED
    settle(turn)
    turn.emit(Answered(turn.at, prompt.number, Answer.DONE, via, evidence))
    if evidence is Evidence.CLAIMED and needed > 0:
        till = turn.steady + duration + WATCH_AFTER
        turn.senses.claimed = Claimed(prompt.number, turn.steady, needed, till)
    if staging.invites(turn.at):
        higher = staging.higher()
        if higher is not None:
            turn.emit(Invited(turn.at, higher))


def _duration(prompt: Prompt) -> float:
    plan = prompt.plan
    return total_seconds(plan.blocks) if plan is not None and plan.whole else 0.0


def watch(turn: Turn, idle: float) -> None:
    """Who is away from the keys for as long as it takes has most likely done it."""
    prompt, ended, claimed = turn.state.prompts.open, turn.state.prompts.ended, turn.senses.claimed
    if prompt is not None and prompt.phase is Phase.SHOWN and prompt.shown_at is not None:
        since = turn.steady - turn.reading(prompt.shown_at)
        prompt.quiet = max(prompt.quiet, min(idle, since))
    if claimed is None:
        return
    if ended is None or ended.number != claimed.prompt or ended.ending is not Ending.DONE:
        turn.senses.claimed = None
    elif min(idle, turn.steady - claimed.since) >= claimed.needed:
        turn.emit(Confirmed(turn.at, claimed.prompt, Evidence.AWAY))
        turn.senses.claimed = None
    elif turn.steady > claimed.till:
        turn.senses.claimed = None


# The guide


def report(turn: Turn, event: Report) -> None:
    for work in event.works:
        turn.emit(Worked(turn.at, event.prompt, work.movement, work.side, work.seconds, work.extra))


def feel(turn: Turn, event: Feel) -> None:
    turn.emit(Felt(turn.at, event.prompt, event.feeling))


def close(turn: Turn, event: Close) -> None:
    """Half of it or more counts as done, also where the prompt has ended by itself since; less
    leaves the prompt as it was. The seconds count in any case."""
    prompts, number, whole = turn.state.prompts, event.prompt, event.share >= HALF
    prompt, end = prompts.open, prompts.undoable(turn.steady)
    if prompt is not None and prompt.number == number:
        if whole:
            _finish(turn, prompt, "guide", Evidence.GUIDED)
        elif prompt.started:
            turn.emit(Stopped(turn.at, number))
    elif whole and end is not None and end.number == number:
        if end.ending in (Ending.EXPIRED, Ending.WITHDRAWN):
            settle(turn)
            turn.emit(Corrected(turn.at, number, Ending.DONE))
        if end.ending is Ending.DONE:
            turn.emit(Confirmed(turn.at, number, Evidence.GUIDED))


# Other devices: a routine done there counts here, and the coach remembers it


def hear(turn: Turn, event: Hear) -> None:
    """Of one device, in its order; it may come late, and some of it twice, as at every start: what
    has counted once is known by its fact."""
    state, device = turn.state, event.device
    for fact in event.facts:
        state.history.hear(device, fact)
        state.check_ins.hear(fact, turn.reading(fact.at))
        match fact:
            case Reopened(at=at, prompt=prompt):  # when it is done then, that counts anew
                done = state.elsewhere.get((device, prompt))
                if done is not None and done <= at:
                    del state.elsewhere[device, prompt]
            case Answered(answer=Answer.DONE) | Corrected(ending=Ending.DONE):
                _done_elsewhere(turn, device, fact)
            case _:
                pass


def _done_elsewhere(turn: Turn, device: str, fact: Answered | Corrected) -> None:
    state, done_at = turn.state, turn.reading(fact.at)
    stood_up = state.declared.stood_up
    # Done before the person stood up it is about what was sat until then.
    clock = state.standing if stood_up is not None and done_at >= stood_up else state.clock
    ago = (turn.at - fact.at).total_seconds()
    if (device, fact.prompt) in state.elsewhere or ago < -CLOCKS_DIFFER:
        return
    left = clock.last if clock.absent_since is None else clock.absent_since
    kept = max(left - done_at, 0.0)  # sat since then, without a stop
    if kept >= clock.here and fact.at <= turn.at:
        return  # before this spell; of one whose clock is ahead that could not be told later
    settle(turn)
    withdraw(turn)
    clock.keep(kept)
    kept = max(round(kept - clock.pending, 3), 0.0)
    kept = min(kept, clock.settled)
    turn.emit(Elsewhere(turn.at, device, fact.prompt, fact.at, kept, clock.posture))
