"""Two laws: a frame of findings has none that ``perfeval.audit`` does not make, and hides none of the codes it knows."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import attrs
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frames.engines import MARKED, Engine, polars_eager, rows_of
from frames.flat import COLUMNS, TABLES, Row, flat, flat_tables, mixed, table_of, told, totalled
from frames.test_totals import BOOKS
from perfeval import Evaluation, Indicator, RuleBook, UsageError, load_rulebook
from perfeval import audit as audit_alone
from perfeval.auditing import AuditFinding
from perfeval.frames import Columns, Number, Tables, audit

FRAMES = settings(max_examples=max(8, settings().max_examples // 20))  # an audit scores a frame a dozen times
LAWS = settings(max_examples=max(10, settings().max_examples // 8))
ROWS = ("PE101", "PE103", "PE104", "PE105", "PE208")
OF_TABLES = ("PE201", "PE204", "PE205", "PE206", "PE403", "PE404", "PE414")
OTHER_SCORE = ("PE101", "PE103", "open-score")
MAY_STAND_FOR_IT = {
    "PE101": OTHER_SCORE,
    "PE102": OTHER_SCORE,
    "PE103": OTHER_SCORE,
    "PE104": ("open-score",),
    "PE201": ("open-weights",),
    "PE204": ("open-total",),
    **dict.fromkeys(("PE402", "PE403", "PE404", "PE414"), ("open-execution",)),
}
GRAVITY = ("note", "warning", "error")
Place = tuple[str | None, str]


def alone(rows: list[Row], book: RuleBook) -> dict[Place, AuditFinding]:
    """The findings of one table, those that hang under others too, by row and code."""

    def each(findings: Any) -> Iterator[AuditFinding]:
        for one in findings:
            yield one
            yield from each(one.consequences)

    result = audit_alone([table_of(rows)], book, select=[*ROWS, *OF_TABLES, "PE102", "PE402"])
    return {
        (None if one.row is None else rows[one.row]["row"], one.code): one for one in each(result.findings)
    }


@pytest.mark.parametrize("engine", MARKED, ids=lambda engine: engine.__name__)
@FRAMES
@given(tables=flat_tables(), book=BOOKS)
def test_findings(engine: Engine, tables: list[list[Row]], book: RuleBook) -> None:
    hold(engine, tables, book)


@LAWS
@given(rows=st.lists(told(), min_size=12, max_size=24), book=BOOKS)
def test_a_score_that_a_reading_gives_is_no_finding(rows: list[Indicator], book: RuleBook) -> None:
    hold(polars_eager, [flat(Evaluation(indicators=rows, partial=True), 0, "")], book)


@LAWS
@given(tables=st.lists(totalled(), min_size=4, max_size=8), book=BOOKS)
def test_a_total_that_can_be_explained_is_no_finding(tables: list[Evaluation], book: RuleBook) -> None:
    hold(polars_eager, [flat(table, number, "") for number, table in enumerate(tables)], book)


def hold(engine: Engine, tables: list[list[Row]], book: RuleBook) -> None:
    made = rows_of(audit(engine(mixed(tables)), book, COLUMNS, TABLES, row="row"))
    for number, rows in enumerate(tables):
        own = [row for row in made if row["part"] == number]
        found = {(row["perfeval_row"], row["perfeval_code"]): row for row in own}
        assert len(found) == len(own)
        wanted = alone(rows, book)
        for place, row in found.items():
            if place[1].startswith("open-"):
                assert (row["perfeval_severity"], row["perfeval_class"]) == (None, None)
                continue
            assert place in wanted, (place, rows)
            same(row, wanted[place], book)
        for place, finding in wanted.items():
            if finding.code == "PE103" and not finding.facts["score"]:
                continue  # without a recomputed score nothing is held against it
            instead = MAY_STAND_FOR_IT.get(place[1], ())
            assert place in found or any((place[0], code) in found for code in instead), (
                finding.text("en"),
                rows,
            )


def same(row: Row, finding: AuditFinding, book: RuleBook) -> None:
    """As grave and as sure as by itself; where the frame does not know, less."""
    severity, kind = row["perfeval_severity"], row["perfeval_class"]
    if finding.code in ("PE101", "PE103") or book.years or book.region:
        assert GRAVITY.index(severity) <= GRAVITY.index(finding.severity)
        assert kind in ("question", str(finding.kind))
        return
    assert (severity, kind) == (str(finding.severity), str(finding.kind)), finding.text("en")


@pytest.mark.parametrize("engine", MARKED, ids=lambda engine: engine.__name__)
def test_one_of_each(engine: Engine) -> None:
    data: dict[str, list[Any]] = {
        "code": ["a", "a", "b", "c", "d", "d", "d"],
        "id": [1, 2, 3, 4, 5, 6, 7],
        "target": ["<=8.90万元", ">=150辆", ">=90%", ">=100次", ">=10次", ">=2次", ">=80%"],
        "actual": ["8.94万元", "1100辆", "30%", "50次", "9次", "2次", "79.4%"],
        "weight": ["10", "80", "90", "0", "40", "40", "10"],
        "name": ["差旅费", "数量", "合格率", "次数", "数量", "场次", "知晓率"],
        "score": ["10", "81", "90", "0", "36", "-1", "9.93"],
        "budget": ["50.00", "50.00", "5万", "0", "80", "80", "80"],
        "executed": ["8.94", "8.94", "8", "2", "-1", "-1", "-1"],
        "total": ["91.75", "91.75", "x", "110", "", "", ""],
        "unit": ["万元"] * 7,
        "grade": ["良", "良", "", "优", "", "", ""],
        "points": ["1.79", "1.79", "", "", "", "", ""],
    }
    tables = Tables(
        key="code",
        budget="budget",
        executed="executed",
        total="total",
        grade="grade",
        amount_unit="unit",
        execution_score="points",
    )
    made = rows_of(
        audit(engine(data), "common-practice", Columns(reported="score", level3="name"), tables, row="id")
    )
    assert [tuple(row.values()) for row in made] == [
        ("a", "1", "PE103", "warning", "question", 1000, 996),
        ("a", "2", "PE104", "error", "arithmetic", 8100, 8000),
        ("a", None, "PE206", "warning", "contradiction", None, None),
        ("a", "2", "open-score", None, None, 8100, 8000),
        ("a", None, "open-total", None, None, 9175, 9279),
        ("b", "3", "PE101", "warning", "question", 9000, 3000),
        ("b", "3", "PE103", "warning", "question", 9000, 3000),
        ("b", None, "PE404", "warning", "contradiction", None, None),
        ("c", None, "PE201", "error", "arithmetic", None, None),
        ("c", None, "PE204", "warning", "arithmetic", 11000, 0),
        ("c", None, "PE205", "error", "arithmetic", 11000, None),
        ("c", "4", "PE208", "warning", "question", None, None),
        ("c", None, "PE403", "error", "contradiction", None, None),
        ("d", "6", "PE105", "error", "arithmetic", -100, None),
        ("d", None, "PE414", "warning", "question", None, None),
        ("d", "6", "open-score", None, None, -100, 4000),
    ]


def test_numbers_leave_what_rests_on_digits_open() -> None:
    frame = polars_eager(
        {
            "number": [1, 1],
            "target": [90, 0],
            "actual": [30, 0],
            "sign": [">=", ">="],
            "weight": [90, 0],
            "score": [90, -1],
            "total": [150, 150],
        }
    )
    columns = Columns(
        target=Number(value="target", operator="sign"), actual=Number(value="actual"), reported="score"
    )
    made = rows_of(audit(frame, "common-practice", columns, Tables(key="number", total="total"), prefix=""))
    assert [(row["row"], row["code"], row["reported"], row["expected"]) for row in made] == [
        (None, "PE105", None, None),
        (None, "PE205", 15000, None),
        (None, "open-score", 9000, 3000),
    ]


def test_the_column_of_rows_must_be_there() -> None:
    frame = pl.DataFrame({"code": ["a"], "target": ["1"], "actual": ["1"], "weight": ["1"]})
    with pytest.raises(UsageError, match="nope"):
        audit(frame, "platform", Columns(), Tables(key="code"), row="nope")
    assert audit(frame.clear(), "platform", Columns(), Tables(key="code")).height == 0


def test_a_score_finer_than_the_step_is_left_open_even_where_it_rounds_to_the_recomputed_one() -> None:
    book = load_rulebook("platform")
    book = attrs.evolve(book, rounding=attrs.evolve(book.rounding, step=Decimal("0.1")))
    frame = pl.DataFrame(
        {
            "code": ["A"],
            "target": [">=3次"],
            "actual": ["3次"],
            "weight": ["10"],
            "reported": ["10.01"],
            "level3": ["x"],
        }
    )
    columns = Columns(reported="reported", level3="level3")
    made = audit(frame, book, columns, Tables(key="code")).to_dicts()
    assert "open-score" in {row["perfeval_code"] for row in made}
