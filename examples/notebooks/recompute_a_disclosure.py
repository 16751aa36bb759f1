# %% [markdown]
# # 复算一份公开的绩效自评表 / Recompute a disclosure
#
# 读 PDF，按评分办法复算每一行，看每个数字从哪里来，再看改一个数字会怎样。
# 需要 / needs: `pip install 'perfeval[documents]'`

# %%
from decimal import Decimal
from pathlib import Path

import perfeval
from perfeval.report.pictures import composition_picture, reported_picture

EXAMPLES = Path("..")

# %% [markdown]
# ## 读 / Read
# 每个单元格都记得自己写在哪一页哪一行。

# %%
reading = perfeval.read(EXAMPLES / "documents" / "bortala-2024.pdf")
table = reading.evaluations[4]
table

# %%
str(table.place("indicators[4]"))

# %% [markdown]
# ## 复算 / Recompute
# 自评 10 分、复算 9.96 分的一行标了出来；点开“依据”看算式。

# %%
card = perfeval.score(table)
card

# %%
travel = card.indicators[4]
assert (travel.reported_score, travel.score) == (Decimal(10), Decimal("9.96"))
print(travel.explain())

# %%
composition_picture(card)

# %%
reported_picture(card)

# %% [markdown]
# ## 如果…… / What if
# 差旅费若为 8.90 万元，其余不变：

# %%
change = perfeval.what_if(card, {"差旅费.actual": "8.90万元"})
assert [(before.score, after.score) for before, after in change.rows] == [(Decimal("9.96"), Decimal("10.00"))]
change.first.total, change.second.total

# %% [markdown]
# 反过来问：差旅费最多多少，还能得 9.9 分？按原评分办法倒算，并已用复算验证。

# %%
required = perfeval.required_actual(travel, "9.9")
assert required.actual is not None
assert required.actual.format() == "8.99万元"
required.actual.format()

# %% [markdown]
# ## 成表 / As a data frame
# 没有二进制浮点数：pandas、polars、pyarrow 里都是小数（decimal）。需要 `pip install 'perfeval[frames]' pandas`。

# %%
frame = card.to_frame()
assert frame["score"].sum() == Decimal("91.75")
frame[["level3", "target", "actual", "weight", "reported", "score", "difference"]]
