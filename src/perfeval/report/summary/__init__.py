"""What many tables show together: text, JSON, CSV, one page of HTML, a workbook, Parquet."""
