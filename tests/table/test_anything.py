"""Whatever the bytes are: tables, or a PerfevalError that says why not."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from perfeval import Evaluation, PerfevalError, UnreadableError, read, score
from perfeval.table import dump_json

ROOT = Path(__file__).parents[2]
REAL = tuple(path.read_bytes() for path in sorted((ROOT / "examples/bortala-2024").glob("*.toml")))
SEED = json.loads((ROOT / "tests/data/seed.json").read_bytes())
REAL_JSON = tuple(
    json.dumps({**SEED, "evaluations": [table]}, ensure_ascii=False).encode() for table in SEED["evaluations"]
)
BITS = (
    b'"', b"'''", b"[", b"]", b"{", b"}", b"=", b"\n", b"\\", b",", b".", b"\x00", b"\xff", b"0", b"null", b"1e99", b"[[indicators]]\n",
    b"[total]\n", b'target = { value = "3" }\n', b"\xe6", b"0x", b"nan", b"-", b"\\u0000", b"\\ud800", b"#",
)  # fmt: skip

texts = st.text(st.sampled_from("ab1 _.,=#[]{}\"'\\\n指标null"), max_size=30)
anything = (
    st.binary(max_size=60)
    | texts.map(str.encode)
    | texts.map(lambda text: b'schema = "perfeval.evaluation.v1"\n' + text.encode())
    | texts.map(lambda text: b'{"schema": "perfeval.evaluation.v1", ' + text.encode() + b"}")
)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A real file with slices deleted, doubled, or something put in."""
    data = draw(st.sampled_from(REAL + REAL_JSON))
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(data)))
        end = start + draw(st.integers(0, 40) | st.integers(0, len(data)))
        slices = (
            data[:start] + data[end:],
            data[:end] + data[start:],
            data[:start] + draw(st.sampled_from(BITS)) + data[start:],
        )
        data = draw(st.sampled_from(slices))
    return data


def read_or_refuse(data: bytes) -> bool:
    """Whether the bytes were read; what was not says why."""
    try:
        reading = read(data, name="f")
    except UnreadableError as error:
        refusal = error
    else:
        return check(reading.evaluations)
    assert refusal.problems
    assert all(problem.text("en").startswith("f:") for problem in refusal.problems)
    assert len(refusal.text("zh")) > len("f: ")
    return False


def check(tables: tuple[Evaluation, ...]) -> bool:
    """What was read can be scored and explained, and written so that it reads back."""
    for table in tables:
        card = score(table)
        assert len(card.indicators) == len(table.indicators)
        assert card.explain("en").count("\n") >= len(table.indicators)
    assert read(dump_json(tables).encode()).evaluations == tables
    return True


@given(anything)
@example(b"")
@example(b"{")
@example(b"[a]\n[a]")
@example(b'{"schema": "perfeval.evaluation.v1", "evaluations": [[]]}')
def test_any_bytes(data: bytes) -> None:
    read_or_refuse(data)


@given(mutated())
def test_mutated_real_files(data: bytes) -> None:
    read_or_refuse(data)


def test_the_real_files_themselves_are_read() -> None:
    assert [read_or_refuse(data) for data in REAL + REAL_JSON] == [True] * 16


@given(st.text(max_size=8))
@example("a\x00b")
def test_any_path(path: str) -> None:
    with pytest.raises(PerfevalError, match=r"."):
        read(path)
