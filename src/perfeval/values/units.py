"""Units of the field, their dimensions and exact factors; a table that a user can extend.

    unit      = [multiplier] name { "/" name { "·" name } }     元/人·天, 万元/亩, 亿立方米
    multiplier = "百" | "千" | "万" | "百万" | "亿" | ...          multiplies any unit

Two units can be compared where their dimensions are the same: 元 and 万元, 亩 and 平方米. Every
counting word (次, 场, 户 ...) is a dimension of its own, because 3次 are not 3场.
"""

from __future__ import annotations

__all__ = ["COUNT", "DEFAULT_UNITS", "NO_UNIT", "Unit", "UnitTable"]

import re
from collections.abc import Mapping
from math import gcd

import attrs

from perfeval.values.numerals import MULTIPLIERS

COUNT = "count:"
"""Prefix of the dimension of a counting word: ``count:次``."""


@attrs.frozen
class Unit:
    """One unit: its symbol, its dimension, and how many base units it is (a ratio of integers).

    ``multiplier`` is the 万 or the like in front of it, already part of the size; ``assumed`` says that
    a part (the currency of ``28.40/株``) was left out and supplied.
    """

    symbol: str
    dimension: str
    numerator: int = 1
    denominator: int = 1
    multiplier: int = 1
    assumed: bool = False

    @property
    def is_bare(self) -> bool:
        """No unit is written; 万 alone still counts as no unit."""
        return self.dimension == ""

    @property
    def is_absent(self) -> bool:
        """Nothing is written, not even 万. (By value: a unit that was pickled is another object.)"""
        return not self.symbol

    @property
    def is_percent(self) -> bool:
        """Written as %, ‰, 成 or 百分比."""
        return self.dimension == "ratio"

    @property
    def is_counted(self) -> bool:
        """A counting word, or none, without 万: whole numbers of it are exact."""
        return self.multiplier == 1 and (self.dimension == "" or self.dimension.startswith(COUNT))

    def times(self, factor: int, sign: str) -> Unit:
        """Give the unit with 万 or another multiplier in front."""
        return attrs.evolve(
            self, symbol=sign + self.symbol, numerator=self.numerator * factor, multiplier=factor
        )

    def unmultiplied(self) -> Unit:
        """Give the unit without its multiplier: 元 of 万元."""
        sign = next((sign for sign, factor in MULTIPLIERS.items() if factor == self.multiplier), "")
        return attrs.evolve(
            self,
            symbol=self.symbol.removeprefix(sign),
            denominator=self.denominator * self.multiplier,
            multiplier=1,
        )

    def completed_by(self, whole: Unit) -> Unit:
        """Give what this unit is beside a whole one: none beside 万元 is 万元, 万 is 万元 as well, others stay."""
        if self.is_absent:
            return whole
        if self.is_bare and not whole.is_bare:
            return whole.unmultiplied().times(self.multiplier, self.symbol)
        return self

    def per(self, below: tuple[Unit, ...], *, assumed: bool = False) -> Unit:
        """Give this unit divided by others: 元 per 人 and 天 is 元/人·天."""
        numerator, denominator = self.numerator, self.denominator
        for unit in below:
            numerator, denominator = numerator * unit.denominator, denominator * unit.numerator
        shared = gcd(numerator, denominator)
        return Unit(
            symbol=f"{self.symbol}/{'·'.join(unit.symbol.removeprefix('个') or '个' for unit in below)}",
            dimension=f"{self.dimension}/{'·'.join(sorted(unit.dimension for unit in below))}",
            numerator=numerator // shared,
            denominator=denominator // shared,
            multiplier=self.multiplier,
            assumed=assumed,
        )


NO_UNIT = Unit("", "")

_BETWEEN = ("·", "每", "*", "、", ".", "×", "/", "•", "・", "∙")  # as people separate 人 and 天 in 元/人·天
_PERSON_TIMES = {"人天": ("人", "天"), "人月": ("人", "月")}

# Names of one unit, its dimension, and its size in the base unit of the dimension.
_CONVERTIBLE: tuple[tuple[str, str, int, int], ...] = (
    ("元 圆 块钱 人民币 元人民币", "money", 1, 1),
    ("角", "money", 1, 10),
    ("% 百分比 ﹪", "ratio", 1, 100),
    ("‰", "ratio", 1, 1000),
    ("成", "ratio", 1, 10),
    ("个百分点 百分点", "point", 1, 1),
    ("倍", "times", 1, 1),
    ("米 m 公尺", "length", 1, 1),
    ("公里 千米 km KM Km", "length", 1000, 1),
    ("分米 dm", "length", 1, 10),
    ("厘米 cm CM", "length", 1, 100),
    ("毫米 mm MM", "length", 1, 1000),
    ("平方米 平米 平方 ㎡ m² m2", "area", 1, 1),
    ("亩", "area", 2000, 3),
    ("公顷 ha hm²", "area", 10_000, 1),
    ("平方公里 平方千米 ㎢ km² k㎡ km2", "area", 1_000_000, 1),
    ("立方米 立方 ㎥ m³ m3", "volume", 1, 1),
    ("升 L l", "volume", 1, 1000),
    ("毫升 ml mL", "volume", 1, 1_000_000),
    ("克 g", "mass", 1, 1),
    ("毫克 mg", "mass", 1, 1000),
    ("斤", "mass", 500, 1),
    ("公斤 千克 kg KG Kg", "mass", 1000, 1),
    ("吨 t", "mass", 1_000_000, 1),
    ("秒 秒钟", "clock", 1, 60),
    ("分钟", "clock", 1, 1),
    ("小时 个小时 h", "clock", 60, 1),
    ("天 日", f"{COUNT}天", 1, 1),
    ("个月 月", f"{COUNT}月", 1, 1),  # written 个月, because 12月 is December
    ("年", f"{COUNT}月", 12, 1),
    ("人 名 位", f"{COUNT}人", 1, 1),
    ("℃ °C", "measure:℃", 1, 1),
    ("千瓦 kW KW", "measure:千瓦", 1, 1),
    ("千瓦时 kWh", "measure:千瓦时", 1, 1),
    ("分贝 dB", "measure:分贝", 1, 1),
)

# Counting words, each a dimension of its own; words after "=" are other spellings of it.
_COUNTED = (
    "次 人次=人/次 户 个=个项目,个村,个社区,个点 项 套 份 辆=辆车 场 期 件 篇 种 只 头 株 棵 条 部 座 处 家=家企业 组 批 批次 间 台 "
    "架 艘 架次 车次 户次 场次 家次 台次 件次 课次 班次 船次 例 起 宗 笔 封 本 册 张 幅 片 口 眼 根 支 队 班 届 门 节 课时 学时 "
    "学分 所 栋 幢 层 条次 路 孔 盏 面 箱 袋 瓶 桶 包 盒 卷 堂 轮 遍 回 趟 对 双 匹 羽 尾 枚 粒 颗 丛 盆 桩 案 款 类 "
    "分 工作日=个工作日 周=星期,个星期 季度=个季度 学年 村 镇 乡 县 市 社区 街道 校 馆 站 点 块 方 延米=延长米 人天=人日,人·天 人月=人·月 "
    "标箱 字 页 词 帧 集 首 幕 桌 床=张床位,个床位 床位 车位 泊位 "
    "岗位 工日 处次 组次 标段 单元 单 枝 捆 "
    "只次 头次 羽次 篇次 期次 台套=台(套),台/套 项次 顶 件套=件(套),件/套"
)


# Measured, not counted, and not converted.
_PHYSICAL = "吨公里 度 MW 兆瓦 TB GB MB 美元 欧元 港元 英镑 日元"


def _default_units() -> dict[str, Unit]:
    units: dict[str, Unit] = {symbol: Unit(symbol, f"measure:{symbol}") for symbol in _PHYSICAL.split()}
    for names, dimension, numerator, denominator in _CONVERTIBLE:
        symbol = names.split()[0]
        unit = Unit(symbol, dimension, numerator, denominator)
        units.update(dict.fromkeys(names.split(), unit))
    for entry in _COUNTED.split():
        symbol, _, others = entry.partition("=")
        unit = Unit(symbol, f"{COUNT}{symbol}")
        units.update(dict.fromkeys([symbol, *filter(None, others.split(","))], unit))
    pieces = units["个"]
    for entry in _COUNTED.split():  # 8个街道 are 8个
        units.setdefault(f"个{entry.partition('=')[0]}", pieces)
    # The commonest multiplied units, so that a plain cell needs one look-up; the others are put together.
    for sign in ("千", "万", "百万", "亿"):
        units[f"{sign}元"] = units[f"{sign}元人民币"] = units["元"].times(MULTIPLIERS[sign], sign)
    return units


@attrs.frozen
class UnitTable:
    """Unit names and what they mean; ``extended`` gives a larger one.

    >>> DEFAULT_UNITS.extended({"口井": Unit("口井", "count:口井")}).read("口井", 0)[0].symbol
    '口井'
    """

    names: Mapping[str, Unit]
    _name: re.Pattern[str] = attrs.field(init=False, repr=False, eq=False)
    _multiplier: re.Pattern[str] = attrs.field(init=False, repr=False, eq=False)

    @_name.default
    def _compile_name(self) -> re.Pattern[str]:
        longest_first = sorted(self.names, key=len, reverse=True)
        return re.compile("|".join(re.escape(name) for name in longest_first))

    @_multiplier.default
    def _compile_multiplier(self) -> re.Pattern[str]:
        longest_first = sorted(MULTIPLIERS, key=len, reverse=True)
        return re.compile("|".join(longest_first))

    def extended(self, more: Mapping[str, Unit]) -> UnitTable:
        """Give a table with more names, or with other meanings for known ones."""
        return UnitTable({**self.names, **more})

    def read(self, text: str, position: int) -> tuple[Unit, int]:
        """Read the longest unit at ``position``; give it and the position after it.

        Gives ``NO_UNIT`` and the same position where none is written. The text is folded and
        holds no white space.
        """
        unit, end = self._read_one(text, position)
        below: list[Unit] = []
        if text[end : end + 1] in ("/", "每"):
            start = end + 1
            part, after = self._read_one(text, start)
            while part.dimension:
                below.extend(self._split(part))
                end = after
                start = end + 1 if text[end : end + 1] in _BETWEEN else end
                part, after = self._read_one(text, start)
        if not below:
            return unit, end
        if unit.is_bare:  # 28.40/株: the currency was left out before the slash
            money = attrs.evolve(unit, symbol=f"{unit.symbol}元", dimension="money")
            return money.per(tuple(below), assumed=True), end
        return unit.per(tuple(below)), end

    def whole(self, text: str) -> Unit | None:
        """Read a text that is nothing but a unit, or empty; None where it is something else."""
        if not text:
            return NO_UNIT
        unit = self.names.get(text)
        if unit is None:
            unit, end = self.read(text, 0)
            if end != len(text):
                return None
        return unit

    def _split(self, unit: Unit) -> tuple[Unit, ...]:
        """Below a slash, 人天 is 人 and 天: 元/人天 is 元/人·天."""
        return (
            tuple(self.names[name] for name in _PERSON_TIMES[unit.symbol])
            if unit.symbol in _PERSON_TIMES
            else (unit,)
        )

    def _read_one(self, text: str, position: int) -> tuple[Unit, int]:
        found = self._name.match(text, position)
        if found:
            return self.names[found.group()], found.end()
        multiplier = self._multiplier.match(text, position)
        if not multiplier:
            return NO_UNIT, position
        factor = MULTIPLIERS[multiplier.group()]
        found = self._name.match(text, multiplier.end())
        if found:
            return self.names[found.group()].times(factor, multiplier.group()), found.end()
        return NO_UNIT.times(factor, multiplier.group()), multiplier.end()


DEFAULT_UNITS = UnitTable(_default_units())
