"""What one page of a PDF shows: its characters, its rules and its pictures, each with its position."""

from __future__ import annotations

__all__ = ["view_page"]

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFFont
from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter, PDFResourceManager, PDFTextState
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream
from pdfminer.utils import apply_matrix_pt, apply_matrix_rect

from perfeval.documents.limits import Meter
from perfeval.documents.pdf.glyph import PLAIN_DIRECTIONS, Glyph, Matrix, character, glyph_at
from perfeval.documents.pdf.opening import BrokenError
from perfeval.documents.pdf.shapes import (
    Box,
    Rule,
    around,
    common,
    corners,
    frames,
    holds,
    points_of,
    straight,
)
from perfeval.documents.pdf.turning import PageView, turned

_THIN = 4.0  # exact: points; the thickest line that still rules a table
_SLOPE = 1.0  # exact: points by which a rule may be out of true
_NEAR = 1.0  # exact: points by which something may stick out of the visible part
_WHITE = 0.98  # exact: brightness
_SOME_OBJECTS = 256
_OPERANDS = 100_000
_STATES = 10_000
_INVISIBLE_MODES = {3, 7}


class _Interpreter(PDFPageInterpreter):
    """Keeps what pdfminer forgets: the clip; and stops what never ends."""

    device: _Device

    def init_state(self, ctm: Matrix) -> None:
        super().init_state(ctm)
        self._clips: list[Box] = []

    def push(self, obj: Any) -> None:
        self.argstack.append(obj)
        if len(self.argstack) > _OPERANDS:
            raise BrokenError("operands")

    def do_q(self) -> None:
        super().do_q()
        self._clips.append(self.device.clip)
        if len(self._clips) > _STATES:
            raise BrokenError("states")

    def do_Q(self) -> None:  # noqa: N802 - the operator's name in PDF
        if self._clips:
            self.device.clip = self._clips.pop()
        super().do_Q()

    def do_W(self) -> None:  # noqa: N802 - the operator's name in PDF
        self.device.clip_to(points_of(self.curpath))

    do_W_a = do_W  # noqa: N815 - the operator's name in pdfminer

    def do_Do(self, xobjid_arg: Any) -> None:  # noqa: N802 - the operator's name in PDF
        self.device.count()
        clip = self.device.clip
        super().do_Do(xobjid_arg)
        self.device.clip = clip


class _Device(PDFTextDevice):
    """Writes down what is painted."""

    ctm: Matrix

    def __init__(self, resources: PDFResourceManager, meter: Meter) -> None:
        super().__init__(resources)
        self._meter = meter
        self._objects = 0
        self._mode = 0
        self._figures: list[Box] = []
        self.height = 0.0  # exact: length on a page
        self.width = 0.0  # exact: length on a page
        self.clip: Box = (-math.inf, -math.inf, math.inf, math.inf)
        self.glyphs: list[Glyph] = []
        self.rules: list[Rule] = []
        self.pictures: list[Box] = []
        self.fills: list[tuple[Box, bool]] = []
        self.hidden = 0

    def count(self) -> None:
        self._objects += 1
        if self._objects % _SOME_OBJECTS == 0:
            self._meter.clock()

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        x0, y0, x1, y1 = apply_matrix_rect(ctm, page.mediabox)
        self.width, self.height = x1 - x0, y1 - y0
        for box in (page.mediabox, page.cropbox):
            visible = apply_matrix_rect(ctm, box)
            self._narrow((visible[0], self.height - visible[3], visible[2], self.height - visible[1]))

    def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:
        del name
        box = self._placed([apply_matrix_pt(matrix, point) for point in corners(bbox)])
        self._figures.append(box)
        self._narrow(box)

    def end_figure(self, name: str) -> None:
        del name
        self._figures.pop()

    def render_image(self, name: str, stream: PDFStream) -> None:
        del name, stream
        self.count()
        box = common(self._figures[-1], self.clip)
        self.pictures.append(box)
        self.fills.append((box, False))

    def clip_to(self, points: Iterable[tuple[float, float]]) -> None:
        """Narrow the clip to the box around a path."""
        path = list(points)
        if path:
            self._narrow(self._placed(path))

    def paint_path(
        self,
        graphicstate: PDFGraphicState,
        stroke: bool,  # noqa: FBT001 - pdfminer's signature
        fill: bool,  # noqa: FBT001 - pdfminer's signature
        evenodd: bool,  # noqa: FBT001 - pdfminer's signature
        path: Sequence[Any],
    ) -> None:
        del evenodd
        self.count()
        pieces = [[self._placed_point(point) for point in piece] for piece in straight(path)]
        width = graphicstate.linewidth
        if stroke:
            for piece in pieces:
                self._stroke(piece, width)
        if fill:
            white = _is_white(graphicstate.ncolor, graphicstate.ncs)
            self._fill([around(piece) for piece in pieces], white=white)

    def render_string(
        self, textstate: PDFTextState, seq: Any, ncs: PDFColorSpace, graphicstate: PDFGraphicState
    ) -> None:
        self._mode = textstate.render
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(
        self,
        matrix: Matrix,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> float:
        self.count()
        advance = font.char_width(cid) * fontsize * scaling
        text = character(font, cid)
        if text:
            glyph = glyph_at(text, matrix, font, fontsize, advance, rise, cid, self.height)
            if text == " " or self._is_seen(glyph, graphicstate.ncolor, ncs):
                self.glyphs.append(glyph)
            else:
                self.hidden += 1
        return advance

    def _is_seen(self, glyph: Glyph, color: object, space: PDFColorSpace) -> bool:
        if self._mode in _INVISIBLE_MODES or not holds(self.clip, glyph.middle_x, glyph.middle_y, _NEAR):
            return False
        if not _is_white(color, space):
            return True
        under = (
            white for box, white in reversed(self.fills) if holds(box, glyph.middle_x, glyph.middle_y, 0)
        )
        return not next(under, True)

    def _placed_point(self, point: tuple[float, float]) -> tuple[float, float]:
        x, y = apply_matrix_pt(self.ctm, point)
        return x, self.height - y

    def _placed(self, points: Iterable[tuple[float, float]]) -> Box:
        return around([self._placed_point(point) for point in points])

    def _narrow(self, box: Box) -> None:
        self.clip = common(self.clip, box)

    def _stroke(self, piece: list[tuple[float, float]], width: float) -> None:
        if width > _THIN:
            return
        for (x0, y0), (x1, y1) in pairwise(piece):
            if abs(x1 - x0) <= _SLOPE and abs(y1 - y0) > _SLOPE:
                self._rule((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)), upright=True)
            elif abs(y1 - y0) <= _SLOPE and abs(x1 - x0) > 0:
                self._rule((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)), upright=False)

    def _fill(self, boxes: list[Box], *, white: bool) -> None:
        for box in boxes:
            wide, high = box[2] - box[0], box[3] - box[1]
            if wide <= _THIN:
                self._rule(box, upright=True)
            if high <= _THIN:
                self._rule(box, upright=False)
            if wide > _THIN and high > _THIN:
                self.fills.append((box, white))
        for outer, inner in pairwise(boxes):
            if frames(outer, inner) or frames(inner, outer):
                x0, y0, x1, y1 = ((a + b) / 2 for a, b in zip(outer, inner, strict=True))
                for x in (x0, x1):
                    self._rule((x, y0, x, y1), upright=True)
                for y in (y0, y1):
                    self._rule((x0, y, x1, y), upright=False)

    def _rule(self, box: Box, *, upright: bool) -> None:
        clip = self.clip
        wide = (clip[0] - _THIN, clip[1] - _THIN, clip[2] + _THIN, clip[3] + _THIN)
        x0, y0, x1, y1 = common(box, wide)
        if x0 > x1 or y0 > y1:
            return
        if upright:
            self.rules.append(Rule(True, (x0 + x1) / 2, y0, y1))  # noqa: FBT003 - the field's own place
        else:
            self.rules.append(Rule(False, (y0 + y1) / 2, x0, x1))  # noqa: FBT003 - the field's own place


def view_page(page: PDFPage, resources: PDFResourceManager, meter: Meter) -> PageView:
    """Look at one page, turned so that most of its text runs to the right."""
    device = _Device(resources, meter)
    _Interpreter(resources, device).process_page(page)
    plain = Counter(glyph.direction for glyph in device.glyphs if glyph.text.strip())
    direction = max(range(PLAIN_DIRECTIONS), key=lambda turn: (plain[turn], -turn))
    if direction == 0 or 2 * plain[direction] <= plain.total():
        direction = 0
    view = PageView(
        width=device.width,
        height=device.height,
        glyphs=tuple(device.glyphs),
        rules=tuple(device.rules),
        pictures=tuple(device.pictures),
        hidden=device.hidden,
    )
    return turned(view, direction)


def _is_white(color: object, space: PDFColorSpace) -> bool:
    parts = color if isinstance(color, tuple | list) else (color,)
    if not all(isinstance(part, int | float) for part in parts):
        return False
    if len(parts) == 4:
        return all(part <= 1 - _WHITE for part in parts)
    if space.name in {"Separation", "DeviceN", "Indexed", "Pattern"}:
        return False
    return all(part >= _WHITE for part in parts)
