"""``perfeval batch IN.parquet|csv|DIR -o OUT.parquet``: a province of rows, scored in pieces, exactly."""

from __future__ import annotations

__all__ = ["add_to"]

import argparse
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from perfeval.cli.common import EXIT_DONE, add_language, add_rulebook, progress
from perfeval.cli.written import by_ending, check_folder, needing, replace
from perfeval.errors import UsageError
from perfeval.messages import Language, Wording
from perfeval.rulebook import load_rulebook

_ENGINES = ("polars", "duckdb")
_ENDINGS = (".parquet", ".csv")
_NO_FILE = Wording(
    "BATCH-INPUT",
    "{path} 不是 .parquet 或 .csv，也不是含有它们的文件夹",
    "{path} is neither a .parquet or .csv file nor a folder with such files",
)
_SAME = Wording(
    "BATCH-SAME", "输出文件 {path} 也是输入文件；请另取名", "the output {path} is also read; name another"
)
_TWICE = Wording(
    "BATCH-TWICE", "-o 与 --totals 是同一个文件 {path}", "-o and --totals name the same file, {path}"
)
_NO_TABLES = Wording(
    "BATCH-TABLES",
    "不知道哪些行属于同一张表，不能汇总；请在 --columns 文件中写明 [tables] key",
    "nothing says which rows belong to one table, so none can be added up; give [tables] key in the file of --columns",
)
_ROWS = Wording(
    "BATCH-ROWS",
    "{rows} 行，来自 {files} 个文件：可计分 {scored}，不可计分 {unscorable}",
    "{rows} row(s) from {files} file(s): {scored} scored, {unscorable} not",
)
_REASONS = Wording("BATCH-REASONS", "不可计分的原因：{reasons}", "not scored because: {reasons}")
_VERDICTS = Wording(
    "BATCH-VERDICTS",
    "自报与复算：一致 {equal}，不一致 {unequal}，未报 {missing}",
    "reported scores: {equal} equal, {unequal} not equal, {missing} not reported",
)
_WRITTEN = Wording("BATCH-WRITTEN", "已写入 {path}", "wrote {path}")
_TOTALS = Wording("BATCH-TOTALS", "已写入 {path}：{tables} 张表", "wrote {path}: {tables} table(s)")


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "batch", help="一行一个指标的大文件批量计分 / score files with one row an indicator"
    )
    parser.add_argument("input", metavar="IN.parquet|csv|DIR", help="一行一个指标 / one row an indicator")
    parser.add_argument(
        "-o", "--output", required=True, metavar="OUT.parquet", help="每行的得分 / a score for each row"
    )
    parser.add_argument("--totals", metavar="FILE.parquet", help="每张表的总分 / a total for each table")
    parser.add_argument(
        "--columns", metavar="FILE", help="各列的含义 / which column is which (perfeval.columns.v1)"
    )
    parser.add_argument("--engine", choices=_ENGINES, default=_ENGINES[0], help="计算引擎 / engine")
    add_rulebook(parser)
    add_language(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    outputs = [Path(given) for given in (options.output, options.totals) if given is not None]
    for path in outputs:
        by_ending(path, {".parquet": None})
        check_folder(path)
    files = _files(Path(options.input))
    read, written = {file.resolve() for file in files}, [path.resolve() for path in outputs]
    for path, place in zip(outputs, written, strict=True):
        if place in read:
            raise UsageError(_SAME(path=path))
        if written.count(place) > 1:
            raise UsageError(_TWICE(path=path))
    book = load_rulebook(options.rulebook)
    with needing("frames", outputs[0]):
        if options.engine == "duckdb":
            import_module("duckdb")
        frames = import_module("perfeval.frames.batch")
    columns = frames.columns_for(files, options.columns)
    if options.totals is not None and columns.tables is None:
        raise UsageError(_NO_TABLES())
    with progress(frames.known_rows(files)) as done:
        made = _written(
            outputs,
            lambda rows, totals: frames.batch(
                files, book, columns, rows, totals, engine=options.engine, done=done
            ),
        )
    _summarize(made, len(files), outputs, options.lang)
    return EXIT_DONE


def _files(given: Path) -> list[Path]:
    """Give the file, or those of a folder in the order of their names. Raises UsageError for none."""
    if given.is_dir():
        found = sorted(
            path for path in given.rglob("*") if path.suffix.lower() in _ENDINGS and path.is_file()
        )
    else:
        found = [given] if given.suffix.lower() in _ENDINGS and given.is_file() else []
    if not found:
        raise UsageError(_NO_FILE(path=given))
    return found


def _written(outputs: list[Path], make: Callable[[Path, Path | None], Any]) -> Any:
    """Write beside the outputs and move there, so that a failure leaves older files whole."""
    if len(outputs) == 1:
        return replace(outputs[0], lambda rows: make(rows, None))
    return replace(outputs[0], lambda rows: replace(outputs[1], lambda totals: make(rows, totals)))


def _summarize(made: Any, files: int, outputs: list[Path], language: Language) -> None:
    counts: Mapping[str, Mapping[str, int]] = made.counts
    scored = counts["status"].get("scored", 0)
    lines = [_ROWS(rows=made.rows, files=files, scored=scored, unscorable=made.rows - scored)]
    if counts["reason"]:
        between = "，" if language == "zh" else ", "
        reasons = between.join(f"{reason} {count}" for reason, count in counts["reason"].items())
        lines.append(_REASONS(reasons=reasons))
    verdicts = counts["verdict"]
    if set(verdicts) - {"not-reported", "unscorable"}:
        equal, unequal, missing = (verdicts.get(name, 0) for name in ("equal", "not-equal", "not-reported"))
        lines.append(_VERDICTS(equal=equal, unequal=unequal, missing=missing))
    lines.append(_WRITTEN(path=outputs[0]))
    if len(outputs) > 1:
        lines.append(_TOTALS(path=outputs[1], tables=made.tables))
    for line in lines:
        print(line.text(language))
