"""``perfeval.toml``: marks of one's own, and findings that were looked into and are left out, each with its reason."""

from __future__ import annotations

__all__ = ["SCHEMA", "AuditFile", "Ignore", "read_audit_file", "without_ignored"]

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from perfeval.auditing.settings import AuditSettings
from perfeval.auditing.signal_settings import SignalSettings, message_hook
from perfeval.findings import Location
from perfeval.messages import Message, Wording
from perfeval.structure import Invalid, new_converter
from perfeval.table import Evaluation
from perfeval.toml_files import read_toml
from perfeval.values import squash

if TYPE_CHECKING:
    from perfeval.auditing.finding import AuditFinding

SCHEMA = "perfeval.audit-settings.v1"

_NO_REASON = Wording("IGNORE-REASON", "请写明不再提示的理由", "say why it is left out")


@attrs.frozen(kw_only=True)
class Ignore:
    """A finding that is left out: ``check`` (code or name) and, where given, its unit, table, indicator, fingerprint.

    Names are compared without white space; ``table`` is a name or a project code. ``reason`` is required: whoever reads
    the audit later has to know why. Raises Invalid for an empty one.
    """

    check: str
    reason: str = attrs.field()
    unit: str | None = None
    table: str | None = None
    indicator: str | None = None
    fingerprint: str | None = None
    place: Location | None = attrs.field(default=None, eq=False, metadata={"internal": True})

    @reason.validator
    def _has_reason(self, _attribute: object, value: str) -> None:
        if not value.strip():
            raise Invalid(_NO_REASON(), ("reason",))

    def is_about(self, code: str, name: str) -> bool:
        """Say whether it names this check."""
        return self.check.casefold() in {code.casefold(), name}

    def covers(self, finding: AuditFinding) -> bool:
        """Say whether it is this finding."""
        table = finding.evaluation
        return (
            self.is_about(finding.code, finding.name)
            and self.fingerprint in {None, finding.fingerprint}
            and (self.indicator is None or _same(self.indicator, finding.indicator))
            and (self.unit is None or (table is not None and _is_of_unit(self.unit, table)))
            and (self.table is None or (table is not None and _is_table(self.table, table)))
        )

    def __str__(self) -> str:
        parts = (self.check, self.unit, self.table, self.indicator, self.fingerprint)
        return " / ".join(part for part in parts if part)


def _same(wanted: str, found: str | None) -> bool:
    return squash(wanted) == squash(found or "")


def _is_of_unit(wanted: str, table: Evaluation) -> bool:
    return any(_same(wanted, name) for name in (table.organisation, table.keys.get("unit_code")))


def _is_table(wanted: str, table: Evaluation) -> bool:
    return any(_same(wanted, name) for name in (table.name, table.keys.get("project_code")))


@attrs.frozen(kw_only=True)
class AuditFile:
    """What ``perfeval.toml`` holds."""

    settings: AuditSettings = AuditSettings()
    signals: SignalSettings = SignalSettings()
    ignore: tuple[Ignore, ...] = ()


def read_audit_file(path: str | Path) -> AuditFile:
    """Read marks and ignores (schema ``perfeval.audit-settings.v1``). Raises UnreadableError with every problem."""
    converter = new_converter()
    converter.register_structure_hook(Message, message_hook)
    read = read_toml(path, AuditFile, SCHEMA, converter)
    placed = (
        attrs.evolve(ignore, place=read.place("ignore", number))
        for number, ignore in enumerate(read.value.ignore)
    )
    return attrs.evolve(read.value, ignore=tuple(placed))


def without_ignored(
    findings: Sequence[AuditFinding], ignores: Sequence[Ignore]
) -> tuple[list[AuditFinding], list[AuditFinding], list[Ignore]]:
    """Give the findings that stay, those that are left out, and the ignores that covered nothing.

    What follows from a finding that is left out goes with it.
    """
    kept: list[AuditFinding] = []
    left_out: list[AuditFinding] = []
    used: set[int] = set()
    for finding in findings:
        covering = [number for number, ignore in enumerate(ignores) if ignore.covers(finding)]
        used.update(covering)
        if covering:
            left_out.append(finding)
            continue
        below, out, unused = without_ignored(finding.consequences, ignores)
        left_out += out
        used.update(number for number, ignore in enumerate(ignores) if ignore not in unused)
        kept.append(attrs.evolve(finding, consequences=tuple(below)) if out else finding)
    return kept, left_out, [ignore for number, ignore in enumerate(ignores) if number not in used]
