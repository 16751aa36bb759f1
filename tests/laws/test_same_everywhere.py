"""Law: results depend on nothing but the cells and the book: no decimal context, no thread, no process."""

import decimal
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

import perfeval
from laws.cases import BOOKS, Book
from perfeval.rulebook import BUILT_IN, built_in_text, read_rulebook, setting_value
from semantics.books import text_of

# target, actual, weight, reported
ROWS = [
    ("≥3次", "2次", "33.335", "22.22"),
    ("≤8.90万元", "8.94万元", "10", "10"),
    ("≤12345678.901万元", "23456789.0123万元", "12.345678", "6.4974"),
    ("=0.123456789万元", "0.123456788万元", "12.3456789", "12.3456"),
    ("≥100%", "99.9999%", "6.666", "6.666"),
    ("≥90%", "1.9999", "10", None),
    ("90%", "0.019999", "10", None),
    ("≥1.9999", "95%", "10", None),
    ("≥-1.2345%", "-1.2344%", "10", "9.9999"),
    ("≥3亩", "1999.999平方米", "10", "9.995"),
    ("10.0001-20.0002万元", "100000.1元", "10", "9.9999"),
    ("1234万", "1233.9995万元", "12.34567", "12.34"),
    ("有效提升", "98.7654%", "12.3456", "12.19"),
    ("有效提升", "部分达成", "12.3456", "9.8764"),
    ("12月底前", "2024年12月", "33.3333", "33.3333"),
    ("二十次", "一百零五次", "10", None),
    ("约200.4999人", "2.00400001百人", "10", None),
]
RULES = (None, "直接赋分", "满意度赋分", "按评判等级赋分")


def card(name: str) -> perfeval.Evaluation:
    return perfeval.Evaluation(
        kind="project",
        name=name,
        year="2024",
        amount_unit="万元",
        funding=[
            perfeval.Funding(
                label="年度资金总额", initial="", adjusted="", executed="", weight="10", rate="", score="8.7654"
            ),
            perfeval.Funding(label="财政拨款", adjusted="1234.5678", executed="1083.12345"),
            perfeval.Funding(label="其他资金", adjusted="876543.21元", executed="0.000001"),
        ],
        indicators=[
            perfeval.Indicator(level1="产出指标", level3="面积", target="≥3亩", actual="1999.9平方米", weight="45.005", score="45.0049"),
            perfeval.Indicator(level1="产出指标", level3="次数", target="≥7次", actual="6次", weight="44.995", score="38.567"),
        ],
        total=perfeval.Total(weight="100", score="92.3456"),
    )  # fmt: skip


def facts(book: perfeval.RuleBook, target: str, actual: str, weight: str, reported: str | None) -> object:
    """Everything that a row says of itself."""
    found = []
    for rule in RULES:
        row = perfeval.score_indicator(
            target, actual, weight, rule, year=2024, rulebook=book, reported=reported
        )
        shown = [step.text(language) for step in row.steps for language in ("zh", "en")]
        explained = (row.explain("zh"), row.explain("en"))
        numbers = (str(row.score), row.unrounded, str(row.completion), row.weight)
        found.append((*numbers, row.reason, row.notes, row.verdict, row.verdict_by, *shown, *explained))
    return found


def card_facts(book: perfeval.RuleBook) -> object:
    made = perfeval.score(card("x"), book)
    numbers = (str(made.total), str(made.scored_subtotal), str(made.scored_weight), made.grade, made.notes)
    line = made.execution
    money = (
        str(line.budget),
        str(line.executed),
        line.rate,
        str(line.score),
        str(line.completion),
        line.verdict,
    )
    return numbers, money, {name: str(sub) for name, sub in made.subtotals.items()}, made.explain("en")


def book_facts(name: str, text: bytes) -> object:
    """A book read anew, and its settings in words."""
    book = read_rulebook(text, name=name)
    return book, setting_value(book, "settings.satisfaction"), setting_value(book, "match")


def everything(book: Book) -> list[object]:
    return [*(facts(book.book, *row) for row in ROWS), card_facts(book.book)]


FINE_BOOK = (
    built_in_text("common-practice")
    .replace(b'bands = ["0.8", "0.6"]', b'bands = ["87.654%", "65.4321%"]')
    .replace(
        b'satisfaction = "proportional"',
        b'satisfaction = { bands = [{ from = "98.7654%", factor = "0.98765" }] }',
    )
)
BOOK_TEXTS = {name: built_in_text(name) for name in BUILT_IN} | {
    "pass-line": text_of("pass-line").encode(),
    "satisfaction-bands": text_of("satisfaction-bands").encode(),
    "fine": FINE_BOOK,
}


def context(**settings: object) -> Callable[[], AbstractContextManager[object]]:
    @contextmanager
    def made() -> Iterator[None]:
        with decimal.localcontext() as current:
            for name, value in settings.items():
                setattr(current, name, value)
            yield

    return made


EVERY_TRAP = dict.fromkeys(decimal.getcontext().traps, True)
CONTEXTS = {
    "three digits": context(prec=3),
    "one digit, rounded up": context(prec=1, rounding=decimal.ROUND_UP),
    "rounded down": context(prec=6, rounding=decimal.ROUND_FLOOR),
    "small exponents": context(prec=5, Emax=3, Emin=-3, clamp=1),
    "every trap": context(traps=EVERY_TRAP),
    "every trap, three digits": context(prec=3, traps=EVERY_TRAP),
    "no trap": context(prec=2, traps=dict.fromkeys(EVERY_TRAP, False)),
}


SOME_BOOKS = [
    book for book in BOOKS if book.name in ("common-practice", "platform", "bands-2021-draft", "rate-first")
]


@pytest.fixture(scope="module")
def usual() -> dict[str, list[object]]:
    with decimal.localcontext(decimal.Context()):
        return {book.name: everything(book) for book in SOME_BOOKS}


@pytest.mark.parametrize("hostile", CONTEXTS)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: " ".join(row[:2]))
def test_a_row_in_any_decimal_context(row: tuple[str, str, str, str | None], hostile: str) -> None:
    book = BOOKS[0].book
    with decimal.localcontext(decimal.Context()):
        before = facts(book, *row)
    with CONTEXTS[hostile]():
        assert facts(book, *row) == before


@pytest.mark.parametrize("hostile", CONTEXTS)
def test_a_card_in_any_decimal_context(hostile: str) -> None:
    for book in BOOKS[:5]:
        before = card_facts(book.book)
        with CONTEXTS[hostile]():
            assert card_facts(book.book) == before


@pytest.mark.parametrize("hostile", CONTEXTS)
@pytest.mark.parametrize("name", BOOK_TEXTS)
def test_a_book_in_any_decimal_context(name: str, hostile: str) -> None:
    before = book_facts(name, BOOK_TEXTS[name])
    with CONTEXTS[hostile]():
        assert book_facts(name, BOOK_TEXTS[name]) == before


def test_the_context_is_left_as_it_was() -> None:
    with decimal.localcontext() as current:
        current.prec = 7
        current.clear_flags()
        everything(BOOKS[0])
        assert (current.prec, [flag for flag, is_set in current.flags.items() if is_set]) == (7, [])


def test_the_same_in_every_thread(usual: dict[str, list[object]]) -> None:
    jobs = SOME_BOOKS * 4
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(everything, jobs)) == [usual[book.name] for book in jobs]


def test_the_same_in_any_order(usual: dict[str, list[object]]) -> None:
    """Nothing is carried over from one book or row to the next."""
    for book in reversed(SOME_BOOKS):
        assert [facts(book.book, *row) for row in reversed(ROWS)] == usual[book.name][-2::-1]


@pytest.mark.parametrize("book", BOOKS, ids=repr)
def test_the_same_after_pickling(book: Book) -> None:
    again = pickle.loads(pickle.dumps(book.book))  # noqa: S301 - written on the same line
    assert again == book.book
    assert hash(again) == hash(book.book)
    assert card_facts(again) == card_facts(book.book)
    row = perfeval.score_indicator("≤8.90万元", "8.94万元", rulebook=book.book, reported="10")
    line = perfeval.score_execution("50.00", "8.94", rulebook=book.book)
    made = perfeval.score(card("x"), book.book)
    for score in (row, line, made):
        copy = pickle.loads(pickle.dumps(score))  # noqa: S301 - written on the same line
        assert copy == score
        assert copy.explain() == score.explain()


ELSEWHERE = """
import pickle, sys
import perfeval
books = pickle.load(sys.stdin.buffer)
fresh = perfeval.load_rulebook("common-practice")
assert {fresh: "found"}[books[0]] == "found"
rows = [perfeval.score_indicator("≤8.90万元", "8.94万元", rulebook=book, reported="10") for book in books]
sys.stdout.buffer.write(pickle.dumps([(row, row.explain()) for row in rows]))
"""


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_same_in_another_process(seed: str) -> None:
    """Hashes differ between processes; what was pickled in one must still be found in another."""
    books = [book.book for book in BOOKS]
    rows = [perfeval.score_indicator("≤8.90万元", "8.94万元", rulebook=book, reported="10") for book in books]
    source = str(Path(perfeval.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE],
        input=pickle.dumps(books),
        env={"PYTHONHASHSEED": seed, "PYTHONPATH": source, "PYTHONUTF8": "1"},
        capture_output=True,
        check=True,
    )
    found = pickle.loads(done.stdout)  # noqa: S301 - written by our own program
    assert found == [(row, row.explain()) for row in rows]
    assert {book: book.id for book in books}[found[-1][0].rulebook] == books[-1].id
