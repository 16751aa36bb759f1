# %% [markdown]
# # 审核一个省的数据 / Audit a province's Parquet
#
# 财政系统导出的是数据，不是文件：一行一个指标。这里先把示例写成这样一个 Parquet（代替系统导出），再读回、审核、写出问题清单。
# 需要 / needs: `pip install 'perfeval[frames]'`

# %%
from collections import defaultdict
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

import perfeval
from perfeval import Evaluation, Funding, Indicator, Total
from perfeval.report.pictures import distribution_picture, execution_picture, substance_picture

EXAMPLES = Path("..")

# %% [markdown]
# ## 一个导出文件 / An export
# 每个单元格都是原样的文字：数字还没有变成数字，空白、0、“—”也还是三回事。

# %%
FIELDS = ("level1", "level2", "level3", "rule", "deviation")
CELLS = ("target", "actual", "weight", "score")


def text(cell):
    """Give what a cell says; None where there is none."""
    return None if cell is None else cell.text


def exported(table):
    """Give the rows of a table as a finance system would export them."""
    money = next((row for row in table.funding if row.adjusted is not None), Funding())
    shared = {
        "project": table.name,
        "unit": table.organisation,
        "year": table.year,
        "amount_unit": table.amount_unit,
        "budget": text(money.adjusted),
        "executed": text(money.executed),
        "total": text(table.total.score),
    }
    for row in table.indicators:
        words = {name: getattr(row, name) for name in FIELDS}
        yield shared | words | {name: text(getattr(row, name)) for name in CELLS}


files = sorted((EXAMPLES / "bortala-2024").glob("*.toml"))
rows = [row for file in files for table in perfeval.read(file).evaluations for row in exported(table)]
pq.write_table(pa.Table.from_pylist(rows), "indicators.parquet")

# %% [markdown]
# ## 读回成表 / Rows to tables

# %%
projects = defaultdict(list)
for row in pq.read_table("indicators.parquet").to_pylist():
    projects[row["unit"], row["project"], row["year"]].append(row)

tables = [
    Evaluation(
        name=project,
        organisation=unit,
        year=year,
        amount_unit=filed[0]["amount_unit"],
        funding=[Funding(label="年度资金总额", adjusted=filed[0]["budget"], executed=filed[0]["executed"])],
        indicators=[Indicator(**{name: row[name] for name in (*FIELDS, *CELLS)}) for row in filed],
        total=Total(score=filed[0]["total"]),
    )
    for (unit, project, year), filed in projects.items()
]
cards = [perfeval.score(table) for table in tables]
assert len(cards) == 8

# %% [markdown]
# ## 审核 / Audit

# %%
result = perfeval.audit(tables)
assert "PE103" in {finding.code for finding in result.findings}
result

# %%
distribution_picture(cards)

# %%
execution_picture(cards)

# %% [markdown]
# 分值里有多少能由数据复算，多少只是重复预算与执行数，多少只有文字表述：

# %%
substance_picture(result)

# %% [markdown]
# ## 结果写回 / Results as Parquet

# %%
pq.write_table(perfeval.to_frame(cards, "pyarrow"), "scores.parquet")
pq.write_table(result.to_frame("pyarrow"), "findings.parquet")
findings = pq.read_table("findings.parquet", columns=["code", "severity", "name", "message", "points"])
assert not [kind for kind in findings.schema.types if pa.types.is_floating(kind)]
findings
