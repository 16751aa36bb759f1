"""转移支付: the tables of one transfer become the table of the region; aggregate first, score afterwards.

Absolute values are added up, relative values averaged by the funds, statements chosen by the score that the funds weigh
(notes of a form, Wuhan); what the notes leave open is a setting with its basis.
"""

from __future__ import annotations

__all__ = ["aggregate"]

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from perfeval.portfolio.aggregation import (
    AggregatedCell,
    AggregatedFunding,
    AggregatedRow,
    Aggregation,
    Method,
    Obstacle,
    Part,
    Remark,
)
from perfeval.portfolio.combining import Given, combine_numbers, combine_statements, combine_words, written
from perfeval.portfolio.given import Source, given_actual, given_target
from perfeval.portfolio.line import in_yuan
from perfeval.portfolio.money import aggregate_funding, agreed_weight
from perfeval.portfolio.one_transfer import row_key, same_transfer
from perfeval.portfolio.settings import AggregationSettings
from perfeval.rulebook import RuleBook, load_rulebook
from perfeval.scoring import Scorecard, score
from perfeval.scoring.indicator import says_inapplicable
from perfeval.table import Evaluation, Indicator, TableKind
from perfeval.table.money import unit_of_money
from perfeval.values import (
    Missing,
    MissingReason,
    Text,
    squash,
)

_NOT_APPLICABLE = Missing(MissingReason.NOT_APPLICABLE).format()


def aggregate(
    tables: Iterable[Evaluation],
    rulebook: str | Path | RuleBook = "common-practice",
    settings: AggregationSettings = AggregationSettings(),  # noqa: B008 - frozen
    *,
    name: str | None = None,
) -> Aggregation:
    """Make the table of a region of the tables of one transfer, with a record of what each cell was made of.

    ``rulebook`` gives the bands of the statements. ``name`` is the transfer's name, where the tables print different
    ones. A cell that cannot be aggregated stays blank and says why. Raises UsageError where the tables are not those
    of one transfer, stage and year, or one of them is given twice.
    """
    found, book = same_transfer(tables, name), load_rulebook(rulebook)
    cards = [score(table, book) for table in found]
    parts = tuple(
        Part(
            card.evaluation, *(in_yuan(card, one) for one in (card.execution.budget, card.execution.executed))
        )
        for card in cards
    )
    rows = tuple(_rows(cards, parts, book, settings))
    funding = aggregate_funding(cards)
    partial = tuple(number for number, table in enumerate(found) if table.partial)
    remarks = (Remark(Obstacle.PARTIAL_TABLE, partial),) if partial else ()
    unit = unit_of_money(found[0])
    evaluation = Evaluation(
        kind=TableKind.TRANSFER,
        stage=found[0].stage,
        name=name or next((table.name for table in found if table.name), None),
        year=next((table.year for table in found if table.year), None),
        amount_unit=unit.symbol or None,
        partial=bool(partial) or not _has_weights(rows, funding),
        funding=tuple(one.funding for one in funding),
        indicators=tuple(row.indicator for row in rows),
    )
    return Aggregation(
        evaluation=evaluation,
        parts=parts,
        funding=funding,
        rows=rows,
        remarks=remarks,
        settings=settings,
        rulebook=book,
    )


def _has_weights(rows: Iterable[AggregatedRow], funding: Sequence[AggregatedFunding]) -> bool:
    """Say whether every weight is that of all tables, so that a total can be made of them."""
    grave = (Obstacle.MISSING_ROW, Obstacle.DUPLICATE_ROW, Obstacle.WEIGHTS_DIFFER)
    totals = [one.remarks for one in funding if one.is_total]
    return not any(
        remark.obstacle in grave
        for remarks in (*(row.remarks for row in rows), *totals)
        for remark in remarks
    )


def _rows(
    cards: Sequence[Scorecard], parts: Sequence[Part], book: RuleBook, settings: AggregationSettings
) -> Iterator[AggregatedRow]:
    groups: dict[tuple[str, str, str], list[Source]] = {}
    for part, card in enumerate(cards):
        for number, found in enumerate(card.indicators):
            source = Source(part, number, found, parts[part].weight(settings.funds))
            groups.setdefault(row_key(found.indicator), []).append(source)
    for sources in groups.values():
        yield _row(sources, len(cards), book, settings)


def _row(
    sources: Sequence[Source], count: int, book: RuleBook, settings: AggregationSettings
) -> AggregatedRow:
    first, numbers = sources[0].row, [source.part for source in sources]
    doubled = tuple(sorted({part for part in numbers if numbers.count(part) > 1}))
    apart = tuple(source.part for source in sources if says_inapplicable(source.row))
    weight, weights = agreed_weight([(source.part, source.row.weight) for source in sources])
    rules = tuple(
        source.part for source in sources if squash(source.row.rule or "") != squash(first.rule or "")
    )
    remarks = (
        (Obstacle.MISSING_ROW, tuple(part for part in range(count) if part not in numbers)),
        (Obstacle.DUPLICATE_ROW, doubled),
        (Obstacle.NOT_APPLICABLE, apart),
        (Obstacle.WEIGHTS_DIFFER, weights),
        (Obstacle.RULES_DIFFER, rules),
    )
    target, actual = _cells([one for one in sources if one.part not in apart], doubled, book, settings)
    indicator = Indicator(
        level1=first.level1,
        level2=first.level2,
        level3=first.level3,
        target=target.text,
        actual=actual.text,
        weight=weight,
        rule=None if rules else first.rule,
    )
    return AggregatedRow(
        indicator, target, actual, tuple(Remark(obstacle, at) for obstacle, at in remarks if at)
    )


def _cells(
    sources: Sequence[Source], doubled: tuple[int, ...], book: RuleBook, settings: AggregationSettings
) -> tuple[AggregatedCell, AggregatedCell]:
    if doubled:
        cell = AggregatedCell(obstacle=Obstacle.DUPLICATE_ROW, at=doubled)
        return cell, cell
    if not sources:  # it applies nowhere
        cell = AggregatedCell(method=Method.SAME, text=_NOT_APPLICABLE)
        return cell, cell
    return written(_target(sources, settings), _actual(sources, book, settings), settings.decimals)


def _target(sources: Sequence[Source], settings: AggregationSettings) -> AggregatedCell:
    given = [(source.part, given_target(source)) for source in sources]
    if blocked := _blocked(given):
        return blocked
    known = [one for _, one in given if isinstance(one, Given)]
    if len({type(one.value) for one in known}) > 1:
        return AggregatedCell(obstacle=Obstacle.KINDS_DIFFER)
    return combine_numbers(known, settings) if known[0].quantities else combine_words(known)


def _actual(sources: Sequence[Source], book: RuleBook, settings: AggregationSettings) -> AggregatedCell:
    given = [(source.part, given_actual(source)) for source in sources]
    if blocked := _blocked(given):
        return blocked
    known = [one for _, one in given if isinstance(one, Given)]
    if all(one.quantities for one in known):
        return combine_numbers(known, settings)
    if all(source.row.target is not None and isinstance(source.row.target.value, Text) for source in sources):
        return combine_statements(known, book.graded.bands, settings)
    return combine_words(known)


def _blocked(given: Iterable[tuple[int, Given | Obstacle]]) -> AggregatedCell | None:
    """Give the blank cell where a table has none that can be read: a part of a sum is no sum."""
    found: Mapping[int, Obstacle] = {part: one for part, one in given if isinstance(one, Obstacle)}
    if not found:
        return None
    worst = min(found.values(), key=list(Obstacle).index)
    return AggregatedCell(obstacle=worst, at=tuple(part for part, one in found.items() if one is worst))
