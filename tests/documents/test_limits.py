"""Limits: the last amount within each is admitted, the first beyond it refused in one sentence."""

import io
import zipfile

import pytest

from perfeval.documents.limits import DEFAULT_LIMITS, Limits, Meter, refused
from perfeval.errors import UnreadableError
from perfeval.messages import Wording


def zipped(*files: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return stream.getvalue()


def refusal(error: pytest.ExceptionInfo[UnreadableError]) -> str:
    (problem,) = error.value.problems
    assert problem.message.text("zh") != problem.message.text("en")
    assert "{" not in problem.message.text("zh") + problem.message.text("en")
    return f"{problem.file} {problem.message.code}"


@pytest.mark.parametrize(
    ("limits", "method", "within", "beyond", "code"),
    [
        (Limits(size=5), "size", 5, 6, "IN-SIZE"),
        (Limits(unpacked=5), "unpack", 5, 6, "IN-UNPACKED"),
        (Limits(cells=5), "cells", 5, 6, "IN-CELLS"),
        (Limits(cell_length=5), "text", "12345", "123456", "IN-LENGTH"),
        (Limits(nesting=5), "nesting", 5, 6, "IN-NESTING"),
    ],
)
def test_each_limit(limits: Limits, method: str, within: object, beyond: object, code: str) -> None:
    getattr(Meter("a.pdf", limits), method)(within)
    with pytest.raises(UnreadableError) as error:
        getattr(Meter("a.pdf", limits), method)(beyond)
    assert refusal(error) == f"a.pdf {code}"


def test_counts_add_up() -> None:
    meter = Meter("a.pdf", Limits(pages=2, cells=5, unpacked=5))
    meter.page()
    meter.page()
    meter.cells(2)
    meter.cells(3)
    meter.unpack(2)
    meter.unpack(3, "x")
    for use, code in (
        (meter.page, "IN-PAGES"),
        (lambda: meter.cells(1), "IN-CELLS"),
        (lambda: meter.unpack(1), "IN-UNPACKED"),
    ):
        with pytest.raises(UnreadableError) as error:
            use()
        assert refusal(error) == f"a.pdf {code}"


def test_size_length_and_nesting_are_each_by_themselves() -> None:
    meter = Meter("a.pdf", Limits(size=5, cell_length=5, nesting=1))
    for _ in range(3):
        meter.size(5)
        meter.nesting(1)
        assert meter.text("12345") == "12345"


def test_time() -> None:
    Meter("a.pdf").clock()
    late = Meter("a.pdf", Limits(seconds=-1))
    for use in (late.clock, late.page, lambda: late.cells(1)):
        with pytest.raises(UnreadableError) as error:
            use()
        assert refusal(error) == "a.pdf IN-TIME"


def test_refused() -> None:
    wording = Wording("IN-X", "不行：{why}", "no: {why}")
    assert Meter("a.pdf").refused(wording(why=1)).text("en") == "a.pdf: no: 1"
    assert refused("b.pdf", wording(why=2)).text() == "b.pdf: 不行：2"
    assert Meter("a.pdf").limits is DEFAULT_LIMITS
