"""Every formula of the workbook, computed by LibreOffice, shows what the scorecard says: to the last digit."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import attrs
import openpyxl
import pytest
import xlsxwriter  # type: ignore[import-untyped]

import perfeval
from laws.cases import EVERY_RULE
from perfeval.formula import Refused, RoundingMode, evaluate
from perfeval.formula.spreadsheet import CellNumber, NoCellFormulaError, cell_formula
from perfeval.report.dossier import dossier_of
from perfeval.report.workbook import write_workbook
from perfeval.rulebook import Inapplicable, Rounding, RuleBook
from perfeval.rules import Kind
from perfeval.scoring.working import score_formula
from perfeval.table import Evaluation
from perfeval.testing import FAULTS, clean_evaluation, clean_unit
from report.recalculated import computed, needs_office, recalculated, same
from report.test_workbook import bortala
from semantics.tables import form, fund, row

pytestmark = [needs_office, pytest.mark.slow]


def test_that_it_is_forced(tmp_path: Path) -> None:
    """Wrong values in the file: who believes them shows them."""
    path = tmp_path / "wrong.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("wrong")
        sheet.write_number(0, 0, 2)
        sheet.write_formula(0, 1, "=A1*10", None, 7)
    assert list(computed(path, tmp_path)) == [("wrong", "B1", 7, 20)]


def agree(tables: list[Evaluation], room: Path, book: str | RuleBook = "common-practice") -> int:
    """Compare every formula with its value, which is the scorecard's; give how many there are."""
    made = dossier_of(perfeval.audit(tables, book))
    path = room / "report.xlsx"
    write_workbook(made, path)
    found = list(computed(path, room))
    wrong = [(sheet, cell, ours, theirs) for sheet, cell, ours, theirs in found if not same(ours, theirs)]
    assert wrong == []
    shown: defaultdict[str, Counter[Decimal]] = defaultdict(Counter)
    for sheet, _, ours, _ in found:
        shown[sheet][Decimal(str(ours))] += 1
    for sheet, card in zip(openpyxl.load_workbook(path).sheetnames[3:], made.cards, strict=True):
        due = Counter(score.score.normalize() for score in card.scores if score.score is not None)
        due.update([card.total.normalize()] if card.total is not None else [])
        assert due <= Counter({number.normalize(): count for number, count in shown[sheet].items()})
    return len(found)


def test_the_tables_of_bortala(tmp_path: Path) -> None:
    assert agree(bortala(), tmp_path) > 100


def test_rescaled_totals(tmp_path: Path) -> None:
    """Totals near and at a tie, under both roundings that a cell can do."""
    for mode in (RoundingMode.HALF_UP, RoundingMode.TRUNCATE):
        book = perfeval.load_rulebook("common-practice")
        book = attrs.evolve(
            book,
            weights=attrs.evolve(book.weights, inapplicable=Inapplicable.RESCALE),
            rounding=attrs.evolve(book.rounding, mode=mode),
        )
        tables = [
            form([fund()], [row(">=1000次", f"{actual}次", weight), row("", "不适用", "10")])
            for weight in ("80", "54", "6.5", "70.00")
            for actual in range(601, 1000, 57)
        ]
        made = [perfeval.score(table, book) for table in tables]
        assert all(card.total is not None and "rescaled" in card.notes for card in made)
        (tmp_path / mode).mkdir()
        assert agree(tables, tmp_path / mode, book) > 50


def test_two_hundred_generated_tables(tmp_path: Path) -> None:
    drawn = random.Random(7)  # noqa: S311 - the same tables every time
    tables = [clean_evaluation(drawn) for _ in range(100)]
    for fault in FAULTS:
        host = clean_unit(drawn)
        planted = fault.plant(host, drawn)
        tables += host[:1] if planted is None else [planted.evaluations[planted.table]]
    while len(tables) <= 200:
        tables += clean_unit(drawn)
    assert len(tables) > 200
    assert agree(tables, tmp_path) > 3000


def test_every_rule_and_kind_at_ties_and_thresholds(tmp_path: Path) -> None:
    """The formulas alone, over numbers near each other, near the bands, and such that scores lie halfway."""
    drawn = random.Random(3)  # noqa: S311 - as above
    path = tmp_path / "formulas.xlsx"
    expected: list[object] = []
    modes = (RoundingMode.HALF_UP, RoundingMode.TRUNCATE)
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for _ in range(12_000):
            ruled = drawn.choice(EVERY_RULE)
            rounding = Rounding(mode=drawn.choice(modes), rate_first=drawn.random() < 0.2)  # exact: a chance
            node = score_formula(ruled.rule.formula(drawn.choice(list(Kind))), rounding)
            names = ("weight", "target", "actual", "low", "high", "share", "degree")
            size = drawn.choice([100, 200, 1600, 100_000, 10**8])
            whole = {name: drawn.randint(-size // 20, size) for name in names}
            whole["weight"] = drawn.choice([500, 1000, 1250, 1333, 3000])
            whole["target"] = drawn.choice([whole["target"], 80, 160, 3200, 6400])
            whole["share"], whole["degree"] = (
                drawn.choice([0, 59, 60, 79, 80, 100]),
                drawn.choice([0, 80, 100]),
            )
            whole["low"], whole["high"] = sorted((whole["low"], whole["high"]))
            row = len(expected) + 1
            cells = {
                name: CellNumber(f"{letter}{row}", 2, abs(whole[name]), max(abs(whole[name]), 1))
                for name, letter in zip(names, "BCDEFGH", strict=True)
            }
            try:
                text = cell_formula(node, cells)
            except NoCellFormulaError:
                continue
            scope = {name: (value, 100) for name, value in whole.items()}
            try:
                made: object = float(
                    Fraction(*evaluate(node, scope))
                )  # exact: the nearest, which a cell shows
            except Refused as refusal:
                made = refusal.reason
            expected.append(made)
            sheet.write_formula(row - 1, 0, f"={text}", None, "not computed")
            for column, name in enumerate(names, 1):
                sheet.write_number(row - 1, column, Decimal(whole[name]).scaleb(-2))
    sheet = openpyxl.load_workbook(recalculated(path, tmp_path), data_only=True).worksheets[0]
    shown = [row[0] for row in sheet.iter_rows(max_col=1, values_only=True)]
    assert len(shown) == len(expected) > 10_000
    assert [pair for pair in zip(shown, expected, strict=True) if not same(*pair)] == []
