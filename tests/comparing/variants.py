"""Books that differ from one plain book in exactly one setting, for each setting that a score depends on."""

from perfeval.rulebook import RuleBook, read_rulebook

_BANDS = '[{ from = "90%", factor = "1" }, { from = "80%", factor = "0.8" }, { from = "0%", factor = "0" }]'
_PLAIN = {
    "rounding": "",
    "execution": "",
    "settings": 'reverse = "ratio"',
    "graded": "",
    "accept": "",
    "weights": "",
    "lists": "",
}
# Setting, section, what stands there instead.
VARIANTS = (
    ("rounding.step", "rounding", 'step = "0.1"'),
    ("rounding.mode", "rounding", 'mode = "half-even"'),
    ("rounding.mode", "rounding", 'mode = "truncate"'),
    ("rounding.rate_first", "rounding", "rate_first = true"),
    ("execution.weight", "execution", 'weight = "20"'),
    ("execution.rule", "execution", f'rule = {{ kind = "banded", bands = {_BANDS} }}'),
    ("execution.rule", "execution", 'rule = { kind = "proportional", pass_line = "70%" }'),
    ("execution.rows", "execution", 'rows = ["支出进度"]'),
    ("execution.most_weight", "execution", 'most_weight = "15"'),
    ("settings.reverse", "settings", 'reverse = "linear"'),
    ("settings.reverse", "settings", 'reverse = "cliff"'),
    ("settings.equality", "settings", 'equality = "exact"'),
    ("settings.zero_under_ceiling", "settings", 'zero_under_ceiling = "zero"'),
    ("settings.zero_under_ceiling", "settings", 'zero_under_ceiling = "unscorable"'),
    ("settings.pass_line", "settings", 'pass_line = "0.6"'),
    ("settings.pass_line", "settings", 'pass_line = "0.995"'),
    ("settings.ladder", "settings", 'ladder = [{ from = "1.5", factor = "0.9" }]'),
    ("settings.ladder", "settings", 'ladder = [{ from = "7.25", factor = "0.9" }]'),
    ("settings.satisfaction", "settings", f"satisfaction = {{ bands = {_BANDS} }}"),
    ("settings.lower_is_better", "settings", 'lower_is_better = ["投诉", "延误"]'),
    ("settings.lower_is_better_except", "settings", "lower_is_better_except = []"),
    ("settings.over_achievement", "settings", 'over_achievement = ["1.3"]'),
    ("graded.bands", "graded", 'bands = ["0.8", "0.5"]'),
    ("accept.reverse", "accept", 'reverse = ["linear"]'),
    ("accept.satisfaction", "accept", f"satisfaction = [{{ bands = {_BANDS} }}]"),
    ("weights.sum", "weights", 'sum = "90"'),
    ("weights.inapplicable", "weights", 'inapplicable = "rescale"'),
    ("match", "lists", '[[match]]\nlevel1 = ["产出"]\nrule = { kind = "direct" }\n[[match]]\nrule = { kind = "proportional" }'),
    ("match", "lists", '[[match]]\nrule = { kind = "proportional", reverse = "cliff" }'),
    ("grades", "lists", '[[grades]]\nname = "合格"\nfrom = "60"\n[[grades]]\nname = "不合格"\nfrom = "0"'),
)  # fmt: skip


def book_with(section: str = "settings", text: str = 'reverse = "ratio"', name: str = "other") -> RuleBook:
    """The plain book with another text in one section."""
    sections = {**_PLAIN, section: text}
    lists = sections.pop("lists")
    lines = ['schema = "perfeval.rulebook.v1"', f'id = "{name}"']
    lines += [f"[{section}]\n{text}" for section, text in sections.items()]
    return read_rulebook("\n".join([*lines, lists]).encode())


PLAIN = book_with(name="plain")
