"""Target and actual cells: from text to meaning, or to the reason why not.

    cell        = missing | period | range | comparison | text
    range       = amount ( "-" | "~" | "至" | "到" ) amount
                | comparison [ "且" | "," | "、" ] comparison            one end each
    comparison  = [ lead ] [ operator ] [ lead ] amount [ bound ] [ "左右" ] [ "。" ]
    lead        = [ "已" ] ( "达到" | "完成" | ... )                      skipped before a number
    operator    = sign | "不少于" | "不超过" | "控制在" | ...
    amount      = [ "约" ] number [ "余" | "多" ] [ unit ] [ "余" ]
    number      = [ "-" ] digits [ "," digits ] [ "." digits ] | "百分之" number | chinese
    bound       = "以上" | "以下" | "以内" | ...
    text        = anything else without a comparison, a placeholder or an odd digit

White space between words means nothing; between two digits it tears a number apart, and that
is not guessed at. What is not understood is ``Unparsed`` with its span in the raw text.
"""

from __future__ import annotations

__all__ = ["parse_parts", "parse_target"]

import re
from decimal import Decimal

import attrs

from perfeval.values.comparisons import (
    BOUND,
    BOUNDS,
    OPERATOR,
    OPERATORS,
    SIGN_ANYWHERE,
    SIGNS,
    WORDED_COMPARISON,
)
from perfeval.values.dates import VERBS, read_period
from perfeval.values.model import (
    Comparison,
    Deadline,
    Missing,
    MissingReason,
    Operator,
    Quantity,
    Range,
    Target,
    Text,
    Unparsed,
    UnparsedReason,
)
from perfeval.values.numerals import ARABIC, CHINESE, read_arabic, read_chinese
from perfeval.values.text import Folded, fold, is_odd_number, squash
from perfeval.values.units import DEFAULT_UNITS, Unit, UnitTable

# Cells hold a sentence at most; what is longer is text, and is not searched for numbers.
_LONGEST_EXPRESSION = 200

_MISSING = {
    "": MissingReason.BLANK,
    "/": MissingReason.SLASH,
    "\\": MissingReason.SLASH,
    "//": MissingReason.SLASH,
    "无": MissingReason.NONE,
    "不适用": MissingReason.NOT_APPLICABLE,
    "N/A": MissingReason.NOT_APPLICABLE,
    "n/a": MissingReason.NOT_APPLICABLE,
    "新增": MissingReason.NEW,
}
_DATE_UNITS = ("个月", "年", "季度")  # 12月, 2024年 and 4季度 are dates, so the plain path leaves them alone
_DASHES = re.compile(r"[-—–―─−‐‑ー_]+")

_LEAD = re.compile(r"(?:已经|已|实际)?(?:达到|完成|达成|实现|达)")
_KIND = re.compile(r"(?:定性|文字描述)[:：]?")
_ABOUT = re.compile(r"大约|大概|约为|约|将近|近|≈")
_MORE = re.compile(r"余|多(?!于)|\+")
_AFTER = re.compile(r"左右|上下")
_NUMBER = re.compile(
    rf"(?P<sign>[-−+]?)(?:(?P<per>百分之|千分之)(?:(?P<hundred>百)|(?P<part>{ARABIC}|{CHINESE}))"
    rf"|(?P<all>百分百)|(?P<arabic>{ARABIC})|(?P<chinese>{CHINESE}))"
)
_RANGE_MARK = re.compile(r"[-~—–]+|至|到")
_AND = re.compile(r"[且,、;]|并且|同时")
_BETWEEN = re.compile("之间")
_CURRENCY = re.compile("¥")
_END = re.compile(r"(?:\(含[^()]*\))?[。.;,]?$")
_VERB = re.compile(f"(?:全部)?(?:{VERBS})")
_WHITE = re.compile(r"\s")
# The plain cells, nine of ten in a real table, in one match: sign, number, unit. The scanner below reads
# them the same way (a law in the tests), five times slower.
_PLAIN = re.compile(r"\s*+(≥|<=|>=|≤|=|)\s*+([0-9]{1,15}(?:\.[0-9]{1,8})?)\s*+([^\s0-9.,]*+)\s*+")

_PLACEHOLDER = re.compile(r"[Xx×]{2,}|\*{2,}|□|\.{3,}|…|_{2,}|\?{2,}|#{2,}")
_TORN = re.compile(r"(?<=[0-9.])\s+(?=[0-9.])|(?<=[0-9]),\s+(?=[0-9])|(?<=[0-9])\s+,(?=[0-9])")
# A no-break or thin space between groups of three is a typographer's comma.
_SPACED_GROUPS = re.compile("(?<=[0-9])[\u00a0\u2009\u202f](?=[0-9]{3}(?![0-9]))")
# Chinese numerals before these rank more often than they count (一类, 二期), or are part of a word (十分).
_RANKS = frozenset("类期届层分班点路门组度面首口对片块本集遍顶方单双")
_UNIT_SIGNS = frozenset(
    "㎡㎥㎢"
)  # signs with a digit in them that stand behind a number and are no part of it
_PAST_YEAR = re.compile(r"(?:19|20)[0-9]{2}年度?")
_YEAR_AND_MONTH = re.compile(r"(?:19|20)[0-9]{2}\.(?:[1-9]|0[1-9]|1[0-2])")


class _NotUnderstoodError(Exception):
    """The cell is no comparison; internal to this module, never seen outside."""

    def __init__(self, reason: UnparsedReason | None = None) -> None:
        super().__init__(reason)
        self.reason = reason


@attrs.define
class _Scanner:
    """A position in folded text without white space; each ``take`` moves on or gives None."""

    text: str
    units: UnitTable
    position: int = 0
    held: bool = False  # 控制在 was read: it means ≤ unless a range or 以上 follows

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self.text, self.position)
        if found:
            self.position = found.end()
        return found

    def at_end(self) -> bool:
        return _END.match(self.text, self.position) is not None

    def unit(self) -> Unit:
        unit, self.position = self.units.read(self.text, self.position)
        return unit


def parse_target(raw: str, units: UnitTable = DEFAULT_UNITS) -> Target:
    """Read a target or an actual as printed.

    Gives a Comparison, Range, Deadline, Text, Missing or Unparsed; never raises for what a cell says.
    Source: docs/semantics.md §2; every spelling in it has been seen in a published form.
    """
    plain = _PLAIN.fullmatch(raw)
    if plain:
        unit = units.whole(plain[3])
        if unit is not None and unit.symbol not in _DATE_UNITS:
            return Comparison(OPERATORS.get(plain[1]), Quantity(Decimal(plain[2]), unit))
    folded = fold(raw)
    squeezed = _squeeze(folded)
    kind = _KIND.match(squeezed.text)
    start = kind.end() if kind else 0
    text = squeezed.text[start:]
    missing = _missing(text) if text or not kind else None
    if missing:
        return missing
    words = Text(text or squeezed.text)
    if len(squeezed.text) > _LONGEST_EXPRESSION:
        return words
    obstacle = _obstacle(raw, folded, squeezed)
    if obstacle:
        return obstacle
    try:
        return _comparison_or_range(_Scanner(squeezed.text, units, start))
    except _NotUnderstoodError as stop:
        reason = stop.reason
    compared = SIGN_ANYWHERE.search(squeezed.text) or WORDED_COMPARISON.search(squeezed.text)
    if reason is None and compared is None:
        return words
    if reason is None:
        has_digit = any(character in "0123456789" for character in squeezed.text)
        inside = UnparsedReason.COMPARISON_IN_WORDS
        reason = inside if has_digit else UnparsedReason.SIGN_WITHOUT_NUMBER
    return Unparsed(reason, (0, len(raw)), raw)


def parse_parts(operator: str, value: str, unit: str, units: UnitTable = DEFAULT_UNITS) -> Target:
    """Read a target whose operator, value and unit stand in columns of their own (Sichuan forms).

    A unit that the value repeats is taken once; one that contradicts the value's own makes the
    cell Unparsed. The three texts may be empty; a dash in the unit column is no unit.
    """
    unit = "" if isinstance(parse_target(unit, units), Missing) else unit
    alone = parse_target(value, units)
    if isinstance(alone, Missing) and (alone.reason is not MissingReason.BLANK or not operator.strip()):
        return alone
    own = parse_target(f"{operator}{value}", units)
    joined = parse_target(f"{operator}{value}{unit}", units)
    if isinstance(own, Deadline | Missing) or not unit:
        return own
    if isinstance(own, Text | Unparsed):  # 三 is no number without its unit
        return joined if isinstance(joined, Comparison | Range) else own
    given = units.whole(squash(unit))
    ends = (own.quantity,) if isinstance(own, Comparison) else (own.low, own.high)
    if all(quantity.unit.is_absent for quantity in ends):
        return joined
    if given is not None and all(_agrees(quantity.unit, given) for quantity in ends):
        return _with_unit(own, given)
    text = f"{operator}{value}{unit}"
    return Unparsed(UnparsedReason.CONTRADICTING_UNIT, (len(text) - len(unit), len(text)), text)


def _agrees(own: Unit, given: Unit) -> bool:
    """Say whether a value's own unit and that of its column are one: 200万 in a column of 元 or 万元."""
    if own.is_bare:
        return given.multiplier in (1, own.multiplier)
    return own.dimension == given.dimension


def _with_unit(own: Comparison | Range, given: Unit) -> Comparison | Range:
    if isinstance(own, Range):
        return Range(_completed(own.low, given), _completed(own.high, given))
    return Comparison(own.operator, _completed(own.quantity, given))


def _completed(quantity: Quantity, given: Unit) -> Quantity:
    return quantity.with_unit(quantity.unit.completed_by(given))


def _squeeze(folded: Folded) -> Folded:
    """Take white space out, keeping the way back to the raw text."""
    if not _WHITE.search(folded.text):
        return folded
    kept = [index for index, character in enumerate(folded.text) if not character.isspace()]
    offsets = folded.offsets
    back = kept if offsets is None else [offsets[index] for index in kept]
    return Folded("".join(folded.text[index] for index in kept), tuple(back))


def _missing(text: str) -> Missing | None:
    reason = _MISSING.get(text)
    if reason is None and _DASHES.fullmatch(text):
        reason = MissingReason.DASH
    return Missing(reason) if reason else None


def _obstacle(raw: str, folded: Folded, squeezed: Folded) -> Unparsed | None:
    """Find what makes any reading a guess: placeholders, digits torn apart, odd digits beside digits."""
    placeholder = _PLACEHOLDER.search(squeezed.text)
    if placeholder:
        return Unparsed(UnparsedReason.PLACEHOLDER, squeezed.span(*placeholder.span()), raw)
    torn = _TORN.search(folded.text)
    if torn and _TORN.search(fold(_SPACED_GROUPS.sub("", raw)).text):
        return Unparsed(UnparsedReason.NUMBER, folded.span(*torn.span()), raw)
    if folded.offsets is None:  # nothing to fold, so nothing odd
        return None
    for index, character in enumerate(squeezed.text):
        if character > "\x7f" and character not in _UNIT_SIGNS and is_odd_number(character):
            beside = squeezed.text[index - 1 : index] + squeezed.text[index + 1 : index + 2]
            if any(neighbour in "0123456789" for neighbour in beside) or character in "½¼¾⅓⅔⅕⅛":
                return Unparsed(UnparsedReason.ODD_DIGITS, squeezed.span(index, index + 1), raw)
    return None


def _comparison_or_range(scanner: _Scanner) -> Target:
    start = scanner.position
    found = scanner.take(OPERATOR)
    rest = scanner.text[scanner.position :]
    if found and found.group() not in SIGNS and _PAST_YEAR.fullmatch(rest):  # 低于2023年: than in 2023
        raise _NotUnderstoodError(UnparsedReason.COMPARISON_IN_WORDS)
    if found is None or OPERATORS[found.group()] not in (Operator.AT_LEAST, Operator.MORE_THAN):
        period = read_period(rest)
        if period:
            return Deadline(period)
    scanner.position = start
    first = _comparison(scanner)
    if scanner.at_end():
        return first
    if (first.operator is None or scanner.held) and scanner.take(_RANGE_MARK):
        return _range_to(scanner, first.quantity)
    position = scanner.position
    second = scanner.unit()
    counted = first.quantity.unit.is_counted and second.is_counted  # 5个乡镇 is a word, 28.8万元% is not
    if not second.is_absent and scanner.at_end() and not counted:
        raise _NotUnderstoodError(UnparsedReason.CONTRADICTING_UNIT)
    scanner.position = position
    if first.operator is None:
        raise _NotUnderstoodError
    scanner.take(_AND)
    return _two_sided(first.operator, first.quantity, _comparison(scanner), scanner)


def _comparison(scanner: _Scanner) -> Comparison:
    scanner.take(_LEAD)
    found = scanner.take(OPERATOR)
    operator = OPERATORS[found.group()] if found else None
    scanner.take(_LEAD)
    quantity = _amount(scanner)
    scanner.held = found is not None and found.group() == "控制在"
    bound_found = scanner.take(BOUND)
    if bound_found:
        bound = BOUNDS[bound_found.group()]
        if operator is None or scanner.held:
            operator = bound
        elif operator[0] != bound[0]:
            raise _NotUnderstoodError(UnparsedReason.CONTRADICTING_OPERATORS)
        scanner.held = False
        scanner.take(_VERB)  # 5个工作日内办结
    if scanner.take(_AFTER):
        quantity = attrs.evolve(quantity, approximate=True)
    return Comparison(operator, quantity)


def _range_to(scanner: _Scanner, low: Quantity) -> Range:
    high = _amount(scanner)
    scanner.take(_BETWEEN)
    if not scanner.at_end():
        raise _NotUnderstoodError
    bare = low.unit.is_absent and high.unit.is_absent
    if bare and all(_YEAR_AND_MONTH.fullmatch(str(end.number)) for end in (low, high)):  # 2024.1-2024.12
        raise _NotUnderstoodError(UnparsedReason.RANGE)
    return _range(low, high)


def _two_sided(operator: Operator, quantity: Quantity, second: Comparison, scanner: _Scanner) -> Range:
    if not scanner.at_end() or second.operator is None:
        raise _NotUnderstoodError
    ends = {operator[0]: quantity, second.operator[0]: second.quantity}
    if set(ends) != {">", "<"}:
        raise _NotUnderstoodError(UnparsedReason.CONTRADICTING_OPERATORS)
    return _range(ends[">"], ends["<"])


def _range(low: Quantity, high: Quantity) -> Range:
    low, high = _completed(low, high.unit), _completed(high, low.unit)
    bottom, top = low.in_unit(high.unit), high.pair
    if low.unit.dimension != high.unit.dimension or bottom[0] * top[1] > top[0] * bottom[1]:
        raise _NotUnderstoodError(UnparsedReason.RANGE)
    return Range(low, high)


def _amount(scanner: _Scanner) -> Quantity:
    about = scanner.take(_ABOUT)
    currency = scanner.take(_CURRENCY)
    found = scanner.take(_NUMBER)
    if found is None:
        raise _NotUnderstoodError
    number, unit = _number(found, scanner.units)
    more = scanner.take(_MORE)
    if unit is None:
        unit = scanner.unit()
        more = scanner.take(_MORE) or more
        if more and unit.is_bare and not unit.is_absent:  # 3万余人
            unit = scanner.unit().times(unit.multiplier, unit.symbol)
        if found["chinese"] and (unit.is_bare or unit.symbol in _RANKS):
            raise _NotUnderstoodError
        if currency and unit.is_bare:
            unit = unit.completed_by(scanner.units.names["元"])
    if about and about.group() == "近" and unit.symbol == "年":  # 近3年 is a time, not a number
        raise _NotUnderstoodError
    return Quantity(number, unit, approximate=bool(about or more))


def _number(found: re.Match[str], units: UnitTable) -> tuple[Decimal, Unit | None]:
    """Read the number; also its unit where the number's own words hold it (百分之九十)."""
    unit = None
    if found["all"] or found["hundred"]:
        number: Decimal | None = Decimal(100)
    else:
        digits = found["arabic"] or found["chinese"] or found["part"]
        number = read_arabic(digits) if digits[0] in "0123456789." else read_chinese(digits)
    if found["all"] or found["per"]:
        unit = units.names["‰" if found["per"] == "千分之" else "%"]
    if number is None:
        raise _NotUnderstoodError(UnparsedReason.NUMBER if found["arabic"] else None)
    return (number.copy_negate() if found["sign"] in ("-", "−") else number), unit
