"""Score a nation's indicators on a cluster that is already there: a data frame in, a data frame out.

    spark-submit examples/spark_job.py hdfs:///indicators hdfs:///scores [--rulebook hubei] [--explain]

The input is Parquet with one row an indicator under the headers of perfeval's flat files (`perfeval convert -o x.csv`
writes them); the output has the same rows with scores, reasons and verdicts. The cluster needs `pip install
'perfeval[spark]'` on the driver only: what reaches the executors are native expressions of Spark, no Python.
"""

import argparse

from pyspark.sql import SparkSession

from perfeval.frames import Columns, score

COLUMNS = Columns(
    target="指标值",
    actual="实际完成值",
    weight="分值",
    reported="得分",
    rule="赋分规则",
    level1="一级指标",
    level2="二级指标",
    level3="三级指标",
    year="年度",
)


def main() -> None:
    """Read, score, write; nothing is collected but distinct texts and bounds."""
    parser = argparse.ArgumentParser()
    parser.add_argument("source")
    parser.add_argument("target")
    parser.add_argument("--rulebook", default="common-practice")
    parser.add_argument("--explain", action="store_true", help="print the plan that the executors run")
    options = parser.parse_args()
    spark = SparkSession.builder.appName("perfeval").getOrCreate()
    scored = score(spark.read.parquet(options.source), options.rulebook, COLUMNS)
    if options.explain:
        scored.explain(mode="formatted")
    scored.write.mode("overwrite").parquet(options.target)
    spark.stop()


if __name__ == "__main__":
    main()
