"""The benchmark of single scores runs, has all its lines, and its peers agree where they must."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).parent.parent / "benchmarks" / "scalar.py"
KEYS = [
    "score",
    "score-verdicts",
    "parse-plain",
    "parse-all",
    "read-cached",
    "read-cold",
    "rows-single",
    "rows-tables",
    "import",
]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    pytest.importorskip("pandas", reason="the peer of two lines; an extra of developers")
    file = tmp_path_factory.mktemp("benchmark") / "scalar.json"
    command = [sys.executable, str(SCRIPT), "--quick", "--json", str(file)]
    done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    made: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    assert all(f"| {line['name']} |" in done.stdout for line in made["lines"])
    return made


@pytest.fixture(scope="module")
def lines(report: Mapping[str, Any]) -> Mapping[str, Any]:
    return {line["key"]: line for line in report["lines"]}


def test_every_line_is_there_with_its_figures(report: Mapping[str, Any]) -> None:
    assert [line["key"] for line in report["lines"]] == KEYS
    for line in report["lines"]:
        ratio = line["ratio"]
        assert ratio["min"] <= ratio["median"] <= ratio["max"]
        assert line["perfeval_us"] > 0
        assert (line["met"] is None) == (line["aim"] is None)


def test_the_aims_are_those_that_were_set(lines: Mapping[str, Any]) -> None:
    aims = {key: line["aim"] for key, line in lines.items() if line["aim"] is not None}
    assert aims == {"score": 4.0, "parse-plain": 6.0, "read-cached": 6.0, "read-cold": 6.0, "import": 2.0}


@pytest.mark.parametrize("key", ["score", "score-verdicts", "parse-plain", "read-cached", "read-cold"])
def test_peers_agree_where_they_must(lines: Mapping[str, Any], key: str) -> None:
    checked = lines[key]["checked"]
    assert checked["results"] > 0
    assert checked["wrong"] == 0


def test_one_expression_does_not_read_every_notation(lines: Mapping[str, Any]) -> None:
    checked = lines["parse-all"]["checked"]
    assert 0 < checked["wrong"] < checked["results"]


@pytest.mark.parametrize("key", ["rows-single", "rows-tables"])
def test_pandas_with_floats_gets_rows_wrong(lines: Mapping[str, Any], key: str) -> None:
    """The script itself asserts that perfeval's scores are those of integer arithmetic."""
    checked = lines[key]["checked"]
    assert checked["results"] == 20_000
    assert checked["wrong"] > 0
    assert "pandas" in checked["remark"]
    assert "exact" in checked["remark"]
