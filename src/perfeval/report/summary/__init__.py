"""What many tables show together: text, JSON and CSV here; page, workbook and Parquet where they are asked for."""

from __future__ import annotations

__all__ = ["SUMMARY_SCHEMA", "summary_csv", "summary_data", "summary_text", "write_csv", "write_json"]

from perfeval.report.summary.data import SUMMARY_SCHEMA, summary_csv, summary_data, write_csv, write_json
from perfeval.report.summary.text import summary_text
