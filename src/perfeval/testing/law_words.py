"""A broken law in the words of the field."""

from __future__ import annotations

__all__ = ["IDLE", "wording"]

from perfeval.messages import Wording
from perfeval.rulebook import Law

IDLE = Wording(
    "LAW-IDLE",
    "声明 {rule} 不守“{law}”，但没有找到不守的例子；请删去这一项声明",
    "{rule} is declared to break '{law}', and no example does; take the declaration out",
)

# What a law says, and how it is broken. DID is 完成, 实际 or 执行, whatever the rule is about.
_LAWS = {
    Law.BOUNDS: (
        "得分不能低于 0 或高于分值",
        "DID {first}得 {first_score} 分，分值只有 10 分",
        "no score is below 0 or above its weight",
        "{first} earns {first_score} of 10",
    ),
    Law.LINEAR_IN_WEIGHT: (
        "得分与分值成正比",
        "DID {first}，分值 10 分时得 {first_score} 分，5 分时得 {last_score} 分",
        "scores are in proportion to the weight",
        "{first} earns {first_score} of 10, but {last_score} of 5",
    ),
    Law.SAME_IN_OTHER_UNITS: (
        "换一个单位，得分不变",
        "DID {first}得 {first_score} 分，数字都乘 10000（万元写成元）却得 {last_score} 分",
        "another unit changes no score",
        "{first} earns {first_score}, and with all figures times 10000 (元 for 万元) {last_score}",
    ),
    Law.FULL_AT_TARGET: (
        "完成目标就得满分",
        "DID {first}只得 {first_score} 分，分值 10 分",
        "who reaches the target has full marks",
        "{first} earns only {first_score} of 10",
    ),
    Law.MONOTONE: (
        "做得更好，得分不会更低",
        "DID {first}得 {first_score} 分，DID {last}只得 {last_score} 分",
        "doing better never scores worse",
        "{first} earns {first_score}, {last} only {last_score}",
    ),
    Law.CONTINUOUS: (
        "与目标只差一点，得分也只差一点",
        "DID {first}得 {first_score} 分，差一点（{last}）就是 {last_score} 分",
        "a hair beside the target costs no more than a hair",
        "{first} earns {first_score}, a little beside it ({last}) {last_score}",
    ),
}
_ABOUT = {
    "execution": ("全年预算 {target}：", "执行", "budget {target}: "),
    "satisfaction": ("满意度 {target}：", "实际", "satisfaction {target}: "),
}
_INDICATOR = ("指标 {target}：", "完成", "target {target}: ")
_CURE = (
    '。是有意的规定，请写 [[breaks]] law = "{law}"，rule = "{rule}"，并写明 reason',
    '; if that is meant, add [[breaks]] law = "{law}", rule = "{rule}" and a reason',
)


def wording(law: Law, subject: str) -> Wording:
    """Give the sentence about a law that the rule called ``subject`` breaks."""
    says, broken, says_en, broken_en = _LAWS[law]
    about, did, about_en = _ABOUT.get(subject, _INDICATOR)
    cure, cure_en = _CURE if law.may_be_broken else ("", "")
    return Wording(
        f"LAW-{law.upper()}",
        f"{{rule}} 不守“{says}”：{about}{broken.replace('DID', did)}{cure}",
        f"{{rule}} breaks '{says_en}': {about_en}{broken_en}{cure_en}",
    )
