"""The eight tables of one disclosure: what a careful reader saw in them is found, what is right is not reported.

The page docs/audit.md lists what was seen; a copy in which names, units and figures are replaced gives the same findings,
so no check holds a proper name or a figure.
"""

import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import perfeval
from perfeval.auditing import AuditFinding, AuditResult, audit
from perfeval.findings import Severity
from perfeval.table import table_data

ROOT = Path(__file__).parents[2]
TABLES = [
    perfeval.read(path).evaluations[0] for path in sorted((ROOT / "examples/bortala-2024").glob("*.toml"))
]
PAGE = (ROOT / "docs/audit.md").read_text(encoding="utf-8")
_ENTRY = re.compile(r"^\| ([0-9, ]+) \| (.+?) \| (.+?) \|$", re.MULTILINE)
ENTRIES = [(set(map(int, tables.split(", "))), what, found) for tables, what, found in _ENTRY.findall(PAGE)]


def every(findings: tuple[AuditFinding, ...]) -> Iterator[AuditFinding]:
    for one in findings:
        yield one
        yield from every(one.consequences)


def tables_of(one: AuditFinding, files: list[str | None]) -> set[int]:
    return {files.index(place.file) for place in one.places}


@pytest.fixture(scope="module")
def result() -> AuditResult:
    return audit(TABLES)


def test_the_page_lists_what_was_seen() -> None:
    assert len(ENTRIES) >= 44
    outcomes = {found.partition(",")[0].partition(":")[0] for _, _, found in ENTRIES}
    assert {one for one in outcomes if not one.startswith("PE")} == {"person", "narrative", "no finding"}


@pytest.mark.parametrize(
    ("tables", "what", "found"),
    [entry for entry in ENTRIES if entry[2].startswith("PE")],
    ids=str,
)
def test_what_was_seen_is_found(tables: set[int], what: str, found: str, result: AuditResult) -> None:
    files = [table.file for table in TABLES]
    seen = {code: set[int]() for code in re.findall(r"PE[0-9]{3}", found)}
    for one in every(result.findings):
        if one.code in seen:
            seen[one.code] |= tables_of(one, files)
    assert all(tables <= places for places in seen.values()), (what, seen)


def test_what_is_right_is_not_reported(result: AuditResult) -> None:
    # Weights, totals, rates, execution scores, parts and sums of these tables are right; the cost of T4's travel is not.
    right = {
        "PE101",
        "PE201",
        "PE202",
        "PE204",
        "PE205",
        "PE401",
        "PE402",
        "PE404",
        "PE405",
        "PE413",
        "PE414",
        "PE604",
    }
    assert not right & {one.code for one in every(result.findings)}
    assert not result.at_least(Severity.ERROR)
    assert len(result.at_least(Severity.WARNING)) <= 20  # one screen


WORDS = {
    "博尔塔拉蒙古自治州": "甲乙市", "博州": "甲市", "全州": "全市", "自治州": "乙市", "州直": "市直", "商务局": "林业局", "商务": "林业",
    "阿拉山口": "丙地", "哈萨克斯坦": "丁地", "多斯特克": "戊地", "无水港": "育苗场", "汽车": "林木", "车辆": "树苗", "招商": "造林",
    "展会": "苗会", "推介会": "品鉴会", "以旧换新": "以老换幼", "报废": "枯死", "差旅费": "采种费", "商贸物流": "林区道路", "揽收": "收种",
    "家电": "旧苗", "冷库": "苗库", "投递": "运苗", "党员": "林工", "党组织": "林场", "大脑": "台账", "奖励金": "补助金", "调研": "踏查",
}  # fmt: skip
_COUNTED = re.compile(
    r"(?<![0-9.])([0-9][0-9,]*(?:\.[0-9]+)?)(\s*)(万元|元|辆|人|次|个|项|份|家|台|户)(?!民币)"
)


def replaced(text: str) -> str:
    for old, new in WORDS.items():
        text = text.replace(old, new)
    text = _COUNTED.sub(lambda found: f"{tripled(found[1])}{found[2]}{found[3]}", text)
    return text.replace("辆", "株")


def tripled(number: str) -> str:
    return f"{Decimal(number.replace(',', '')) * 3:f}"


def copy_of(data: Any, change: Callable[[str], str], key: str = "") -> Any:
    if isinstance(data, dict):
        return {name: copy_of(value, change, name) for name, value in data.items()}
    if isinstance(data, list):
        return [copy_of(value, change, key) for value in data]
    if key in {"initial", "adjusted", "executed"} and re.fullmatch(r"[0-9,.]+", data):
        return tripled(data)
    return (
        change(data)
        if isinstance(data, str) and key not in {"kind", "stage", "year", "schema", "file"}
        else data
    )


def test_a_copy_with_other_names_units_and_figures_has_the_same_findings(
    result: AuditResult, tmp_path: Path
) -> None:
    files = [tmp_path / f"{number}.json" for number in range(len(TABLES))]
    for table, file in zip(TABLES, files, strict=True):
        data = copy_of(table_data(table), replaced)
        file.write_text(json.dumps({"schema": "perfeval.evaluation.v1", **data}), encoding="utf-8")
    copies = [perfeval.read(file).evaluations[0] for file in files]
    text = json.dumps([table_data(table) for table in copies], ensure_ascii=False)
    assert not [word for word in WORDS if word in text]

    def found(audited: AuditResult) -> list[tuple[object, ...]]:
        return sorted(
            (one.code, one.severity, one.kind, str(one.table), str(one.row), one.more)
            for one in every(audited.findings)
        )

    assert found(audit(copies)) == found(result)
