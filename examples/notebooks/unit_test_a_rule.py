# %% [markdown]
# # 给评分规则写单元测试 / Unit-test a rule
#
# 规则写在评分办法里；这里像测试程序一样测试它：边界上的例子、用例文件、对所有输入都成立的规律。
# 需要 / needs: `pip install 'perfeval[testing]'`

# %%
from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from perfeval import Indicator, load_rulebook, required_actual, score_indicator
from perfeval.testing import assert_lawful, load_cases

EXAMPLES = Path("..")
BOOK = load_rulebook(EXAMPLES / "rulebooks" / "bortala-2024.toml")

# %% [markdown]
# ## 例子 / Examples
# 刚好达到、差一步、超过：

# %%
for actual, score in (("8.90万元", "10.00"), ("8.91万元", "9.99"), ("8.94万元", "9.96"), ("0万元", "0")):
    made = score_indicator("<=8.90万元", actual, weight=10, rulebook=BOOK)
    assert made.score == Decimal(score), made.explain()
    print(actual, made.score)

# %% [markdown]
# ## 边界在哪里 / Where the edge is
# 不必猜：由规则倒算，哪个实际完成值刚好还能得这个分。

# %%
row = Indicator(target="<=8.90万元", weight=10)
edge = required_actual(row, 5, BOOK).actual
assert edge is not None
assert edge.format() == "17.81万元"  # 4.997 分四舍五入为 5.00
edge.format()

# %% [markdown]
# ## 用例文件 / Case files
# 会计和审计也能读写的测试；`perfeval rulebook test` 和 pytest 都会执行它。

# %%
outcomes = [case.run() for case in load_cases(EXAMPLES / "rulebooks" / "cases" / "bortala-2024.cases.toml")]
assert all(outcome.passed for outcome in outcomes)
print(len(outcomes), "cases")

# %% [markdown]
# ## 规律 / Laws
# 内置的规律：不超过分值、随分值成比例、换单位不变、达到即满分、单调、连续。

# %%
assert_lawful(BOOK)

# %% [markdown]
# 自己的规律：花得越多，成本指标的得分不会越高（0 除外：这份办法给 0 分）。


# %%
@settings(max_examples=50, deadline=None)
@given(st.integers(1, 3000), st.integers(1, 3000))
def spending_more_never_pays(one: int, other: int) -> None:
    """Compare two actuals in hundredths of 万元."""
    less, more = (f"{Decimal(n).scaleb(-2)}万元" for n in sorted((one, other)))
    scores = [score_indicator("<=8.90万元", actual, rulebook=BOOK).score for actual in (less, more)]
    assert scores[0] >= scores[1]


spending_more_never_pays()
