"""The rules of a page put together: pieces on one line are one rule, and those that meet draw one table."""

from __future__ import annotations

__all__ = ["GAP", "SAME_LINE", "Span", "clusters", "groups_of", "joined_rules", "merged"]

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from perfeval.documents.limits import Meter
from perfeval.documents.pdf.shapes import Rule

SAME_LINE = 3.0  # exact: points between rules that are one line
GAP = 3.0  # exact: points that a rule may lack between two pieces, or before it meets another
_SHORTEST = 4.0  # exact: points; less is a dot or a tick
_STANDING = 30.0  # exact: points; upright rules that nothing crosses are a table only from this height on

Span = tuple[float, float]  # exact: positions on a page


def joined_rules(rules: Sequence[Rule]) -> list[Rule]:
    """Make one rule of the pieces on one line, and leave out what is too short to rule anything."""
    joined: list[Rule] = []
    for upright in (True, False):
        some = [rule for rule in rules if rule.upright == upright]
        for line in clusters(some, lambda rule: rule.position):
            position = sum(rule.position for rule in line) / len(line)
            joined += [
                Rule(upright, position, start, stop)
                for start, stop in merged((rule.start, rule.stop) for rule in line)
                if stop - start >= _SHORTEST
            ]
    return joined


def clusters(rules: Iterable[Rule], key: Callable[[Rule], float]) -> list[list[Rule]]:
    """Group what lies on one line; no group is wider than the tolerance."""
    groups: list[list[Rule]] = []
    for rule in sorted(rules, key=key):
        if groups and key(rule) - key(groups[-1][0]) <= SAME_LINE:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    return groups


def merged(spans: Iterable[Span]) -> list[Span]:
    """Make one span of those that overlap or nearly meet, in order."""
    found: list[Span] = []
    for start, stop in sorted(spans):
        if found and start <= found[-1][1] + GAP:
            found[-1] = (found[-1][0], max(found[-1][1], stop))
        else:
            found.append((start, stop))
    return found


def groups_of(rules: list[Rule], meter: Meter) -> list[list[Rule]]:
    """Group the rules that meet; upright rules that meet nothing but begin and end together are one group."""
    upright = sorted((rule for rule in rules if rule.upright), key=lambda rule: rule.position)
    level = [rule for rule in rules if not rule.upright]
    positions = [rule.position for rule in upright]
    parents = list(range(len(upright)))

    def root(member: int) -> int:
        while parents[member] != member:
            parents[member] = parents[parents[member]]
            member = parents[member]
        return member

    met: list[tuple[Rule, int]] = []
    for rule in level:
        meter.clock()
        near = range(bisect_right(positions, rule.start - GAP), bisect_right(positions, rule.stop + GAP))
        crossed = [at for at in near if upright[at].start - GAP <= rule.position <= upright[at].stop + GAP]
        for at in crossed[1:]:
            parents[root(at)] = root(crossed[0])
        if crossed:
            met.append((rule, crossed[0]))
    groups: defaultdict[int, list[Rule]] = defaultdict(list)
    for rule, at in met:
        groups[root(at)].append(rule)
    standing = []
    for at, rule in enumerate(upright):
        if root(at) in groups:
            groups[root(at)].append(rule)
        elif rule.stop - rule.start >= _STANDING:
            standing.append(rule)
    return [*groups.values(), *_standing_groups(standing)]


def _standing_groups(standing: list[Rule]) -> list[list[Rule]]:
    """Group upright rules that begin and end together: the middle of a row longer than the page."""
    groups: defaultdict[tuple[int, int], list[Rule]] = defaultdict(list)
    for rule in standing:
        groups[round(rule.start / SAME_LINE), round(rule.stop / SAME_LINE)].append(rule)
    return [group for group in groups.values() if len(group) > 1]
