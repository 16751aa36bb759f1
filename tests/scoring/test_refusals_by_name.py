"""A refusal names the argument; a row that cannot be compared still says what it compares."""

import pytest

from perfeval import UsageError, score_execution, score_indicator


@pytest.mark.parametrize(
    ("arguments", "name"),
    [({"budget": 1.5, "executed": 1}, "budget "), ({"budget": 1, "executed": 1.5}, "executed ")],
)
def test_the_argument_is_named(arguments: dict[str, object], name: str) -> None:
    with pytest.raises(UsageError) as caught:
        score_execution(**arguments)  # type: ignore[arg-type]  # a float is the fault
    assert str(caught.value).startswith(name)


@pytest.mark.parametrize(
    ("target", "actual", "kind"),
    [
        ("≥3次", "完成", "at-least"),
        ("≤3次", "10月5日", "at-most"),
        ("=3次", "3-5次", "equal"),
        ("3次", "好", "equal"),
    ],
)
def test_a_row_that_cannot_be_compared_keeps_its_kind(target: str, actual: str, kind: str) -> None:
    compared = score_indicator(target, actual).compared
    assert compared is not None
    assert compared.kind == kind
    assert compared.inputs == {}
