"""What every page is made of: templates in which texts stay texts, the style, pictures, hashes for the policy."""

from __future__ import annotations

__all__ = ["Drawing", "cleaned", "drawing", "environment", "file_text", "policy_hash"]

import re
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from importlib import resources
from typing import Any

import attrs
from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from perfeval.messages import Language, Wording

# What no page may hold, and what turns the direction of the text around it.
_UNSEEN = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_TITLE = re.compile("<title[^>]*>(.*?)</title>", re.DOTALL)
# A quotation mark of a text is escaped: this is found in attributes only.
_PICTURE_ID = re.compile('="picture-[0-9a-f]{12}')


@attrs.frozen
class Drawing:
    """A picture and its title."""

    title: Markup
    drawn: Markup


def drawing(picture: str, name: str) -> Drawing:
    """Give a picture with ids of its own: two tables may have the same picture."""
    title = _TITLE.search(picture)
    picture = _PICTURE_ID.sub(f'="picture-{name}', picture)
    # The pictures escape what they show.
    return Drawing(Markup(title[1] if title else ""), Markup(picture))  # noqa: S704


def environment(
    templates: Mapping[str, str], words: Mapping[str, Mapping[str, Wording]], language: Language
) -> Environment:
    """Give an environment of templates (name → text) in which each name of ``words`` says a wording of its own."""
    made = Environment(
        loader=DictLoader(dict(templates)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    def said(known: Mapping[str, Wording]) -> Any:
        return lambda label, /, **facts: known[label](**facts).text(language)

    made.globals.update({name: said(known) for name, known in words.items()})
    return made


def cleaned(page: str) -> str:
    """Give a page without what none may hold; U+FFFD stands in its place."""
    return _UNSEEN.sub("\ufffd", page)


def file_text(name: str, package: str = __package__) -> str:
    """Give a file of a package as text."""
    return resources.files(package).joinpath(name).read_text(encoding="utf-8")


def policy_hash(text: str) -> str:
    """Give what a content security policy calls a script or style."""
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()
