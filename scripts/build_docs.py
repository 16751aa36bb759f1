"""Write the generated pages and sections of docs/ from the code; ``--check`` fails where one has drifted.

Run: ``python scripts/build_docs.py [--check]``. A section stands between ``<!-- generated: NAME -->`` and
``<!-- end -->`` in a page that is otherwise written by hand; docs/rules/ and docs/units.md are generated whole.
"""

from __future__ import annotations

import argparse
import inspect
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from enum import Enum, StrEnum
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import attrs
import tomli

import perfeval
from perfeval import documents, report, rulebook, rules
from perfeval.auditing import CHECKS, Check
from perfeval.findings import FindingClass, Severity
from perfeval.formula import RoundingMode, nodes
from perfeval.formula.prose import REASONS as BECAUSE
from perfeval.messages import LANGUAGES, Wording
from perfeval.report.letter.words import PLACEHOLDERS
from perfeval.rulebook.model import ExecutionSetting, GradedSetting, WeightsSetting
from perfeval.rules import Band, LadderStep, Rule, Share
from perfeval.scoring.explain import NOTE_TEXTS, REASON_TEXTS, STATUS_TEXTS, VERDICT_TEXTS
from perfeval.table.cells import AmountCell, NumberCell, TargetCell
from perfeval.table.fillers import FILLER_ROW
from perfeval.values import DEFAULT_UNITS, Unit
from perfeval.values.units import COUNT

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
NOTICE = "<!-- Written by scripts/build_docs.py from the code; do not edit. -->\n\n"

LAWS = {
    "full-at-target": "An actual equal to the target earns the whole weight.",
    "monotone": "Doing better never earns less.",
    "continuous": "A small change of the actual never makes the score jump.",
}

KINDS = {
    rules.Kind.AT_LEAST: "A number as floor: ≥, or > read as ≥.",
    rules.Kind.EQUAL: "A number with =, or without operator where nothing speaks for a ceiling.",
    rules.Kind.AT_MOST: "A number as ceiling: ≤, or < read as ≤.",
    rules.Kind.RANGE: "From one number to another, both included.",
    rules.Kind.DEADLINE: "A date or period, kept or missed.",
    rules.Kind.ASSERTED: "A target in words, and an actual that states done or not done.",
    rules.Kind.DEGREE: "A target in words, and a percentage as actual.",
    rules.Kind.UNCLEAR: "A target in words or a deadline, and an actual that only a person can judge.",
}

SYMBOLS = {"actual": "A", "target": "T", "low": "L", "high": "H", "share": "S", "degree": "D", "weight": "W"}

# One list for every rule, so that the pages can be compared.
EXAMPLES = (
    (">=3次", "3次"), (">=100%", "95%"), ("=100%", "110%"), ("=100%", "99%"), ("<=8.90万元", "8.94万元"),
    ("<=41.1万元", "0万元"), ("10-20次", "25次"), ("10-20次", "8次"), ("6月底前", "2024-06-30"), ("6月底前", "2024-07-03"),
    ("有效保障", "有效保障"), ("有效保障", "95%"), ("有效保障", "部分完成"), ("有效保障", "未完成"),
)  # fmt: skip

# What a parameter of a rule is set to where its default says nothing of it, by the type of the parameter.
SAMPLES: tuple[tuple[Any, object], ...] = (
    (Share | None, Share(Decimal("0.6"))),
    (
        tuple[Band, ...],
        tuple(
            Band(Share(Decimal(start)), Decimal(factor))
            for start, factor in (("0.9", "1"), ("0.8", "0.8"), ("0.6", "0.5"))
        ),
    ),
    (
        tuple[LadderStep, ...],
        (LadderStep(Decimal("1.3"), Decimal("0.9")), LadderStep(Decimal(2), Decimal("0.8"))),
    ),
)


def table(heading: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Give a Markdown table."""
    names = list(heading)
    lines = [names, ["---"] * len(names), *([str(cell) for cell in row] for row in rows)]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def code(value: object) -> str:
    """Give a value as code; nothing where there is none."""
    return f"`{value}`" if str(value) else ""


def prose_of(docstring: str | None) -> str:
    """Give a docstring as Markdown, without its references to pages that are not part of the docs."""
    text = inspect.cleandoc(docstring or "")
    return re.sub(r" \(docs/semantics\.md [^)]*\)|Source: docs/semantics\.md [^.]*\. ?", "", text).replace(
        "``", "`"
    )


# Formulas


def expression(node: nodes.Node) -> tuple[str, int]:
    """Give a formula without cases in symbols, and its strength: 0 sums, 1 products, 2 a single term."""
    match node:
        case nodes.Input(name):
            return SYMBOLS[name], 2
        case nodes.Number(numerator, denominator):
            return str(Decimal(numerator) / Decimal(denominator)), 2
        case nodes.Because(_, value) | nodes.Label(_, value):
            return expression(value)
        case nodes.Add(left, right):
            return f"{expression(left)[0]} + {_enclosed(right, 1)}", 0
        case nodes.Subtract(left, right):
            return f"{expression(left)[0]} − {_enclosed(right, 1)}", 0
        case nodes.Multiply(left, right):
            return f"{_enclosed(left, 1)} × {_enclosed(right, 2)}", 1
        case nodes.Divide(left, right):
            return f"{_enclosed(left, 1)} ÷ {_enclosed(right, 2)}", 1
        case nodes.Least(left, right):
            return f"min({expression(left)[0]}, {expression(right)[0]})", 2
        case nodes.Greatest(left, right):
            return f"max({expression(left)[0]}, {expression(right)[0]})", 2
        case _:
            raise TypeError(f"{type(node).__name__} is no expression")


def _enclosed(node: nodes.Node, strength: int) -> str:
    text, own = expression(node)
    return text if own >= strength else f"({text})"


def cases(node: nodes.Node) -> Iterator[tuple[str, str, str]]:
    """Give each case of a formula: when, the value, and the sentence that an explanation says with it."""
    yield from _cases(node, (), "", {})


_ORDERS = {">=": "=>", ">": ">", "=": "=", "<": "<", "<=": "=<"}
_Known = dict[tuple[nodes.Node, nodes.Node], frozenset[str]]
"""How two nodes can still stand to each other (< = >), given the conditions so far."""


def _cases(
    node: nodes.Node, conditions: tuple[str, ...], because: str, known: _Known
) -> Iterator[tuple[str, str, str]]:
    match node:
        case nodes.Case(branches, otherwise):
            for branch in branches:
                pair = branch.condition.left, branch.condition.right
                possible = known.get(pair, frozenset("<=>"))
                holds = possible & frozenset(_ORDERS[branch.condition.comparator])
                if holds:
                    added = () if holds == possible else (_condition(branch.condition),)
                    yield from _cases(branch.then, conditions + added, because, {**known, pair: holds})
                if holds == possible:
                    return
                known = {**known, pair: possible - holds}
            yield from _cases(otherwise, conditions, because, known)
        case nodes.Because(name, value):
            yield from _cases(value, conditions, name, known)
        case nodes.Refuse(reason):
            yield _when(conditions), f"none: `{reason}`", ""
        case _:
            said = BECAUSE[because](**SYMBOLS).text("en") if because in BECAUSE else ""
            yield _when(conditions), expression(node)[0], said


def _condition(condition: nodes.Compare) -> str:
    sign = {">=": "≥", "<=": "≤"}.get(condition.comparator, condition.comparator)
    return f"{expression(condition.left)[0]} {sign} {expression(condition.right)[0]}"


def _when(conditions: tuple[str, ...]) -> str:
    return " and ".join(conditions) or "otherwise"


def formulas(formula_of: Callable[[rules.Kind], nodes.Node], kinds: Iterable[rules.Kind] = rules.Kind) -> str:
    """Give one table for each formula, under the kinds of comparison that share it."""
    shared: dict[nodes.Node, list[str]] = {}
    for kind in kinds:
        shared.setdefault(formula_of(kind), []).append(f"`{kind}`")
    return "\n".join(
        f"{', '.join(names)}:\n\n" + table(("when (first that holds)", "fraction", "said as"), cases(formula))
        for formula, names in shared.items()
    )


# Rules


def usual(kind: type[Rule]) -> Rule:
    """Give a rule with its defaults, and with a sample where a parameter has none."""
    given = {}
    for field in _fields(kind):
        if field.default is attrs.NOTHING:
            given[field.name] = _sample(field.type)
            if given[field.name] is None:
                raise SystemExit(f"{kind.__name__}.{field.name} has no default: add its type to SAMPLES")
    made: Rule = kind(**given)
    return made


def _fields(kind: type[Any]) -> tuple[Any, ...]:
    return tuple(attrs.fields(attrs.resolve_types(kind)))


def _sample(kind: object) -> object:
    return next((sample for known, sample in SAMPLES if known == kind), None)


def variants(kind: type[Rule]) -> Iterator[tuple[str, Rule]]:
    """Give a rule once for each other value that a parameter can be given."""
    rule: Any = usual(kind)
    for field in _fields(kind):
        own = getattr(rule, field.name)
        others: tuple[object, ...] = tuple(type(own)) if isinstance(own, Enum) else (_sample(field.type),)
        for other in others:
            if other is not None and other != own:
                yield f"{field.name} = {_toml(other)}", attrs.evolve(rule, **{field.name: other})


def _toml(value: object) -> str:
    """Give a value as a rule book writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    if attrs.has(type(value)):
        parts = (
            f"{field.metadata.get('key', field.name)} = {_toml(getattr(value, field.name))}"
            for field in _fields(type(value))
        )
        return "{ " + ", ".join(parts) + " }"
    return f'"{value}"'


def rule_page(kind: type[Rule]) -> str:
    """Give the page of one rule."""
    rule = usual(kind)
    in_short, in_full = prose_of(inspect.getdoc(sys.modules[kind.__module__])), prose_of(inspect.getdoc(kind))
    first, _, rest = in_full.partition("\n\n")
    if in_short.startswith(first.rstrip(".")):  # nothing but the name once more
        in_full = rest
    parts = [f"# {kind.kind}\n", f"{in_short}\n", f"{in_full}\n"]
    bands = (
        ', bands = [{ from = "90%", factor = "1" }, { from = "80%", factor = "0.8" }]'
        if kind.kind == "banded"
        else ""
    )
    parts.append("In a rule book: `rule = { kind = " + f'"{kind.kind}"{bands}' + " }`.\n")
    parts += ["## Parameters\n", _parameters(kind)]
    parts += ["## Formula\n", f"{_LEGEND}\n"]
    if any(field.default is attrs.NOTHING for field in _fields(kind)):
        parts.append(f"Shown for `{_toml(rule)}`.\n")
    parts.append(formulas(rule.formula))
    for name, other in variants(kind):
        changed = [each for each in rules.Kind if other.formula(each) != rule.formula(each)]
        if changed:
            parts += [f"### With `{name}`\n", formulas(other.formula, changed)]
    parts += ["## Completion\n", f"{_COMPLETION}\n", formulas(rule.completion)]
    parts += ["## Examples\n", f"{_EXAMPLES}\n", _examples(rule)]
    parts += ["## Laws broken on purpose\n", _broken(kind)]
    return NOTICE + "\n".join(parts)


_LEGEND = (
    "The fraction of the weight, for each kind of comparison. The score is weight × fraction, rounded once by the "
    "rule book, never below 0 or above the weight. A is the 实际完成值 (actual), T the 指标值 (target), L and H "
    "the ends of a range, S the value as a share of one, D the degree: 1 met, 0 not met, or a stated percentage."
)
_COMPLETION = "The 完成程度 that is shown beside the score. It takes no part in the score; where it is none, nothing is shown."
_EXAMPLES = "Weight 10, year 2024, the settings of `common-practice`, this rule for every row."


_SATISFACTION = (
    "Besides these, a rule book may name `satisfaction` (满意度赋分): the rule of its setting "
    "`settings.satisfaction`, or `graded` where the target is a text."
)
_LAWS = (
    "Every score lies from 0 to the weight, is linear in the weight before rounding, and does not depend on "
    "whether money is written in 元 or 万元. These laws hold besides, unless the page of a rule says which "
    "setting breaks them and why:"
)
_UNITS = (
    "Two numbers can be compared where their units have the same dimension; they are converted exactly. "
    "百 千 万 亿 and the like may stand before any unit. `元/人·天` is money by persons and days."
)


def _parameters(kind: type[Rule]) -> str:
    fields = _fields(kind)
    if not fields:
        return "None.\n"
    rows = []
    for field in fields:
        required = field.default is attrs.NOTHING
        default = "required" if required else _default(field.default)
        rows.append((code(field.name), _type_text(field.type), default))
    return table(("parameter", "values", "default"), rows)


def _default(value: object) -> str:
    return "not set" if value is None else code(_toml(value))


def _examples(rule: Rule) -> str:
    book = perfeval.load_rulebook("common-practice")
    every = rulebook.Match(rule=book.match[-1].rule)
    book = attrs.evolve(book, match=(every,), rules=(rule,))
    rows = []
    for target, actual in EXAMPLES:
        made = perfeval.score_indicator(target, actual, weight=10, year=2024, rulebook=book)
        if made.reason is None:
            how = " ".join(step.text("en") for step in made.steps)
        else:
            how = f"{REASON_TEXTS[made.reason]().text('en')} (`{made.reason}`)"
        rows.append((code(target), code(actual), "–" if made.score is None else f"{made.score:f}", how))
    return table(("target", "actual", "score", "how"), rows)


def _broken(kind: type[Rule]) -> str:
    rows = []
    for name, rule in (("always", usual(kind)), *variants(kind)):
        always = usual(kind).breaks() if name != "always" else {}
        for law, wording in rule.breaks().items():
            if law not in always:
                rows.append((code(law), name if name == "always" else code(name), wording.zh, wording.en))
    return table(("law", "when", "原因", "why"), rows) if rows else "None.\n"


def rules_index() -> str:
    """Give the list of the rules and of the laws."""
    rows = [
        (
            f"[{kind.kind}]({kind.kind}.md)",
            prose_of(inspect.getdoc(sys.modules[kind.__module__])).splitlines()[0],
        )
        for kind in rules.RULES
    ]
    return NOTICE + "\n".join(
        [
            "# Rules\n",
            "A rule gives the fraction of the weight for each kind of comparison, as a formula that is data.\n",
            table(("rule", "in short"), rows),
            f"{_SATISFACTION}\n",
            "## Kinds of comparison\n",
            table(("kind", "meaning"), [(code(kind.value), KINDS[kind]) for kind in rules.Kind]),
            "## Laws\n",
            f"{_LAWS}\n",
            table(("law", "meaning"), [(code(name), text) for name, text in LAWS.items()]),
        ]
    )


# Closed lists


def words(members: Iterable[StrEnum], texts: dict[str, Wording]) -> str:
    """Give a closed list with its texts."""
    return table(("code", "中文", "English"), [(code(m.value), texts[m].zh, texts[m].en) for m in members])


def names(*enumerations: type[StrEnum]) -> str:
    """Give closed lists that have no texts of their own."""
    return table(
        ("list", "values", "meaning"),
        [
            (
                kind.__name__,
                ", ".join(code(member.value) for member in kind),
                prose_of(kind.__doc__).splitlines()[0],
            )
            for kind in enumerations
        ],
    )


# Rule books


def settings_table() -> str:
    """Give every setting with what it can be and its default."""
    groups = {
        "rounding": rulebook.Rounding, "execution": ExecutionSetting, "settings": rulebook.Settings,
        "graded": GradedSetting, "accept": rulebook.Accept, "weights": WeightsSetting,
    }  # fmt: skip
    rows = []
    for name in rulebook.setting_names():
        group, _, own = name.partition(".")
        if own:
            field = next(field for field in _fields(groups[group]) if field.name == own)
            default = field.default.kind if isinstance(field.default, rules.Proportional) else field.default
            shown = str(default) if isinstance(default, rulebook.Satisfaction) else default
            rows.append((code(name), _type_text(field.type), _default(shown)))
        else:
            rows.append((code(name), f"list of tables, see [{name}](#{name})", "those of `common-practice`"))
    return table(("setting", "values", "default"), rows)


_TYPE_TEXTS: tuple[tuple[Any, str], ...] = (
    (Share, 'fraction: `"0.8"` or `"80%"`'),
    (Share | None, 'fraction: `"0.8"` or `"80%"`'),
    (tuple[Share, ...], "list of fractions"),
    (Decimal, "decimal in quotes, or integer"),
    (tuple[Decimal, ...], "list of decimals"),
    (tuple[tuple[Decimal, ...], ...], "list of lists of decimals"),
    (tuple[str, ...], "list of texts"),
    (tuple[rules.Reverse, ...], "list of " + ", ".join(code(member.value) for member in rules.Reverse)),
    (tuple[Band, ...], "list of `{ from, factor }`, `from` descending"),
    (tuple[LadderStep, ...], "list of `{ from, factor }`, `from` ascending above 1"),
    (rulebook.Satisfaction, '`"proportional"` or `{ bands = [...] }`'),
    (tuple[rulebook.Satisfaction, ...], 'list of `"proportional"` or `{ bands = [...] }`'),
    (Rule, "`{ kind = ... }`, one of the [rules](rules/index.md)"),
    (bool, "`true` or `false`"),
)


def _type_text(kind: Any) -> str:
    if isinstance(kind, type) and issubclass(kind, Enum):
        return ", ".join(code(f'"{member.value}"') for member in kind)
    found = next((text for known, text in _TYPE_TEXTS if known == kind), None)
    if found is None:
        raise SystemExit(f"the type {kind} has no text: add it to _TYPE_TEXTS")
    return found


def books() -> str:
    """Give each built-in book: every setting with value, basis and status."""
    parts = []
    for name in rulebook.BUILT_IN:
        book = perfeval.load_rulebook(name)
        years = "–".join(str(year) for year in book.years) or "any"
        parts.append(f"### {name}\n")
        parts.append(f"{book.title}. Region: {' '.join(book.region) or 'any'}. Years: {years}.\n")
        rows = []
        for setting in rulebook.setting_names():
            basis = book.basis_of(setting)
            source = "" if basis is None else basis.source + (f"（{basis.note}）" if basis.note else "")
            status = "" if basis is None else code(basis.status.value)
            rows.append((code(setting), code(rulebook.setting_value(book, setting)), source, status))
        parts.append(table(("setting", "value", "basis", "status"), rows))
    return "\n".join(parts)


# Formats


def fields_of(kind: type[Any]) -> str:
    """Give the keys of one table of ``perfeval.evaluation.v1``."""
    shown = [field for field in _fields(kind) if "internal" not in field.metadata]
    return ", ".join(f"`{field.name}`{_cell_mark(field.type)}" for field in shown) + "\n"


def _cell_mark(kind: object) -> str:
    marks = {TargetCell | None: " (target)", NumberCell | None: " (number)", AmountCell | None: " (amount)"}
    return next((mark for known, mark in marks.items() if known == kind), "")


def sample_row() -> str:
    """Give one row of a scorecard as JSON."""
    evaluation = perfeval.read(ROOT / "examples" / "bortala-2024" / "04-dry-port.toml").evaluations[0]
    evaluation = attrs.evolve(evaluation, file="04-dry-port.toml", places={})
    data = report.card_data(perfeval.score(evaluation))
    row = next(row for row in data["indicators"] if row["level3"] == "差旅费")
    return f"```json\n{json.dumps(row, ensure_ascii=False, indent=1)}\n```\n"


# Units


def units_page() -> str:
    """Give the page of the units."""
    by_dimension: dict[str, dict[Unit, list[str]]] = {}
    for name, unit in sorted(
        DEFAULT_UNITS.names.items(), key=lambda item: (item[1].symbol, len(item[0]), item[0])
    ):
        by_dimension.setdefault(unit.dimension, {}).setdefault(unit, []).append(name)
    counted = {
        name: units for name, units in by_dimension.items() if name.startswith(COUNT) and len(units) == 1
    }
    measured = {name: units for name, units in by_dimension.items() if name.startswith("measure:")}
    converted = {name: units for name, units in by_dimension.items() if name not in {*counted, *measured}}
    rows = []
    for dimension, units in sorted(converted.items()):
        for unit in sorted(units, key=lambda unit: (unit.numerator / unit.denominator, unit.symbol)):
            size = str(unit.numerator) if unit.denominator == 1 else f"{unit.numerator}/{unit.denominator}"
            rows.append((code(dimension), code(unit.symbol), size, " ".join(units[unit])))
    return NOTICE + "\n".join(
        [
            "# Units\n",
            f"{_UNITS}\n",
            "## Converted\n",
            "The size is in the base unit of the dimension.\n",
            table(("dimension", "unit", "size", "spellings"), rows),
            "## Counted\n",
            "Each word is a dimension of its own: 3次 are not 3场. A whole number of them is exact.\n",
            table(("dimension", "spellings"), _spellings(counted)),
            "## Measured\n",
            "Not counted, and not converted into anything else.\n",
            table(("dimension", "spellings"), _spellings(measured)),
        ]
    )


def _spellings(dimensions: dict[str, dict[Unit, list[str]]]) -> list[tuple[str, str]]:
    return [
        (code(name), " ".join(spelling for spellings in units.values() for spelling in spellings))
        for name, units in sorted(dimensions.items())
    ]


# Rooms


def layers() -> str:
    """Give the order of the rooms from the contract that is checked."""
    project = tomli.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = project["tool"]["importlinter"]["contracts"][0]
    return "```text\n" + "\n".join(layer.replace("perfeval.", "") for layer in contract["layers"]) + "\n```\n"


def layout_roles() -> str:
    """Give the roles that words of forms can have, with some of the words."""
    text = files("perfeval.documents.layout").joinpath("words.toml").read_text(encoding="utf-8")
    known = tomli.loads(text)
    rows = [
        (code(section), code(role), "、".join(found[:6]) + (" …" if len(found) > 6 else ""))
        for section in ("columns", "groups", "labels", "funding", "goal", "rows", "values")
        for role, found in known[section].items()
    ]
    return table(("section", "role", "words"), rows)


def reading_findings() -> str:
    """Give every remark of the reader: the wordings of the codes PE0xx, wherever they are defined."""
    found: dict[str, Wording] = {FILLER_ROW.code: FILLER_ROW}
    for module in walk_packages(documents.__path__, "perfeval.documents."):
        for value in vars(import_module(module.name)).values():
            if isinstance(value, Wording) and value.code.startswith("PE0"):
                found.setdefault(value.code, value)
    return table(
        ("code", "中文", "English"),
        [(code(key), found[key].zh, found[key].en) for key in sorted(found)],
    )


def check_page(check: Check) -> str:
    """Give the page of one check: what its module says, its words, its basis."""
    text = inspect.getdoc(sys.modules[check.run.__module__]) or ""
    rows = [
        ("message", check.says.zh, check.says.en),
        ("what would explain it", check.explained_by.zh, check.explained_by.en),
        ("what is asked", check.ask.zh, check.ask.en),
    ]
    applies = f"{check.scope}; {', '.join(sorted(check.kinds))}; {', '.join(sorted(check.stages))}"
    facts = [("looks at", applies), ("basis", f"{check.basis} ({check.status})")]
    facts += [("hangs under", ", ".join(check.follows))] if check.follows else []
    facts += [("runs", "only if selected")] if check.is_optional else []
    return (
        f"{NOTICE}# {check.code} {check.name}\n\n{text}\n\n"
        + table(("", "中文", "English"), rows)
        + "\n"
        + table(("", ""), facts)
    )


def checks_index() -> str:
    """Give the list of all checks."""
    rows = [
        (f"[{check.code}]({check.code.lower()}.md)", code(check.name), check.scope, check.says.zh)
        for check in CHECKS
    ]
    return f"{NOTICE}# Checks\n\nWhat `perfeval audit` looks at, in the order of the codes.\n\n" + table(
        ("code", "name", "sees", "says"), rows
    )


def limits() -> str:
    """Give the limits on one document with their defaults."""
    return table(
        ("limit", "default"),
        [(code(field.name), f"{field.default:,}") for field in attrs.fields(perfeval.Limits)],
    )


def placeholders() -> str:
    """Give the placeholders of a letter; either language works in any template."""
    rows = [
        tuple(code("{{" + words().text(language) + "}}") for language in LANGUAGES)
        for words in PLACEHOLDERS.values()
    ]
    return table(("placeholder", "or"), rows)


# Pages


def sections() -> dict[str, str]:
    """Give every generated section by name."""
    made = {
        "layers": layers(),
        "reasons": words(perfeval.Reason, REASON_TEXTS),
        "notes": words(perfeval.Note, NOTE_TEXTS),
        "verdicts": words(perfeval.Verdict, VERDICT_TEXTS),
        "statuses": words(rulebook.BasisStatus, STATUS_TEXTS),
        "lists": names(
            perfeval.TableKind,
            perfeval.Stage,
            perfeval.Status,
            rulebook.TargetKind,
            RoundingMode,
            Severity,
            FindingClass,
        ),
        "reading-findings": reading_findings(),
        "layout-roles": layout_roles(),
        "limits": limits(),
        "placeholders": placeholders(),
        "settings": settings_table(),
        "books": books(),
        "row": sample_row(),
    }
    for kind in (perfeval.Evaluation, perfeval.Goal, perfeval.Funding, perfeval.Indicator, perfeval.Total):
        made[f"fields-{kind.__name__}"] = fields_of(kind)
    return made


_SECTION = re.compile(r"(<!-- generated: (\S+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)


def pages() -> dict[Path, str]:
    """Give the text of every page that has something generated in it."""
    made = {DOCS / "rules" / f"{kind.kind}.md": rule_page(kind) for kind in rules.RULES}
    made[DOCS / "rules" / "index.md"] = rules_index()
    made |= {DOCS / "checks" / f"{check.code.lower()}.md": check_page(check) for check in CHECKS}
    made[DOCS / "checks" / "index.md"] = checks_index()
    made[DOCS / "units.md"] = units_page()
    known = sections()
    unused = set(known)
    for path in sorted(DOCS.glob("*.md")):
        text = path.read_text(encoding="utf-8")
        found = [match[1] for match in _SECTION.findall(text)]
        if found and path not in made:
            made[path] = _SECTION.sub(lambda match: f"{match[1]}\n{known[match[2]]}\n{match[4]}", text)
            unused -= set(found)
    if unused:
        raise SystemExit(f"no page has a place for: {', '.join(sorted(unused))}")
    return made


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail where a page has drifted")
    options = parser.parse_args()
    made = pages()
    drifted = [
        path for path, text in made.items() if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    known = [path for folder in ("rules", "checks") for path in sorted((DOCS / folder).glob("*.md"))]
    stray = [path for path in known if path not in made]
    for path in [*drifted, *stray]:
        print(f"{path.relative_to(ROOT)}: {'drifted' if path in drifted else 'belongs to no rule'}")
    if options.check:
        return 1 if drifted or stray else 0
    for path in drifted:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made[path], encoding="utf-8", newline="\n")
    for path in stray:
        path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
