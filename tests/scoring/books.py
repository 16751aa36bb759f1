"""Small rule books for these tests: the default matches and grades, and what the test sets apart."""

from perfeval import RuleBook
from perfeval.rulebook import read_rulebook


def book(text: str = "") -> RuleBook:
    """A book of nothing but these lines."""
    return read_rulebook(f'schema = "perfeval.rulebook.v1"\nid = "own"\n{text}\n'.encode())
