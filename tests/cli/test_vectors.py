"""``perfeval rulebook vectors``, and an engine in Java that proves itself by what it wrote."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from perfeval.cli import main

RUNNER = Path(__file__).parents[2] / "examples/java/VectorRunner.java"
WITHOUT_JAVA = "no javac: install default-jdk-headless to test the engine in Java"


def written(book: str, path: Path) -> Path:
    assert main(["rulebook", "vectors", book, "-o", str(path)]) == 0
    return path


def test_the_file_has_the_same_bytes_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = (written("hubei", tmp_path / name).read_bytes() for name in ("1.jsonl", "2.jsonl"))
    assert first == second
    assert b"\r" not in first
    header, *lines = [json.loads(line) for line in first.decode().splitlines()]
    assert (header["schema"], header["rulebook"]) == ("perfeval.vectors.v1", "hubei")
    out = capsys.readouterr().out
    assert out.splitlines()[0] == f"{tmp_path / '1.jsonl'}：{len(lines)} 条"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["hubei", "-o", "no/such/dir/v.jsonl"], "不能写入 no/such/dir/v.jsonl：No such file or directory\n"),
        (["hubei", "-o", "no\0name"], "不能写入"),
        (["beijing", "-o", "v.jsonl"], "没有名为“beijing”的内置评分办法"),
    ],
)
def test_misuse(arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rulebook", "vectors", *arguments]) == 2
    captured = capsys.readouterr()
    assert (captured.out, captured.err[: len(sentence)]) == ("", sentence)


@pytest.fixture(scope="module")
def classes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The compiled runner."""
    javac = shutil.which("javac")
    if javac is None:
        pytest.skip(WITHOUT_JAVA)
    folder = tmp_path_factory.mktemp("java")
    command = [javac, "-encoding", "UTF-8", "-Xlint:all", "-Werror", "-d", str(folder), str(RUNNER)]
    subprocess.run(command, check=True, timeout=300)
    return folder


def run_java(classes: Path, *arguments: str) -> tuple[int, str]:
    java = shutil.which("java") or "java"
    done = subprocess.run(
        [java, "-cp", str(classes), "VectorRunner", *arguments], capture_output=True, check=False, timeout=300
    )
    return done.returncode, done.stdout.decode(errors="replace")


@pytest.mark.slow
@pytest.mark.parametrize("book", ["common-practice", "hubei"])
def test_an_engine_in_java_passes(classes: Path, tmp_path: Path, book: str) -> None:
    path = written(book, tmp_path / "v.jsonl")
    status, out = run_java(classes, str(path))
    words = out.replace(",", "").split()
    assert (status, words[:2]) == (0, [f"{book}:", "passed"])
    passed, failed, missing = (int(words[index]) for index in (2, 4, 7))
    assert failed == 0
    assert passed > 2000
    assert passed + missing == len(path.read_text(encoding="utf-8").splitlines()) - 1


@pytest.mark.slow
def test_an_engine_with_another_ceiling_fails(classes: Path, tmp_path: Path) -> None:
    status, out = run_java(classes, str(written("platform", tmp_path / "v.jsonl")))
    assert status == 1
    assert "failed 0" not in out.splitlines()[-1]
    assert ": 5.00, not 0.00: " in out


@pytest.mark.slow
def test_one_wrong_score_is_found_at_its_line(classes: Path, tmp_path: Path) -> None:
    path = written("common-practice", tmp_path / "v.jsonl")
    lines = path.read_text(encoding="utf-8").splitlines()
    place = next(index for index, line in enumerate(lines) if '"score":"6.67"' in line)
    lines[place] = lines[place].replace('"score":"6.67"', '"score":"6.66"')
    path.write_text("\n".join(lines), encoding="utf-8")
    status, out = run_java(classes, str(path))
    assert status == 1
    assert out.startswith(f"{path}:{place + 1}: 6.67, not 6.66: ")


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [(), ("no-such.jsonl",), (str(RUNNER),)])
def test_what_is_no_vectors(classes: Path, arguments: tuple[str, ...]) -> None:
    assert run_java(classes, *arguments) == (2, "")
