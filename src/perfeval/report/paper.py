"""The working paper (底稿) of an audit in Markdown: every recomputation, every finding, and what it was made from."""

from __future__ import annotations

__all__ = ["working_paper"]

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from perfeval.auditing import AuditFinding
from perfeval.messages import Language, Message, Wording
from perfeval.report.audit import CLASSES, SEVERITIES, coverage_lines
from perfeval.report.dossier import Dossier
from perfeval.report.escaping import markdown_text
from perfeval.scoring import ExecutionScore, IndicatorScore, Scorecard, Verdict
from perfeval.scoring.explain import NOTE_TEXTS, REASON_TEXTS, STATUS_TEXTS, VERDICT_TEXTS
from perfeval.scoring.numbers import difference
from perfeval.table import Cell

_TITLE = Wording(
    "paper-title", "预算绩效自评审核底稿", "Working paper: audit of performance self-evaluations"
)
_HEADER = Wording(
    "paper-header",
    "指标|指标值|实际完成值|分值|自评|复算|差异|规则|依据",
    "Indicator|Target|Actual|Weight|Reported|Recomputed|Difference|Rule|Basis",
)
_RATE = Wording("paper-rate", "预算执行率", "Execution rate")
_TOTAL = Wording("paper-total", "总分", "Total")
_GRADE = Wording("paper-grade", "等级 {grade}", "grade {grade}")
_NO_TOTAL = Wording(
    "paper-no-total",
    "没有总分：已复算 {scored} 分（分值共 {weight}）",
    "no total: {scored} points recomputed out of {weight}",
)
_BLANK = Wording("paper-blank", "（空）", "(blank)")
_TABLE = Wording("paper-table", "第 {number} 张表", "Table {number}")
_BETWEEN = Wording("paper-between", "各表之间", "Between the tables")
_FINDINGS = Wording("paper-findings", "问题", "Findings")
_NONE = Wording("paper-none", "没有发现问题。", "Nothing was found.")
_FINDING = Wording(
    "paper-finding", "[{severity}·{kind}] {message}{more}", "[{severity}, {kind}] {message}{more}"
)
_MORE = Wording("paper-more", "（同类另有 {count} 处）", " (and {count} more)")
_PLACE = Wording("paper-place", "位置：{text}", "place: {text}")
_EXPLAINED = Wording("paper-explained", "可能的原因：{text}", "what would explain it: {text}")
_ASK = Wording("paper-ask", "建议：{text}", "ask: {text}")
_BASIS = Wording("paper-basis", "依据：{basis}（{status}）", "basis: {basis} ({status})")
_FINGERPRINT = Wording("paper-fingerprint", "指纹：{text}", "fingerprint: {text}")
_COVERAGE = Wording("paper-coverage", "审核范围", "What was looked at")
_NOT_LOOKED = Wording("paper-not-looked", "没有看的", "What was not looked at")
_IDLE = Wording(
    "paper-idle",
    "没有相应的表、阶段或栏目，未执行的检查：{codes}",
    "checks with nothing to look at (no such table, stage or column): {codes}",
)
_ABSENT = Wording("paper-absent", "没有提供，未对照：{source}", "not given, so not compared: {source}")
_OUTSIDE = {
    "previous": Wording("paper-previous", "上年自评表", "last year's tables"),
    "approved": Wording("paper-approved", "批复目标表", "the approved tables"),
    "ledger": Wording("paper-ledger", "账表", "the accounts"),
}
_UNSCORED = Wording("paper-unscored", "未能复算：{reason}，{count} 个", "not recomputed: {reason}, {count}")
_UNREAD = Wording("paper-unread", "未能读取：{text}", "not read: {text}")
_READING = Wording("paper-reading", "读取说明：{text}", "remark of the reader: {text}")
_MADE_FROM = Wording("paper-made-from", "生成依据", "Made from")
_INPUT = Wording("paper-input", "输入文件：{name}，SHA-256 {sha256}", "input: {name}, SHA-256 {sha256}")
_BOOK = Wording("paper-book", "评分办法：{name}，SHA-256 {sha256}", "rule book: {name}, SHA-256 {sha256}")
_TOOL = Wording("paper-tool", "工具：perfeval {version}", "tool: perfeval {version}")
_UNKNOWN = Wording("paper-unknown", "未知", "not known")


def working_paper(dossier: Dossier, language: Language = "zh") -> str:
    """Give the working paper: table by table 自报, 复算, 差异, 规则, 依据 and findings, then what was (not) looked at."""
    paper = _Paper(dossier, language)
    return "\n".join(paper.lines()).rstrip() + "\n"


class _Paper:
    def __init__(self, dossier: Dossier, language: Language) -> None:
        self.dossier = dossier
        self.language = language

    def say(self, message: Message) -> str:
        return message.text(self.language)

    def text(self, message: Message) -> str:
        return markdown_text(self.say(message))

    def lines(self) -> Iterator[str]:
        yield from (f"# {self.text(_TITLE())}", "")
        for number, card in enumerate(self.dossier.cards):
            yield from self.table(card, number)
        between = self.dossier.findings_of(None)
        if between:
            yield from (f"## {self.text(_BETWEEN())}", "")
            yield from self.findings(between)
        yield from self.coverage()
        yield from self.made_from()

    def table(self, card: Scorecard, number: int) -> Iterator[str]:
        table = card.evaluation
        name = " ".join(part for part in (table.name, table.year, table.file and f"({table.file})") if part)
        yield from (f"## {markdown_text(name) or self.text(_TABLE(number=number + 1))}", "")
        header = self.say(_HEADER()).split("|")
        yield _row(header)
        yield _row("---" if at < 3 or at > 6 else "---:" for at in range(len(header)))
        for row in (self.execution(card.execution), *map(self.indicator, card.indicators), self.total(card)):
            yield _row(map(markdown_text, row))
        yield from ("", f"### {self.text(_FINDINGS())}", "")
        yield from self.findings(self.dossier.findings_of(number))

    def execution(self, score: ExecutionScore) -> tuple[str, ...]:
        name = self.say(_RATE()) + (f" {score.rate}" if score.rate else "")
        return name, _number(score.budget), _number(score.executed), *self.made(score)

    def indicator(self, score: IndicatorScore) -> tuple[str, ...]:
        row = score.indicator
        name = row.level3 or row.level2 or row.level1 or ""
        return name, self.cell(row.target), self.cell(row.actual), *self.made(score)

    def cell(self, cell: Cell[Any] | None) -> str:
        """Give a cell as printed: one that is blank is not one that the form does not have."""
        return "" if cell is None else cell.text.strip() or self.say(_BLANK())

    def made(self, score: ExecutionScore | IndicatorScore) -> tuple[str, ...]:
        reason = [] if score.reason is None else [self.say(REASON_TEXTS[score.reason]())]
        rule = [str(score.rule), *(step.text(self.language) for step in score.steps)]
        return (
            _number(score.weight),
            _number(score.reported_score),
            _number(score.score),
            _difference(score.score, score.reported_score),
            "; ".join(reason or rule),
            "; ".join(self.basis(score)),
        )

    def basis(self, score: ExecutionScore | IndicatorScore) -> Iterator[str]:
        book = score.rulebook
        own = score.settings if isinstance(score, IndicatorScore) else ("execution.rule", "execution.weight")
        found = (book.basis_of(name) for name in (*own, "rounding.mode"))
        for basis in dict.fromkeys(basis for basis in found if basis is not None):
            yield f"{basis.source} ({self.say(STATUS_TEXTS[basis.status]())})"
        if score.reason is None and score.verdict not in (Verdict.EQUAL, Verdict.NOT_REPORTED):
            yield self.say(VERDICT_TEXTS[score.verdict]())
        yield from (self.say(NOTE_TEXTS[note]()) for note in score.notes)

    def total(self, card: Scorecard) -> tuple[str, ...]:
        remark = _GRADE(grade=card.grade or "-")
        if card.total is None:
            remark = _NO_TOTAL(scored=card.scored_subtotal, weight=card.scored_weight)
        return (
            self.say(_TOTAL()),
            *("", "", ""),
            _number(card.reported_total),
            _number(card.total),
            _difference(card.total, card.reported_total),
            self.say(remark),
            "; ".join(self.say(NOTE_TEXTS[note]()) for note in card.notes),
        )

    def findings(self, findings: tuple[AuditFinding, ...]) -> Iterator[str]:
        if not findings:
            yield self.text(_NONE())
        for one in findings:
            yield from self.finding(one, "")
        yield ""

    def finding(self, one: AuditFinding, indent: str) -> Iterator[str]:
        yield f"{indent}- **{one.code}** {self.text(self.headline(one))}"
        below = f"{indent}  "
        if one.places:
            yield f"{below}- {self.text(_PLACE(text='; '.join(map(str, one.places))))}"
        yield f"{below}- {self.text(_EXPLAINED(text=self.say(one.explained_by)))}"
        yield f"{below}- {self.text(_ASK(text=self.say(one.ask)))}"
        status = self.say(STATUS_TEXTS[one.check.status]())
        yield f"{below}- {self.text(_BASIS(basis=one.check.basis, status=status))}"
        yield f"{below}- {self.text(_FINGERPRINT(text=one.fingerprint))}"
        for consequence in one.consequences:
            yield from self.finding(consequence, below)

    def headline(self, one: AuditFinding) -> Message:
        return _FINDING(
            severity=self.say(SEVERITIES[one.severity]()),
            kind=self.say(CLASSES[one.kind]()),
            message=self.say(one.message),
            more=self.say(_MORE(count=one.more)) if one.more else "",
        )

    def coverage(self) -> Iterator[str]:
        result = self.dossier.result
        yield from (f"## {self.text(_COVERAGE())}", "")
        yield from (f"- {markdown_text(line)}" for line in coverage_lines(result, self.language))
        yield from ("", f"## {self.text(_NOT_LOOKED())}", "")
        if result.coverage.not_applicable:
            yield f"- {self.text(_IDLE(codes=' '.join(result.coverage.not_applicable)))}"
        for name, wording in _OUTSIDE.items():
            if name not in result.coverage.outside:
                yield f"- {self.text(_ABSENT(source=self.say(wording())))}"
        for reason, count in self.reasons().items():
            yield f"- {self.text(_UNSCORED(reason=reason, count=count))}"
        for problem in result.problems:
            yield f"- {self.text(_UNREAD(text=problem.text(self.language)))}"
        for remark in result.reading:
            yield f"- {self.text(_READING(text=remark.text(self.language)))}"
        yield ""

    def reasons(self) -> Mapping[str, int]:
        counts: dict[str, int] = {}
        for score in (score for card in self.dossier.cards for score in card.scores):
            if score.reason is not None:
                reason = self.say(REASON_TEXTS[score.reason]())
                counts[reason] = counts.get(reason, 0) + 1
        return counts

    def made_from(self) -> Iterator[str]:
        book, unknown = self.dossier.result.rulebook, self.say(_UNKNOWN())
        yield from (f"## {self.text(_MADE_FROM())}", "")
        for source in self.dossier.sources:
            yield f"- {self.text(_INPUT(name=source.file, sha256=source.sha256 or unknown))}"
        yield f"- {self.text(_BOOK(name=book.id, sha256=book.sha256 or unknown))}"
        yield f"- {self.text(_TOOL(version=self.dossier.version))}"


def _row(cells: Iterator[str] | list[str] | map[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _number(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"


def _difference(made: Decimal | None, reported: Decimal | None) -> str:
    if made is None or reported is None or made == reported:
        return ""
    return f"{difference(made, reported):+f}"
