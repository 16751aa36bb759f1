"""The formulas of the column that says what is still missing."""

from __future__ import annotations

__all__ = ["Row", "ask_of_money", "ask_of_row", "ask_of_weights"]

from decimal import Decimal

import attrs

from perfeval.auditing import AuditSettings
from perfeval.formula.spreadsheet import quoted
from perfeval.messages import Language
from perfeval.report.template.scoring import TEXT
from perfeval.report.template.words import ASKS, DONE, NO


@attrs.frozen
class Row:
    """The references of the cells of one row."""

    level1: str
    level3: str
    sign: str
    target: str
    unit: str
    actual: str
    weight: str
    score: str
    rule: str
    reason: str


def _no(name: str, language: Language, **facts: object) -> str:
    return quoted(NO(ask=ASKS[name](**facts).text(language)).text(language))


def _first(asks: list[tuple[str, str]], otherwise: str) -> str:
    text = otherwise
    for condition, said in reversed(asks):
        text = f"IF({condition},{said},{text})"
    return text


def ask_of_row(row: Row, settings: AuditSettings, language: Language) -> str:
    """Give what a row lacks: a cell, a score that can be computed, or a reason; nothing for a row that is blank."""
    filled = (row.level3, row.target, row.actual, row.weight)
    needed = ("level1", "level3", "sign", "target", "actual", "weight", "rule")
    asks = [("AND({})".format(",".join(f'{cell}=""' for cell in filled)), '""')]
    asks += [(f'{getattr(row, name)}=""', _no(name, language)) for name in needed]
    asks.append((f'{row.score}=""', _no("unscored", language)))
    numbers = f"AND(ISNUMBER({row.target}),ISNUMBER({row.actual}))"
    missed = f'IF({numbers},IF({row.sign}="≤",{row.actual}>{row.target},{row.actual}<{row.target}),FALSE)'
    silent = f'{row.reason}=""'
    asks.append((f"AND({silent},OR({row.score}<{row.weight},{missed}))", _no("short", language)))
    above = f"{_settled(row.actual, 10)}>={_settled(row.target, _tenths(settings.exceeded))}"
    counts = f'AND({row.sign}<>"≤",{row.sign}<>"{TEXT}",{row.target}>0)'
    far = f"IF({numbers},IF({counts},{above},FALSE),FALSE)"
    asks.append((f"AND({silent},{far})", _no("exceeded", language)))
    return _first(asks, quoted(DONE().text(language)))


def _settled(number: str, times: int | str) -> str:
    """Give a product without the dust of binary fractions, so that what is exactly at a limit counts as that."""
    return f"ROUND({number}*{times},6)"


def _tenths(times: Decimal) -> str:
    return f"{(times * 10).normalize():f}"


def ask_of_money(
    initial: str, adjusted: str, executed: str, reasons: str, settings: AuditSettings, language: Language
) -> str:
    """Give which reason about the money is missing: of a low execution rate, or of a budget that was adjusted."""
    percent = f"{(settings.low_execution * 100).normalize():f}"
    spent = f"ISNUMBER({executed}),{_settled(executed, 100)}<{_settled(adjusted, percent)}"
    low = f'AND({adjusted}>0,{spent},COUNTIF({reasons},"*执行率*")=0)'
    tenth = f"{(settings.adjusted * 100).normalize():f}"
    moved = f"ISNUMBER({initial}),{initial}>0,{_settled(f'ABS({adjusted}-{initial})', 100)}>={_settled(initial, tenth)}"
    changed = f'AND({moved},COUNTIF({reasons},"*调整*")=0)'
    asks = [
        (f"NOT(ISNUMBER({adjusted}))", '""'),
        (low, _no("execution", language, percent=percent)),
        (changed, _no("adjusted", language)),
    ]
    return _first(asks, quoted(DONE().text(language)))


def ask_of_weights(total: str, due: Decimal, language: Language) -> str:
    """Say whether the weights add up."""
    asks = [(f"{total}<>{due:f}", _no("sum", language, sum=f"{due:f}"))]
    return _first(asks, quoted(DONE().text(language)))
