"""perfeval audit --previous --approved --ledger: files in, findings and what was matched out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from perfeval.auditing.examples import APPROVED, CLEAN, LAST_YEAR, changed
from perfeval.cli import main
from perfeval.table import Evaluation, dump_toml

LEDGER = (
    "项目编码,项目名称,单位名称,年初预算数(元),全年预算数(元),执行数(元)\n"
    "001,农村道路养护,某县交通运输局,800000,800000,783967.52\n"
    "002,界河桥梁维修,某县交通运输局,100000,100000,100000\n"
)


def outcome(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    status = main(["audit", *map(str, arguments)])
    return status, *capsys.readouterr()


def table(path: Path, evaluation: Evaluation) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(dump_toml((evaluation,)), encoding="utf-8")
    return path


def test_all_three(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    now = table(
        tmp_path / "2024" / "a.toml",
        changed(indicators_0_target=">=118公里", indicators_0_previous_year="117公里"),
    )
    table(tmp_path / "2023" / "a.toml", LAST_YEAR)
    table(tmp_path / "approved" / "a.toml", APPROVED)
    ledger = tmp_path / "ledger.csv"
    ledger.write_bytes(LEDGER.encode("gb18030"))
    options = ["--previous", tmp_path / "2023", "--approved", tmp_path / "approved", "--ledger", ledger]
    status, out, err = outcome(capsys, now, *options)
    assert (status, err) == (1, "")
    for code in ("PE621", "PE631", "PE641"):
        assert code in out
    assert "对照账表：按编码对应 0，按名称对应 1" in out
    assert "对方无本次的表 1" in out
    _, text, _ = outcome(capsys, now, *options, "--output-format", "json", "--lang", "en")
    made = json.loads(text)
    assert made["coverage"]["outside"]["previous"]["by_name"] == 1
    missing = next(one for one in made["findings"] if one["code"] == "PE641")
    assert missing["evaluation"] is None
    assert missing["places"] == [{"file": str(ledger), "line": 3, "column": 1}]
    for form in ("csv", "markdown", "json-lines"):
        assert "PE641" in outcome(capsys, now, *options, "--output-format", form)[1]
    assert "against the accounts: 0 matched by code" in outcome(capsys, now, *options, "--lang", "en")[1]


def test_money_of_an_unknown_unit_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ledger = tmp_path / "ledger.csv"
    ledger.write_text("项目名称,执行数\n农村道路养护,1\n", encoding="utf-8")
    status, out, _ = outcome(capsys, table(tmp_path / "a.toml", CLEAN), "--ledger", ledger)
    assert status == 0
    assert "金额单位不明未核对 1" in out


def test_what_cannot_be_read_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    now = table(tmp_path / "a.toml", CLEAN)
    ledger = tmp_path / "ledger.csv"
    ledger.write_text("科目,金额\n差旅,1\n", encoding="utf-8")
    status, _, err = outcome(capsys, now, "--ledger", ledger)
    assert (status, len(err.splitlines())) == (2, 1)
    assert f"{ledger}: 没有找到账表的表头" in err
    assert "科目、金额" in err
    for option in ("--previous", "--approved", "--ledger"):
        status, _, err = outcome(capsys, now, option, tmp_path / "none")
        assert (status, len(err.splitlines())) == (2, 1)
        assert "none" in err
