"""Workbooks: .xlsx and .xls cell by cell as they are shown."""
