# %% [markdown]
# # 同一批表，不同评分办法 / The same tables under other rule books
#
# 各地的算法不同，是评分办法里的设置不同。先看两份办法差在哪里，再看差多少分。

# %%
from decimal import Decimal
from pathlib import Path

import perfeval
from perfeval.comparing import differing_settings, impact_of

EXAMPLES = Path("..")

# %%
common = perfeval.load_rulebook("common-practice")
own = perfeval.load_rulebook(EXAMPLES / "rulebooks" / "bortala-2024.toml")
own

# %% [markdown]
# ## 差在哪里 / What differs

# %%
for setting in differing_settings(common, own):
    print(setting.name, "|", setting.first, "|", setting.second)

# %% [markdown]
# ## 差多少 / What it changes

# %%
files = sorted((EXAMPLES / "bortala-2024").glob("*.toml"))
tables = [table for file in files for table in perfeval.read(file).evaluations]
impact = impact_of(common, own, tables)
print(impact.tables, "tables,", impact.changed_rows, "rows and", impact.changed_totals, "totals change")
for changed in impact.changes:
    print(changed.first.evaluation.name, changed.first.total, "->", changed.second.total)
    for before, after in changed.rows:
        print("  ", before.score, "->", after.score)

# %% [markdown]
# 唯一的差别：上限指标实际为 0 时给满分还是 0 分。公开的得分是 0 分，所以这份办法更像当地用的那一份。

# %%
(dry_port,) = (change for change in impact.changes if change.in_total)
assert (dry_port.first.total, dry_port.second.total) == (Decimal("91.75"), Decimal("81.75"))
dry_port.second

# %% [markdown]
# ## 一张表换一份办法 / One table, another book

# %%
change = perfeval.what_if(dry_port.first, rulebook=own)
assert change == dry_port
[(before.score, after.score) for before, after in change.rows]
