"""``perfeval convert``: one file from many documents, whatever some of them do, and again from its journal."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from perfeval import Evaluation, Limits, read
from perfeval.cli import convert, gather, main
from perfeval.cli.gather import FileReader
from perfeval.cli.journal import Entry
from perfeval.table import Reading, dump_json, dump_toml

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples/bortala-2024"
SOURCES = sorted(EXAMPLES.glob("*.toml"))
HEADER = "项目名称,一级指标,二级指标,三级指标,指标值,实际完成值,分值,得分\n"


def outcome(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    status = main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Traceback" not in captured.err
    return status, captured.err


def names(path: Path) -> list[str | None]:
    return [table["name"] for table in json.loads(path.read_text(encoding="utf-8"))["evaluations"]]


def table(path: Path, name: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{HEADER}{name},产出指标,数量指标,甲,≥3次,3次,10,10\n", encoding="utf-8")
    return path


def bad(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('schema = "perfeval.evaluation.v1"\nkind = "x"\n', encoding="utf-8")
    return path


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Documents in folders, some of which cannot be read, and an archive."""
    tree = tmp_path / "tree"
    table(tree / "甲局/项目一/自评/a.csv", "一")
    table(tree / "甲局/b.csv", "二")
    bad(tree / "甲局/c.toml")
    table(tree / "d.csv", "三")
    (tree / "e.txt").write_text("没有表。\n", encoding="utf-8")
    with zipfile.ZipFile(tree / "f.zip", "w") as archive:
        archive.write(tree / "d.csv", "乙局/项目二/g.csv")
        archive.write(tree / "甲局/c.toml", "乙局/h.toml")
        archive.write(tree / "e.txt", "i.txt")
    return tree


# What was there before there were documents.


@pytest.mark.parametrize("count", [1, 8])
def test_tables_as_they_were(capsys: pytest.CaptureFixture[str], tmp_path: Path, count: int) -> None:
    tables = tuple(found for source in SOURCES[:count] for found in read(source).evaluations)
    for suffix, dump in (("toml", dump_toml), ("json", dump_json)):
        output = tmp_path / f"a.{suffix}"
        assert outcome(capsys, "convert", *SOURCES[:count], "-o", output) == (0, "")
        assert output.read_bytes() == dump(tables).encode()
    again = tmp_path / "b.toml"
    assert outcome(capsys, "convert", tmp_path / "a.json", "-o", again) == (0, "")
    assert again.read_bytes() == (tmp_path / "a.toml").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.json", "a.toml", "b.toml"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["-o", "x.docx"],
            "输出文件 x.docx 应以 .toml 或 .json 结尾，一行一个指标的平表以 .csv 或 .xlsx 结尾\n",
        ),
        (["-o", "x.json", "--jobs", "0"], "--jobs 应为 1 到 256 的整数，现为 0\n"),
        (["-o", "x.json", "--jobs", "two"], "--jobs 应为 1 到 256 的整数，现为 two\n"),
        (["-o", "x.json", "--jobs", "9" * 5000], "--jobs 应为"),
        (["-o", "x.json", "--map", "no-map.toml"], "no-map.toml: 找不到或打不开映射文件"),
        (["-o", "no/such/dir/x.json"], "不能写入 no/such/dir/x.json"),
        (["-o", "x.json", "--journal", "no/such/dir/x"], "不能写入进度文件 no/such/dir/x"),
    ],
)
def test_misuse(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, arguments: list[str],
    sentence: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    status, err = outcome(capsys, "convert", SOURCES[0], *arguments)
    assert status == 2
    assert err.startswith(sentence)
    assert not list(tmp_path.iterdir())


# Many documents.


@pytest.mark.parametrize("jobs", [1, 3])
def test_one_bad_file_stops_nothing(
    capsys: pytest.CaptureFixture[str], tree: Path, tmp_path: Path, jobs: int
) -> None:
    output = tmp_path / "out.json"
    status, err = outcome(capsys, "convert", tree, "-o", output, "--jobs", jobs)
    assert status == 2
    lines = [line for line in err.splitlines() if ": PE" not in line]
    assert lines == [
        f"{tree}/e.txt: 没有找到绩效自评表；表中用语与通行的不同时，可用 --map 补充",
        f"{tree}/f.zip/i.txt: 没有找到绩效自评表；表中用语与通行的不同时，可用 --map 补充",
        f"{tree}/f.zip/乙局/h.toml:2:8 kind: “x” 不是 project whole_unit transfer targets 之一",
        f"{tree}/甲局/c.toml:2:8 kind: “x” 不是 project whole_unit transfer targets 之一",
        "共 8 个文件：4 个读出 4 张表，2 个没有表，2 个未能读取",
    ]
    assert names(output) == ["三", "三", "二", "一"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.json", "tree"]
    again = tmp_path / "english.json"
    _, err = outcome(capsys, "convert", tree, "-o", again, "--lang", "en")
    assert err.splitlines()[-1] == "8 documents: 4 tables from 4, 2 without tables, 2 not read"


def test_folders_are_keys(capsys: pytest.CaptureFixture[str], tree: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.json"
    shutil.copytree(EXAMPLES, tree / "丙局")
    outcome(capsys, "convert", tree, "-o", output)
    tables = json.loads(output.read_text(encoding="utf-8"))["evaluations"]
    assert [found["keys"] for found in tables if len(found["name"]) == 1] == [
        {},
        {"unit": "乙局", "project": "项目二"},
        {"unit": "甲局"},
        {"unit": "甲局", "project": "自评"},
    ]
    own = '[keys]\nunit = "自己的"\n'
    (tree / "丙局" / "own.toml").write_text(f'schema = "perfeval.evaluation.v1"\nname = "自"\n{own}', "utf-8")
    outcome(capsys, "convert", tree, "-o", output)
    tables = json.loads(output.read_text(encoding="utf-8"))["evaluations"]
    assert [found["keys"] for found in tables if found["name"] == "自"] == [{"unit": "自己的"}]


def test_csv_and_workbook_of_a_tree(capsys: pytest.CaptureFixture[str], tree: Path, tmp_path: Path) -> None:
    for suffix in ("csv", "xlsx"):
        output = tmp_path / f"out.{suffix}"
        outcome(capsys, "convert", tree, "-o", output)
        assert [found.name for found in read(output).evaluations] == ["三", "三", "二", "一"]
    text = (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    assert text.splitlines()[0].endswith(",keys.project,keys.unit")
    assert f"{tree}/f.zip/乙局/项目二/g.csv,,三," in text


def test_the_output_in_the_directory_is_not_read(
    capsys: pytest.CaptureFixture[str], tree: Path, tmp_path: Path
) -> None:
    for _ in range(2):
        outcome(capsys, "convert", tree, "-o", tree / "out.json")
        assert len(names(tree / "out.json")) == 4
    assert not list(tmp_path.rglob("*.journal"))


def test_nothing_read_is_no_success(capsys: pytest.CaptureFixture[str], tree: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.json"
    for given in (tree / "e.txt", tree / "甲局/c.toml", tmp_path / "none"):
        assert outcome(capsys, "convert", given, "-o", output)[0] == 2
    assert not output.exists()


# Hangs and crashes: the reader that a worker has is a copy of this one, which does them.


class Trap(FileReader):
    """A reader for which some documents are traps, by what they are called."""

    def _entry(self, document: Entry, content: object) -> Entry:
        name = Path(document.shown).name
        if "hang" in name:
            time.sleep(60)
        if "crash" in name:
            os._exit(9)
        return super()._entry(document, content)  # type: ignore[arg-type]  # passed on


def test_a_document_that_crashes_or_hangs(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tree = tmp_path / "tree"
    for number in range(3):
        table(tree / f"{number}.csv", f"表{number}")
    table(tree / "1-crash.csv", "无")
    table(tree / "2-hang.csv", "无")
    with zipfile.ZipFile(tree / "0.zip", "w") as archive:
        for name in ("a.csv", "crash.csv", "b.csv"):
            archive.writestr(name, f"{HEADER}{name},产出指标,数量指标,甲,≥3次,3次,10,10\n")
    monkeypatch.setattr(convert, "FileReader", lambda name, words: Trap(name, words, Limits(seconds=4)))
    output = tmp_path / "out.json"
    status, err = outcome(capsys, "convert", tree, "-o", output, "--jobs", "2")
    assert status == 2
    assert err.splitlines()[-4:] == [
        f"{tree}/0.zip/crash.csv: 读取时程序崩溃（exit 9），未读；请把文件发给开发者",
        f"{tree}/1-crash.csv: 读取时程序崩溃（exit 9），未读；请把文件发给开发者",
        f"{tree}/2-hang.csv: 读取超过 4 秒，已停止",
        "共 8 个文件：5 个读出 5 张表，0 个没有表，3 个未能读取",
    ]
    assert names(output) == ["表0", "a.csv", "b.csv", "表1", "表2"]


@pytest.mark.parametrize("fault", [KeyError("no such"), MemoryError(), RecursionError("too deep")])
def test_a_fault_of_a_reader(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fault: Exception
) -> None:
    def faulty(*_given: object, **_more: object) -> object:
        raise fault

    monkeypatch.setattr(gather, "read", faulty)
    status, err = outcome(capsys, "convert", SOURCES[0], "-o", tmp_path / "out.json")
    assert status == 2
    assert err.startswith(f"{SOURCES[0]}: 读取时程序崩溃（{type(fault).__name__}: ")


def test_half_a_character_is_no_text(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    halved = Reading((Evaluation(name="\ud800"),))
    monkeypatch.setattr(gather, "read", lambda *_, **__: halved)
    status, err = outcome(capsys, "convert", SOURCES[0], "-o", tmp_path / "out.json")
    assert (status, "UnicodeEncodeError" in err) == (2, True)


# The journal.


def test_a_journal_is_used(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tree: Path, tmp_path: Path
) -> None:
    journal, output = tmp_path / "j", tmp_path / "out.json"
    first = outcome(capsys, "convert", tree, "-o", output, "--journal", journal)
    made, kept = output.read_bytes(), journal.read_bytes()
    (tree / "d.csv").rename(tree / "d2.csv")  # found again by what it holds
    journal.write_bytes(kept + kept.splitlines()[1][:40])  # cut off
    seen: list[str] = []

    def watched(source: object, *, name: str, **given: object) -> object:
        seen.append(name)
        return read(source, name=name, **given)  # type: ignore[arg-type]  # passed on

    monkeypatch.setattr(gather, "read", watched)
    second = outcome(capsys, "convert", tree, "-o", output, "--journal", journal)
    assert output.read_bytes() == made
    assert (second[0], second[1].replace("d2.csv", "d.csv")) == first
    # What could not be read is tried again; so is the archive with it in.
    assert [Path(name).name for name in seen] == ["g.csv", "h.toml", "i.txt", "c.toml"]
    monkeypatch.setattr(gather, "VERSION", "9.9")
    outcome(capsys, "convert", tree, "-o", output, "--journal", journal)
    assert len(seen) == 4 + 8


def test_another_map_reads_again(capsys: pytest.CaptureFixture[str], tree: Path, tmp_path: Path) -> None:
    journal, output, words = tmp_path / "j", tmp_path / "out.json", tmp_path / "map.toml"
    words.write_text('schema = "perfeval.layout.v1"\n[columns]\nscore = ["成绩"]\n', encoding="utf-8")
    (tree / "d.csv").write_text((tree / "d.csv").read_text("utf-8").replace("得分", "成绩"), "utf-8")
    scores = []
    for extra in ((), ("--map", words)):
        outcome(capsys, "convert", tree / "d.csv", "-o", output, "--journal", journal, *extra)
        (row,) = json.loads(output.read_text(encoding="utf-8"))["evaluations"][0]["indicators"]
        scores.append(row.get("score"))
    assert scores == [None, "10"]
    assert hashlib.sha256(words.read_bytes()).hexdigest() in journal.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("content", "line"),
    [(b"hello", 1), (b'{"schema": "perfeval.journal.v2"}\n', 1), (b'{"schema": "perfeval.journal.v1"}\n[]\n', 2),
     (b'{"schema": "perfeval.journal.v1"}\n{"path": 1}\n', 2), (b"\xff\n", 1)],
)  # fmt: skip
def test_what_is_no_journal_is_left_alone(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes, line: int
) -> None:
    journal = tmp_path / "j"
    journal.write_bytes(content)
    status, err = outcome(
        capsys, "convert", SOURCES[0], "-o", tmp_path / "out.json", "--journal", journal, "--lang", "en"
    )
    assert (status, journal.read_bytes()) == (2, content)
    assert err.startswith(f"{journal} is no journal of perfeval convert (line {line})")


@pytest.mark.parametrize("content", [b"", b'{"schema": "perf'])
def test_a_journal_that_was_hardly_begun(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes
) -> None:
    journal = tmp_path / "j"
    journal.write_bytes(content)
    output = tmp_path / "out.json"
    assert outcome(capsys, "convert", SOURCES[0], "-o", output, "--journal", journal) == (0, "")
    assert journal.read_bytes().startswith(b'{"schema": "perfeval.journal.v1"}\n{"reader": ')


@pytest.mark.skipif(os.name == "nt", reason="signals of a terminal")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_keeps_the_journal(capsys: pytest.CaptureFixture[str], tmp_path: Path, jobs: str) -> None:
    tree, output = tmp_path / "tree", tmp_path / "out.json"
    for number in range(300):
        table(tree / f"{number:03}.csv", f"表{number}")
    command = [sys.executable, "-m", "perfeval", "convert", str(tree), "-o", str(output), "--jobs", jobs]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True)
    journal = tmp_path / "out.json.journal"
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and not (journal.exists() and journal.stat().st_size > 5000):
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all processes
    err = process.communicate(timeout=30)[1].decode()
    assert (process.returncode, err) == (
        130,
        f"已中断，没有写输出文件；已读的结果在 {journal}，再次运行同一命令即从中断处继续\n",
    )
    assert not output.exists()
    before = journal.read_bytes().count(b'"documents": 1')
    assert 0 < before < 300
    assert outcome(capsys, "convert", tree, "-o", output) == (
        0,
        "共 300 个文件：300 个读出 300 张表，0 个没有表，0 个未能读取\n",
    )
    assert names(output) == [f"表{number}" for number in range(300)]
    assert not journal.exists()
