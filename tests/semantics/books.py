"""The rule books of these tests. Everything that knows how a book is written in TOML (§5) is in this file."""

from pathlib import Path
from typing import Any

import perfeval

BUILT_IN = ("common-practice", "platform", "hubei")

BANDS_90_80_60 = (
    '[{ from = "90%", factor = "1" }, { from = "80%", factor = "0.8" }, '
    '{ from = "60%", factor = "0.5" }, { from = "0%", factor = "0" }]'
)
EXECUTION_BANDS = (
    '[{ from = "100%", factor = "1" }, { from = "80%", factor = "0.7" }, '
    '{ from = "60%", factor = "0.5" }, { from = "0%", factor = "0" }]'
)

# What each book sets apart from BASE: section -> key -> value as TOML.
BOOKS: dict[str, dict[str, dict[str, str]]] = {
    "plain": {},
    "linear": {"settings": {"reverse": '"linear"'}},
    "cliff": {"settings": {"reverse": '"cliff"'}},
    "exact": {"settings": {"equality": '"exact"'}},
    "zero-is-zero": {"settings": {"zero_under_ceiling": '"zero"'}},
    "zero-unscorable": {"settings": {"zero_under_ceiling": '"unscorable"'}},
    "pass-line": {"settings": {"pass_line": '"0.6"'}},
    "pass-line-linear": {"settings": {"pass_line": '"0.6"', "reverse": '"linear"'}},
    "ladder": {"settings": {"ladder": '[{ from = "1.5", factor = "0.9" }]'}},
    "two-steps": {
        "settings": {"ladder": '[{ from = "1.5", factor = "0.9" }, { from = "2", factor = "0.8" }]'}
    },
    "satisfaction-bands": {"settings": {"satisfaction": f"{{ bands = {BANDS_90_80_60} }}"}},
    "truncate": {"rounding": {"mode": '"truncate"'}},
    "half-even": {"rounding": {"mode": '"half-even"'}},
    "step-0.1": {"rounding": {"step": '"0.1"'}},
    "rate-first": {"rounding": {"rate_first": "true"}},
    "execution-5": {"execution": {"weight": '"5"'}},
    "execution-bands": {"execution": {"rule": f'{{ kind = "banded", bands = {EXECUTION_BANDS} }}'}},
    "accepts-nothing": {"accept": {"reverse": '["ratio"]', "satisfaction": "[]"}},
}

BASE: dict[str, dict[str, str]] = {
    "rounding": {"step": '"0.01"', "mode": '"half-up"', "rate_first": "false"},
    "execution": {"weight": '"10"', "rule": '{ kind = "proportional", cap = "1" }'},
    "settings": {
        "reverse": '"ratio"',
        "equality": '"at-least"',
        "zero_under_ceiling": '"full"',
        "satisfaction": '"proportional"',
    },
    "accept": {"reverse": '["linear", "ratio"]', "satisfaction": f"[{{ bands = {BANDS_90_80_60} }}]"},
}


def text_of(name: str) -> str:
    """The book as TOML. It has no [[match]]: the list of §3 is the default."""
    sections = {section: {**keys, **BOOKS[name].get(section, {})} for section, keys in BASE.items()}
    covers = [f'"{section}.{key}"' for section, keys in sections.items() for key in keys]
    lines = ['schema = "perfeval.rulebook.v1"', f'id = "test-{name.replace(".", "-")}"', f'title = "{name}"']
    lines += ["region = []", "years = []"]
    for section, keys in sections.items():
        lines += [f"[{section}]", *(f"{key} = {value}" for key, value in keys.items())]
    for grade, start in (("优", 90), ("良", 80), ("中", 60), ("差", 0)):
        lines += ["[[grades]]", f'name = "{grade}"', f'from = "{start}"']
    lines += ["[[basis]]", f"covers = [{', '.join(covers)}]", 'source = "tests"', 'status = "background"']
    return "\n".join(lines) + "\n"


def load(name: str, folder: Path) -> Any:
    """A built-in book, or one of BOOKS written into `folder` and loaded by its path."""
    if name in BUILT_IN:
        return perfeval.load_rulebook(name)
    path = folder / f"{name}.toml"
    path.write_text(text_of(name), encoding="utf-8")
    return perfeval.load_rulebook(path)
