"""What a person can do with an item of the queue, as work for one transaction; each tells how it is undone."""

from collections.abc import Callable, Collection

from sqlalchemy import Connection

from pipeline.registry.belief.view import Value
from pipeline.registry.keeper.asked import claims_of
from pipeline.registry.keeper.judgements import judge_different, judge_same, take_back
from pipeline.registry.keeper.questions import UndecidedPair
from pipeline.registry.kinds import Status
from pipeline.registry.verdicts import decisions
from pipeline.registry.verdicts.corrections import correct
from pipeline.registry.verdicts.decisions import Signature, decide, undo_act

Undo = Callable[[Connection, Signature], int]  # how many claims stay as somebody has decided since
Act = Callable[[Connection, Signature], Undo]


def give(values: Collection[Value], status: Status) -> Act:
    """Give values one verdict."""

    def act(connection: Connection, by: Signature) -> Undo:
        return _undo(decide(connection, claims_of(connection, values), status, by))

    return act


def choose(values: Collection[Value], right: Value) -> Act:
    """Accept one of several values and reject the others."""

    def act(connection: Connection, by: Signature) -> Undo:
        others = [value for value in values if value is not right]
        so, not_so = claims_of(connection, [right]), claims_of(connection, others)
        return _undo(decisions.choose(connection, so, not_so, by))

    return act


def amend(values: Collection[Value], right: str) -> Act:
    """Put the right value in the place of wrong ones."""

    def act(connection: Connection, by: Signature) -> Undo:
        return _undo(correct(connection, claims_of(connection, values), right, by).act)

    return act


def merge(pair: UndecidedPair, *, force: bool = False) -> Act:
    """Judge that two entities are one."""

    def act(connection: Connection, by: Signature) -> Undo:
        judge_same(connection, pair.left.id, pair.right.id, by, force=force)
        return _open_again(pair)

    return act


def part(pair: UndecidedPair) -> Act:
    """Judge that two entities are not one."""

    def act(connection: Connection, by: Signature) -> Undo:
        judge_different(connection, pair.left.id, pair.right.id, by)
        return _open_again(pair)

    return act


def _undo(act: str) -> Undo:
    return lambda connection, by: len(undo_act(connection, act, by).left)


def _open_again(pair: UndecidedPair) -> Undo:
    def undo(connection: Connection, by: Signature) -> int:
        take_back(connection, pair.left.id, by)
        return 0

    return undo
