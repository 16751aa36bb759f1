"""Summaries that the tests of their forms share."""

from __future__ import annotations

__all__ = ["HOSTILE", "bortala", "hostile", "summary_of"]

from functools import lru_cache
from pathlib import Path

from perfeval import Evaluation, Funding, Indicator, audit, read
from perfeval.portfolio import Summary, summarize

TABLES = Path(__file__).parents[3] / "examples" / "bortala-2024"
HOSTILE = "=1+1</style><script>alert(1)</script><img src=x onerror=alert(1)>\"'{{7*7}}\u202e\x00"


def summary_of(*tables: Evaluation, sample: int | None = None) -> Summary:
    return summarize(audit(tables), sample=sample)


@lru_cache
def bortala(sample: int | None = 3) -> Summary:
    return summary_of(
        *(table for path in sorted(TABLES.glob("*.toml")) for table in read(path).evaluations), sample=sample
    )


def hostile(text: str = HOSTILE) -> Evaluation:
    return Evaluation(
        name=text,
        department=text,
        organisation=text,
        year=text,
        file=text,
        amount_unit="万元",
        funding=[Funding(label="年度资金总额", adjusted="3", executed="1", weight="10")],
        indicators=[
            Indicator(level1="产出", level3="甲", target="≥10个", actual="5个", weight="90", score="90")
        ],
    )
