"""The pytest plugin as other people's pytest has it: installed, in a process of its own."""

import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from perfeval import load_rulebook

pytest_plugins = ["pytester"]

CASES = """
schema = "perfeval.cases.v1"
rulebook = "hubei"

[[case]]
name = "湖北 执行率"
budget = "50.00"
executed = "8.94"
score = "3.58"

[[case]]
name = "湖北 满意度"
target = "≥90%"
actual = "81%"
weight = "10"
score = "9.1"
"""
FAILURE = '满意度.cases.toml:16:9: 湖北 满意度：应为 score = "9.1"，算得 score = "9.00"（评分办法 hubei）'


@pytest.fixture
def cases(pytester: pytest.Pytester) -> Path:
    path = pytester.path / "满意度.cases.toml"
    path.write_text(CASES, encoding="utf-8")
    return path


def ran(pytester: pytest.Pytester, *options: str) -> pytest.RunResult:
    return pytester.runpytest_subprocess("-p", "no:randomly", "-W", "error", *options)


@pytest.mark.usefixtures("cases")
def test_each_case_is_a_test_and_a_failure_is_one_line(pytester: pytest.Pytester) -> None:
    result = ran(pytester, "-v")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        ["*满意度.cases.toml::湖北 执行率 PASSED*", "*满意度.cases.toml::湖北 满意度 FAILED*"]
    )
    heading = next(number for number, line in enumerate(result.outlines) if line.startswith("____"))
    assert result.outlines[heading + 1] == FAILURE
    assert result.outlines[heading + 2].startswith("====")


@pytest.mark.usefixtures("cases")
def test_failures_in_english(pytester: pytest.Pytester) -> None:
    result = ran(pytester, "-o", "perfeval_language=en")
    wanted = (
        '满意度.cases.toml:16:9: 湖北 满意度: expected score = "9.1", found score = "9.00" (rule book hubei)'
    )
    assert wanted in result.outlines


@pytest.mark.usefixtures("cases")
def test_selected_by_name(pytester: pytest.Pytester) -> None:
    ran(pytester, "-k", "执行率").assert_outcomes(passed=1, deselected=1)


def test_last_failed(pytester: pytest.Pytester, cases: Path) -> None:
    ran(pytester).assert_outcomes(passed=1, failed=1)
    ran(pytester, "--lf").assert_outcomes(failed=1)
    cases.write_text(CASES.replace("9.1", "9"), encoding="utf-8")
    ran(pytester, "--lf").assert_outcomes(passed=1)


@pytest.mark.usefixtures("cases")
def test_in_several_processes(pytester: pytest.Pytester) -> None:
    result = ran(pytester, "-n", "2")
    result.assert_outcomes(passed=1, failed=1)
    assert FAILURE in result.outlines


@pytest.mark.usefixtures("cases")
def test_the_report_names_the_rule_book(pytester: pytest.Pytester) -> None:
    ran(pytester, "--junitxml=report.xml")
    report = ET.parse(pytester.path / "report.xml")  # noqa: S314 - written by pytest a line above
    found = {
        case.attrib["name"]: {each.attrib["name"]: each.attrib["value"] for each in case.iter("property")}
        for case in report.iter("testcase")
    }
    book = {"rulebook": "hubei", "rulebook_sha256": load_rulebook("hubei").sha256}
    assert found == {"湖北 执行率": book, "湖北 满意度": book}
    (failure,) = report.iter("failure")
    assert failure.attrib["message"] == f"Failed: {FAILURE}"


def test_a_broken_file_is_told_whole_and_keeps_nothing_else_back(
    pytester: pytest.Pytester, cases: Path
) -> None:
    broken = CASES.replace("score", "scroe").replace("hubei", "hebei")
    (pytester.path / "broken.cases.toml").write_text(broken, encoding="utf-8")
    result = ran(pytester, "--continue-on-collection-errors")
    result.assert_outcomes(passed=1, failed=1, errors=1)
    for line in (9, 16):
        result.stdout.fnmatch_lines([f"broken.cases.toml:{line}:9 *: 没有这个键，是否应为 score"])
    assert cases.exists()


def test_perfeval_is_not_imported_until_there_are_cases(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import sys

        def test_nothing_was_imported(pytestconfig):
            assert pytestconfig.pluginmanager.has_plugin("perfeval")
            loaded = {name.split(".")[0] for name in sys.modules}
            assert "perfeval_pytest" in loaded
            assert not loaded & {"perfeval", "attrs", "cattrs", "tomli", "tomli_w"}
        """
    )
    # hypothesis brings a plugin of its own, which imports attrs in earlier versions
    ran(pytester, "-p", "no:hypothesispytest").assert_outcomes(passed=1)


def test_the_module_imports_pytest_only(pytester: pytest.Pytester) -> None:
    code = "import pytest, sys; known = set(sys.modules); import perfeval_pytest; print(set(sys.modules) - known)"
    result = pytester.run(sys.executable, "-c", code)
    assert result.outlines == ["{'perfeval_pytest'}"]
