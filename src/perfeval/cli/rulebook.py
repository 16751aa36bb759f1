"""``perfeval rulebook ACTION``: the rule books, each setting with its basis; the other actions have modules of their own."""

from __future__ import annotations

__all__ = ["add_to"]

import argparse

from perfeval.cli import rulebook_check, rulebook_diff, rulebook_impact, rulebook_test, rulebook_vectors
from perfeval.cli.common import EXIT_DONE, add_language
from perfeval.messages import Language, Wording
from perfeval.rulebook import BUILT_IN, RuleBook, load_rulebook, setting_names, setting_value
from perfeval.scoring.explain import STATUS_TEXTS

_ANY = Wording("CLI-ANY", "不限", "any")
_NO_BASIS = Wording("CLI-NO-BASIS", "没有写依据", "no basis given")
_HEAD = Wording(
    "CLI-BOOK",
    "{id}：{title}；地区 {region}；年度 {years}；sha256 {sha256}",
    "{id}: {title}; region {region}; years {years}; sha256 {sha256}",
)


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("rulebook", help="评分办法 / rule books")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="内置的评分办法 / the built-in ones")
    add_language(listing)
    listing.set_defaults(run=_list)
    showing = actions.add_parser("show", help="设置、取值与依据 / settings, values, bases")
    showing.add_argument(
        "book", metavar="NAME|FILE", help="内置名称或 TOML 文件 / a built-in name or a TOML file"
    )
    add_language(showing)
    showing.set_defaults(run=_show)
    rulebook_check.add_to(actions)
    rulebook_diff.add_to(actions)
    rulebook_impact.add_to(actions)
    rulebook_test.add_to(actions)
    rulebook_vectors.add_to(actions)


def _list(options: argparse.Namespace) -> int:
    for name in BUILT_IN:
        book = load_rulebook(name)
        statuses = [str(basis.status) for setting in setting_names() if (basis := book.basis_of(setting))]
        counts = ", ".join(
            f"{STATUS_TEXTS[status]().text(options.lang)} {statuses.count(status)}"
            for status in dict.fromkeys(statuses)
        )
        print(f"{name:16} {book.title}  ({counts})")
    return EXIT_DONE


def _show(options: argparse.Namespace) -> int:
    book = load_rulebook(options.book)
    print(_head(book, options.lang))
    for setting in setting_names():
        basis = book.basis_of(setting)
        source = _NO_BASIS().text(options.lang)
        if basis is not None:
            source = f"[{STATUS_TEXTS[basis.status]().text(options.lang)}] {basis.source}" + (
                f" ({basis.note})" if basis.note else ""
            )
        print(f"  {setting} = {setting_value(book, setting)}\n      {source}")
    return EXIT_DONE


def _head(book: RuleBook, language: Language) -> str:
    unlimited = _ANY().text(language)
    years = "-".join(str(year) for year in book.years) or unlimited
    region = " ".join(book.region) or unlimited
    return _HEAD(id=book.id, title=book.title, region=region, years=years, sha256=book.sha256[:12]).text(
        language
    )
