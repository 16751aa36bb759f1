"""``perfeval batch``: what a single table gets, for every row and table of files of any size, and one sentence for what is wrong."""

import io
import json
import sys
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from random import Random

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

import perfeval
from perfeval import Evaluation
from perfeval.cli import main
from perfeval.frames import batch, files
from perfeval.table import SCHEMA, table_data
from perfeval.table.flat import flat_columns, flat_rows, write_csv
from perfeval.testing import clean_evaluation

ROOT = Path(__file__).parents[2]


def outcome(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    status = main([str(argument) for argument in ("batch", *arguments)])
    return status, *capsys.readouterr()


def drawn(count: int, seed: int = 0) -> tuple[Evaluation, ...]:
    """Tables with codes of their own, so that the flat form tells them apart."""
    made = []
    for number in range(seed, seed + count):
        data = table_data(clean_evaluation(Random(number)))  # noqa: S311 - drawn, not secret
        made.append({**data, "keys": {"project_code": f"P{number:05}"}})
    text = json.dumps({"schema": SCHEMA, "evaluations": made})
    return perfeval.read(text.encode(), name="drawn.json").evaluations


def as_csv(tables: Sequence[Evaluation], path: Path) -> Path:
    data = [table_data(table) for table in tables]
    write_csv(path, flat_columns(data), flat_rows(data))
    return path


def as_parquet(tables: Sequence[Evaluation], path: Path) -> Path:
    pq.write_table(pa.Table.from_pylist(list(flat_rows([table_data(table) for table in tables]))), path)
    return path


def agrees(rows: Path, totals: Path, tables: Sequence[Evaluation]) -> None:
    cards = [perfeval.score(table) for table in tables]
    scores = [score for card in cards for score in card.indicators]
    made = pq.read_table(rows).to_pylist()
    assert [row["perfeval_score"] for row in made] == [score.score for score in scores]
    assert [row["perfeval_completion"] for row in made] == [score.completion for score in scores]
    by_code = {row["项目编码"]: row for row in pq.read_table(totals).to_pylist()}
    assert {
        table.keys["project_code"]: by_code[table.keys["project_code"]]["perfeval_total"] for table in tables
    } == {card.evaluation.keys["project_code"]: card.total for card in cards}


@pytest.mark.parametrize(
    ("engine", "write"), [("polars", as_csv), pytest.param("duckdb", as_parquet, marks=pytest.mark.slow)]
)
def test_pieces_never_cut_a_table(
    engine: str,
    write: Callable[[Sequence[Evaluation], Path], Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(batch, "ROWS", 50)  # half a dozen tables
    folder = tmp_path / "in"
    folder.mkdir()
    tables = drawn(12) + drawn(5, seed=100)
    suffix = "csv" if write is as_csv else "parquet"
    write(tables[:12], folder / f"a.{suffix}")
    write(tables[12:], folder / f"b.{suffix}")
    rows, totals = tmp_path / "rows.parquet", tmp_path / "totals.parquet"
    status, out, err = outcome(capsys, folder, "-o", rows, "--totals", totals, "--engine", engine)
    assert (status, err) == (0, "")
    count = sum(len(table.indicators) for table in tables)
    scored = sum(score.score is not None for table in tables for score in perfeval.score(table).indicators)
    assert out.startswith(f"{count} 行，来自 2 个文件：可计分 {scored}，不可计分 {count - scored}\n")
    assert out.endswith(f"已写入 {totals}：17 张表\n")
    agrees(rows, totals, tables)


def test_the_published_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    flat = tmp_path / "flat.csv"
    assert main(["convert", str(ROOT / "examples/bortala-2024"), "-o", str(flat)]) == 0
    rows, totals = tmp_path / "rows.parquet", tmp_path / "totals.parquet"
    assert main(["batch", str(flat), "-o", str(rows), "--totals", str(totals), "--lang", "en"]) == 0
    assert "reported scores: 53 equal, 2 not equal, 0 not reported" in capsys.readouterr().out
    made = {row["项目名称"]: row for row in pq.read_table(totals).to_pylist()}
    harbour = next(row for name, row in made.items() if "无水港" in name)
    assert (harbour["perfeval_total"], harbour["perfeval_difference"]) == (Decimal("91.75"), Decimal("-9.96"))
    assert harbour["perfeval_execution_rate"] == Decimal("0.1788")
    travel = next(row for row in pq.read_table(rows).to_pylist() if row["三级指标"] == "差旅费")
    assert (travel["指标值"], travel["perfeval_score"]) == ("<=8.90 万元", Decimal("9.96"))


def test_columns_of_ones_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "own.parquet"
    table = {"op": ["<=", ">="], "t": [890, 15000], "a": [894, 110000], "w": [10, 5], "p": ["x", "x"]}
    pq.write_table(pa.table(table), source)
    columns = tmp_path / "columns.toml"
    columns.write_text(
        'schema = "perfeval.columns.v1"\n[rows]\nweight = "w"\n'
        'target = { value = "t", scale = 2, operator = "op" }\nactual = { value = "a", scale = 2 }\n'
        '[tables]\nkey = ["p"]\n',
        encoding="utf-8",
    )
    rows, totals = tmp_path / "rows.parquet", tmp_path / "totals.parquet"
    status, _, err = outcome(capsys, source, "-o", rows, "--totals", totals, "--columns", columns)
    assert (status, err) == (0, "")
    assert pq.read_table(rows)["perfeval_score"].to_pylist() == [Decimal("9.96"), Decimal("5.00")]
    assert pq.read_table(totals)["perfeval_scored_subtotal"].to_pylist() == [Decimal("14.96")]


def test_a_csv_in_gb18030_with_guarded_cells(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, rows = tmp_path / "gbk.csv", tmp_path / "rows.parquet"
    text = '三级指标,指标值,实际完成值,分值\n投诉""件数,\'=100%,\'=80%,"=""10"""\n'
    source.write_bytes(text.replace('投诉""件数', '"投诉""件数"').encode("gb18030"))
    assert outcome(capsys, source, "-o", rows)[0] == 0
    (row,) = pq.read_table(rows).to_pylist()
    assert (row["指标值"], row["分值"], row["perfeval_score"]) == ("=100%", "10", Decimal("8.00"))


GOOD = "项目编码,指标值,实际完成值,分值\n"


@pytest.mark.parametrize(
    ("content", "options", "sentence"),
    [
        ("a,b\n1,2\n", (), "没有找到列 指标值, 实际完成值, 分值"),
        (GOOD + "A,1,1\n", (), "in.csv:2:1: 这一行有 3 格，表头有 4 格"),
        (GOOD + 'A,1,1,1\nA,1,1,"1\nA,1,1,1\n', (), "引号不成对"),
        (GOOD + 'A,1,1,"1\nA,1,1,1\nA,1,1,1"\n', (), "一格内含有整行"),
        (GOOD.replace("分值", "perfeval_score") + "A,1,1,1\n", ("--columns", "own.toml"), "已有"),
        (GOOD.replace("分值", "指标值"), (), "列“指标值”出现两次"),
        ("\0\0\0\1", (), "不是文本"),
        (GOOD[5:] + "1,1,1\n", ("--totals", "t.parquet"), "不知道哪些行属于同一张表"),
        (GOOD + "A,1,1,1\nB,1,1,1\nA,1,1,1\n", ("--totals", "t.parquet"), "表 A 的各行不相连"),
        (GOOD, ("--columns", "no.toml"), "找不到或打不开"),
    ],
    ids=[
        "no-column",
        "short-row",
        "open-quote",
        "rows-in-a-cell",
        "taken",
        "twice",
        "no-text",
        "no-key",
        "apart",
        "no-columns-file",
    ],
)
def test_what_is_wrong_is_one_sentence_and_nothing_is_lost(
    content: str,
    options: tuple[str, ...],
    sentence: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(batch, "ROWS", 1)
    Path("in.csv").write_text(content, encoding="utf-8")
    if "own.toml" in options:
        text = 'schema = "perfeval.columns.v1"\nrows = { target = "指标值", actual = "实际完成值", weight = "perfeval_score" }\n'
        Path("own.toml").write_text(text, encoding="utf-8")
    Path("out.parquet").write_bytes(b"older")
    status, out, err = outcome(capsys, "in.csv", "-o", "out.parquet", *options)
    assert (status, out) == (2, "")
    assert sentence in err
    assert len(err.splitlines()) == 1
    assert Path("out.parquet").read_bytes() == b"older"
    left = {path.name for path in tmp_path.iterdir()} - {"own.toml"}
    assert left == {"in.csv", "out.parquet"}


def test_files_that_do_not_go_together(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.csv").write_text("指标值,实际完成值,分值\n1,1,1\n", encoding="utf-8")
    (folder / "b.csv").write_text("指标值,实际完成值,分值,得分\n1,1,1,1\n", encoding="utf-8")
    status, _, err = outcome(capsys, folder, "-o", tmp_path / "out.parquet")
    assert (status, "b.csv 的列与前面的文件不同" in err) == (2, True)
    status, _, err = outcome(capsys, folder / "a.csv", "-o", folder / "a.csv")
    assert (status, "应为 .parquet" in err) == (2, True)
    status, _, err = outcome(capsys, tmp_path / "none", "-o", tmp_path / "out.parquet")
    assert (status, "不是 .parquet 或 .csv" in err) == (2, True)
    pq.write_table(pa.table({"x": [1]}), tmp_path / "x.parquet")
    status, _, err = outcome(capsys, tmp_path / "x.parquet", "-o", tmp_path / "x.parquet")
    assert (status, "也是输入文件" in err) == (2, True)
    (tmp_path / "cut.parquet").write_bytes((tmp_path / "x.parquet").read_bytes()[:40])
    status, _, err = outcome(capsys, tmp_path / "cut.parquet", "-o", tmp_path / "out.parquet")
    assert (status, err.startswith(f"{tmp_path}/cut.parquet: 不能读取：")) == (2, True)


def test_progress_on_a_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    source = as_parquet(drawn(2), tmp_path / "in.parquet")
    assert files.rows_of_parquet(source) == len(pq.read_table(source))
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert outcome(capsys, source, "-o", tmp_path / "out.parquet")[0] == 0
    assert "perfeval" in terminal.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be"])
def test_encodings_and_odd_headers(encoding: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, rows = tmp_path / "in.csv", tmp_path / "rows.parquet"
    text = '\r\n"三级\n指标",指标值,实际完成值,分值,,\r\n上海,>=10,9,10,,\r\n\r\n上,>=5,5,20,,\r\n'
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    source.write_bytes((mark + text).encode(encoding))
    assert outcome(capsys, source, "-o", rows)[0] == 0
    made = pq.read_table(rows).to_pylist()
    assert [(row["三级\n指标"], row["perfeval_score"]) for row in made] == [
        ("上海", Decimal("9.00")),
        ("上", Decimal("20.00")),
    ]


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_a_file_without_rows_gives_one_without_rows(
    suffix: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / f"in.{suffix}"
    if suffix == "csv":
        source.write_text(GOOD, encoding="utf-8")
    else:
        pq.write_table(
            pa.table({name: pa.array([], pa.string()) for name in GOOD.strip().split(",")}), source
        )
    rows, totals = tmp_path / "rows.parquet", tmp_path / "totals.parquet"
    status, out, err = outcome(capsys, source, "-o", rows, "--totals", totals)
    assert (status, err) == (0, "")
    assert out.startswith("0 行")
    assert (len(pq.read_table(rows)), len(pq.read_table(totals))) == (0, 0)


def test_one_file_for_both_outputs_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "in.csv"
    source.write_text(GOOD + "A,1,1,1\n", encoding="utf-8")
    other = tmp_path / "x" / ".." / "o.parquet"
    (tmp_path / "x").mkdir()
    status, _, err = outcome(capsys, source, "-o", tmp_path / "o.parquet", "--totals", other)
    assert (status, "是同一个文件" in err) == (2, True)


@pytest.mark.parametrize(
    ("first", "second", "is_kept"),
    [
        (pa.array([1], pa.int64()), pa.array(["007"]), False),
        (pa.array([1.5], pa.float32()), pa.array([123456789.123], pa.float64()), False),
        (pa.array(["a"]), pa.array([None], pa.null()), True),
        (pa.array([None], pa.null()), pa.array(["a"]), True),
        (pa.array([1], pa.int64()), pa.array([2], pa.int16()), True),
        (pa.array(["a"]), pa.array(["b"]).dictionary_encode(), True),
    ],
)
def test_what_only_passes_through_is_never_changed(
    first: pa.Array, second: pa.Array, is_kept: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    cells = {"指标值": [">=10"], "实际完成值": ["9"], "分值": ["10"]}
    for name, own in (("a", first), ("b", second)):
        pq.write_table(pa.table({**cells, "own": own}), folder / f"{name}.parquet")
    status, _, err = outcome(capsys, folder, "-o", tmp_path / "o.parquet")
    assert (status, "列与前面的文件不同" in err) == ((0, False) if is_kept else (2, True))
    if is_kept:
        assert (
            pq.read_table(tmp_path / "o.parquet")["own"].to_pylist() == first.to_pylist() + second.to_pylist()
        )


def test_keys_kept_as_a_dictionary(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "ROWS", 10)
    codes = pa.array([f"P{number // 7}" for number in range(100)]).dictionary_encode()
    cells = {"项目编码": codes, "指标值": [">=10"] * 100, "实际完成值": ["9"] * 100, "分值": ["10"] * 100}
    pq.write_table(pa.table(cells), tmp_path / "in.parquet")
    rows, totals = tmp_path / "rows.parquet", tmp_path / "totals.parquet"
    status, _, err = outcome(capsys, tmp_path / "in.parquet", "-o", rows, "--totals", totals)
    assert (status, err) == (0, "")
    assert sum(pq.read_table(totals)["perfeval_rows"].to_pylist()) == 100
