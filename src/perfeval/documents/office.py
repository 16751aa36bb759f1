"""Formats that only an office suite reads (.doc, .wps, .odt, .rtf, .ods): converted by LibreOffice if it is there."""

from __future__ import annotations

__all__ = ["CONVERTED", "convert_with_office"]

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from perfeval.documents.limits import Meter
from perfeval.messages import Wording

CONVERTED = {
    ".doc": ".docx",
    ".dot": ".docx",
    ".wps": ".docx",
    ".wpt": ".docx",
    ".odt": ".docx",
    ".fodt": ".docx",
    ".rtf": ".docx",
    ".ods": ".xlsx",
    ".fods": ".xlsx",
}
"""What each suffix is converted to."""

_FILTERS = {".docx": "docx:MS Word 2007 XML", ".xlsx": "xlsx:Calc MS Excel 2007 XML"}
_PROGRAMS = ("soffice", "libreoffice")
# No macros, no links followed, nothing fetched for a document that nobody has looked at.
_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Calc/Content/Update", "Link", "1"),
    ("Office.Common/Misc", "FirstRun", "false"),
)
_PROXY = "http://127.0.0.1:9"  # where nothing listens

_SUFFIX = Wording(
    "IN-OFFICE-SUFFIX", "不能由 {suffix} 格式转换", "is {suffix}, a format that is not converted"
)
_MISSING = Wording(
    "IN-OFFICE-MISSING",
    "{suffix} 格式需要 LibreOffice，本机没有；请用 Word 或 WPS 打开，另存为 {target}",
    "is {suffix}, which needs LibreOffice, not found here; open it in Word or WPS and save it as {target}",
)
_FAILED = Wording(
    "IN-OFFICE-FAILED",
    "LibreOffice 打不开（可能已损坏、加密或不是 {suffix}）；请用 Word 或 WPS 打开，另存为 {target}",
    "could not be opened by LibreOffice (damaged, encrypted or not {suffix}); open it in Word or WPS and save it "
    "as {target}",
)
_TIME = Wording(
    "IN-OFFICE-TIME",
    "LibreOffice 转换超过 {most} 秒，已停止；请用 Word 或 WPS 打开，另存为 {target}",
    "took LibreOffice more than {most} seconds; open it in Word or WPS and save it as {target}",
)


def convert_with_office(data: bytes, suffix: str, meter: Meter) -> bytes:
    """Convert a document to .docx, a workbook to .xlsx (see `CONVERTED`), with macros off and links unread."""
    suffix = suffix.lower()
    target = CONVERTED.get(suffix)
    if target is None:
        raise meter.refused(_SUFFIX(suffix=suffix))
    meter.size(len(data))
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise meter.refused(_MISSING(suffix=suffix, target=target))
    with tempfile.TemporaryDirectory(prefix="perfeval-", ignore_cleanup_errors=True) as name:
        room = Path(name)
        source = room / f"document{suffix}"
        source.write_bytes(data)
        _write_settings(room / "profile")
        command = [
            program,
            f"-env:UserInstallation={(room / 'profile').as_uri()}",
            *"--headless --norestore --nologo --nodefault --nolockcheck --nofirststartwizard".split(),
            *("--convert-to", _FILTERS[target], "--outdir", str(room / "out"), str(source)),
        ]
        if not _run(command, room, meter.limits.seconds):
            raise meter.refused(_TIME(most=meter.limits.seconds, target=target))
        made = room / "out" / f"document{target}"
        if not made.is_file():
            raise meter.refused(_FAILED(suffix=suffix, target=target))
        meter.size(made.stat().st_size)
        meter.clock()
        return made.read_bytes()


def _write_settings(profile: Path) -> None:
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _SETTINGS
    )
    user = profile / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        f"{items}</oor:items>\n",
        encoding="utf-8",
    )


def _run(command: list[str], room: Path, seconds: int) -> bool:
    """Run in a process group of its own, which never outlives the call; say whether it ended in time."""
    environment = {
        **os.environ,
        "HOME": str(room),
        "TMPDIR": str(room),
        **dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), _PROXY),
    }
    try:
        process = subprocess.Popen(  # noqa: S603 - the program found on PATH; the document is only its argument
            command,
            cwd=room,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:  # what cannot be started makes nothing, and that is looked for
        return True
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return False
    finally:
        _end(process)
    return True


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and what it started: soffice is a script around the program that works."""
    try:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    except (ProcessLookupError, PermissionError):  # all of them have ended already
        pass
    process.wait()
