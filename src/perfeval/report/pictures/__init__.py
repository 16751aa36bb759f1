"""Pictures of scorecards and audits as SVG text, without any library: ``…_picture(what, language)``.

Each has a title and a description for those who do not see it, can be read in grey, on paper, on a light and on a dark
page, and is the same text for the same input. Sizes and places are whole pixels.
"""

from __future__ import annotations

__all__ = [
    "composition_picture",
    "distribution_picture",
    "execution_picture",
    "reported_picture",
    "substance_picture",
]

from perfeval.report.pictures.composition import composition_picture
from perfeval.report.pictures.distribution import distribution_picture
from perfeval.report.pictures.execution import execution_picture
from perfeval.report.pictures.reported import reported_picture
from perfeval.report.pictures.substance import substance_picture
