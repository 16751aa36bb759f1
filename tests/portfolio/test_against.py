"""A published regional table against its parts: what any accepted reading explains is no question."""

import pytest

import perfeval
from perfeval.portfolio import Against, Obstacle, compare_with_parts
from portfolio.regions import county, row

PARTS = [
    county(row(">=10个", "12个"), row(">=95%", "100%", name="合格率"), budget="60", executed="60"),
    county(row(">=5个", "3个"), row(">=90%", "85.5%", name="合格率"), budget="40", executed="20"),
]


def held(*rows: perfeval.Indicator, parts: list[perfeval.Evaluation] = PARTS) -> Against:
    return compare_with_parts(county(*rows), parts)


def fields(found: Against) -> list[tuple[str, str]]:
    return [(one.field, one.text) for one in found.questions]


# The average of the actuals is 94.20 by the budget and 96.375 by what was executed, each half a unit open.
@pytest.mark.parametrize(
    ("actual", "is_explained"),
    [
        ("94.20%", True),
        ("94.2%", True),
        ("94%", True),
        ("96.38%", True),
        ("96.37%", True),  # cut
        ("96.4%", True),
        ("95.0%", False),
        ("92.75%", False),  # the plain mean
        ("0.942", False),
        ("94.2", True),
        ("94.2个", False),
        ("已完成", False),
    ],
)
def test_an_average_printed(actual: str, is_explained: bool) -> None:
    found = held(row("", actual, name="合格率"))
    assert (fields(found) == []) == is_explained
    assert found.explained == is_explained
    if not is_explained:
        assert found.questions[0].readings == ("94.20%", "96.38%")


@pytest.mark.parametrize(
    ("target", "actual", "questions"),
    [
        (">=15个", "15个", []),
        (">=15", "15", []),
        (">=15个", "16个", [("actual", "16个")]),
        (">=14个", "15个", [("target", ">=14个")]),
    ],
)
def test_sums_printed(target: str, actual: str, questions: list[tuple[str, str]]) -> None:
    assert fields(held(row(target, actual))) == questions


def test_measured_parts_stand_for_intervals() -> None:
    parts = [county(row("", "1.4万人"), budget="1"), county(row("", "1.4万人"), budget="2")]
    assert fields(held(row("", "2.9万人"), parts=parts)) == []  # 1.45 and 1.45 before they were rounded
    assert fields(held(row("", "3.1万人"), parts=parts)) == [("actual", "3.1万人")]


@pytest.mark.parametrize(
    ("words", "is_explained"),
    [("全部或基本达成预期指标", True), ("达成年度指标", True), ("部分达成", True), ("未达成", False)],
)
def test_statements_printed(words: str, is_explained: bool) -> None:
    """82 % by the budget: the band of 达成, and 部分达成 is nearest."""
    parts = [
        county(row("有效改善", "部分达成", score="7"), budget="60", executed="60"),
        county(row("有效改善", "达成年度指标", score="10"), budget="40", executed="40"),
    ]
    assert (fields(held(row("有效改善", words), parts=parts)) == []) == is_explained


def test_what_cannot_be_compared_is_told_with_its_reason() -> None:
    parts = [
        county(row(">=10个", "12个"), row(">=1个", "1个", name="只在一处"), row("<=5天", "4天", name="时限")),
        county(row(">=5个", ""), row("<=5天", "3天", name="时限")),
    ]
    found = held(
        row(">=15个", "15个"),
        row(">=2个", "1个", name="只在一处"),
        row("<=5天", "4天", name="时限"),
        row("", "—", name="别处"),
        parts=parts,
    )
    assert fields(found) == []
    assert [(one.row, one.field, one.obstacle) for one in found.not_compared] == [
        (0, "actual", Obstacle.BLANK),
        (1, "target", Obstacle.MISSING_ROW),
        (2, "target", Obstacle.METHOD_UNKNOWN),
        (2, "actual", Obstacle.METHOD_UNKNOWN),
        (3, "target", Obstacle.MISSING_ROW),
        (3, "actual", Obstacle.MISSING_ROW),
    ]
    assert found.explained == 2


def test_a_reading_that_cannot_be_tried_leaves_it_open() -> None:
    parts = [
        county(row("", "100%"), budget="60", executed=""),
        county(row("", "85.5%"), budget="40", executed="20"),
    ]
    found = held(row("", "96.38%"), parts=parts)
    assert fields(found) == []
    assert [one.obstacle for one in found.not_compared] == [Obstacle.BLANK, Obstacle.NO_FUNDS]


def test_rows_that_the_published_table_lacks() -> None:
    found = held(row(">=15个", "15个"))
    assert [one.indicator.level3 for one in found.only_in_parts] == ["合格率"]
