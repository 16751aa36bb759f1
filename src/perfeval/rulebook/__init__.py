"""评分办法: rule books as data, with a basis for each setting; ``builtin/`` holds those that ship."""

from __future__ import annotations

__all__ = [
    "BUILT_IN",
    "Accept",
    "Basis",
    "BasisStatus",
    "BrokenOnPurpose",
    "ExecutionSetting",
    "Grade",
    "Inapplicable",
    "Law",
    "Match",
    "Origin",
    "Rounding",
    "RuleBook",
    "Satisfaction",
    "Settings",
    "TargetKind",
    "built_in_text",
    "gaps",
    "load_rulebook",
    "read_rulebook",
    "satisfaction_rule",
    "setting_names",
    "setting_value",
    "shown_value",
]

from perfeval.rulebook.completeness import gaps
from perfeval.rulebook.consistency import setting_names
from perfeval.rulebook.load import BUILT_IN, built_in_text, load_rulebook, read_rulebook, satisfaction_rule
from perfeval.rulebook.model import (
    Accept,
    Basis,
    BasisStatus,
    BrokenOnPurpose,
    ExecutionSetting,
    Grade,
    Inapplicable,
    Law,
    Match,
    Origin,
    Rounding,
    RuleBook,
    Satisfaction,
    Settings,
    TargetKind,
)
from perfeval.rulebook.show import setting_value, shown_value
