"""Tables that people send and take away: CSV of every encoding, XLSX, XLS, ODS.

`read_table(name, data)` gives a `Table` or raises `TableRefused`, whose `problem` says what is wrong and where.
`write_csv`, `write_xlsx`, `write_ods` give bytes whose cells no spreadsheet runs as a formula.
"""

from preau.kit.tables.headers import find_columns, header_key
from preau.kit.tables.reading import read_table
from preau.kit.tables.table import Line, Table, TableProblem, TableRefused
from preau.kit.tables.writing import neutral, write_csv, write_ods, write_xlsx

__all__ = [
    "Line", "Table", "TableProblem", "TableRefused", "find_columns", "header_key", "neutral", "read_table",
    "write_csv", "write_ods", "write_xlsx",
]  # fmt: skip
