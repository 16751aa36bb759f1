"""PE62 to PE64: the audited tables beside last year's, the approved ones and the accounts; and how they are matched."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest
import xlsxwriter  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

import perfeval
from perfeval.auditing import AuditFinding, AuditResult, AuditSettings, LedgerEntry, audit, read_ledger
from perfeval.auditing.checks import CHECKS
from perfeval.auditing.examples import ACCOUNT, APPROVED, CLEAN, LAST_YEAR, approved_with, changed, unit_of
from perfeval.auditing.matching import Identity, Policy, Sureness, match
from perfeval.auditing.names import near_names, plain_name, same_name
from perfeval.errors import UnreadableError
from perfeval.findings import FindingClass, Severity
from perfeval.table import Evaluation, Funding

FAMILIES = ("PE62", "PE63", "PE64")
CODES = [check.code for check in CHECKS if check.code.startswith(FAMILIES)]
EXAMPLES = Path(__file__).parent.parent.parent / "examples" / "bortala-2024"
CODED = {"project_code": "100000000000000000001"}


def seen(*tables: Evaluation, **outside: Any) -> AuditResult:
    return audit(tables, select=FAMILIES, **outside)


def codes(*tables: Evaluation, **outside: Any) -> list[str]:
    return [one.code for one in seen(*tables, **outside).findings]


def only(*tables: Evaluation, **outside: Any) -> AuditFinding:
    (finding,) = seen(*tables, **outside).findings
    return finding


def entry(**changes: Any) -> LedgerEntry:
    return attrs.evolve(ACCOUNT, **changes)


def with_row(evaluation: Evaluation, number: int, **changes: Any) -> Evaluation:
    rows = list(evaluation.indicators)
    rows[number] = attrs.evolve(rows[number], **changes)
    return attrs.evolve(evaluation, indicators=rows)


def test_codes() -> None:
    assert [f"PE{n}" for n in (621, 622, 623, 624, 631, 632, 633, 634, 635, 641, 642, 643, 644, 645)] == CODES


def test_without_an_outside_they_do_not_run() -> None:
    coverage = audit([CLEAN]).coverage
    assert set(CODES) <= set(coverage.not_applicable)
    assert coverage.outside == {}


def test_the_clean_table_agrees_with_its_outside() -> None:
    result = audit([CLEAN], previous=[LAST_YEAR], approved=[APPROVED], ledger=[ACCOUNT])
    assert result.findings == ()
    for source in ("previous", "approved", "ledger"):
        assert (result.coverage.outside[source]["by_name"], result.coverage.outside[source]["by_code"]) == (
            1,
            0,
        )


def test_nothing_of_the_family_is_an_error() -> None:
    for check in CHECKS:
        if check.code.startswith(FAMILIES):
            found = audit(
                check.wrong,
                previous=check.previous,
                approved=check.approved,
                ledger=check.ledger,
                select=[check.code],
            ).findings
            assert found
            assert all(one.severity is not Severity.ERROR for one in found)


# Matching


def identity(
    name: str = "农村道路养护",
    code: str = "",
    organisation: str = "甲局",
    *,
    year: str = "2024",
    department: str = "",
    unit_code: str = "",
) -> Identity:
    keys = {"project_code": code, "unit_code": unit_code}
    return Identity.of_table(
        changed(name=name, organisation=organisation, year=year, department=department, keys=keys)
    )


SAME_YEAR = Policy(years_back=0, is_code_lasting=True)
LAST = Policy(years_back=1, is_code_lasting=False)


def pairs(
    ours: list[Identity], theirs: list[Identity], policy: Policy = SAME_YEAR
) -> list[tuple[int, int, str]]:
    return [(one.ours, one.theirs, str(one.by)) for one in match(ours, theirs, policy).pairs]


def test_a_code_comes_before_a_name() -> None:
    ours = [identity("道路养护", "A1"), identity("桥梁养护", "A2")]
    theirs = [identity("桥梁养护", "A1"), identity("道路养护", "A2")]
    assert pairs(ours, theirs) == [(0, 0, "code"), (1, 1, "code")]


def test_a_name_counts_without_punctuation_years_and_endings() -> None:
    assert pairs([identity("2024年度农村道路（一期）养护项目资金")], [identity("农村道路(一期)养护")]) == [
        (0, 0, "name")
    ]
    assert pairs([identity("农村道路养护一期")], [identity("农村道路养护二期")]) == []


def test_the_very_name_comes_before_one_that_only_ends_alike() -> None:
    ours = [identity("道路养护"), identity("道路养护项目")]
    assert pairs(ours, [identity("道路养护项目"), identity("道路养护")]) == [(0, 1, "name"), (1, 0, "name")]


def test_what_is_ambiguous_is_left_alone_and_said() -> None:
    theirs = [identity(organisation=""), identity(organisation="")]
    found = match([identity()], theirs, SAME_YEAR)
    assert (found.pairs, found.ambiguous, found.ours, found.theirs) == ((), (0,), (), ())


def test_units_are_kept_apart() -> None:
    assert pairs([identity(organisation="甲局")], [identity(organisation="乙局")]) == []
    assert pairs([identity(unit_code="001")], [identity(unit_code="002")]) == []
    # A form may name the department where the accounts name the unit.
    assert pairs([identity(department="主管局")], [identity(organisation="主管局")]) == [(0, 0, "name")]
    # A short code may be given out in each unit, a long one is one project's.
    assert pairs([identity("甲", "A1")], [identity("乙", "A1", "乙局")]) == []
    long = "1" * 21
    assert pairs([identity("甲", long)], [identity("乙", long, "乙局")]) == [(0, 0, "code")]


def test_years_are_kept_apart() -> None:
    assert pairs([identity()], [identity(year="2023")]) == []
    assert pairs([identity()], [identity(year="2023")], LAST) == [(0, 0, "name")]
    assert pairs([identity()], [identity(year="2022")], LAST) == []
    assert pairs([identity("2023年农田建设")], [identity("2024年农田建设")]) == []
    assert pairs([identity("2024年农田建设")], [identity("2023年农田建设", year="2023")], LAST) == [
        (0, 0, "name")
    ]


def test_another_code_is_another_project_but_not_after_a_year() -> None:
    assert pairs([identity(code="A1")], [identity(code="A2")]) == []
    assert pairs([identity(code="A1")], [identity(code="A2", year="2023")], LAST) == [(0, 0, "name")]


def test_accounts_without_a_year_beside_tables_of_two_years_are_ambiguous() -> None:
    counts = seen(CLEAN, attrs.evolve(CLEAN, year="2023"), ledger=[ACCOUNT]).coverage.outside["ledger"]
    assert (counts["by_name"], counts["ambiguous"]) == (0, 2)


def test_a_whole_unit_is_known_by_its_unit() -> None:
    ours = unit_of()
    other = attrs.evolve(LAST_YEAR, kind="whole_unit", name="某县交通运输局部门整体")
    assert seen(ours, previous=[other]).coverage.outside["previous"]["by_name"] == 1


def test_a_transfer_is_in_the_accounts_too() -> None:
    assert codes(attrs.evolve(CLEAN, kind="transfer"), ledger=[ACCOUNT]) == []


def test_what_has_neither_name_nor_code_is_not_asked_for() -> None:
    result = seen(attrs.evolve(CLEAN, name=""), CLEAN, ledger=[ACCOUNT])
    assert (result.findings, result.coverage.outside["ledger"]["ambiguous"]) == ((), 1)
    assert codes(CLEAN, previous=[LAST_YEAR, attrs.evolve(LAST_YEAR, name=None)]) == []


def test_near_names_are_each_others_one_nearest() -> None:
    assert near_names(["农村公路养护工程"], ["农村公路养护工作", "界河桥梁维修"]) == ((0, 0),)
    assert near_names(["农村公路养护工程"], ["农村公路养护工作", "农村公路养护工具"]) == ()
    assert near_names(["农村公路养护一期"], ["农村公路养护二期"]) == ()
    assert near_names([], []) == ()


NAMES = st.text("道路桥梁养护维修工程项目资金2024年一二", max_size=12)


@given(st.lists(NAMES, max_size=6), st.lists(NAMES, max_size=6))
def test_everything_is_in_one_place_and_no_one_twice(first: list[str], second: list[str]) -> None:
    ours, theirs = [identity(name) for name in first], [identity(name) for name in second]
    found = match(ours, theirs, SAME_YEAR)
    groups = [found.pairs, found.near, found.several]
    numbers = [one.ours for group in groups for one in group] + [*found.ambiguous, *found.ours]
    assert sorted(numbers) == list(range(len(ours)))
    assert len({one.theirs for one in found.pairs}) == len(found.pairs)
    for one in found.pairs:
        assert one.by is Sureness.NAME
        assert same_name(first[one.ours], second[one.theirs])
    assert not {one.theirs for one in (*found.pairs, *found.near)} & set(found.theirs)


@given(NAMES)
def test_a_name_is_its_own_counterpart(name: str) -> None:
    assert len(pairs([identity(name)], [identity(name)])) == (
        len(plain_name(name)) >= 2 and len(identity(name).core) >= 2
    )


# Last year


def test_a_previous_year_that_last_years_table_does_not_have() -> None:
    one = only(changed(indicators_0_previous_year="108公里"), previous=[LAST_YEAR])
    assert (one.code, one.severity, one.kind) == ("PE621", Severity.WARNING, FindingClass.QUESTION)
    assert one.facts["match"] == "按名称"
    assert one.places[-1].file == "2023.toml"
    assert "118公里" in one.message.text()
    assert "by name" in one.message.text("en")
    coded = changed(indicators_0_previous_year="108公里", keys=CODED)
    one = only(coded, previous=[attrs.evolve(LAST_YEAR, keys=CODED)])
    assert (one.kind, one.facts["match"]) == (FindingClass.CONTRADICTION, "按项目编码")


@pytest.mark.parametrize(
    ("printed", "actual"),
    [
        ("118000米", "118公里"),
        ("118", "118公里"),
        ("0.12万公里", "1180公里"),
        ("约118公里", "117公里"),
        ("已完成", "118公里"),
        ("118公里", ""),
        ("118人", "117公里"),
    ],
)
def test_what_is_the_same_or_cannot_be_compared(printed: str, actual: str) -> None:
    last = with_row(LAST_YEAR, 0, actual=actual)
    table = with_row(changed(indicators_0_previous_year=printed), 0, target=None)
    assert "PE621" not in codes(table, previous=[last])


def test_a_reviewed_actual_of_last_year_is_accepted() -> None:
    last = with_row(LAST_YEAR, 0, review_actual="108公里")
    assert codes(changed(indicators_0_previous_year="108公里"), previous=[last]) == []


def test_a_cell_of_last_year_that_was_read_with_a_doubt_is_a_question() -> None:
    last = attrs.evolve(LAST_YEAR, keys=CODED, doubts=frozenset({"indicators[0].actual"}))
    one = only(changed(indicators_0_previous_year="108公里", keys=CODED), previous=[last])
    assert one.kind is FindingClass.QUESTION


def test_what_the_form_says_itself_is_said_once() -> None:
    table, last = changed(indicators_0_previous_year="160公里"), with_row(LAST_YEAR, 0, actual="160公里")
    found = audit([table], previous=[last]).findings
    assert [(one.code, [below.code for below in one.consequences]) for one in found] == [("PE302", ["PE622"])]


def test_new_beside_a_result_of_last_year() -> None:
    table = changed(indicators_0_previous_year="新增", indicators_1_previous_year="—")
    found = seen(table, previous=[LAST_YEAR]).findings
    assert [(one.code, one.severity, one.row) for one in found] == [
        ("PE623", Severity.WARNING, 0),
        ("PE623", Severity.NOTE, 1),
    ]
    assert codes(with_row(table, 0, previous_year=None), previous=[with_row(LAST_YEAR, 1, actual="")]) == []


def test_money_left_of_a_project_without_a_table() -> None:
    other = attrs.evolve(LAST_YEAR, name="界河桥梁维修")
    one = only(CLEAN, previous=[LAST_YEAR, other])
    assert (one.code, one.severity, one.effect.amount, one.table) == (
        "PE624",
        Severity.NOTE,
        Decimal("1.6"),
        None,
    )
    spent = attrs.evolve(other, funding=[Funding(label="合计", adjusted="80", executed="80")])
    assert codes(CLEAN, previous=[LAST_YEAR, spent]) == []
    result = seen(CLEAN, previous=[LAST_YEAR, attrs.evolve(other, organisation="某县水利局")])
    assert (result.findings, result.coverage.outside["previous"]["elsewhere"]) == ((), 1)


# Approval


@pytest.mark.parametrize(
    ("target", "change", "severity"),
    [
        (">=100公里", "easier", Severity.WARNING),
        (">=130公里", "harder", Severity.NOTE),
        ("<=120公里", "turned", Severity.WARNING),
        ("", "gone", Severity.WARNING),
        ("道路畅通", "other", Severity.NOTE),
    ],
)
def test_a_changed_target(target: str, change: str, severity: Severity) -> None:
    one = only(changed(indicators_0_target=target), approved=[APPROVED])
    assert (one.code, one.facts["change"], one.severity) == ("PE631", change, severity)


def test_a_ceiling_is_easier_if_it_is_higher() -> None:
    one = only(changed(indicators_2_target="<=0.80万元/公里"), approved=[APPROVED])
    assert one.facts["change"] == "easier"


@pytest.mark.parametrize("target", ["120公里", "=120公里", "≥120000米", ">=120", "不少于120公里"])
def test_the_same_target_written_otherwise(target: str) -> None:
    assert codes(changed(indicators_0_target=target), approved=[APPROVED]) == []


def test_a_target_that_changed_with_the_budget_is_a_question() -> None:
    table = changed(indicators_0_target=">=100公里", keys=CODED)
    approved = [attrs.evolve(APPROVED, keys=CODED)]
    assert only(table, approved=approved).kind is FindingClass.CONTRADICTION
    funding = (attrs.evolve(table.funding[0], adjusted="60"), *table.funding[1:])
    one = only(attrs.evolve(table, funding=funding), approved=approved)
    assert one.kind is FindingClass.QUESTION


def test_changed_weights_unless_all_in_one_proportion() -> None:
    one = only(changed(indicators_0_weight="30", indicators_1_weight="10"), approved=[APPROVED])
    assert (one.code, one.more, one.effect.points) == ("PE632", 1, Decimal(10))
    weights = ("25", "25", "25", "12.5", "12.5")
    hundred = {f"indicators_{n}_weight": weight for n, weight in enumerate(weights)}
    ninety = {name: str(Decimal(weight) * Decimal("0.9")) for name, weight in hundred.items()}
    assert codes(changed(**ninety), approved=[approved_with(**hundred)]) == []


def test_rows_removed_added_and_renamed() -> None:
    table = with_row(CLEAN, 1, level3="按期开工率")
    found = seen(table, approved=[APPROVED]).findings
    assert [(one.code, one.facts["name"]) for one in found] == [
        ("PE634", "养护合格率"),
        ("PE635", "按期开工率"),
    ]
    one = only(with_row(CLEAN, 2, level3="每公里道路养护成本"), approved=[APPROVED])
    assert (one.code, one.severity, one.facts["now"]) == ("PE634", Severity.NOTE, "每公里道路养护成本")
    assert codes(attrs.evolve(table, partial=True), approved=[APPROVED]) == ["PE635"]
    assert codes(table, approved=[attrs.evolve(APPROVED, partial=True)]) == []


def test_a_row_that_stands_twice_is_neither_added_nor_removed() -> None:
    table = attrs.evolve(CLEAN, indicators=[*CLEAN.indicators, CLEAN.indicators[0]])
    assert codes(table, approved=[APPROVED]) == []


def test_the_table_of_targets_is_preferred_to_others_of_one_project() -> None:
    monitored = attrs.evolve(approved_with(indicators_0_target=">=100公里"), stage="monitor")
    assert codes(CLEAN, approved=[monitored, APPROVED]) == []


# Accounts


def test_a_project_of_the_accounts_without_a_table() -> None:
    missing = entry(name="界河桥梁维修", code="A9")
    one = only(CLEAN, ledger=[ACCOUNT, missing])
    assert (one.code, one.kind, one.facts["code"], one.table) == ("PE641", FindingClass.QUESTION, "A9", None)
    assert str(one.places[0]) == "ledger.csv:3"
    for nothing_due in (
        {"is_evaluated": False},
        {"organisation": "某县水利局"},
        {"initial": "0", "adjusted": "0", "executed": "0"},
        {"year": "2023"},
    ):
        assert codes(CLEAN, ledger=[ACCOUNT, attrs.evolve(missing, **nothing_due)]) == []


def test_accounts_without_units_are_those_of_the_tables() -> None:
    ledger = [entry(organisation=""), entry(organisation="", name="界河桥梁维修")]
    assert codes(CLEAN, ledger=ledger) == ["PE641"]


def test_a_table_that_the_accounts_lack() -> None:
    one = only(CLEAN, changed(name="界河桥梁维修"), ledger=[ACCOUNT])
    assert (one.code, one.table) == ("PE642", 1)
    assert codes(CLEAN, changed(name="堤防维修", organisation="某县水利局"), ledger=[ACCOUNT]) == []


def test_two_tables_of_one_account() -> None:
    one = only(CLEAN, changed(name="农村道路养护资金"), ledger=[ACCOUNT])
    assert (one.code, one.facts["count"], one.kind) == ("PE643", "2", FindingClass.QUESTION)
    # What the tables say themselves is PE611's.
    twin = changed(goal_actual="另一张")
    assert codes(CLEAN, twin, ledger=[ACCOUNT]) == []
    assert "PE611" in [one.code for one in audit([CLEAN, twin], ledger=[ACCOUNT]).findings]
    assert codes(CLEAN, attrs.evolve(CLEAN, stage="review"), ledger=[ACCOUNT]) == []


def test_another_name_or_another_code() -> None:
    coded = attrs.evolve(CLEAN, keys=CODED)
    code = CODED["project_code"]
    one = only(coded, ledger=[entry(code=code, name="界河桥梁维修")])
    assert (one.code, one.severity) == ("PE644", Severity.WARNING)
    one = only(coded, ledger=[entry(code=code, name="农村道路的养护")])
    assert (one.code, one.severity) == ("PE644", Severity.NOTE)
    one = only(coded, ledger=[entry(code="100000000000000000002", executed="1")])
    assert (one.code, one.facts["match"]) == ("PE644", "按近似名称")
    assert codes(coded, ledger=[entry(code=code, name="")]) == []


def test_amounts_beyond_rounding() -> None:
    one = only(CLEAN, ledger=[entry(executed="783900.00")])
    assert (one.code, one.kind, one.facts["difference"]) == ("PE645", FindingClass.QUESTION, "100")
    assert one.effect.amount == Decimal("0.01")
    coded = attrs.evolve(CLEAN, keys=CODED)
    one = only(coded, ledger=[entry(code=CODED["project_code"], executed="783900.00")])
    assert (one.kind, one.severity) == (FindingClass.CONTRADICTION, Severity.WARNING)
    small = seen(CLEAN, ledger=[entry(executed="783900.00")], settings=AuditSettings(amount=Decimal(1)))
    assert [one.is_material for one in small.findings] == [False]


@pytest.mark.parametrize(
    "changes",
    [
        {"executed": "78.4万元"},
        {"amount_unit": "万元", "initial": "80", "adjusted": "80", "executed": "78"},
        {"executed": "783950.00"},
        {"executed": ""},
        {"executed": "—"},
        {"executed": "见附件"},
        {"executed": None},
        {"initial": "600000", "adjusted": "600000", "executed": "584000"},
        {"amount_unit": "", "initial": "1", "adjusted": "2", "executed": "3"},
    ],
)
def test_amounts_that_agree_or_cannot_be_compared(changes: dict[str, str | None]) -> None:
    assert codes(CLEAN, ledger=[entry(**changes)]) == []


def test_money_of_an_unknown_unit_is_counted() -> None:
    for table, account in ((CLEAN, entry(amount_unit="")), (attrs.evolve(CLEAN, amount_unit=""), ACCOUNT)):
        result = seen(table, ledger=[account])
        assert (result.findings, result.coverage.outside["ledger"]["unit_unknown"]) == ((), 1)
    assert seen(CLEAN, ledger=[ACCOUNT]).coverage.outside["ledger"]["unit_unknown"] == 0


def test_several_lines_of_one_project_add_up() -> None:
    lines = [
        entry(initial="600000", adjusted="600000", executed="584000"),
        entry(initial="200000", adjusted="200000", executed="200000"),
    ]
    assert codes(CLEAN, ledger=lines) == []
    whole = entry(initial="800000", adjusted="800000", executed="784000")
    assert codes(CLEAN, ledger=[whole, *lines]) == []
    one = only(CLEAN, ledger=[lines[0], attrs.evolve(lines[1], executed="200500")])
    assert (one.code, one.facts["held"]) == ("PE645", "584000元+200500元")


PLACES = [Decimal(place) for place in ("0.01", "1", "100", "10000")]


def printed(amount: Decimal, place: Decimal) -> str:
    """An amount in 元 as a table in 万元 prints it, to a place."""
    rounded = (amount / place).quantize(Decimal(1), ROUND_HALF_UP) * place
    return f"{rounded / 10000:.{max(0, 4 - place.adjusted())}f}"


@given(st.integers(0, 10**11), st.sampled_from(PLACES), st.sampled_from(PLACES), st.integers(201, 10**8))
def test_rounding_accuses_nobody_and_hides_little(
    cents: int, ours: Decimal, theirs: Decimal, more: int
) -> None:
    amount = Decimal(cents) / 100
    table = attrs.evolve(CLEAN, funding=[Funding(label="合计", executed=printed(amount, ours))])
    held = entry(amount_unit="万元", initial=None, adjusted=None, executed=printed(amount, theirs))
    assert codes(table, ledger=[held]) == []
    other = amount + more * max(ours, theirs) / 100
    held = attrs.evolve(held, executed=printed(other, theirs))
    assert codes(table, ledger=[held]) == ["PE645"]


# Reading the accounts

HEADER = ["项目编码", "项目名称", "预算单位", "年初预算数", "调整预算数(万元)", "累计支出"]
ROWS = [
    ["001", "农村道路养护", "某县交通运输局", "800,000.00", "80", "783967.52"],
    ["", "", "", "", "", ""],
    ["", "小计", "", "800000", "80", "783967.52"],
    ["002", "公用经费", "某县交通运输局", "—", "", "0"],
]


def written(path: Path, *, encoding: str = "utf-8") -> Path:
    rows = [["账表"], ["单位：元"], HEADER, *ROWS]
    if path.suffix == ".xlsx":
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                for column, text in enumerate(row):
                    sheet.write_string(number, column, text)
    else:
        text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows)
        path.write_text(text, encoding=encoding)
    return path


@pytest.mark.parametrize(("name", "encoding"), [("a.csv", "utf-8"), ("a.csv", "gb18030"), ("a.xlsx", "")])
def test_accounts_as_workbook_and_csv(tmp_path: Path, name: str, encoding: str) -> None:
    entries = read_ledger(written(tmp_path / name, encoding=encoding or "utf-8"))
    assert [(one.code, one.name, one.amount_unit) for one in entries] == [
        ("001", "农村道路养护", "元"),
        ("002", "公用经费", "元"),
    ]
    first, second = entries
    assert (str(first.initial), first.adjusted and first.adjusted.text) == ("800,000.00", "80")
    assert first.place is not None
    assert (str(second.initial), str(second.adjusted), str(second.executed)) == ("—", "", "0")
    assert codes(CLEAN, ledger=entries[:1]) == []


def test_two_lines_of_header_and_merged_cells(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 1, 0, "项目名称")
        sheet.merge_range(0, 1, 0, 2, "预算数（万元）")
        sheet.write_row(1, 1, ["年初预算数（万元）", "调整预算数（万元）"])
        sheet.merge_range(0, 3, 1, 3, "执行数（万元）")
        sheet.merge_range(2, 0, 3, 0, "农村道路养护")
        sheet.write_row(2, 1, ["60", "60", "58.4"])
        sheet.write_row(3, 1, ["20", "20", "20"])
    result = seen(CLEAN, ledger=read_ledger(path))
    assert (result.findings, result.coverage.outside["ledger"]["unit_unknown"]) == ((), 0)
    assert [str(one.executed) for one in read_ledger(path)] == ["58.4", "20"]


def refusal(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableError) as error:
        read_ledger(path)
    assert error.value.text("en")
    return error.value.text()


def test_accounts_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    assert "现有：科目、金额、备注" in refusal(path, "科目,金额,备注\n差旅,1,\n")
    assert "“执行数”和“支出数”" in refusal(path, "项目名称,执行数,支出数\n甲,1,2\n")
    assert "没有项目" in refusal(path, "项目名称,执行数\n合计,1\n")
    with pytest.raises(UnreadableError):
        read_ledger(tmp_path / "none.csv")
    # A table of targets is not the accounts.
    with pytest.raises(UnreadableError, match="toml"):
        read_ledger(EXAMPLES / "04-dry-port.toml")


def test_the_categories_of_which_no_table_is_due(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("项目名称,项目类别,执行数\n甲,人员类项目,1\n乙,特定目标类项目,1\n", encoding="utf-8")
    assert [one.is_evaluated for one in read_ledger(path)] == [False, True]


# The real tables


def test_the_real_tables_agree_with_what_they_quote() -> None:
    tables = [perfeval.read(path).evaluations[0] for path in sorted(EXAMPLES.glob("*.toml"))]
    previous = [
        attrs.evolve(
            table,
            year="2023",
            indicators=[attrs.evolve(row, actual=row.previous_year) for row in table.indicators],
        )
        for table in tables
    ]
    approved = [attrs.evolve(table, stage="target") for table in tables]
    ledger = [
        LedgerEntry(
            name=table.name or "",
            organisation=table.organisation or "",
            amount_unit=table.amount_unit or "",
            initial=table.funding[0].initial,
            adjusted=table.funding[0].adjusted,
            executed=table.funding[0].executed,
        )
        for table in tables[1:]
    ]
    result = seen(*tables, previous=previous, approved=approved, ledger=ledger)
    # The table of investment attraction asks for five fairs after six of the year before; PE302 says so as well.
    assert [(one.code, one.table) for one in result.findings] == [("PE622", 6)]
    assert [counts["by_name"] for counts in result.coverage.outside.values()] == [8, 8, 7]
