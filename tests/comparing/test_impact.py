"""What another book changes in given tables."""

from pathlib import Path

from comparing.variants import PLAIN, book_with
from perfeval.comparing import impact_of
from perfeval.documents import read
from perfeval.scoring import score
from perfeval.table import Evaluation, Indicator

TABLES = tuple(
    table for path in sorted(Path("examples/bortala-2024").glob("*.toml")) for table in read(path).evaluations
)


def test_nothing_changes_under_the_same_book() -> None:
    impact = impact_of(PLAIN, PLAIN, TABLES)
    assert (impact.tables, impact.rows, impact.changes) == (8, 55, ())


def test_what_changes_is_what_scoring_twice_shows() -> None:
    other = book_with("settings", 'zero_under_ceiling = "unscorable"')
    impact = impact_of(PLAIN, other, TABLES)
    assert (impact.changed_rows, impact.changed_executions) == (1, 0)
    assert (impact.changed_totals, impact.changed_grades) == (1, 1)
    (change,) = impact.changes
    assert (change.first, change.second) == (
        score(change.first.evaluation, PLAIN),
        score(change.first.evaluation, other),
    )
    assert (change.first.total is None, change.second.total) == (False, None)


def test_execution_rates_are_counted_apart() -> None:
    other = book_with("execution", 'rule = { kind = "proportional", pass_line = "99%" }')
    impact = impact_of(PLAIN, other, TABLES)
    assert (impact.changed_rows, impact.changed_executions, impact.changed_totals) == (0, 4, 4)
    assert impact.changed_grades == 1


def test_a_grade_alone_is_a_change() -> None:
    other = book_with(
        "lists", '[[grades]]\nname = "合格"\nfrom = "60"\n[[grades]]\nname = "不合格"\nfrom = "0"'
    )
    table = Evaluation(indicators=(Indicator(target="≥1次", actual="1次", weight="100"),))
    (change,) = impact_of(PLAIN, other, [table]).changes
    assert (change.in_total, change.in_grade, change.rows) == (False, True, ())
