"""Walks a formula."""

from collections.abc import Iterator

import attrs


def children(part: object) -> Iterator[object]:
    """The values of a node's fields, those of a tuple one by one."""
    kind = type(part)
    if attrs.has(kind):
        yield from (getattr(part, each.name) for each in attrs.fields(kind))
    elif isinstance(part, tuple):
        yield from part


def parts(node: object) -> Iterator[object]:
    """A formula and everything in it, down to texts and integers."""
    yield node
    for child in children(node):
        yield from parts(child)
