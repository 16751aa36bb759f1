"""examples/spark_job.py, submitted as on a cluster, in local mode: what single tables get, and a plan without Python."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import perfeval
from perfeval.table import table_data
from perfeval.table.flat import flat_rows
from spark.conftest import WITHOUT_SPARK
from spark.test_agreement import PYTHON

pa = pytest.importorskip("pyarrow", reason=WITHOUT_SPARK)
pq = pytest.importorskip("pyarrow.parquet", reason=WITHOUT_SPARK)
pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]


def test_the_job_scores_the_published_tables(tmp_path: Path) -> None:
    submit = shutil.which("spark-submit", path=str(Path(sys.executable).parent))
    if submit is None or shutil.which("java") is None:
        pytest.skip(WITHOUT_SPARK)
    paths = sorted((ROOT / "examples/bortala-2024").glob("*.toml"))
    tables = [table for path in paths for table in perfeval.read(path).evaluations]
    source, target = tmp_path / "in.parquet", tmp_path / "out"
    pq.write_table(pa.Table.from_pylist(list(flat_rows(map(table_data, tables)))), source)
    command = [
        submit,
        "--master",
        "local[2]",
        "--conf",
        "spark.ui.enabled=false",
        "--conf",
        "spark.driver.host=localhost",
    ]
    command += ["examples/spark_job.py", str(source), str(target), "--explain"]
    environment = {**os.environ, "PYSPARK_PYTHON": sys.executable, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        command, check=False, capture_output=True, encoding="utf-8", cwd=ROOT, env=environment
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert "== Physical Plan ==" in done.stdout
    assert not any(word in done.stdout for word in PYTHON)
    made = pq.read_table(target).to_pylist()
    expected = {
        (table.name, score.indicator.level3, score.indicator.target.text if score.indicator.target else ""): (
            None if score.score is None else int(score.score * 100)
        )
        for table in tables
        for score in perfeval.score(table).indicators
    }
    assert len(made) == sum(len(table.indicators) for table in tables)
    assert {
        (row["项目名称"], row["三级指标"], row["指标值"]): row["perfeval_score"] for row in made
    } == expected, json.dumps(made[:3], ensure_ascii=False, default=str)
