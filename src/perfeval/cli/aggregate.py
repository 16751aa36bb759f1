"""``perfeval aggregate PATH… -o region.toml``: the tables of one transfer as the table of the region."""

from __future__ import annotations

__all__ = ["add_to"]

import argparse
from pathlib import Path

from perfeval.cli.common import (
    EXIT_DONE,
    add_language,
    add_map,
    add_paths,
    add_rulebook,
    complain,
    print_json,
    read_paths,
    words_of,
)
from perfeval.cli.written import replace
from perfeval.errors import UsageError
from perfeval.messages import Wording
from perfeval.portfolio import AggregationSettings, Funds, StatementBy, aggregate, compare_with_parts
from perfeval.report.aggregation_data import aggregation_data
from perfeval.report.aggregation_text import against_text, aggregation_text
from perfeval.table import dump_json, dump_toml
from perfeval.version import VERSION

_WRITERS = {".toml": dump_toml, ".json": dump_json}
_SUFFIX = Wording(
    "CLI-REGION", "输出文件 {path} 应以 .toml 或 .json 结尾", "the output {path} must end in .toml or .json"
)
_ONE = Wording(
    "CLI-AGAINST",
    "{path} 里有 {count} 张表，--against 只与一张区域表核对",
    "{path} holds {count} tables; --against compares with one regional table",
)


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("aggregate", help="合并转移支付的下级表 / the tables of a transfer as one")
    add_paths(parser)
    parser.add_argument("-o", "--output", metavar="FILE", help="区域表 X.toml 或 X.json / the regional table")
    parser.add_argument(
        "--against", metavar="FILE", help="与公布的区域表核对 / compare with the published regional table"
    )
    parser.add_argument(
        "--name", help="转移支付名称，各表所印不同时用 / its name, where the tables print others"
    )
    parser.add_argument(
        "--funds", choices=tuple(map(str, Funds)), default=str(Funds.BUDGET), help="权重 / which money weighs"
    )
    parser.add_argument(
        "--statement",
        choices=tuple(map(str, StatementBy)),
        default=str(StatementBy.BAND),
        help="定性指标的表述如何确定 / how a statement is chosen",
    )
    add_rulebook(parser)
    add_map(parser)
    parser.add_argument(
        "--output-format", choices=("text", "json"), default="text", help="输出格式 / output format"
    )
    add_language(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    output = None if options.output is None else Path(options.output)
    write = None if output is None else _WRITERS.get(output.suffix.lower())
    if output is not None and write is None:
        raise UsageError(_SUFFIX(path=output))
    words = words_of(options.map)
    read = read_paths(options.paths, words)
    published = None if options.against is None else read_paths([options.against], words)
    # The table of a part that cannot be read is missing from every sum: then there is none.
    statuses = [complain(one, options.lang) for one in (read, published) if one is not None]
    if any(statuses):
        return max(statuses)
    if published is not None and len(published.evaluations) != 1:
        raise UsageError(_ONE(path=options.against, count=len(published.evaluations)))
    # A regional table that lies among its parts would count twice.
    whole = {Path(path).resolve() for path in (options.output, options.against) if path is not None}
    tables = [table for table in read.evaluations if Path(table.file or "").resolve() not in whole]
    settings = AggregationSettings(funds=Funds(options.funds), statement=StatementBy(options.statement))
    made = aggregate(tables, options.rulebook, settings, name=options.name)
    against = None
    if published is not None:
        against = compare_with_parts(
            published.evaluations[0], tables, options.rulebook, settings, name=options.name
        )
    if output is not None and write is not None:
        text = write((made.evaluation,))
        replace(output, lambda path: path.write_text(text, encoding="utf-8", newline="\n"))
    if options.output_format == "json":
        print_json(aggregation_data(made, VERSION, against, options.lang))
        return EXIT_DONE
    print(aggregation_text(made, options.lang))
    if against is not None:
        print(f"\n{against_text(against, options.lang)}")
    return EXIT_DONE
