"""The encoding of a web page: from its first bytes, from what it states, or whichever damages least."""

from __future__ import annotations

__all__ = ["decoded"]

import re

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)",
    re.IGNORECASE,
)
_HEAD = 8192
_ENCODINGS = {
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8"), "utf-8"),
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk", "cp936", "gb_2312-80", "chinese"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5"), "big5hkscs"),
}
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def decoded(data: bytes, stated: str | None = None) -> str:
    """Decode by byte order mark, else by what is stated, else UTF-8 or GB 18030, whichever damages least."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    found = _CHARSET.search(data[:_HEAD])
    named = stated or (next(filter(None, found.groups())).decode("ascii", "replace") if found else "")
    candidates = dict.fromkeys((_ENCODINGS.get(named.lower(), "utf-8"), "utf-8", "gb18030"))
    beyond_ascii = len(data.translate(None, bytes(range(128))))
    best: tuple[int, str] | None = None
    for encoding in candidates:
        text = data.decode(encoding, "replace")
        damage = text.count("\ufffd")
        if damage * 100 <= beyond_ascii:  # a page cut off in a character is no page in another encoding
            return text
        if best is None or damage < best[0]:
            best = damage, text
    return best[1] if best else ""
