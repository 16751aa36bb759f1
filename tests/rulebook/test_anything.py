"""Whatever a rule book's bytes are: a book, or a PerfevalError that says why not."""

from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from perfeval import UnreadableError, score_indicator
from perfeval.rulebook import BUILT_IN, built_in_text, read_rulebook, setting_names, setting_value

EXAMPLES = sorted((Path(__file__).parents[2] / "examples/rulebooks").glob("*.toml"))
REAL = (*(built_in_text(name) for name in BUILT_IN), *(path.read_bytes() for path in EXAMPLES))
BITS = (
    b'"', b"[", b"]", b"{", b"}", b"=", b"\n", b"\\", b",", b"\x00", b"\xff", b"0", b"-", b"1e999", b"nan", b"inf", b"true", b'"90%"',
    b"[[match]]\n", b"[settings]\n", b'pass_line = "0.6"\n', b'{ kind = "direct" }', b"2024-01-01",
)  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A real book with slices deleted, doubled, or something put in."""
    data = draw(st.sampled_from(REAL))
    for _ in range(draw(st.integers(1, 2))):
        start = draw(st.integers(0, len(data)))
        end = start + draw(st.integers(0, 30) | st.integers(0, len(data)))
        bit = draw(st.sampled_from(BITS))
        data = draw(
            st.sampled_from(
                (data[:start] + data[end:], data[:end] + data[start:], data[:start] + bit + data[start:])
            )
        )
    return data


def load_or_refuse(data: bytes) -> bool:
    """Whether the bytes are a book: then it scores and shows its settings; else it says why not."""
    try:
        book = read_rulebook(data, name="b")
    except UnreadableError as error:
        refusal = error
    else:
        assert score_indicator("≥10次", "10次", rulebook=book).rule is not None
        assert all(setting_value(book, name) for name in setting_names())
        return True
    assert refusal.problems
    assert all(problem.text("en").startswith("b:") for problem in refusal.problems)
    assert len(refusal.text("zh")) > len("b: ")
    return False


@given(mutated())
def test_mutated_books(data: bytes) -> None:
    load_or_refuse(data)


texts = st.text(st.sampled_from("ab1 _.,=#[]{}\"'\\\n指标"), max_size=40).map(str.encode)


@given(
    st.binary(max_size=40)
    | texts
    | texts.map(lambda text: b'schema = "perfeval.rulebook.v1"\nid = "x"\n' + text)
)
@example(b"")
@example(b'schema = "perfeval.rulebook.v1"\nid = "x"\nmatch = [[]]')
@example(b'schema = "perfeval.rulebook.v1"\nid = "x"\nbasis = [{}]')
def test_any_bytes(data: bytes) -> None:
    load_or_refuse(data)


def test_the_real_books_are_books() -> None:
    assert [load_or_refuse(data) for data in REAL] == [True] * 5
