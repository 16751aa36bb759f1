"""``try --all``, ``rulebook diff`` and ``rulebook impact`` as a user runs them."""

import json
from pathlib import Path

import pytest

from perfeval.cli import main

BANDS = "examples/rulebooks/bands-2021-draft.toml"
BORTALA = "examples/rulebooks/bortala-2024.toml"
EXAMPLES = "examples/bortala-2024"


@pytest.fixture(autouse=True)
def _in_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parents[2])


def outcome(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(arguments)
    captured = capsys.readouterr()
    captured.out.encode("gbk")
    return status, captured.out, captured.err


def test_try_under_every_book(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = outcome(
        capsys, "try", "<=8.90万元", "13.35万元", "--all", "--rulebook", BORTALA, "--reported", "5"
    )
    assert (status, err) == (0, "")
    assert [line.split() for line in out.splitlines()] == [
        ["评分办法", "得分", "完成程度", "规则", "说明"],
        ["common-practice", "6.67", "0.6667", "proportional/ratio", "按另一种承认的算法一致"],
        ["platform", "5.00", "0.5000", "proportional/linear", "与自评一致"],
        ["hubei", "6.67", "0.6667", "proportional/ratio", "按另一种承认的算法一致"],
        ["bortala-2024", "6.67", "0.6667", "proportional/ratio", "按另一种承认的算法一致"],
    ]


def test_try_under_some_books_and_where_there_is_no_score(capsys: pytest.CaptureFixture[str]) -> None:
    given = ("--rulebook", "platform", "--rulebook", BANDS, "--level3", "满意度", "--lang", "en")
    status, out, _ = outcome(capsys, "try", "≥3次", "2次", *given)
    assert status == 0
    assert [line.split()[:4] for line in out.splitlines()[1:]] == [
        ["platform", "6.67", "0.6667", "proportional"],
        ["bands-2021-draft", "-", "-", "banded"],
    ]
    assert out.splitlines()[2].endswith("the units of target and actual cannot be compared")


def test_try_with_a_rule_that_only_some_books_have(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = outcome(capsys, "try", "≥90%", "85%", "--rule", "banded", "--all", "--rulebook", BANDS)
    assert status == 0
    assert "评分办法 hubei 没有用到“banded”规则" in out
    assert out.splitlines()[-1].split() == ["bands-2021-draft", "8.00", "0.8000", "banded"]
    status, out, err = outcome(capsys, "try", "≥90%", "85%", "--rule", "banded", "--all")
    assert (status, out) == (2, "")
    assert err.startswith("评分办法 common-practice 没有用到“banded”规则")


def test_try_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    given = ("--rule", "banded", "--all", "--rulebook", BANDS, "--output-format", "json")
    status, out, _ = outcome(capsys, "try", "≥90%", "85%", *given)
    data = json.loads(out)
    assert (status, data["schema"]) == (0, "perfeval.trials.v1")
    *others, last = data["trials"]
    assert ["error" in trial for trial in others] == [True, True, True]
    assert last.pop("rulebook")["id"] == "bands-2021-draft"
    assert last == {
        "rule": "banded", "family": None, "score": "8.00", "reason": None, "completion": "0.8000",
        "verdict": "not-reported", "verdict_by": None, "notes": [],
    }  # fmt: skip


def test_diff(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = outcome(capsys, "rulebook", "diff", "common-practice", BANDS)
    assert (status, err) == (0, "")
    first, *rest = out.splitlines()
    assert first.startswith("common-practice 与 bands-2021-draft：6 项设置不同；试了 ")
    assert rest[:4] == ["years", "  common-practice: -", "  bands-2021-draft: 2021 2030", "  得分与此无关"]
    start = rest.index("settings.satisfaction")
    assert rest[start + 1].startswith("  common-practice: proportional    [有来源] ")
    assert rest[start + 3] == (
        "  最小的例子：指标值 ≥95%，实际完成值 1%，分值 10，三级指标 满意度；"
        "common-practice 0.11；bands-2021-draft 0.00"
    )
    assert rest[rest.index("accept.reverse") + 3] == "  所试的例子结果都相同"
    assert rest[-1] == "  得分与此无关"


def test_diff_says_verdicts_notes_and_tables(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = outcome(capsys, "rulebook", "diff", "common-practice", "hubei", "--lang", "en")
    assert (
        "smallest example: budget 3, executed 1, weight of what is met 90; common-practice 3.33; hubei 6.67"
        in out
    )
    assert "common-practice it takes a person to judge, the reported score is inside the band; hubei" in out
    assert (
        "common-practice 10.00, completion 2.0000, far above the target; hubei 10.00, completion 2.0000"
        in out
    )
    assert "equal under another accepted rule (bands 90%→1 80%→0.8 60%→0.5 0%→0)" in out


def test_diff_of_grades_and_without_basis(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(
        'schema = "perfeval.rulebook.v1"\nid = "own"\n[settings]\nover_achievement = ["1.3", "2"]\n'
        '[[grades]]\nname = "合格"\nfrom = "60"\n[[grades]]\nname = "不合格"\nfrom = "0"\n',
        encoding="utf-8",
    )
    _, out, _ = outcome(capsys, "rulebook", "diff", "common-practice", str(path))
    assert "  own: 合格>=60 不合格>=0    [没有写依据]" in out
    assert "common-practice 总分 100.00，等级 优；own 总分 100.00，等级 合格" in out
    assert outcome(capsys, "rulebook", "diff", str(path), str(path)) == (
        0,
        "两个评分办法的设置没有不同\n",
        "",
    )


def test_diff_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = outcome(capsys, "rulebook", "diff", "common-practice", "hubei", "--output-format", "json")
    data = json.loads(out)
    assert data["schema"] == "perfeval.rulebook-difference.v1"
    assert (data["first"]["id"], data["second"]["id"]) == ("common-practice", "hubei")
    found = {each["setting"]: each for each in data["differences"]}
    weight = found["execution.weight"]
    assert (weight["first"], weight["second"], weight["second_basis"]["status"]) == ("10", "20", "verified")
    assert weight["example"]["table"]["budget"] == "3"
    assert (weight["example"]["first"]["execution_score"], weight["example"]["second"]["total"]) == (
        "3.33",
        "96.67",
    )
    bands = found["graded.bands"]["example"]
    assert (bands["indicator"]["reported"], bands["shown_in"]) == ("5", "answer")
    assert (bands["first"]["verdict"], bands["second"]["verdict"]) == ("within-band", "unscorable")
    assert found["region"]["first_basis"] is None
    assert found["weights.patterns"]["example"] is None


def test_impact(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = outcome(capsys, "rulebook", "impact", "common-practice", BANDS, EXAMPLES)
    assert (status, err) == (0, "")
    first, *lines = out.splitlines()
    assert first == (
        "common-practice -> bands-2021-draft：8 张表、55 个指标；得分不同的指标 0 个，执行率 5 个，"
        "总分不同的表 5 张，等级不同的表 1 张"
    )
    assert len(lines) == 5
    assert any(
        "04-dry-port.toml" in line and "总分 91.75 -> 89.96，等级 优 -> 良（1 处得分不同）" in line
        for line in lines
    )


def test_impact_as_json_with_what_cannot_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("common-practice", BORTALA, EXAMPLES, "LICENSE", "--output-format", "json")
    status, out, err = outcome(capsys, "rulebook", "impact", *arguments)
    data = json.loads(out)
    assert (status, err.split(":")[0], len(data["problems"])) == (2, "LICENSE", 1)
    counts = ("tables", "rows", "changed_rows", "changed_executions", "changed_totals", "changed_grades")
    assert [data[name] for name in counts] == [8, 55, 1, 0, 1, 1]
    (change,) = data["changes"]
    (row,) = change["rows"]
    assert (change["total"], change["grade"]) == (["91.75", "81.75"], ["优", "良"])
    assert (row["kind"], row["name"], row["score"]) == (
        "indicator",
        "工作小组调研考察运转保障经费",
        ["10.00", "0.00"],
    )
    assert row["place"]["file"] == change["file"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["diff", "hubei", "beijing"], "没有名为“beijing”的内置评分办法"),
        (["impact", "hubei", "platform", "no-such.toml"], "no-such.toml: 找不到这个文件或目录"),
    ],
)
def test_misuse(arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = outcome(capsys, "rulebook", *arguments)
    assert (status, out, err[: len(sentence)]) == (2, "", sentence)
