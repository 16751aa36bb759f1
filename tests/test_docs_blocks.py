"""The blocks of the docs: what can be run is run, page by page and in the order of the page."""

from __future__ import annotations

import doctest
import re
import runpy
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
import tomli
from sybil import Document, Example, Region
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser

import perfeval
from shown_blocks import ROOT, Block, assert_works, blocks, write_piece

DOCS = ROOT / "docs"
RUN = ("python", "pycon", "console")
NOT_RUN = {
    "sh": "for another machine, long, or without output to compare; README's are run by .ci/run",
    "powershell": "for another machine",
    "text": "an output or a picture of its own",
    "json": "an output",
    "ini": "a setting of another program",
    "toml": "a file: written for the commands that follow where its first line names it",
}
ELSEWHERE = {"own-rulebook.md", "own-rulebook.zh.md"}  # tests/test_own_rulebook.py
NEEDS = dict.fromkeys(
    ("notebooks.md", "summarize.md", "batch.md", "frames.md", "howto/analyst.md", "howto/analyst.zh.md"),
    ("polars", "pyarrow"),
)


def names() -> list[str]:
    return sorted(path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md"))


def shows_more_than(page: str, languages: tuple[str, ...]) -> bool:
    return any(block.language in languages for block in blocks(f"docs/{page}"))


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A directory that holds what the pages read, so that what they write stays out of the repository."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    shutil.copy(ROOT / "tests" / "rulebook" / "cases" / "hubei.cases.toml", tmp_path)
    return tmp_path


def run_session(example: Example) -> None:
    """Run a pycon block in the names of its page."""
    test = doctest.DocTestParser().get_doctest(
        str(example.parsed), {}, example.path, example.path, example.line
    )
    test.globs = example.namespace
    failures: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=failures.append, clear_globs=False)
    assert not failures, "".join(failures)


def parsers(directory: Path) -> Iterator[Callable[[Document], Iterable[Region]]]:
    def write(example: Example) -> None:
        write_piece(str(example.parsed), directory)

    yield PythonCodeBlockParser()
    yield CodeBlockParser("pycon", run_session)
    yield CodeBlockParser("console", lambda example: assert_works(str(example.parsed), directory))
    yield CodeBlockParser("toml", write)


@pytest.mark.parametrize(
    "page", [name for name in names() if name not in ELSEWHERE and shows_more_than(name, RUN)]
)
def test_the_page_works_from_top_to_bottom(page: str, clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in NEEDS.get(page, ()):
        pytest.importorskip(module, reason=f"{module} is not installed: the blocks of {page} are not run")
    monkeypatch.chdir(clone)
    document = Document.parse(str(DOCS / page), *parsers(clone))
    if page == "testing.md":  # it shows parts of this example
        names_of_example = runpy.run_path("examples/testing/test_my_scorer.py")
        document.namespace.update(names_of_example, my_score=names_of_example["exact_score"])
    for example in document.examples():
        example.evaluate()


def test_every_block_is_run_or_of_a_kind_that_is_not() -> None:
    found = {block.language for page in names() for block in blocks(f"docs/{page}")}
    assert found <= {*RUN, *NOT_RUN}


@pytest.mark.parametrize("page", sorted(name for name in names() if name.endswith(".zh.md")))
def test_both_languages_show_the_same(page: str) -> None:
    """All but the language of what is printed and of what is said in comments."""

    def commands(name: str) -> list[Block]:
        return [
            Block(block.language, "\n".join(_commands(block)))
            for block in blocks(f"docs/{name}")
            if block.language not in ("toml", "json", "text")
        ]

    assert commands(page) == commands(page.replace(".zh.md", ".md"))


def _commands(block: Block) -> Iterator[str]:
    prefixes = {"console": ("$ ",), "pycon": (">>> ", "... ")}
    prefix = prefixes.get(block.language, ("",))
    for line in block.text.splitlines():
        if line.startswith(prefix):
            yield line.replace(" --lang en", "").replace('"en"', '"zh"').partition("  # ")[0]


def test_every_page_stands_in_the_navigation_once() -> None:
    config = tomli.loads((ROOT / "zensical.toml").read_text(encoding="utf-8"))
    # A rule or check is added by one file and one line: its page is reached through the list, which is generated too.
    single = {name for name in names() if re.fullmatch(r"(rules|checks)/(?!index).*", name)}
    assert sorted(in_navigation(config["project"]["nav"])) == sorted(set(names()) - single)


def in_navigation(entry: object) -> list[str]:
    match entry:
        case str():
            return [entry]
        case dict():
            return [page for value in entry.values() for page in in_navigation(value)]
        case list():
            return [page for value in entry for page in in_navigation(value)]
    raise TypeError(entry)


def test_every_public_name_is_in_the_reference_once() -> None:
    shown = re.findall(r"^::: perfeval\.(\w+)$", (DOCS / "api.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(shown) == sorted(set(perfeval.__all__) - {"__version__"})
