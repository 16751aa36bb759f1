"""The books that ship and the examples: they load, and every setting says where it comes from."""

import copy
import pickle
from decimal import Context, Decimal, localcontext
from hashlib import sha256
from pathlib import Path

import attrs
import pytest

from perfeval import UnreadableError, UsageError, load_rulebook
from perfeval.rulebook import (
    BUILT_IN,
    BasisStatus,
    built_in_text,
    read_rulebook,
    setting_names,
    setting_value,
)
from perfeval.rulebook import load as loading
from perfeval.rules import Banded, Graded, Proportional, Reverse, ZeroUnderCeiling

EXAMPLES = Path(__file__).parents[2] / "examples/rulebooks"
BOOKS = (*BUILT_IN, str(EXAMPLES / "bortala-2024.toml"), str(EXAMPLES / "bands-2021-draft.toml"))

NAMES = (
    "rounding.step", "rounding.mode", "rounding.rate_first",
    "execution.weight", "execution.rule", "execution.rows", "execution.most_weight",
    "settings.reverse", "settings.equality", "settings.zero_under_ceiling", "settings.pass_line", "settings.ladder",
    "settings.satisfaction", "settings.lower_is_better", "settings.lower_is_better_except", "settings.over_achievement",
    "graded.bands", "accept.reverse", "accept.satisfaction", "weights.sum", "weights.inapplicable", "weights.patterns", "match", "grades",
)  # fmt: skip


def test_names_of_settings() -> None:
    assert setting_names() == NAMES


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("source", BOOKS)
def test_every_setting_has_a_basis_with_a_status(source: str, name: str) -> None:
    basis = load_rulebook(source).basis_of(name)
    assert basis is not None
    assert basis.source
    assert basis.status in BasisStatus


# setting, then its status in common-practice, platform, hubei (semantics §5)
@pytest.mark.parametrize(
    ("name", "statuses"),
    [
        ("settings.reverse", "verified reported verified"),
        ("graded.bands", "reported reported verified"),
        ("settings.satisfaction", "reported reported verified"),
        ("execution.weight", "verified reported verified"),
        ("settings.equality", "reported reported reported"),
        ("grades", "verified reported verified"),
        ("settings.lower_is_better", "background background background"),
        ("accept.satisfaction", "background reported verified"),
    ],
)
def test_statuses(name: str, statuses: str) -> None:
    found = [load_rulebook(book).basis_of(name) for book in BUILT_IN]
    assert " ".join(basis.status for basis in found if basis) == statuses


@pytest.mark.parametrize("name", ["bands-2021-draft", "bortala-2024"])
def test_nothing_in_the_examples_is_more_than_background(name: str) -> None:
    book = load_rulebook(EXAMPLES / f"{name}.toml")
    assert {basis.status for basis in book.basis} == {BasisStatus.BACKGROUND}


# The settings of semantics §5, as they are shown.
@pytest.mark.parametrize(
    ("name", "common", "platform", "hubei"),
    [
        ("settings.reverse", "ratio", "linear", "ratio"),
        ("accept.reverse", "linear ratio", "linear ratio", "ratio linear"),
        ("graded.bands", "0.8 0.6", "0.8 0.6", "0.8 0.5"),
        ("settings.satisfaction", "proportional", "proportional", "proportional"),
        ("accept.satisfaction", "bands 90%→1 80%→0.8 60%→0.5 0%→0", "-", "-"),
        ("execution.weight", "10", "10", "20"),
        ("settings.equality", "at-least", "at-least", "at-least"),
        ("settings.zero_under_ceiling", "full", "full", "full"),
        ("settings.over_achievement", "1.3 2", "1.2", "-"),
        ("settings.pass_line", "-", "-", "-"),
        ("settings.ladder", "-", "-", "-"),
        (
            "settings.lower_is_better_except",
            "处理率 办结率 整改率",
            "处理率 办结率 整改率",
            "处理率 办结率 整改率",
        ),
        ("grades", "优>=90 良>=80 中>=60 差>=0", "优>=90 良>=80 中>=60 差>=0", "优>=90 良>=80 中>=60 差>=0"),
        ("weights.sum", "100", "100", "100"),
        ("weights.inapplicable", "keep", "keep", "keep"),
        ("weights.patterns", "10/20/40/20/10 10/0/50/30/10", "-", "-"),
        ("rounding.step", "0.01", "0.01", "0.01"),
        ("rounding.mode", "half-up", "half-up", "half-up"),
        ("rounding.rate_first", "false", "false", "false"),
        ("execution.rows", "预算执行率 执行进度", "预算执行率 执行进度", "预算执行率 执行进度"),
    ],
)
def test_settings(name: str, common: str, platform: str, hubei: str) -> None:
    assert [setting_value(load_rulebook(book), name) for book in BUILT_IN] == [common, platform, hubei]


def test_the_matches_of_every_book_are_the_default_list() -> None:
    default = (
        "direct(printed=直接赋分) > proportional(printed=按*比例赋分 正常比例赋分) > "
        "graded(printed=按*评判等级赋分 按*等次赋分 按*等级赋分) > satisfaction(printed=满意度赋分) > "
        "stated(printed_other=true) > satisfaction(level=满意度) > graded(target=text) > proportional()"
    )
    assert {setting_value(load_rulebook(book), "match") for book in BOOKS} == {default}


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ('[settings]\npass_line = "60%"', "settings.pass_line", "0.6"),
        ('[settings]\nladder = [{ from = "1.5", factor = "0.9" }]', "settings.ladder", "(start=1.5, factor=0.9)"),
        ("[rounding]\nrate_first = true", "rounding.rate_first", "true"),
        ('[execution]\nrule = { kind = "direct" }', "execution.rule", "direct(equality=at-least, zero_under_ceiling=full)"),
    ],
)  # fmt: skip
def test_how_a_setting_is_shown(text: str, name: str, value: str) -> None:
    book = read_rulebook(f'schema = "perfeval.rulebook.v1"\nid = "x"\n{text}\n'.encode())
    assert setting_value(book, name) == value


def test_identity_of_the_books() -> None:
    assert [load_rulebook(book).id for book in BOOKS] == [*BUILT_IN, "bortala-2024", "bands-2021-draft"]
    hubei = load_rulebook("hubei")
    assert (hubei.title, hubei.region, hubei.years) == ("湖北省项目自评表填报说明", ("湖北",), (2019, 2024))
    assert load_rulebook("common-practice").region == ()


def test_what_sets_the_examples_apart() -> None:
    bortala, bands = (
        load_rulebook(EXAMPLES / f"{name}.toml") for name in ("bortala-2024", "bands-2021-draft")
    )
    assert bortala.settings.zero_under_ceiling is ZeroUnderCeiling.ZERO
    assert isinstance(bands.execution.rule, Banded)
    assert isinstance(bands.satisfaction_rule, Banded)
    assert [band.factor for band in bands.satisfaction_rule.bands] == [
        Decimal(1),
        Decimal("0.8"),
        Decimal("0.5"),
        0,
    ]


@pytest.mark.parametrize("source", BOOKS)
def test_a_book_loads_from_name_path_text_and_itself(source: str, tmp_path: Path) -> None:
    book = load_rulebook(source)
    data = built_in_text(source) if source in BUILT_IN else Path(source).read_bytes()
    path = tmp_path / "book.toml"
    path.write_bytes(b"\xef\xbb\xbf" + data)
    again = load_rulebook(path)
    assert read_rulebook(data) == book
    assert attrs.evolve(again, sha256=book.sha256) == book
    assert (book.sha256, load_rulebook(book)) == (sha256(data).hexdigest(), book)


@pytest.mark.parametrize("source", BOOKS)
def test_books_survive_pickling_and_are_hashable(source: str) -> None:
    book = load_rulebook(source)
    again = pickle.loads(pickle.dumps(book))  # noqa: S301 - our own bytes
    assert (again, hash(again)) == (book, hash(book))
    assert copy.deepcopy(book) == book


def test_a_built_in_book_is_read_once() -> None:
    assert load_rulebook("hubei") is load_rulebook("hubei")


def test_a_basis_that_is_not_there() -> None:
    assert load_rulebook("hubei").basis_of("settings.nothing") is None


# What a book does not say.
def test_defaults() -> None:
    book = read_rulebook(b'schema = "perfeval.rulebook.v1"\nid = "x"\n')
    usual = load_rulebook("common-practice")
    assert (book.match, book.grades, book.rules) == (usual.match, usual.grades, usual.rules)
    assert (book.rounding, book.graded, book.execution) == (usual.rounding, usual.graded, usual.execution)
    assert (book.basis, book.accept.reverse, book.settings.over_achievement) == ((), (), ())


@pytest.mark.parametrize("missing", ["match", "grades"])
def test_default_matches_under_own_settings(missing: str) -> None:
    given = {
        "match": '[[match]]\nrule = { kind = "direct" }\n',
        "grades": '[[grades]]\nname = "过"\nfrom = "0"\n',
    }
    del given[missing]
    text = (
        f'schema = "perfeval.rulebook.v1"\nid = "x"\n[settings]\nreverse = "cliff"\n{"".join(given.values())}'
    )
    book = read_rulebook(text.encode())
    assert [grade.name for grade in book.grades] == (
        ["优", "良", "中", "差"] if missing == "grades" else ["过"]
    )
    assert len(book.match) == (8 if missing == "match" else 1)
    if missing == "match":
        assert isinstance(book.rules[-1], Proportional)
        assert book.rules[-1].reverse is Reverse.CLIFF


# Parameters given on the spot override the settings; the others follow them.
def test_parameters_on_the_spot() -> None:
    book = read_rulebook(
        """\
schema = "perfeval.rulebook.v1"
id = "x"
[settings]
reverse = "linear"
pass_line = "60%"
[graded]
bands = ["0.9", "0.5"]
[execution]
rule = { kind = "proportional", pass_line = "0%" }
[[match]]
level3 = ["甲"]
rule = { kind = "proportional", reverse = "cliff" }
[[match]]
level3 = ["乙"]
rule = { kind = "proportional", pass_line = "0.5", equality = "exact" }
[[match]]
level3 = ["丙"]
rule = { kind = "graded", bands = ["70%", "0.4"] }
[[match]]
target = "text"
rule = { kind = "graded" }
[[match]]
rule = { kind = "proportional" }
""".encode()
    )
    first, second, third, fourth, last = book.rules
    assert isinstance(first, Proportional)
    assert (first.reverse, first.pass_line) == ("cliff", Decimal("0.6"))
    assert isinstance(second, Proportional)
    assert (second.reverse, second.pass_line, second.equality) == ("linear", Decimal("0.5"), "exact")
    assert isinstance(third, Graded)
    assert third.bands == (Decimal("0.7"), Decimal("0.4"))
    assert isinstance(fourth, Graded)
    assert fourth.bands == (Decimal("0.9"), Decimal("0.5"))
    assert isinstance(last, Proportional)
    assert (last.reverse, last.pass_line) == ("linear", Decimal("0.6"))
    assert isinstance(book.execution.rule, Proportional)
    # The settings are said of indicators: the execution rate has its own parameters and no others.
    assert (book.execution.rule.reverse, book.execution.rule.pass_line) == ("ratio", Decimal(0))
    assert book.graded_rule == third  # the first graded rule of the book


# A caller's own decimal settings change nothing.
def test_a_book_does_not_depend_on_the_decimal_context() -> None:
    with localcontext(Context(prec=1)):
        book = read_rulebook(
            b'schema = "perfeval.rulebook.v1"\nid = "x"\n[graded]\nbands = ["85%", "62.5%"]\n'
        )
    assert book.graded.bands == (Decimal("0.85"), Decimal("0.625"))


# Calls that are wrong, files that are not there.
@pytest.mark.parametrize("name", ["hubei.toml", "Hubei", "nothing/at-all.toml"])
def test_no_such_book(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        load_rulebook(name)
    assert caught.value.message.code == "RB-NAME"
    assert caught.value.text("en") == (
        f"there is no built-in rule book '{name}' (there are common-practice、platform、hubei) and no such file"
    )
    assert str(caught.value) == (
        f"没有名为“{name}”的内置评分办法（有 common-practice、platform、hubei），也没有这个文件"
    )


@pytest.mark.parametrize("make", ["folder", "file in a file", "name too long"])
def test_a_book_that_cannot_be_opened(make: str, tmp_path: Path) -> None:
    plain = tmp_path / "plain.toml"
    plain.write_bytes(b"")
    path = {"folder": tmp_path, "file in a file": plain / "x.toml", "name too long": tmp_path / ("x" * 300)}[
        make
    ]
    with pytest.raises(UnreadableError) as caught:
        load_rulebook(path)
    (problem,) = caught.value.problems
    assert (problem.file, problem.message.code, problem.line) == (str(path), "RB-FILE", 0)


def test_a_path_that_cannot_be() -> None:
    with pytest.raises((UsageError, UnreadableError)):
        load_rulebook("a\x00b")


def test_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = b'schema = "perfeval.rulebook.v1"\nid = "x"\n'
    path = tmp_path / "book.toml"
    path.write_bytes(data)
    monkeypatch.setattr(loading, "_MOST_BYTES", len(data))
    assert load_rulebook(path).id == "x"
    path.write_bytes(data + b"\n")
    with pytest.raises(UnreadableError) as caught:
        load_rulebook(path)
    assert caught.value.text("en") == f"{path}: has more than {len(data)} bytes"
