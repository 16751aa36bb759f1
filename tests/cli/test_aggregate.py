"""perfeval aggregate: the regional table as a file, its record, and what is refused."""

import json
import shutil
from pathlib import Path

import pytest

import perfeval
from cli.test_commands import outcome
from perfeval.portfolio import AGGREGATION_BASES

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _beside_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "examples" / "transfer", tmp_path / "transfer")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("name", ["region.toml", "region.json"])
def test_the_region_is_an_ordinary_table(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = outcome(capsys, "aggregate", "transfer/counties", "-o", name)
    assert (status, err) == (0, "")
    assert out.startswith("基层卫生服务补助资金，2024：3 张表合并，6 个指标；相对值的权重为全年预算数\n")
    (table,) = perfeval.read(name).evaluations
    assert (table.kind, table.partial, table.amount_unit) == ("transfer", False, "万元")
    assert [row.actual and row.actual.text for row in table.indicators] == [
        "68个", "96.45%", "", "880.20万元", "全部或基本达成预期指标", "93.50%"]  # fmt: skip
    assert outcome(capsys, "score", name)[0] == outcome(capsys, "audit", name)[0] == 0
    assert outcome(capsys, "convert", name, "-o", "region.csv")[0] == 0


def test_an_output_among_the_parts_does_not_count_twice(capsys: pytest.CaptureFixture[str]) -> None:
    command = ("aggregate", "transfer/counties", "-o", "transfer/counties/region.toml")
    first, second = outcome(capsys, *command), outcome(capsys, *command)
    assert first == second
    status, out, _ = outcome(capsys, "aggregate", "transfer", "--against", "transfer/region.toml")
    assert (status, "4 张表合并" in out) == (
        0,
        True,
    )  # the region that was written is a part now, the published is not


def test_the_record(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = outcome(
        capsys,
        "aggregate",
        "transfer/counties",
        "--against",
        "transfer/region.toml",
        "--output-format",
        "json",
    )
    data = json.loads(out)
    assert (status, err, data["schema"]) == (0, "", "perfeval.aggregation.v1")
    assert [one["name"] for one in data["settings"]] == [one.setting for one in AGGREGATION_BASES]
    assert [(one["number"], one["organisation"], one["budget"]) for one in data["tables"]] == [
        (1, "甲县", "6000000"), (2, "乙县", "3000000"), (3, "丙县", "1000000")]  # fmt: skip
    rate = data["rows"][1]["actual"]
    assert (rate["method"], rate["text"], rate["exact"], rate["unit"]) == (
        "average",
        "96.45%",
        ["96.45"],
        "%",
    )
    assert rate["of"][1] == {
        "table": 2, "row": 2, "text": "91.5%", "exact": ["91.5"], "funds": "3000000", "share": "1"}  # fmt: skip
    assert data["rows"][5]["remarks"] == [{"obstacle": "not-applicable", "at": [3]}]
    assert data["obstacles"] == {"not-applicable": 1, "texts-differ": 1}
    assert data["evaluation"]["indicators"][0]["target"] == ">=68个"
    against = data["against"]
    assert (against["explained"], [one["text"] for one in against["questions"]]) == (10, ["93.83%"])
    assert against["questions"][0]["readings"] == ["96.45%", "96.99%"]
    assert [one["obstacle"] for one in against["not_compared"]] == ["texts-differ"]


def test_questions_accuse_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    for language, ask in (("zh", "请说明"), ("en", "please say")):
        _, out, _ = outcome(
            capsys, "aggregate", "transfer/counties", "--against", "transfer/region.toml", "--lang", language
        )
        assert ask in out
        assert not [word for word in ("虚报", "造假", "违规", "错误", "wrong", "false") if word in out]


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["transfer/counties", "-o", "region.csv"], "输出文件 region.csv 应以 .toml 或 .json 结尾"),
        (["transfer/counties", "-o", "no/region.toml"], "不能写入 no/region.toml"),
        (["transfer/counties", "project.toml"], "project.toml 是 project，不是转移支付的表"),
        (["transfer/counties", "transfer/counties/a.toml"], "是同一张表，合并会重复计算"),
        (["transfer/counties", "broken.toml", "-o", "region.toml"], "broken.toml"),
        (["transfer/counties", "missing.toml", "-o", "region.toml"], "missing.toml"),
        (["transfer/counties", "--against", "missing.toml"], "missing.toml"),
        (
            ["transfer/counties", "--against", "two.json"],
            "two.json 里有 2 张表，--against 只与一张区域表核对",
        ),
    ],
)
def test_one_clear_sentence(arguments: list[str], text: str, capsys: pytest.CaptureFixture[str]) -> None:
    county = Path("transfer/counties/a.toml").read_text(encoding="utf-8")
    Path("project.toml").write_text(county.replace('"transfer"', '"project"'), encoding="utf-8")
    Path("broken.toml").write_text(county.replace("[[funding]]", "[[funding"), encoding="utf-8")
    assert (
        outcome(capsys, "convert", "transfer/counties/a.toml", "transfer/counties/b.toml", "-o", "two.json")[
            0
        ]
        == 0
    )
    status, out, err = outcome(capsys, "aggregate", *arguments)
    assert (status, out) == (2, "")
    assert text in err
    assert "Traceback" not in err
    assert not Path("region.toml").exists()
