"""Pictures: well-formed, named, escaped, the same every time, and right about what they show."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import attrs
import pytest
from lxml import etree

import perfeval
from perfeval import Evaluation, Funding, Indicator
from perfeval.auditing.subject import Table
from perfeval.messages import LANGUAGES, Language
from perfeval.report.pictures import (
    composition_picture,
    distribution_picture,
    execution_picture,
    reported_picture,
    substance_picture,
)
from perfeval.report.pictures.substance import Substance, substance_of

_EXAMPLES = Path(__file__).parents[2] / "examples" / "bortala-2024"
_HOSTILE = "</title><script>alert(1)</script>\x00\ud800\"'&]]>"


def _filed() -> list[Evaluation]:
    return [perfeval.read(path).evaluations[0] for path in sorted(_EXAMPLES.glob("*.toml"))]


def _hostile() -> Evaluation:
    row = Indicator(level1=_HOSTILE, level3=_HOSTILE, target=">=3次", actual="2次", weight=90, score=90)
    return Evaluation(
        name=_HOSTILE,
        funding=[Funding(adjusted=10, executed=5)],
        indicators=[row, attrs.evolve(row, level1="产出")],
    )


def _pictures(tables: list[Evaluation], language: Language) -> dict[str, str]:
    cards = [perfeval.score(table) for table in tables]
    result = perfeval.audit(tables)
    one: dict[str, Callable[..., str]] = {"composition": composition_picture, "reported": reported_picture}
    drawn = {
        f"{name} {n}": draw(card, language) for name, draw in one.items() for n, card in enumerate(cards)
    }
    return drawn | {
        "execution": execution_picture(cards, language),
        "distribution": distribution_picture(cards, language),
        "substance": substance_picture(result, language),
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tables", [_filed(), [], [Evaluation()], [_hostile()], [_hostile()] * 20])
def test_well_formed_named_and_repeatable(tables: list[Evaluation], language: Language) -> None:
    drawn = _pictures(tables, language)
    assert drawn == _pictures(tables, language)
    for svg in drawn.values():
        root = etree.fromstring(svg.encode())
        assert root.get("role") == "img"
        ids = {node.get("id") for node in root.iter() if node.get("id")}
        assert {root.get("aria-labelledby"), root.get("aria-describedby")} == ids
        assert not [
            node for node in root.iter() if etree.QName(node).localname in ("script", "image", "a", "style")
        ]
        assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_lies_inside(language: Language) -> None:
    for svg in _pictures([*_filed(), _hostile()], language).values():
        root = etree.fromstring(svg.encode())
        width, height = int(root.get("width", "")), int(root.get("height", ""))
        for node in root.iter("{*}rect"):
            x, y, wide, high = (int(node.get(name, "")) for name in ("x", "y", "width", "height"))
            assert 0 <= x <= x + wide <= width
            assert 0 <= y <= y + high <= height


def test_composition_says_what_was_lost_and_what_could_not_be_scored() -> None:
    rows = [
        Indicator(level1="产出指标", target=">=4次", actual="3次", weight=40),
        Indicator(level1="效益指标", target="提升", actual="有所提升", weight=50),
    ]
    card = perfeval.score(Evaluation(funding=[Funding(adjusted=10, executed=5)], indicators=rows))
    described = etree.fromstring(composition_picture(card).encode()).findtext("{*}desc")
    assert described == "预算执行率 5.00/10；产出指标 30.00/40；失分 15.00；未能复算的分值 50"


def test_substance_adds_up_to_all_weights() -> None:
    tables = [Table(number, perfeval.score(table)) for number, table in enumerate(_filed())]
    points = substance_of(tables)
    assert sum(points.values()) == sum(row.weight or 0 for table in tables for row in table.rows)
    assert points[Substance.RESTATING] > 0
    assert points[Substance.ASSERTED] > 0
