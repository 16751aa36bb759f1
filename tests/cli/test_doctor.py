"""What `perfeval doctor` says of this machine, and of machines that lack things."""

import json
from importlib import metadata
from pathlib import Path

import pytest

from perfeval.cli import main, surroundings
from perfeval.cli.surroundings import extras_of
from perfeval.rulebook import BUILT_IN
from perfeval.version import VERSION


def doctor(capsys: pytest.CaptureFixture[str], *options: str) -> str:
    assert main(["doctor", *options]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    return captured.out


def test_it_fits_on_a_screen(capsys: pytest.CaptureFixture[str]) -> None:
    for language in ("zh", "en"):
        out = doctor(capsys, "--lang", language)
        assert f"perfeval {VERSION}" in out
        assert len(out.splitlines()) <= 24
        out.encode("gbk")


def test_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(doctor(capsys, "--output-format", "json"))
    assert (data["schema"], data["perfeval"], data["rulebooks"]) == (
        "perfeval.doctor.v1",
        VERSION,
        [*BUILT_IN],
    )
    extras = {extra["name"]: extra for extra in data["extras"]}
    assert {"cli", "documents"} <= set(extras)
    assert not {"all", "dev", "test"} & set(extras)
    for package in extras["documents"]["packages"]:
        assert package["version"] == metadata.version(package["name"])
        assert package["is_enough"]


def test_what_is_missing_or_too_old() -> None:
    (extra,) = extras_of(
        [
            "attrs>=23.2",
            "attrs>=9999; extra == 'reports'",
            'no-such-package-here (>=2.0) ; extra == "reports"',
            "cattrs; extra == 'reports'",
            "perfeval[cli]; extra == 'all'",
            "pytest>=8; extra == 'dev'",
        ]
    )
    assert (extra.name, extra.command) == ("reports", 'pip install "perfeval[reports]"')
    assert [(one.wanted, one.version is None, one.is_enough) for one in extra.packages] == [
        (">=9999", False, False),
        (">=2.0", True, False),
        ("", False, True),
    ]


@pytest.mark.parametrize(
    ("first", "second", "is_less"),
    [("3.1", "3.1.0", False), ("3.0.9", "3.1", True), ("20260107", "20251230", False), ("10", "9", False)],
)
def test_versions(first: str, second: str, *, is_less: bool) -> None:
    assert (surroundings._numbers(first) < surroundings._numbers(second)) is is_less


def test_a_machine_with_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def not_installed(_name: str) -> None:
        raise metadata.PackageNotFoundError

    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(metadata, "requires", not_installed)
    monkeypatch.setattr(surroundings, "_can_print", lambda _encoding: False)
    out = doctor(capsys, "--lang", "en")
    assert "not installed by pip" in out
    assert "LibreOffice: none" in out
    assert "there is no fc-list" in out
    assert "PYTHONUTF8=1" in out


def test_programs_that_fail(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("soffice", "fc-list"):
        (tmp_path / name).write_text("#!/nowhere\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    found = surroundings.look_around()
    assert found.office_version == "?"
    assert found.fonts is not None
    assert not any(found.fonts.values())


@pytest.mark.parametrize(
    ("encoding", "can"), [("utf-8", True), ("gbk", True), ("ascii", False), ("no-such", False)]
)
def test_what_a_console_shows(encoding: str, *, can: bool) -> None:
    assert surroundings._can_print(encoding) is can
