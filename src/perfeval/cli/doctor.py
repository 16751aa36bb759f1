"""``perfeval doctor``: on one screen, what is installed, what is missing and how to get it."""

from __future__ import annotations

__all__ = ["add_to"]

import argparse
import platform
import sys

import attrs

from perfeval.cli.common import EXIT_DONE, add_language, print_json
from perfeval.cli.surroundings import Extra, Surroundings, look_around
from perfeval.messages import Language, Wording

_SCHEMA = "perfeval.doctor.v1"
_PROGRAM = Wording(
    "DOCTOR-PROGRAM", "perfeval {version}，评分办法 {books}", "perfeval {version}, rule books {books}"
)
_PYTHON = Wording("DOCTOR-PYTHON", "Python {version}，{system}", "Python {version}, {system}")
_EXTRAS = Wording("DOCTOR-EXTRAS", "可选部分：", "extras:")
_COMPLETE = Wording("DOCTOR-COMPLETE", "齐全", "complete")
_LACKS = Wording("DOCTOR-LACKS", "缺 {names}", "lacks {names}")
_INSTALL = Wording("DOCTOR-INSTALL", "安装：{command}", "to install: {command}")
_NO_EXTRAS = Wording(
    "DOCTOR-NO-EXTRAS",
    "（没有安装信息：perfeval 不是用 pip 安装的）",
    "(not known: perfeval was not installed by pip)",
)
_OFFICE = Wording("DOCTOR-OFFICE", "转换旧格式：{version}（{path}）", "old formats: {version} ({path})")
_NO_OFFICE = Wording(
    "DOCTOR-NO-OFFICE",
    "LibreOffice：没有；.doc .wps .odt .rtf .ods 须先另存为 .docx 或 .xlsx",
    "LibreOffice: none; save .doc .wps .odt .rtf .ods as .docx or .xlsx first",
)
_FONTS = Wording("DOCTOR-FONTS", "字体：{fonts}", "fonts: {fonts}")
_NO_FONTS = Wording(
    "DOCTOR-NO-FONTS", "字体：未查（本机没有 fc-list）", "fonts: not looked at (there is no fc-list here)"
)
_HAS = Wording("DOCTOR-HAS", "{kind} {family}", "{kind} {family}")
_HAS_NOT = Wording("DOCTOR-HAS-NOT", "{kind} 没有", "{kind} none")
_OUTPUT = Wording(
    "DOCTOR-OUTPUT",
    "标准输出：{encoding}，能写出 perfeval 的文字",
    "stdout: {encoding}, shows what perfeval prints",
)
_POOR_OUTPUT = Wording(
    "DOCTOR-POOR-OUTPUT",
    "标准输出：{encoding}，写不出的字以代码代替；请设环境变量 PYTHONUTF8=1",
    "stdout: {encoding}, what it lacks is shown as codes; set the environment variable PYTHONUTF8=1",
)


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("doctor", help="检查安装 / what is installed, what is missing")
    parser.add_argument(
        "--output-format", choices=("text", "json"), default="text", help="输出格式 / output format"
    )
    add_language(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    found = look_around()
    if options.output_format == "json":
        print_json({"schema": _SCHEMA, **attrs.asdict(found)})
    else:
        print("\n".join(_lines(found, options.lang)))
    return EXIT_DONE


def _lines(found: Surroundings, language: Language) -> list[str]:
    system = f"{platform.system()} {platform.machine()} ({sys.executable})"
    messages = [
        _PROGRAM(version=found.perfeval, books=" ".join(found.rulebooks)),
        _PYTHON(version=found.python, system=system),
        _EXTRAS(),
    ]
    output = _OUTPUT if found.output_is_enough else _POOR_OUTPUT
    return [
        *(message.text(language) for message in messages),
        *(f"  {_extra_text(extra, language)}" for extra in found.extras or ()),
        *([] if found.extras is not None else [f"  {_NO_EXTRAS().text(language)}"]),
        (
            _NO_OFFICE() if found.office is None else _OFFICE(version=found.office_version, path=found.office)
        ).text(language),
        _fonts_text(found, language),
        output(encoding=found.output_encoding).text(language),
    ]


def _extra_text(extra: Extra, language: Language) -> str:
    here = ", ".join(f"{one.name} {one.version}" for one in extra.packages if one.version)
    lacking = [f"{one.name}{one.wanted}" for one in extra.packages if not one.is_enough]
    state = _LACKS(names=", ".join(lacking)) if lacking else _COMPLETE()
    text = f"{extra.name}: {state.text(language)}" + (f" ({here})" if here else "")
    return text + (f"\n    {_INSTALL(command=extra.command).text(language)}" if lacking else "")


def _fonts_text(found: Surroundings, language: Language) -> str:
    if found.fonts is None:
        return _NO_FONTS().text(language)
    each = (
        (_HAS(kind=kind, family=family) if family else _HAS_NOT(kind=kind)).text(language)
        for kind, family in found.fonts.items()
    )
    return _FONTS(fonts="; ".join(each)).text(language)
