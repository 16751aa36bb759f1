"""``perfeval convert PATH… -o X.toml|X.json``: tables from one form into another."""

from __future__ import annotations

__all__ = ["add_to"]

import argparse
import contextlib
import os
import tempfile
from pathlib import Path

from perfeval.cli.common import add_language, add_paths, complain, read_paths
from perfeval.errors import UsageError
from perfeval.messages import Wording
from perfeval.table import dump_json, dump_toml

_WRITERS = {".toml": dump_toml, ".json": dump_json}
_SUFFIX = Wording(
    "CLI-OUTPUT", "输出文件 {path} 应以 .toml 或 .json 结尾", "the output {path} must end in .toml or .json"
)
_CANNOT_WRITE = Wording("CLI-WRITE", "不能写入 {path}：{detail}", "cannot write {path}: {detail}")


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("convert", help="转换格式 / convert tables")
    add_paths(parser)
    parser.add_argument(
        "-o", "--output", required=True, metavar="FILE", help="X.toml 或 X.json / X.toml or X.json"
    )
    add_language(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    output = Path(options.output)
    write = _WRITERS.get(output.suffix.lower())
    if write is None:
        raise UsageError(_SUFFIX(path=output))
    read = read_paths(options.paths)
    if read.evaluations:
        _replace(output, write(read.evaluations))
    return complain(read, options.lang)


def _replace(output: Path, text: str) -> None:
    """Write beside the target and move it there, so that a failure leaves an older file whole."""
    target = output.resolve()  # a link is followed, not replaced
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise UsageError(_CANNOT_WRITE(path=output, detail=error.strerror or error)) from None
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(name).chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        Path(name).replace(target)
    except OSError as error:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise UsageError(_CANNOT_WRITE(path=output, detail=error.strerror or error)) from None


def _umask() -> int:
    """Give the mask of new files; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
