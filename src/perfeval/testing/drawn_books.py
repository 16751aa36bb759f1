"""Hypothesis strategy for rule books: those that ship, with other settings."""

from __future__ import annotations

__all__ = ["rulebooks"]

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import tomli
import tomli_w
from hypothesis import strategies as st

from perfeval.formula import RoundingMode
from perfeval.rulebook import BUILT_IN, RuleBook, built_in_text, read_rulebook
from perfeval.rules import Equality, Reverse, ZeroUnderCeiling

Toml = dict[str, Any]

_BANDS = (
    {
        "bands": [
            {"from": "90%", "factor": "1"},
            {"from": "60%", "factor": "0.5"},
            {"from": "0", "factor": "0"},
        ]
    },
    {"bands": [{"from": "80%", "factor": "1"}, {"from": "0", "factor": "0.6"}]},
)


def _share(least: int, most: int) -> st.SearchStrategy[str]:
    return st.integers(least, most).map(lambda number: f"{number}%")


def _texts(values: Any) -> st.SearchStrategy[str]:
    return st.sampled_from([str(value) for value in values])


@st.composite
def _ladders(draw: st.DrawFn) -> list[dict[str, str]]:
    starts = sorted(draw(st.sets(st.integers(105, 400), max_size=3)))
    factors = sorted(draw(st.lists(st.integers(0, 100), min_size=len(starts), max_size=len(starts))))
    pairs = zip(starts, reversed(factors), strict=True)
    return [{"from": _hundredths(start), "factor": _hundredths(factor)} for start, factor in pairs]


def _hundredths(number: int) -> str:
    return str(Decimal(number).scaleb(-2))


@st.composite
def _edges(draw: st.DrawFn) -> list[str]:
    low = draw(st.integers(1, 98))
    return [f"{draw(st.integers(low + 1, 100))}%", f"{low}%"]


_SETTINGS: Mapping[str, st.SearchStrategy[Any]] = {
    "rounding.step": st.sampled_from(("0.01", "0.1", "1", "0.5", "0.001")),
    "rounding.mode": _texts(RoundingMode),
    "rounding.rate_first": st.booleans(),
    "execution.weight": st.sampled_from(("10", "20", "5", "12.5")),
    "settings.reverse": _texts(Reverse),
    "settings.equality": _texts(Equality),
    "settings.zero_under_ceiling": _texts(ZeroUnderCeiling),
    "settings.pass_line": _share(0, 100),
    "settings.ladder": _ladders(),
    "settings.satisfaction": st.sampled_from(("proportional", *_BANDS)),
    "graded.bands": _edges(),
    "accept.reverse": st.lists(_texts(Reverse), unique=True),
}


@st.composite
def rulebooks(draw: st.DrawFn) -> RuleBook:
    """Built-in books with some settings drawn anew; they load, but what they break is not declared in them.

    A drawn setting has no basis any more.
    """
    name = draw(st.sampled_from(BUILT_IN))
    book = tomli.loads(built_in_text(name).decode())
    names = draw(st.sets(st.sampled_from(sorted(_SETTINGS)), max_size=5))
    for setting in sorted(names):
        group, key = setting.split(".")
        book.setdefault(group, {})[key] = draw(_SETTINGS[setting])
    if names:
        book["id"] = f"{name}-drawn"
        book["basis"] = [basis for basis in book["basis"] if _without(basis, names)]
    return read_rulebook(tomli_w.dumps(book).encode(), name=f"{book['id']}.toml")


def _without(basis: Toml, names: set[str]) -> bool:
    basis["covers"] = [name for name in basis["covers"] if name not in names]
    return bool(basis["covers"])
