"""Make the test documents with real tools (LibreOffice, Chromium, reportlab, python-docx, openpyxl).

Run: ``python scripts/make_documents.py OUT`` for all of them, ``--small`` for the committed set (OUT is then
tests/data/documents/corpus where it is not given). Texts are the same every time; the bytes of PDFs are not.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from documents.made.corpus import SPECS, TORN, make  # noqa: E402 - found by the path above


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", nargs="?", type=Path)
    parser.add_argument("--small", action="store_true", help="only the committed set")
    parser.add_argument("--only", default="", metavar="WORDS", help="only documents whose name holds this")
    options = parser.parse_args()
    if options.out is None and not options.small:
        parser.error("OUT is needed, or --small")
    out = options.out or ROOT / "tests" / "data" / "documents" / "corpus"
    chosen = tuple(spec for spec in SPECS if spec.is_small >= options.small and options.only in spec.name)
    make(out, chosen)
    clean = sum(1 for spec in chosen if not spec.hazards & TORN)
    many = sum(1 for spec in chosen if len(spec.hazards) >= 3)
    print(f"{len(chosen)} documents, {clean} clean, {many} with three hazards or more, in {out}")


if __name__ == "__main__":
    main()
