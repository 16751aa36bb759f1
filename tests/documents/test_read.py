"""perfeval.read: formats by content, archives, refusals, maps; the example documents against the example tables."""

import io
import zipfile
from pathlib import Path

import pytest

import perfeval
from perfeval import Limits, Reading, UnreadableError, UsageError, read
from perfeval.documents.layout import built_in_words
from perfeval.table import table_data
from perfeval.values import squash

ROOT = Path(__file__).parents[2]
DOCUMENTS = ROOT / "examples" / "documents"
TABLES = sorted((ROOT / "examples" / "bortala-2024").glob("*.toml"))
CSV = "项目名称,预算单位,一级指标,三级指标,指标值,完成值,权重,得分\n修路,甲局,产出指标,里程,≥10公里,10公里,100,100\n"


def code(data: bytes | Path, name: str | None = None, **limits: int) -> str:
    with pytest.raises(UnreadableError) as caught:
        read(data, name=name, limits=Limits(**limits))
    (problem,) = caught.value.problems
    assert problem.text("zh") != problem.text("en")
    return problem.message.code


def cells(reading: Reading) -> list[object]:
    """The indicators, money and totals of tables, as they are compared."""

    def plain(value: object) -> object:
        if isinstance(value, dict):
            return {key: plain(item) for key, item in value.items()}
        return [plain(item) for item in value] if isinstance(value, list) else squash(str(value))

    made: list[object] = []
    for table in reading.evaluations:
        data = table_data(table)
        total = {key: text for key, text in data.get("total", {}).items() if text}
        made.append(
            plain(
                {"rows": data["indicators"], "money": data["funding"], "total": total, "name": data["name"]}
            )
        )
    return made


@pytest.mark.parametrize("suffix", ["docx", "pdf", "txt", "xlsx"])
def test_the_example_documents_hold_the_example_tables(suffix: str) -> None:
    found = read(DOCUMENTS / f"bortala-2024.{suffix}")
    expected = Reading(tuple(read(path).evaluations[0] for path in TABLES))
    assert cells(found) == cells(expected)
    assert all(finding.severity == "note" for finding in found.findings)
    assert all(table.place("indicators[0].target") for table in found.evaluations)
    assert {table.sha256 for table in found.evaluations} == {found.evaluations[0].sha256}


@pytest.mark.parametrize("name", ["x.pdf", "x.docx", "x", "x.bin", "x.txt"])
def test_the_suffix_does_not_matter(name: str) -> None:
    data = (DOCUMENTS / "bortala-2024.xlsx").read_bytes()
    assert len(read(data, name=name).evaluations) == 8


def zipped(**files: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def test_an_archive_is_read_and_its_bad_members_are_findings() -> None:
    inner = zipped(**{"b.csv": CSV.replace("修路", "架桥").encode("gb18030")})
    data = zipped(
        **{"甲/a.csv": CSV.encode(), "坏.pdf": b"%PDF-1.7 nothing", "c.zip": inner, "n.txt": b"nothing here"}
    )
    found = read(data, name="all.zip")
    assert [(table.name, table.file) for table in found.evaluations] == [
        ("修路", "all.zip/甲/a.csv"),
        ("架桥", "all.zip/c.zip/b.csv"),
    ]
    graded = {(finding.places[0].file, str(finding.severity)) for finding in found.findings}
    assert graded == {("all.zip/坏.pdf", "error"), ("all.zip/n.txt", "note")}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "IN-EMPTY"),
        (b"  \n", "IN-EMPTY"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "IN-PICTURE"),
        (b"Rar!\x1a\x07\x00" + bytes(40), "IN-FORMAT"),
        (bytes(range(256)) * 4, "IN-FORMAT"),
        ("只有文字，没有表。".encode(), "IN-NO-TABLE"),
        (b"a,b,c\n1,2,3\n4,5,6\n", "IN-NO-TABLE"),
        (zipped(), "IN-NO-TABLE"),
        (b"%PDF-1.4\n%%EOF\n", "IN-PDF-BROKEN"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, expected: str) -> None:
    found = code(data)
    assert found == expected or found.startswith(expected.rpartition("-")[0])


def test_limits_and_wrong_calls(tmp_path: Path) -> None:
    assert code(CSV.encode(), size=10) == "IN-SIZE"
    assert code((DOCUMENTS / "bortala-2024.xlsx").read_bytes(), unpacked=1000) == "IN-UNPACKED"
    assert code((DOCUMENTS / "bortala-2024.xlsx").read_bytes(), cells=20) == "IN-CELLS"
    assert code((DOCUMENTS / "bortala-2024.pdf").read_bytes(), pages=1) == "IN-PAGES"
    assert code(tmp_path) == "IN-FILE"
    with pytest.raises(UsageError):
        read(7)  # type: ignore[arg-type]


MAP = """
schema = "perfeval.layout.v1"
[columns]
level3 = ["KPI_NAME"]
target = ["ENDVAL"]
actual = ["REALVAL"]
score = ["GOT"]
[labels]
name = ["PRO_NAME"]
[units."趟"]
"""
EXPORT = b"PRO_NAME,KPI_NAME,ENDVAL,REALVAL,GOT\nA,km,>=10\xe8\xb6\x9f,10\xe8\xb6\x9f,5\n"


def test_a_map_names_columns_and_units(tmp_path: Path) -> None:
    path = tmp_path / "map.toml"
    path.write_text(MAP, encoding="utf-8")
    assert code(EXPORT) == "IN-NO-TABLE"
    (table,) = read(EXPORT, words=built_in_words().extended(path)).evaluations
    (row,) = table.indicators
    assert (table.name, row.level3, str(row.target), str(row.score)) == ("A", "km", ">=10趟", "5")
    assert row.target is not None
    assert "趟" in repr(row.target.value)
    assert perfeval.score(table).indicators[0].reason is not None  # it has no weight


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("x = 1", "MAP-SCHEMA"),
        ('schema = "perfeval.layout.v1"\n[columns]\nnobody = ["x"]', "MAP-ROLE"),
        ('schema = "perfeval.layout.v1"\n[columns]\nlevel3 = "x"', "IN-TYPE"),
        ('schema = "perfeval.layout.v1"\n[colums]\nlevel3 = ["x"]', "IN-KEY"),
        (
            'schema = "perfeval.layout.v1"\n[[titles]]\npattern = "("\nkind = "project"\nstage = "self"',
            "MAP-PATTERN",
        ),
        ("schema = ", "MAP-SYNTAX"),
    ],
)
def test_a_bad_map_says_what_is_wrong(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "map.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableError) as caught:
        built_in_words().extended(path)
    found = {one.message.code for one in caught.value.problems}
    assert problem in found
    assert all(one.file == str(path) for one in caught.value.problems)


def test_a_missing_map(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="打不开映射文件"):
        built_in_words().extended(tmp_path / "none.toml")
