"""A real browser, and what is asked of every page."""

from __future__ import annotations

__all__ = ["browse", "column_counts", "needs_chromium", "parsed", "phone_widths"]

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from lxml import html as lxml_html

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
needs_chromium = pytest.mark.skipif(
    CHROMIUM is None, reason="NOT TESTED in a browser: chromium is not installed"
)


def parsed(text: str) -> Any:
    return lxml_html.document_fromstring(text)


def column_counts(table: Any) -> set[int]:
    """Give how many columns the rows of a table fill, merged cells counted."""
    widths = set()
    for part in table.xpath("./thead | ./tbody | ./tfoot"):
        covered: list[int] = []
        for row in part.xpath("./tr"):
            cells = row.xpath("./td | ./th")
            widths.add(sum(int(cell.get("colspan", 1)) for cell in cells) + len(covered))
            spans = [int(cell.get("rowspan", 1)) for cell in cells]
            covered = [left - 1 for left in covered if left > 1] + [span - 1 for span in spans if span > 1]
    return widths


def browse(path: Path, *options: str, fragment: str = "") -> subprocess.CompletedProcess[str]:
    assert CHROMIUM is not None
    fixed = ["--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--v=0"]
    fixed.append(f"--user-data-dir={path.parent / 'profile'}")
    address = path.as_uri() + fragment
    return subprocess.run(
        [CHROMIUM, *fixed, *options, address], capture_output=True, text=True, timeout=120, check=True
    )


def phone_widths(page: str, room: Path) -> str:
    """Give the width of a phone's window and of the page in it, and how many pictures are cut off."""
    # No window of a browser is as narrow; a frame is. It tells its widths to the page around it.
    measured = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    cut = "[...document.querySelectorAll('.picture')].filter(one => one.scrollWidth > one.clientWidth).length"
    tell = f"parent.postMessage([innerWidth, document.documentElement.scrollWidth, {cut}].join(' '), '*')"
    inside = room / "inside.html"
    inside.write_text(measured.replace("</body>", f"<script>{tell}</script></body>"), encoding="utf-8")
    around = room / "around.html"
    hear = "addEventListener('message', event => { document.title = event.data; })"
    frame = '<iframe src="inside.html" width="390" height="844" style="border:0"></iframe>'
    around.write_text(f"<title>none</title><script>{hear}</script>{frame}", encoding="utf-8")
    dom = browse(around, "--hide-scrollbars", "--virtual-time-budget=3000", "--dump-dom").stdout
    return str(parsed(dom).findtext(".//title"))
