"""What `perfeval serve --stdio` costs beside the same scoring in one process.

Run: ``python benchmarks/serve.py [--tables 2000] [--json FILE]``. Prints a Markdown table; the exit status is 0. Wall time;
all ways take turns over the same tables, made by ``perfeval.testing`` from a stated seed. In one process means the same
JSON parsed, scored and written without pipes, after a warm-up; the service works in a process of its own, so that on two
cores the caller's part costs it nothing. "in a stream" writes in a thread while it reads;
"ask and wait" writes each request after the answer before it.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

import attrs

import perfeval
from perfeval.report import scorecards_data
from perfeval.table import SCHEMA, parse_json, read_data, table_data
from perfeval.testing import clean_evaluation

SEED = 2024
ROUNDS = 5
COMMAND = (sys.executable, "-m", "perfeval", "serve", "--stdio")


@attrs.frozen
class Line:
    """One way of asking: records a second and the ratio of its time to that in one process, by round."""

    name: str
    rates: tuple[float, ...]
    ratios: tuple[float, ...]


class Served:
    """A running service."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - this interpreter
        assert self.process.stdin
        assert self.process.stdout
        self.requests, self.answers = self.process.stdin, self.process.stdout

    def stream(self, lines: Sequence[bytes]) -> list[bytes]:
        """Write all in a thread, read all here."""
        writer = threading.Thread(target=self._write, args=(lines,))
        writer.start()
        found = [self.answers.readline() for _ in lines]
        writer.join()
        return found

    def one_by_one(self, lines: Sequence[bytes]) -> list[bytes]:
        """Wait for each answer."""
        found = []
        for line in lines:
            self._write((line,))
            found.append(self.answers.readline())
        return found

    def _write(self, lines: Sequence[bytes]) -> None:
        for line in lines:
            self.requests.write(line)
        self.requests.flush()

    def end(self) -> None:
        """End the input, and with it the service."""
        self.requests.close()
        assert self.process.wait() == 0
        self.answers.close()


def in_process(tables: Sequence[bytes]) -> list[bytes]:
    """Read, score and write in this process."""
    book = perfeval.load_rulebook("common-practice")
    found = []
    for data in tables:
        evaluations = read_data(parse_json(data, "table"), "table").evaluations
        cards = [perfeval.score(table, book) for table in evaluations]
        result = scorecards_data(cards, book, perfeval.__version__)
        found.append(json.dumps(result, ensure_ascii=False).encode())
    return found


def measured(count: int, rounds: int = ROUNDS) -> list[Line]:
    """Take turns over so many tables."""
    random = Random(SEED)  # noqa: S311 - the same tables each time
    data = [{"schema": SCHEMA, **table_data(clean_evaluation(random))} for _ in range(count)]
    tables = [json.dumps(one, ensure_ascii=False).encode() for one in data]
    lines = [
        json.dumps({"id": number, "do": "score", "evaluation": one}, ensure_ascii=False).encode() + b"\n"
        for number, one in enumerate(data)
    ]
    served = Served()
    assert totals(in_process(tables)) == totals(served.stream(lines))
    here: list[float] = []
    ways: dict[str, tuple[Callable[[Sequence[bytes]], object], list[float]]] = {
        "in a stream": (served.stream, []),
        "ask and wait": (served.one_by_one, []),
    }
    for _ in range(rounds):
        here.append(seconds(lambda: in_process(tables)))
        for ask, times in ways.values():
            times.append(seconds(lambda: ask(lines)))  # noqa: B023 - called at once
    served.end()
    rates = tuple(count / time for time in here)
    return [Line("in one process", rates, (1.0,) * rounds)] + [
        Line(
            name,
            tuple(count / time for time in times),
            tuple(ours / peer for ours, peer in zip(times, here, strict=True)),
        )
        for name, (_, times) in ways.items()
    ]


def totals(answers: Sequence[bytes]) -> list[object]:
    """Give the total of each answer, of either form."""
    read = [json.loads(line) for line in answers]
    return [one.get("result", one)["evaluations"][0]["total"] for one in read]


def seconds(work: Callable[[], object]) -> float:
    """Wall seconds of one call."""
    start = perf_counter()
    work()
    return perf_counter() - start


def main() -> None:
    """Measure, print the table, and write it as JSON where asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tables", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures to FILE")
    options = parser.parse_args()
    lines = measured(options.tables, options.rounds)
    print("| way | tables a second | time against one process (min-max) |")
    print("|---|--:|--:|")
    for line in lines:
        spread = f"{median(line.ratios):.2f} ({min(line.ratios):.2f}-{max(line.ratios):.2f})"
        print(f"| {line.name} | {median(line.rates):,.0f} | {spread} |")
    if options.json:
        text = json.dumps([attrs.asdict(line) for line in lines], indent=1) + "\n"
        options.json.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
