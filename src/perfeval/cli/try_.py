"""``perfeval try TARGET ACTUAL``: one indicator, explained on the spot, or under several rule books side by side."""

from __future__ import annotations

__all__ = ["add_to"]

import argparse
from decimal import Decimal

from perfeval import scoring
from perfeval.cli.common import EXIT_DONE, add_language, print_json
from perfeval.errors import UsageError
from perfeval.messages import Wording
from perfeval.report.comparing import Trial, trials_text
from perfeval.report.comparing_data import trials_data
from perfeval.rulebook import BUILT_IN, RuleBook, load_rulebook
from perfeval.values import parse_number, parse_weight
from perfeval.version import VERSION

_NO_WEIGHT = Wording("CLI-WEIGHT", "分值“{weight}”读不出", "the weight '{weight}' cannot be read")

_NO_SCORE = Wording("CLI-SCORE", "自评得分“{score}”读不出", "the reported score '{score}' cannot be read")


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("try", help="试算一个指标 / try one indicator")
    parser.add_argument("target", metavar="TARGET", help="指标值，如 '<=8.90万元' / the target")
    parser.add_argument("actual", metavar="ACTUAL", help="实际完成值，如 '8.94万元' / the actual")
    parser.add_argument("--weight", default="10", help="分值 / weight")
    parser.add_argument(
        "--rule", help="印出的赋分规则，或规则的种类 / the printed rule, or the kind of a rule"
    )
    parser.add_argument("--level1", help="一级指标 / level 1")
    parser.add_argument("--level2", help="二级指标 / level 2")
    parser.add_argument("--level3", help="三级指标 / level 3")
    parser.add_argument("--year", help="年度 / year")
    parser.add_argument("--reported", help="自评得分 / the reported score")
    parser.add_argument(
        "--rulebook",
        action="append",
        metavar="NAME|FILE",
        help="评分办法，可多次给出 / a rule book, may be repeated",
    )
    parser.add_argument("--all", action="store_true", help="全部内置评分办法 / every built-in rule book")
    parser.add_argument(
        "--output-format", choices=("text", "json"), default="text", help="输出格式 / output format"
    )
    add_language(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    if not isinstance(parse_weight(options.weight), Decimal):
        raise UsageError(_NO_WEIGHT(weight=options.weight))
    if options.reported is not None and not isinstance(parse_number(options.reported), Decimal):
        raise UsageError(_NO_SCORE(score=options.reported))
    given = options.rulebook or ([] if options.all else ["common-practice"])
    names = dict.fromkeys([*BUILT_IN, *given] if options.all else given)
    trials = [_trial(load_rulebook(name), options) for name in names]
    first = trials[0][1]
    if isinstance(first, UsageError) and all(isinstance(found, UsageError) for _, found in trials):
        raise first  # wrong under every book: that is the call, not the books
    if options.output_format == "json":
        print_json(trials_data(trials, VERSION, options.lang))
    elif len(trials) == 1 and not isinstance(first, UsageError):
        print("-" if first.score is None else f"{first.score:f}")
        print(first.explain(options.lang))
    else:
        print(trials_text(trials, options.lang))
    return EXIT_DONE


def _trial(book: RuleBook, options: argparse.Namespace) -> Trial:
    """Score under one book; a rule that only other books use is said in its line."""
    try:
        return book, scoring.score_indicator(
            options.target,
            options.actual,
            weight=options.weight,
            rule=options.rule,
            level1=options.level1,
            level2=options.level2,
            level3=options.level3,
            year=options.year,
            rulebook=book,
            reported=options.reported,
        )
    except UsageError as error:
        return book, error
