"""What of a name matters is what a book looks for in it: rule and direction are the same without the rest."""

from hypothesis import given
from hypothesis import strategies as st

from perfeval import RuleBook, load_rulebook
from perfeval.rulebook import TargetKind
from perfeval.scoring.choice import choose, direction, telling
from perfeval.testing import strategies

BOOKS = st.one_of(
    st.sampled_from(["common-practice", "platform", "hubei"]).map(load_rulebook), strategies.rulebooks()
)
_PIECES = (
    "满意度",
    "成本",
    "投诉",
    "办结率",
    "事故",
    "发生率",
    "数量",
    "服务 对象",
    "控制率",
    "处理率",
    "X",
    " ",
)
LEVELS = st.none() | st.lists(st.sampled_from(_PIECES), max_size=4).map("".join)


@given(book=BOOKS, levels=st.tuples(LEVELS, LEVELS, LEVELS), kind=st.sampled_from(TargetKind))
def test_the_rest_of_a_name_changes_nothing(
    book: RuleBook, levels: tuple[str | None, str | None, str | None], kind: TargetKind
) -> None:
    told = tuple(telling(book, level) for level in levels)
    assert choose(book, None, *told, kind) == choose(book, None, *levels, kind)
    assert direction(book, *told) == direction(book, *levels)


def test_by_hand() -> None:
    book = load_rulebook("common-practice")
    assert telling(book, "服务对象满 意度指标") == "满意度"
    assert telling(book, "培训场次") == telling(book, None) == ""
