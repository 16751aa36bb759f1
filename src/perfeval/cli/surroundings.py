"""What stands around perfeval: the interpreter, the packages of the extras, LibreOffice, fonts, the console."""

from __future__ import annotations

__all__ = ["Extra", "Package", "Surroundings", "look_around"]

import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from importlib import metadata

import attrs

from perfeval.rulebook import BUILT_IN
from perfeval.version import VERSION

_LEFT_OUT = frozenset({"all", "dev", "test"})  # collections, and what only developers need
_REQUIREMENT = re.compile(
    r"""(?P<name>[\w.-]+)\s*(?P<extras>\[[^]]*\])?\s*(?P<wanted>[^;]*?)\s*;\s*extra\s*==\s*["'](?P<extra>[\w-]+)["']"""
)
_FLOOR = re.compile(r">=\s*([0-9.]+)")
# The fonts of official letters, and what stands in for them: systems name the same font in several ways.
_FAMILIES: Mapping[str, tuple[str, ...]] = {
    "方正小标宋": ("方正小标宋", "FZXiaoBiaoSong"),
    "仿宋": ("仿宋", "FangSong"),
    "楷体": ("楷体", "KaiTi"),
    "黑体": ("黑体", "SimHei"),
    "宋体": ("宋体", "SimSun"),
}
_ANY_CHINESE = "中文"
_PRINTED = "得分复算：≥≤×÷—…“”、。（）①％"


@attrs.frozen
class Package:
    """A package that an extra asks for: ``wanted`` is the condition on its version, ``version`` None if it is missing."""

    name: str
    wanted: str
    version: str | None
    is_enough: bool


@attrs.frozen
class Extra:
    """An extra, its packages, and the command that installs them."""

    name: str
    command: str
    packages: tuple[Package, ...]


@attrs.frozen(kw_only=True)
class Surroundings:
    """All of it. ``extras`` is None where perfeval was not installed, ``fonts`` where nothing can list them."""

    perfeval: str
    python: str
    platform: str
    rulebooks: tuple[str, ...]
    extras: tuple[Extra, ...] | None
    office: str | None
    office_version: str | None
    fonts: Mapping[str, str | None] | None
    output_encoding: str
    output_is_enough: bool


def look_around() -> Surroundings:
    """Find out everything."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    encoding = sys.stdout.encoding or "ascii"
    return Surroundings(
        perfeval=VERSION,
        python=platform.python_version(),
        platform=platform.platform(),
        rulebooks=BUILT_IN,
        extras=_extras(),
        office=office,
        office_version=None if office is None else _said_by(office, "--version").strip() or "?",
        fonts=_fonts(),
        output_encoding=encoding,
        output_is_enough=_can_print(encoding),
    )


def _extras() -> tuple[Extra, ...] | None:
    """Give the extras as the installed metadata names them, without those of developers and without collections."""
    try:
        required = metadata.requires("perfeval")
    except metadata.PackageNotFoundError:
        return None
    return extras_of(required or ())


def extras_of(required: Iterable[str]) -> tuple[Extra, ...]:
    """Give the extras of requirements such as ``lxml>=5; extra == 'documents'``."""
    packages: dict[str, list[Package]] = {}
    for line in required:
        parts = _REQUIREMENT.fullmatch(line)
        if parts and parts["name"] != "perfeval" and parts["extra"] not in _LEFT_OUT:
            packages.setdefault(parts["extra"], []).append(
                _package(parts["name"], parts["wanted"].strip("() "))
            )
    return tuple(
        Extra(name, f'pip install "perfeval[{name}]"', tuple(found)) for name, found in packages.items()
    )


def _package(name: str, wanted: str) -> Package:
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        return Package(name, wanted, None, is_enough=False)
    floor = _FLOOR.search(wanted)
    is_enough = floor is None or _numbers(version) >= _numbers(floor[1])
    return Package(name, wanted, version, is_enough)


def _numbers(version: str) -> tuple[int, ...]:
    """Give 3.1.0 as 3, 1: idle zeros and letters decide nothing here."""
    numbers = [int(part) for part in re.findall(r"[0-9]+", version.partition("+")[0])]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


def _fonts() -> Mapping[str, str | None] | None:
    program = shutil.which("fc-list")
    if program is None:
        return None
    families = [
        family for line in _said_by(program, ":lang=zh", "family").splitlines() for family in line.split(",")
    ]
    found = {
        kind: next((family for family in families if any(name in family for name in names)), None)
        for kind, names in _FAMILIES.items()
    }
    return {**found, _ANY_CHINESE: min(families, default=None)}


def _said_by(program: str, *arguments: str) -> str:
    """Give what a program prints, empty where it fails: a doctor reports and does not fall ill."""
    try:
        done = subprocess.run(  # noqa: S603 - a program found on PATH, with arguments of ours
            [program, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=30,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout


def _can_print(encoding: str) -> bool:
    try:
        _PRINTED.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
