"""One request as a line of JSON, one answer as a line of JSON: what ``perfeval serve`` says (docs/serve.md)."""

from __future__ import annotations

__all__ = ["SERVICE_SCHEMA", "Service", "refusal"]

import json
import sys
import traceback
from collections.abc import Callable, Mapping
from typing import Any

import attrs

from perfeval.auditing import audit
from perfeval.errors import PerfevalError, Problem, UnreadableError, UsageError
from perfeval.messages import LANGUAGES, Language, Message, Wording
from perfeval.report.audit import audit_data
from perfeval.report.comparing_data import trials_data
from perfeval.report.data import problem_data, scorecards_data
from perfeval.report.requests import AuditRequest, IndicatorRequest, PingRequest, TablesRequest, structured
from perfeval.rulebook import BUILT_IN, RuleBook, load_rulebook
from perfeval.scoring import IndicatorScore, score, score_indicator
from perfeval.table import Evaluation, Reading, parse_json, read_data
from perfeval.version import VERSION

SERVICE_SCHEMA = "perfeval.service.v1"
EXPLANATION_SCHEMA = "perfeval.explanation.v1"

_NAME = "request"
_ID = Wording(
    "SERVE-ID",
    "id 应为字符串、整数或 null，现为 {found}",
    "id must be a string, an integer or null, not {found}",
)
_DO = Wording("SERVE-DO", "do 应为 {choices} 之一", "do must be one of {choices}")
_LANG = Wording("SERVE-LANG", "lang 应为 {choices} 之一", "lang must be one of {choices}")
_BOOK = Wording(
    "SERVE-BOOK",
    "没有“{name}”这个评分办法（有 {names}）；文件须在启动时用 --rulebook 给出",
    "there is no rule book '{name}' (there are {names}); a file is given with --rulebook at the start",
)
_FAULT = Wording(
    "SERVE-FAULT",
    "perfeval 自身出错（{detail}），请报告；其余请求不受影响",
    "perfeval itself failed ({detail}); please report it; other requests are not affected",
)

Data = dict[str, Any]


@attrs.frozen
class Service:
    """The rule books, loaded once, and the language of those requests that name none.

    ``books`` are those given at the start by name or path, the first for requests that name none; built-in books
    can always be named. A request cannot name a file: what it holds may come from anywhere.
    """

    books: Mapping[str, RuleBook]
    language: Language = "zh"

    def answer(self, line: bytes) -> bytes:
        """Give the answer to one line, without a line end. Never raises for what a line holds."""
        request: Data = {}
        language = self.language
        try:
            request = parse_json(line, _NAME)
            language = _language(request, language)
            result = self._result(_with_known_id(request), language)
        except PerfevalError as error:
            return _line(request, error=_error(error, language))
        except Exception as error:  # noqa: BLE001 - a fault of perfeval must not cost a caller his other requests
            traceback.print_exc(file=sys.stderr)
            fault = UsageError(_FAULT(detail=type(error).__name__))
            return _line(request, error=_error(fault, language))
        return _line(request, result=result)

    def _result(self, request: Data, language: Language) -> Data:
        asked = request.get("do")
        work = _WORK.get(asked) if isinstance(asked, str) else None
        if work is None:
            raise _unreadable("do", _DO(choices=" ".join(_WORK)))
        book = self._book(request.get("rulebook"))
        return work({key: value for key, value in request.items() if key not in _COMMON}, book, language)

    def _book(self, name: object) -> RuleBook:
        if name is None:
            return next(iter(self.books.values()))
        names = dict.fromkeys([*self.books, *BUILT_IN])
        if not isinstance(name, str) or name not in names:
            raise _unreadable("rulebook", _BOOK(name=f"{name}"[:60], names=" ".join(names)))
        return self.books[name] if name in self.books else load_rulebook(name)


def refusal(message: Message, language: Language) -> bytes:
    """Give the answer to a line that was not looked into."""
    return _line({}, error=_error(UsageError(message), language))


def _language(request: Data, usual: Language) -> Language:
    given = request.get("lang")
    if given is None:
        return usual
    for language in LANGUAGES:
        if given == language:
            return language
    raise _unreadable("lang", _LANG(choices=" ".join(LANGUAGES)))


def _with_known_id(request: Data) -> Data:
    if not _is_id(request.get("id")):
        raise _unreadable("id", _ID(found=type(request["id"]).__name__))
    return request


def _is_id(value: object) -> bool:
    return value is None or (isinstance(value, str | int) and not isinstance(value, bool))


def _unreadable(path: str, message: Message) -> UnreadableError:
    return UnreadableError((Problem(_NAME, 0, 0, path, message),))


def _line(request: Data, **outcome: Data) -> bytes:
    known = request.get("id")
    answer = {"id": known if _is_id(known) else None, "ok": "result" in outcome, **outcome}
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")


def _error(error: PerfevalError, language: Language) -> Data:
    problems = error.problems if isinstance(error, UnreadableError) else ()
    code = error.message.code if isinstance(error, UsageError) else problems[0].message.code
    return {
        "code": code,
        "message": error.text(language),
        "problems": [problem_data(problem, language) for problem in problems],
    }


def _score(fields: Data, book: RuleBook, language: Language) -> Data:
    tables = _tables(fields)
    return scorecards_data([score(table, book) for table in tables], book, VERSION, lang=language)


def _audit(fields: Data, book: RuleBook, language: Language) -> Data:
    request = structured(fields, AuditRequest, _NAME)
    tables, previous, approved = (
        Reading(()) if given is None else read_data(given, name)
        for name, given in (
            ("evaluation", request.evaluation),
            ("previous", request.previous),
            ("approved", request.approved),
        )
    )
    result = audit(
        tables.evaluations,
        book,
        previous=previous.evaluations,
        approved=approved.evaluations,
        select=request.select,
        ignore=request.ignore,
    )
    remarks = (*tables.findings, *previous.findings, *approved.findings)
    return audit_data(attrs.evolve(result, reading=remarks), VERSION, language)


def _indicator(fields: Data, book: RuleBook, language: Language) -> Data:
    found = _indicator_score(fields, book)
    return trials_data([(book, found)], VERSION, language)


def _indicator_score(fields: Data, book: RuleBook) -> IndicatorScore:
    cells = attrs.asdict(structured(fields, IndicatorRequest, _NAME))
    return score_indicator(**cells, rulebook=book)


def _explain(fields: Data, book: RuleBook, language: Language) -> Data:
    if "evaluation" in fields:
        tables = _tables(fields)
        texts = [score(table, book).explain(language) for table in tables]
    else:
        texts = [_indicator_score(fields, book).explain(language)]
    return {
        "schema": EXPLANATION_SCHEMA,
        "tool": {"name": "perfeval", "version": VERSION},
        "rulebook": {"id": book.id, "sha256": book.sha256},
        "explanations": texts,
    }


def _ping(fields: Data, book: RuleBook, _language: Language) -> Data:
    structured(fields, PingRequest, _NAME)
    return {
        "schema": SERVICE_SCHEMA,
        "tool": {"name": "perfeval", "version": VERSION},
        "rulebook": {"id": book.id, "sha256": book.sha256},
        "do": list(_WORK),
    }


def _tables(fields: Data) -> tuple[Evaluation, ...]:
    return read_data(structured(fields, TablesRequest, _NAME).evaluation, "evaluation").evaluations


_COMMON = frozenset({"id", "do", "lang", "rulebook"})
_WORK: Mapping[str, Callable[[Data, RuleBook, Language], Data]] = {
    "score": _score,
    "audit": _audit,
    "indicator": _indicator,
    "explain": _explain,
    "ping": _ping,
}
