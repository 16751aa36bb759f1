"""A Spark of this machine's own, for the tests that need one; nothing here imports pyspark before a test asks for it."""

import shutil
import sys
from collections.abc import Iterator
from typing import Any

import pytest

WITHOUT_SPARK = "NOT TESTED on Spark: needs pip install 'perfeval[spark]' and a Java runtime (17 or later)"


@pytest.fixture(scope="session")
def spark_session() -> Iterator[Any]:
    """One session for all tests; Spark has one at a time in a process."""
    if shutil.which("java") is None:
        pytest.skip(WITHOUT_SPARK)
    sql = pytest.importorskip("pyspark.sql", reason=WITHOUT_SPARK)
    builder = sql.SparkSession.builder.master("local[2]").appName("perfeval tests")
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.host": "localhost",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.shuffle.partitions": "2",
        "spark.pyspark.python": sys.executable,
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture(params=["true", "false"], ids=["ansi", "not_ansi"])
def spark(spark_session: Any, request: pytest.FixtureRequest) -> Any:
    """The session with ANSI mode on (an overflow, a cast that does not fit, is an error) and off (it is a wrong number)."""
    spark_session.conf.set("spark.sql.ansi.enabled", request.param)
    return spark_session
