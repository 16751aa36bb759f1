"""An audit as one page of HTML that holds everything itself: to read, to print, to search, to send on."""

from __future__ import annotations

__all__ = ["Documents", "page_text", "write_page"]

from pathlib import Path

from perfeval.messages import Language
from perfeval.report.dossier import Dossier
from perfeval.report.page.crops import Documents
from perfeval.report.page.rendering import page_text


def write_page(
    dossier: Dossier, path: str | Path, language: Language = "zh", documents: Documents | None = None
) -> None:
    """Write the page of an audit; the same bytes for the same audit and documents.

    ``documents`` says where the content of a source is (path or bytes) whose name is not its path. Rows of a PDF are
    shown beside their findings if it still is the file that was read.
    """
    content = page_text(dossier, language, documents)
    Path(path).write_text(content, encoding="utf-8", newline="\n")
