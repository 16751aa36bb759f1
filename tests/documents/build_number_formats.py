"""Write tests/data/documents/number_formats.tsv: what LibreOffice shows for values under number formats.

Run as ``python tests/documents/build_number_formats.py``; needs ``soffice``.
"""

from __future__ import annotations

import csv
import shutil
import subprocess
import tempfile
from pathlib import Path

from openpyxl import Workbook

_TABLE = Path(__file__).parent.parent / "data" / "documents" / "number_formats.tsv"
_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true"  # "as shown", UTF-8

_NUMBERS = "0 1 -1 0.5 -0.4 0.005 1.005 2.675 98.39 0.9839 -0.9839 1234.5 -1234567.891 123456789012 0.1234567".split()
_NUMBER_FORMATS = """\
General
0
0.00
#,##0
#,##0.00
0%
0.00%
#.##
?0.0?
0.0,
#,##0.0,,"百万"
0.00"万元"
0"处"
0\\.0,"万元"
"¥"#,##0.00;[Red]\\-"¥"#,##0.00
#,##0.00_);(#,##0.00)
0.00;-0.00;"零"
0.00;;
[>=100]0"（达标）";[<0]"负"0;0.0
[Red][<60]0"分";[Blue]0.0"分"
0.00E+00
##0.0E+0
00000
000-0000
.00
"无"
_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_
0.0%"以上"
@
[$¥-804]#,##0.00
"≥"0.00%
""".splitlines()
_DATES = "61 45292 45292.5 45657.999 44621.75 43890.0425".split()
_DATE_FORMATS = """\
yyyy-mm-dd
yyyy/m/d
yyyy"年"m"月"d"日"
[$-804]yyyy"年"m"月"d"日";@
[$-F800]dddd, mmmm dd, yyyy
yyyy"年"m"月"
m"月"d"日"
yy-m-d
d-mmm-yy
mmmm yyyy
[$-804]dddd
[$-804]aaaa
ddd
yyyy-mm-dd hh:mm
yyyy/m/d h:mm:ss
h:mm AM/PM
[$-804]上午/下午h"时"mm"分"
[h]:mm
[mm]:ss
hh:mm:ss.00
yyyy.mm.dd
yyyymmdd
""".splitlines()


def main() -> None:
    """Have every pair shown, and write the table."""
    pairs = [(code, value) for code in _NUMBER_FORMATS for value in _NUMBERS]
    pairs += [(code, value) for code in _DATE_FORMATS for value in _DATES]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        book = Workbook()
        sheet = book.worksheets[0]
        sheet.column_dimensions["A"].width = 120
        for row, (code, value) in enumerate(pairs, start=1):
            cell = sheet.cell(row, 1, float(value))  # exact: workbooks store binary doubles
            cell.number_format = code
        book.save(folder / "formats.xlsx")
        soffice = shutil.which("soffice") or "soffice"
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        subprocess.run(
            [soffice, profile, "--headless", "--convert-to", _CSV, "--outdir", name, folder / "formats.xlsx"],
            check=True,
            capture_output=True,
        )
        with (folder / "formats.csv").open(encoding="utf-8", newline="") as file:
            shown = [line[0] if line else "" for line in csv.reader(file)]
    lines = [f"{code}\t{value}\t{text.strip()}\n" for (code, value), text in zip(pairs, shown, strict=True)]
    _TABLE.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
