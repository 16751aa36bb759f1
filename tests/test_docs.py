"""The docs: generated parts are current, closed lists complete, links lead somewhere, examples work."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import attrs
import pytest

import perfeval
from perfeval.report import card_data
from perfeval.report.summary.data import TABLE_COLUMNS
from perfeval.report.summary.schema import summary_schema
from perfeval.rulebook import read_rulebook, setting_names
from perfeval.rules import RULES, Kind

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = [
    *sorted(DOCS.rglob("*.md")),
    *(ROOT / name for name in ("README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md")),
]

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_GENERATED = re.compile(r"<!-- generated: .*?<!-- end -->", re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def written(name: str) -> str:
    """A page without its generated sections."""
    return _GENERATED.sub("", page(name))


def codes(text: str) -> set[str]:
    return set(re.findall(r"`([^`\n]+)`", text))


def block(text: str, language: str) -> str:
    found: list[tuple[str, str]] = _FENCE.findall(text)
    return next(body for kind, body in found if kind == language)


def build_docs(root: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(root / "scripts" / "build_docs.py"), *options],
        env={**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(root / "src")},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_generated_pages_are_current() -> None:
    done = build_docs(ROOT, "--check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", ""), "run python scripts/build_docs.py"


def test_every_rule_has_a_page_and_is_listed() -> None:
    assert {path.stem for path in (DOCS / "rules").glob("*.md")} == {"index", *(rule.kind for rule in RULES)}
    for rule in RULES:
        assert f"({rule.kind}.md)" in page("rules/index.md")
        assert page(f"rules/{rule.kind}.md").count(f'kind = "{rule.kind}"') == 1
        assert set(Kind) <= codes(page(f"rules/{rule.kind}.md"))


def test_every_law_that_a_page_names_is_described() -> None:
    described = codes(page("rules/index.md"))
    for rule in RULES:
        _, _, broken = page(f"rules/{rule.kind}.md").partition("## Laws broken on purpose\n")
        assert set(re.findall(r"^\| `([a-z-]+)`", broken, re.MULTILINE)) <= described


@pytest.mark.parametrize(
    "members", [perfeval.Reason, perfeval.Note, perfeval.Verdict, perfeval.Stage, perfeval.TableKind]
)
def test_closed_lists_are_in_the_glossary(
    members: type[perfeval.Reason | perfeval.Note | perfeval.Verdict | perfeval.Stage | perfeval.TableKind],
) -> None:
    assert {member.value for member in members} <= codes(page("glossary.md"))


def test_every_setting_is_described_by_hand_and_no_other() -> None:
    described = re.findall(r"^- `([a-z_.]+)`:", written("rulebooks.md"), re.MULTILINE)
    assert sorted(described) == sorted(setting_names())


def test_every_dimension_and_every_spelling_of_a_unit_is_listed() -> None:
    text = page("units.md")
    cells = {cell.strip() for line in text.splitlines() for cell in line.split("|")}
    spellings = {word for cell in cells for word in cell.split()}
    for name, unit in perfeval.DEFAULT_UNITS.names.items():
        assert f"`{unit.dimension}`" in cells
        assert name in spellings


def test_every_key_of_both_formats_is_described() -> None:
    described = codes(page("formats.md"))
    for kind in (
        perfeval.Evaluation,
        perfeval.Goal,
        perfeval.Funding,
        perfeval.Indicator,
        perfeval.Total,
    ):
        assert {field.name for field in attrs.fields(kind) if "internal" not in field.metadata} <= described
    table = perfeval.read(ROOT / "examples" / "bortala-2024" / "04-dry-port.toml").evaluations[0]
    data = card_data(perfeval.score(table))
    assert {*data, *data["execution"], *data["indicators"][0], "verdict_by"} <= described


def test_every_key_of_a_summary_is_described() -> None:
    properties = summary_schema()["properties"]
    assert set(properties) <= codes(page("formats.md"))
    inside = {name for key in ("counts", "signals", "apart") for name in properties[key]["properties"]} | set(
        properties["groups"]["items"]["properties"]
    )
    assert inside - {"unknown"} <= codes(page("formats.md"))
    assert set(TABLE_COLUMNS) <= codes(page("summarize.md"))


def test_the_table_of_the_formats_page_can_be_read(tmp_path: Path) -> None:
    file = tmp_path / "table.toml"
    file.write_text(block(page("formats.md"), "toml"), encoding="utf-8")
    card = perfeval.score(perfeval.read(file).evaluations[0])
    assert [str(score.score) for score in card.scores] == ["1.79", "9.96"]


def test_the_book_of_the_rule_book_page_can_be_read() -> None:
    book = read_rulebook(block(page("rulebooks.md"), "toml").encode())
    assert book.id == "my-book"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    for link in _LINK.findall(_FENCE.sub("", path.read_text(encoding="utf-8"))):
        if link.startswith("https://"):
            continue
        name, _, anchor = link.partition("#")
        target = (path.parent / name) if name else path
        assert target.is_file(), link
        if anchor:
            headings = _HEADING.findall(target.read_text(encoding="utf-8"))
            assert anchor in {_anchor(heading) for heading in headings}, link


def _anchor(heading: str) -> str:
    """Give the anchor of a heading, as the site and GitHub make it."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


@pytest.mark.skipif(shutil.which("git") is None, reason="git applies the diff")
def test_the_rule_that_contributing_adds_can_be_added(tmp_path: Path) -> None:
    without = shutil.ignore_patterns("__pycache__")
    for name in ("src", "docs", "scripts", "examples"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=without)
    for name in ("CHANGELOG.md", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    diff = tmp_path / "rule.diff"
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    diff.write_text(block(text, "diff"), encoding="utf-8", newline="\n")
    files = re.findall(r"^\+\+\+ b/(.*)$", diff.read_text(encoding="utf-8"), re.MULTILINE)
    assert files == ["CHANGELOG.md", "src/perfeval/rules/__init__.py", "src/perfeval/rules/deducting.py"]
    subprocess.run(
        ["git", "apply", "rule.diff"],  # noqa: S607 - wherever git is
        cwd=tmp_path,
        env={**os.environ, "GIT_CEILING_DIRECTORIES": str(tmp_path.parent)},
        check=True,
    )
    assert build_docs(tmp_path).returncode == 0
    assert "| `>=100%` | `95%` | 9.00 |" in (tmp_path / "docs" / "rules" / "deducting.md").read_text("utf-8")
    book = tmp_path / "book.toml"
    book.write_text(
        'schema = "perfeval.rulebook.v1"\nid = "new"\n'
        '[[match]]\nrule = { kind = "deducting", rate = "3" }\n'
        '[[grades]]\nname = "优"\nfrom = "0"\n',
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-m", "perfeval", "try", ">=100%", "95%", "--rulebook", str(book)],
        env={**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(tmp_path / "src")},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.splitlines()[0] == "8.50"
