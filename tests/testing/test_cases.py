"""Case files: what a case may say, how it is run, and everything that can be wrong with a file."""

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import perfeval
from perfeval import UnreadableError
from perfeval.testing import Case, load_cases

ROOT = Path(__file__).parents[2]
HEAD = 'schema = "perfeval.cases.v1"\nrulebook = "common-practice"\n'
TABLE = (
    ROOT.joinpath("examples/bortala-2024/04-dry-port.toml")
    .read_text(encoding="utf-8")
    .replace("schema", "# schema")
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "my.cases.toml"


def loaded(file: Path, *cases: str, head: str = HEAD) -> tuple[Case, ...]:
    bodies = (f'[[case]]\nname = "{number}"\n{case}\n' for number, case in enumerate(cases, 1))
    file.write_text(head + "".join(bodies), encoding="utf-8")
    return load_cases(file)


def wrong(file: Path, *cases: str, head: str = HEAD) -> list[str]:
    with pytest.raises(UnreadableError) as caught:
        loaded(file, *cases, head=head)
    return caught.value.text("en").replace(f"{file.parent}/", "").splitlines()


@pytest.mark.parametrize("case", load_cases(ROOT / "tests/rulebook/cases/hubei.cases.toml"), ids=str)
def test_cases_are_parameters(case: Case) -> None:
    outcome = case.run()
    assert outcome.passed, outcome


INDICATOR = 'target = "≥100次"\nactual = "83次"\nweight = "10"\n'
EXECUTION = 'budget = "50"\nexecuted = "8.94"\n'


@pytest.mark.parametrize(
    ("case", "expected", "found", "line"),
    [
        (f'{INDICATOR}score = "8.31"', 'score = "8.31"', 'score = "8.30"', 8),
        (f'{INDICATOR}unscorable = "no-rule"', 'unscorable = "no-rule"', 'score = "8.30"', 8),
        ('target = "≥100次"\nactual = ""\nweight = "10"\nscore = 0', 'score = "0"', 'unscorable = "blank-actual"', 8),
        ('target = "≥100次"\nactual = "1次"\nscore = 0', 'score = "0"', 'unscorable = "blank-weight"', 7),
        (f'{INDICATOR}reported = "8"\nscore = "8.3"\nverdict = "equal"',
         'score = "8.3", verdict = "equal"', 'score = "8.30", verdict = "coarse"', 10),
        (f'{EXECUTION}score = "1.78"', 'score = "1.78"', 'score = "1.79"', 7),
        (f'{EXECUTION}weight = "20"\nscore = "1.78"', 'score = "1.78"', 'score = "3.58"', 8),
        ('evaluation = { indicators = [{ target = "=1", actual = "1", weight = "100" }] }\ngrade = "良"',
         'grade = "良"', 'total = "100.00", grade = "优"', 6),
        ('evaluation = { indicators = [{ target = "=1", actual = "", weight = "100" }] }\ntotal = "100"',
         'total = "100"', 'total = "-", grade = "-", unscorable = "no-funding blank-actual"', 6),
    ],
)  # fmt: skip
def test_what_a_failure_says(file: Path, case: str, expected: str, found: str, line: int) -> None:
    (made,) = loaded(file, case)
    outcome = made.run()
    assert (outcome.passed, outcome.expected, outcome.found) == (False, expected, found)
    assert outcome.text("en").startswith(f"{file}:{line}:")
    assert str(outcome) == outcome.text("zh")


@pytest.mark.parametrize(
    "case",
    [
        f"{INDICATOR}score = 8.3".replace("8.3", '"8.3"'),
        f'{INDICATOR}reported = "8"\nverdict = "coarse"',
        'target = "≥100次"\nweight = "10"\nunscorable = "blank-actual"',
        'target = "是"\nactual = "是"\nweight = "10"\nrule = "direct"\nscore = "10"',
        'target = "12月底前"\nactual = "2023年3月"\nweight = "10"\nyear = "2023"\nscore = "10"',
        f'{EXECUTION}score = "1.79"',
        f'evaluation = {{ file = "{ROOT}/examples/bortala-2024/02-car-trade-in.toml" }}\ntotal = "98.8"\ngrade = "优"',
    ],
)
def test_what_passes(file: Path, case: str) -> None:
    (made,) = loaded(file, case)
    assert made.run().passed


@given(
    target=st.integers(1, 500),
    actual=st.integers(0, 600),
    weight=st.integers(1, 100),
    off=st.decimals(Decimal("0.01"), 100, places=2),
)
def test_passes_for_the_score_and_for_no_other(
    tmp_path_factory: pytest.TempPathFactory, target: int, actual: int, weight: int, off: Decimal
) -> None:
    file = tmp_path_factory.mktemp("cases") / "one.cases.toml"
    cells = f'target = "≥{target}次"\nactual = "{actual}次"\nweight = "{weight}"\n'
    score = perfeval.score_indicator(f"≥{target}次", f"{actual}次", weight).score
    assert score is not None
    right, other = loaded(file, f'{cells}score = "{score}"', f'{cells}score = "{score + off}"')
    assert right.run().passed
    assert not other.run().passed


def test_books_and_tables_are_found_beside_the_file(tmp_path: Path) -> None:
    book = ROOT.joinpath("examples/rulebooks/bortala-2024.toml").read_text(encoding="utf-8")
    tmp_path.joinpath("book.toml").write_text(book, encoding="utf-8")
    tmp_path.joinpath("表.toml").write_text(TABLE.replace("# schema", "schema"), encoding="utf-8")
    tmp_path.joinpath("sub").mkdir()
    (case,) = loaded(
        tmp_path / "sub/my.cases.toml",
        'evaluation = { file = "../表.toml" }\ntotal = "81.75"',
        head='schema = "perfeval.cases.v1"\nrulebook = "../book.toml"\n',
    )
    assert case.rulebook.id == "bortala-2024"
    assert case.run().passed


@pytest.mark.parametrize(
    ("case", "problem"),
    [
        (INDICATOR, "3:1 case[0]: say what is expected: score / unscorable / verdict"),
        ('score = "1"', "3:1 case[0]: give target and actual (an indicator), budget and executed"),
        (f'{INDICATOR}score = "1"\nunscorable = "no-rule"', "9:14 case[0].unscorable: give score or unscorable"),
        (f'{INDICATOR}verdict = "equal"', "8:11 case[0].verdict: a verdict is about a reported score"),
        (f'{INDICATOR}verdict = "eqal"', "8:11 case[0].verdict: 'eqal' is not one of not-reported equal"),
        (f'{INDICATOR}unscorable = "none"', "8:14 case[0].unscorable: 'none' is not one of blank-target"),
        (f"{INDICATOR}score = 8.3", "8:9 case[0].score: must be a string, not a float; put it in quotes"),
        (f'{INDICATOR}total = "8.3"', "8:9 case[0].total: cannot stand in one case with target"),
        (f'{EXECUTION}target = "8"\nscore = "1"', "7:10 case[0].target: cannot stand in one case with budget"),
        ('evaluation = {}\nscore = "1"', "6:9 case[0].score: cannot stand in one case with evaluation"),
        ("evaluation = {}", "3:1 case[0]: say what is expected: total / grade"),
        (f'{INDICATOR}score = "1"\nrule = "stated "', "3:1 1: 'stated ' is neither the kind of a rule"),
        (f'{INDICATOR}score = "1"\nyear = "24"', "3:1 1: the year '24' cannot be read"),
        (f'{EXECUTION}score = "1"\nweight = "x"', "3:1 1: the weight 'x' cannot be read"),
        ('evaluation = { file = "no.toml" }\ntotal = "1"', "5:23 case[0].evaluation.file: there is no file no.toml"),
        ('evaluation = { file = "my.cases.toml" }\ntotal = "1"', "1:10 schema: is perfeval.cases.v1, not a self-eval"),
        ('evaluation = { indicators = [{ traget = "1" }] }\ntotal = "1"',
         "5:41 case[0].evaluation.indicators[0].traget: is not a known key; perhaps target"),
        ('evaluation = { indicators = "1" }\ntotal = "1"', "5:29 case[0].evaluation.indicators: must be an array"),
        ('evaluation = { evaluations = [] }\ntotal = "1"', "5:14 case[0].evaluation: holds 0 tables, and must hold one"),
        ('total = "1"\n[case.evaluation]\nname = 5', "7:8 case[0].evaluation.name: must be a string"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_case(file: Path, case: str, problem: str) -> None:
    (line,) = wrong(file, case)
    assert line.startswith(f"my.cases.toml:{problem}")


def test_all_that_is_wrong_is_said_at_once(file: Path) -> None:
    lines = wrong(file, INDICATOR, f'{INDICATOR}score = "x"\nlevel = "1"', "scroe = 1")
    assert [line.split(": ")[0] for line in lines] == [
        "my.cases.toml:3:1 case[0]",
        "my.cases.toml:14:9 case[1].score",
        "my.cases.toml:15:9 case[1].level",
        "my.cases.toml:18:9 case[2].scroe",
    ]


def test_names(file: Path) -> None:
    case = f'[[case]]\nname = "{{}}"\n{INDICATOR}score = "8.3"\n'
    head = HEAD + case.format("a") + case.format("a")
    assert wrong(file, head=head) == [
        "my.cases.toml:10:8 case[1].name: the name 'a' is already used in line 4"
    ]
    assert wrong(file, head=HEAD + case.format("a\\nb"))[0].startswith(
        "my.cases.toml:4:8 case[0].name: the name must"
    )
    assert wrong(file, head=HEAD + case.format(" ")) == [
        "my.cases.toml:4:8 case[0].name: the name must be one line of text"
    ]


def test_the_file_itself(file: Path, tmp_path: Path) -> None:
    case = f'{INDICATOR}score = "8.3"'
    no_book = wrong(file, case, head=HEAD.replace("common-practice", "hebei"))
    assert no_book[0].startswith("my.cases.toml:2:12 rulebook: there is no built-in rule book")
    tmp_path.joinpath("broken.toml").write_text("id = 1", encoding="utf-8")
    broken = wrong(
        file,
        case,
        'evaluation = { file = "x" }\ngrade = "优"',
        head=HEAD.replace("common-practice", "broken.toml"),
    )
    assert {line.split(":")[0] for line in broken} == {"broken.toml", "my.cases.toml"}
    assert wrong(file, head=HEAD) == ["my.cases.toml:1:1 case: is required and missing"]
    assert wrong(file, case, head="rulebook = 'hubei'\n")[0].startswith(
        "my.cases.toml:1:1 schema: schema must be"
    )
    with pytest.raises(UnreadableError):
        load_cases(tmp_path / "nothing.cases.toml")


def test_the_file_of_the_docs_page(file: Path) -> None:
    page = ROOT.joinpath("docs/testing.md").read_text(encoding="utf-8")
    _, _, block = page.partition("```toml\n")
    file.write_text(block.partition("```")[0], encoding="utf-8")
    assert [str(outcome) for case in load_cases(file) if not (outcome := case.run()).passed] == []


def test_a_document_of_several_tables(file: Path) -> None:
    (line,) = wrong(
        file, f'evaluation = {{ file = "{ROOT}/examples/documents/bortala-2024.txt" }}\ntotal = "1"'
    )
    assert line == "my.cases.toml:5:23 case[0].evaluation.file: holds 8 tables, and must hold one"


MANY = (
    ROOT.joinpath("docs/testing.md").read_text(encoding="utf-8").partition("```toml\n")[2].partition("```")[0]
)
BITS = ('"', "[", "]", "{", "}", "=", "\n", "\\", ",", "\0", "0", "-1", "1e9", "nan", "inf", "2024-01-01", "case", "file = 'x'")  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> str:
    start = draw(st.integers(0, len(MANY)))
    end = start + draw(st.integers(0, 30))
    bit = draw(st.sampled_from(BITS))
    return draw(
        st.sampled_from(
            (MANY[:start] + MANY[end:], MANY[:end] + MANY[start:], MANY[:start] + bit + MANY[start:])
        )
    )


@given(text=mutated())
def test_whatever_a_file_holds_it_is_run_or_refused(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    file = tmp_path_factory.mktemp("cases") / "any.cases.toml"
    file.write_text(text, encoding="utf-8")
    try:
        said = [case.run().text("en") for case in load_cases(file)]
    except UnreadableError as error:
        said = [problem.text("en") for problem in error.problems]
        lines = text.count("\n") + 1
        assert all(problem.line <= lines for problem in error.problems)  # noqa: PT017 - either way is right
    assert all(said)


def test_cases_need_neither_pytest_nor_hypothesis() -> None:
    code = (
        "import sys; sys.modules['pytest'] = sys.modules['hypothesis'] = None\n"
        "from perfeval.cli import main; sys.exit(main(['rulebook', 'test', 'tests/rulebook/cases']))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
