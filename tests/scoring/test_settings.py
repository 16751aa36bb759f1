"""The settings of the rule book that a score depended on."""

import pytest

from perfeval import score_indicator


@pytest.mark.parametrize(
    ("target", "actual", "level1", "settings"),
    [
        (">=3次", "3次", "产出指标", ()),
        ("<=8.90万元", "8.94万元", "成本指标", ("settings.reverse",)),
        (">=90%", "85%", "满意度指标", ("settings.satisfaction",)),
    ],
)
def test_settings(target: str, actual: str, level1: str, settings: tuple[str, ...]) -> None:
    assert score_indicator(target, actual, weight=10, level1=level1).settings == settings
