"""Which of two sets of tables or accounts are the same project: by code, else by name; never by a guess."""

from __future__ import annotations

__all__ = ["Found", "Identity", "Matching", "Policy", "Sureness", "match"]

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

import attrs

from perfeval.auditing.names import core_name, near_names, plain_name, year_of
from perfeval.table import Evaluation, Stage, TableKind
from perfeval.values import squash

_LONG_CODE = 10  # characters from which a code is given out once for all units, not within each
_SHORTEST = 2


class Sureness(StrEnum):
    """How a counterpart was found. A near name is only ever a question."""

    CODE = "code"
    NAME = "name"
    NEAR = "near"


@attrs.frozen(kw_only=True)
class Identity:
    """What tells a project from others. ``plain`` is the name without punctuation, ``core`` also without year and endings."""

    code: str
    unit_code: str
    organisation: str
    department: str
    plain: str
    core: str
    year: int | None
    kind: TableKind | None
    stage: Stage | None

    @property
    def is_named(self) -> bool:
        """Whether the name says anything."""
        return len(self.core) >= _SHORTEST

    @classmethod
    def of_table(cls, table: Evaluation) -> Identity:
        """Give that of a table. A table of a whole unit is known by its unit."""
        is_whole = table.kind is TableKind.WHOLE_UNIT
        plain = "整体支出" if is_whole else plain_name(table.name)
        return cls(
            code="" if is_whole else _code(table.keys.get("project_code")),
            unit_code=_code(table.keys.get("unit_code")),
            organisation=plain_name(table.organisation or (table.name if is_whole else None)),
            department=plain_name(table.department),
            plain=plain,
            core=core_name(plain),
            year=year_of(table.year),
            kind=table.kind,
            stage=table.stage,
        )

    @classmethod
    def of_account(cls, *, code: str, name: str, organisation: str, unit_code: str, year: str) -> Identity:
        """Give that of a project in the accounts."""
        plain = plain_name(name)
        return cls(
            code=_code(code),
            unit_code=_code(unit_code),
            organisation=plain_name(organisation),
            department="",
            plain=plain,
            core=core_name(plain),
            year=year_of(year),
            kind=None,
            stage=None,
        )


@attrs.frozen
class Policy:
    """What may be the same: of so many years back; ``stages`` are preferred.

    Where a code is lasting, another code, or another year in the name, is another project.
    """

    years_back: int
    is_code_lasting: bool
    stages: frozenset[Stage] = frozenset()


@attrs.frozen
class Found:
    """A counterpart: the numbers of both, and how it was found."""

    ours: int
    theirs: int
    by: Sureness


@attrs.frozen(kw_only=True)
class Matching:
    """What was found. ``several`` are further ones of ours with a counterpart that another one of ours has.

    ``ambiguous`` of ours have more than one candidate, or neither name nor code; nobody chooses for them. Those alone have no candidate at all.
    """

    pairs: tuple[Found, ...]
    near: tuple[Found, ...]
    several: tuple[Found, ...]
    ambiguous: tuple[int, ...]
    ours: tuple[int, ...]
    theirs: tuple[int, ...]


def _code(text: str | None) -> str:
    return squash(text or "").upper()


def match(ours: Sequence[Identity], theirs: Sequence[Identity], policy: Policy) -> Matching:
    """Find the counterparts: by code, else by name within the unit; where several fit, none is taken."""
    codes = _index(theirs, lambda one: one.code)
    names = _index(theirs, lambda one: one.core if one.is_named else "")
    chosen: dict[int, list[Found]] = {}
    ambiguous: list[int] = []
    alone: list[int] = []
    touched: set[int] = set()
    for number, our in enumerate(ours):
        by = Sureness.CODE
        fitting = [i for i in codes.get(our.code, ()) if _fits(our, theirs[i], policy, by)]
        if not fitting:
            by = Sureness.NAME
            fitting = [i for i in names.get(our.core, ()) if _fits(our, theirs[i], policy, by)]
        touched.update(fitting)
        best = _narrowed(our, fitting, theirs, policy)
        if len(best) == 1:
            chosen.setdefault(best[0], []).append(Found(number, best[0], by))
        elif best or not (our.code or our.is_named):
            ambiguous.append(number)
        else:
            alone.append(number)
    pairs: list[Found] = []
    several: list[Found] = []
    for claims in chosen.values():
        if len({ours[claim.ours].year for claim in claims}) > 1 and theirs[claims[0].theirs].year is None:
            ambiguous.extend(claim.ours for claim in claims)
            continue
        taken = _taken(claims, ours, theirs)
        pairs.extend(taken)
        several.extend(claim for claim in claims if claim not in taken)
    left = [
        number
        for number, their in enumerate(theirs)
        if number not in touched and (their.code or their.is_named)
    ]
    near = _near(ours, alone, theirs, left, policy)
    return Matching(
        pairs=tuple(sorted(pairs, key=lambda found: found.ours)),
        near=near,
        several=tuple(several),
        ambiguous=tuple(sorted(ambiguous)),
        ours=tuple(number for number in alone if number not in {found.ours for found in near}),
        theirs=tuple(number for number in left if number not in {found.theirs for found in near}),
    )


def _index(of: Sequence[Identity], key: Callable[[Identity], str]) -> Mapping[str, list[int]]:
    index: dict[str, list[int]] = {}
    for number, one in enumerate(of):
        if key(one):
            index.setdefault(key(one), []).append(number)
    return index


def _fits(our: Identity, their: Identity, policy: Policy, by: Sureness) -> bool:
    kinds = {our.kind, their.kind}
    is_one_kind = len(kinds) == 1 or not kinds.isdisjoint({TableKind.TARGETS, None})
    is_in_time = our.year is None or their.year is None or our.year - policy.years_back == their.year
    if not (is_one_kind and is_in_time):
        return False
    if by is Sureness.CODE and len(our.code) >= _LONG_CODE:
        return True
    is_other = _differ(our.code, their.code) or _differ(year_of(our.plain), year_of(their.plain))
    return _is_one_unit(our, their) and not (by is Sureness.NAME and policy.is_code_lasting and is_other)


def _differ(first: object, second: object) -> bool:
    return bool(first and second) and first != second


def _is_one_unit(our: Identity, their: Identity) -> bool:
    """Say whether nothing says that the units differ; a form may name the department where another names the unit."""
    if our.unit_code and their.unit_code:
        return our.unit_code == their.unit_code
    if not our.organisation or not their.organisation:
        return True
    return our.organisation in {their.organisation, their.department} or their.organisation == our.department


def _narrowed(our: Identity, fitting: list[int], theirs: Sequence[Identity], policy: Policy) -> list[int]:
    tests: tuple[Callable[[Identity], bool], ...] = (
        lambda their: bool(our.organisation) and our.organisation == their.organisation,
        lambda their: their.stage in policy.stages,
        lambda their: our.plain == their.plain,
    )
    for test in tests:
        if len(fitting) > 1:
            fitting = [i for i in fitting if test(theirs[i])] or fitting
    return fitting


def _taken(claims: list[Found], ours: Sequence[Identity], theirs: Sequence[Identity]) -> list[Found]:
    """Give, for each stage, the one of ours that is the counterpart: by code before name, by the very name before another."""
    taken: list[Found] = []
    for stage in dict.fromkeys(ours[claim.ours].stage for claim in claims):
        rest = [claim for claim in claims if ours[claim.ours].stage is stage]
        if len(rest) > 1:
            rest = [claim for claim in rest if claim.by is Sureness.CODE] or rest
        if len(rest) > 1:
            rest = [claim for claim in rest if ours[claim.ours].plain == theirs[claim.theirs].plain] or rest
        taken.extend(rest if len(rest) == 1 else ())
    return taken


def _near(
    ours: Sequence[Identity], alone: list[int], theirs: Sequence[Identity], left: list[int], policy: Policy
) -> tuple[Found, ...]:
    def fits(first: int, second: int) -> bool:
        # A near name may be a near code too: what was written wrong once is asked for, not assumed.
        lenient = attrs.evolve(policy, is_code_lasting=False)
        return _fits(ours[alone[first]], theirs[left[second]], lenient, Sureness.NAME)

    found = near_names([ours[i].core for i in alone], [theirs[i].core for i in left], fits)
    return tuple(Found(alone[first], left[second], Sureness.NEAR) for first, second in found)
