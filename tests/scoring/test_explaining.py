"""Every reason, note, verdict and status has its words, in Chinese and in English; what explanations say."""

from enum import StrEnum
from pathlib import Path

import pytest

from perfeval import (
    Evaluation,
    Funding,
    Indicator,
    Note,
    Reason,
    Total,
    Verdict,
    read,
    score,
    score_execution,
    score_indicator,
)
from perfeval.messages import LANGUAGES, Language, Wording
from perfeval.rulebook import BasisStatus
from perfeval.rules import RULES
from perfeval.scoring import explain
from scoring.books import book

ROOT = Path(__file__).parents[2] / "examples"
BANDS = ROOT / "rulebooks/bands-2021-draft.toml"


@pytest.mark.parametrize(
    ("texts", "codes"),
    [
        (explain.REASON_TEXTS, Reason),
        (explain.NOTE_TEXTS, Note),
        (explain.VERDICT_TEXTS, Verdict),
        (explain.STATUS_TEXTS, BasisStatus),
    ],
)
def test_every_code_has_its_words_and_no_other(texts: dict[str, object], codes: type[StrEnum]) -> None:
    assert sorted(texts) == sorted(codes)


@pytest.mark.parametrize(
    "texts", [explain.REASON_TEXTS, explain.NOTE_TEXTS, explain.VERDICT_TEXTS, explain.STATUS_TEXTS]
)
def test_the_words_differ_and_are_in_their_language(texts: dict[str, Wording]) -> None:
    for language in LANGUAGES:
        said = [wording().text(language) for wording in texts.values()]
        assert len(set(said)) == len(said)
        assert all(any(letter > "一" for letter in text) == (language == "zh") for text in said)


@pytest.mark.parametrize("word", ["虚报", "造假", "违规"])
def test_nobody_is_accused(word: str) -> None:
    texts = (explain.REASON_TEXTS, explain.NOTE_TEXTS, explain.VERDICT_TEXTS)
    assert not any(word in wording().text("zh") for group in texts for wording in group.values())


# Whatever a row says, its explanation says the reason, the notes by their codes, the verdict.
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("target", "actual", "weight", "rule", "reported"),
    [
        ("≥3次", "2次", "10", None, "9"),
        ("≥3次", "", "10", None, "9"),
        ("≥3次", "3场", "10", None, ""),
        ("100", "300", "10", None, "10"),
        ("≤10万元", "0万元", "10", None, "0"),
        ("≤160万元", "386万元", "15", "按比例赋分", "0"),
        ("有效提升", "较好", "10", None, "9"),
        ("有效提升", "有效提升", "10", "graded", "9"),
        ("3-5次", "约2次", "", "少一次扣1分", "1"),
        ("", "", None, "direct", "1"),
        ("6月底前", "6月", "10", "satisfaction", "10"),
    ],
)
def test_everything_is_said(
    target: str, actual: str, weight: str | None, rule: str | None, reported: str, language: Language
) -> None:
    found = score_indicator(target, actual, weight, rule, level3="走访", reported=reported)
    text = found.explain(language)
    assert text.startswith("走访")
    assert all(f"({note})" in text or f"（{note}）" in text for note in found.notes)
    if found.reason is None:
        assert all(step.text(language) in text for step in found.steps)
    else:
        assert explain.REASON_TEXTS[found.reason]().text(language) in text
    assert (explain.VERDICT_TEXTS[found.verdict]().text(language) in text) is bool(reported)


ROWS_ZH = """\
成本指标 / 差旅费：指标值 <=8.90万元，实际完成值 8.94万元
  9.96 = 10 × 8.90 ÷ 8.94，四舍五入到 0.01：8.94 超过目标 8.90，按比例扣减
  规则：按比例赋分（评分办法 own 第 8 条 match）
  设置：settings.reverse = ratio；评分办法没有写依据
  自评得分 10：自评得分位数较少，舍入后一致"""
ROWS_EN = """\
成本指标 / 差旅费: target <=8.90万元, actual 8.94万元
  9.96 = 10 × 8.90 ÷ 8.94, rounded half up to 0.01: 8.94 exceeds the target 8.90: reduced
  rule: in proportion (match 8 of rule book own)
  setting: settings.reverse = ratio; the rule book gives no basis
  reported 10: equal at the fewer digits printed"""


def test_a_row() -> None:
    found = score_indicator(
        "<=8.90万元", "8.94万元", level1="成本指标", level3="差旅费", reported="10", rulebook=book()
    )
    assert found.explain() == found.explain("zh") == ROWS_ZH
    assert found.explain("en") == ROWS_EN


# Which settings a score is said to have depended on
@pytest.mark.parametrize(
    ("target", "actual", "rule", "text", "settings"),
    [
        ("≥3次", "2次", None, "", []),
        ("≤3次", "2次", None, "", ["settings.reverse"]),
        ("≤3次", "2次", "direct", "", []),
        ("≤3次", "0次", None, "", ["settings.reverse", "settings.zero_under_ceiling"]),
        ("=3次", "3次", None, "", []),
        ("=3次", "4次", None, "", ["settings.equality"]),
        ("=3次", "3次", None, '[settings]\nequality = "exact"', ["settings.equality"]),
        ("3次", "3次", None, "", ["settings.lower_is_better"]),
        ("≥3次", "9次", None, '[settings]\nover_achievement = ["2"]', ["settings.over_achievement"]),
        ("≥90%", "95%", "satisfaction", "", ["settings.satisfaction"]),
        ("有效", "有效", "graded", "", ["graded.bands"]),
        ("有效", "较好", "graded", "", ["graded.bands"]),
        ("有效", "80%", "graded", "", []),
        ("≥3次", "2次", "graded", "", []),
        ("≥90%", "95%", None, '[[match]]\nrule = { kind = "banded", bands = [{ from = "0%", factor = "1" }] }', ["match"]),
        ("", "", None, "", []),
    ],
)  # fmt: skip
def test_settings(target: str, actual: str, rule: str | None, text: str, settings: list[str]) -> None:
    lines = score_indicator(target, actual, rule=rule, rulebook=book(text)).explain("en").split("\n")
    said = [line.strip().removeprefix("setting: ").split(" = ")[0] for line in lines if "setting: " in line]
    assert said == settings


@pytest.mark.parametrize(
    ("status", "zh", "en"), [("verified", "已核对", "verified"), ("reported", "有来源", "reported"), ("background", "未核对", "background")]
)  # fmt: skip
def test_the_basis_of_a_setting(status: str, zh: str, en: str) -> None:
    own = book(f'[[basis]]\ncovers = ["settings.reverse"]\nsource = "某文件"\nstatus = "{status}"')
    found = score_indicator("≤3次", "2次", rulebook=own)
    assert f"  设置：settings.reverse = ratio；依据：某文件（{zh}）" in found.explain().split("\n")
    assert f"  setting: settings.reverse = ratio; basis: 某文件 ({en})" in found.explain("en").split("\n")


@pytest.mark.parametrize("kind", sorted(rule.kind for rule in RULES))
def test_every_rule_has_a_name(kind: str) -> None:
    shown = {
        language: score_indicator("≥90%", "95%", rule=kind, rulebook=book(f'[[match]]\nrule = {{ kind = "{kind}" {extra} }}'))
        .explain(language)
        for language in LANGUAGES
        for extra in (', bands = [{ from = "0%", factor = "1" }]' if kind == "banded" else "",)
    }  # fmt: skip
    (rule,) = (line for line in shown["zh"].split("\n") if "规则：" in line)
    assert f"规则：{kind}" not in rule
    assert "named by the caller" in shown["en"]


def test_who_explains_the_reported_score() -> None:
    found = score_indicator("≤160万元", "386万元", 15, reported="0")
    assert found.explain().endswith("自评得分 0：按另一种承认的算法一致（linear）")
    assert found.explain("en").endswith("reported 0: equal under another accepted rule (linear)")


# The execution rate
@pytest.mark.parametrize(
    ("budget", "executed", "reported", "zh"),
    [
        ("50.00", "8.94", "1.79", "预算执行率：执行数 8.94 ÷ 预算数 50.00 = 17.88%"),
        ("0", "5", "1", "预算执行率：执行数 5，预算数 0"),
        ("", "5", "", "预算执行率：执行数 5，预算数 -"),
        ("XX", "XX", "", "预算执行率：执行数 -，预算数 -"),
    ],
)
def test_execution(budget: str, executed: str, reported: str, zh: str) -> None:
    found = score_execution(budget, executed, reported=reported)
    lines = found.explain().split("\n")
    assert lines[0] == zh
    assert (found.reason is None) is any("execution.rule" in line for line in lines)
    assert (found.reason is None) is not any(line.startswith("  不能计分：") for line in lines)
    assert bool(reported) is lines[-1].startswith(f"  自评得分 {reported}：")
    assert found.explain("en").split("\n")[0].startswith("execution rate: ")


def test_over_execution_is_noted() -> None:
    assert "（over-executed）" in score_execution("100", "130").explain()
    assert "(over-executed)" in score_execution("100", "130").explain("en")


# A whole card: every part, then the sum
def total_lines(printed: str | None, actual: str, language: Language) -> list[str]:
    rows = [Indicator(level3="走访", target="≥100000次", actual=actual, weight="90")]
    funding = [Funding(adjusted="100", executed="100", weight="10")]
    table = Evaluation(indicators=rows, funding=funding, total=Total(score=printed))
    card = score(table)
    text = card.explain(language)
    for part in card.scores:
        text = text.removeprefix(part.explain(language) + "\n")
    return text.split("\n")


@pytest.mark.parametrize(
    ("printed", "actual", "zh", "en"),
    [
        (None, "100000次", ["总分 100.00 = 10.00 + 90.00，等级 优"], ["total 100.00 = 10.00 + 90.00, grade 优"]),
        (
            "95.5",
            "100000次",
            ["总分 100.00 = 10.00 + 90.00，等级 优", "  自评总分 95.5，差 +4.50"],
            ["total 100.00 = 10.00 + 90.00, grade 优", "  reported total 95.5, difference +4.50"],
        ),
        (
            "100",
            "88884次",
            ["总分 90.00 = 10.00 + 80.00，等级 优", "  自评总分 100，差 -10.00", "  注：总分舍入前后等级不同（grade-edge）"],
            [
                "total 90.00 = 10.00 + 80.00, grade 优",
                "  reported total 100, difference -10.00",
                "  note: rounding the total changes the grade (grade-edge)",
            ],
        ),
        (
            "100",
            "",
            ["没有总分：已复算 10.00 分（分值共 10），未能复算 blank-actual 1"],
            ["no total: 10.00 points recomputed out of 10; not recomputed: blank-actual 1"],
        ),
    ],
)  # fmt: skip
def test_totals(printed: str | None, actual: str, zh: list[str], en: list[str]) -> None:
    assert total_lines(printed, actual, "zh") == zh
    assert total_lines(printed, actual, "en") == en


def test_a_partial_table_has_no_total_and_nothing_missing() -> None:
    rows = [Indicator(target="3", actual="3", weight="10")]
    text = score(
        Evaluation(indicators=rows, funding=[Funding(adjusted="1", executed="1")], partial=True)
    ).explain("en")
    assert text.endswith("no total: 20.00 points recomputed out of 20; not recomputed: -")


@pytest.mark.parametrize("path", sorted((ROOT / "bortala-2024").glob("*.toml")), ids=lambda path: path.stem)
def test_a_card_says_every_row(path: Path) -> None:
    card = score(read(path).evaluations[0], BANDS)
    for language in LANGUAGES:
        text = card.explain(language)
        assert all(part.explain(language) in text for part in card.scores)
        assert "{" not in text
