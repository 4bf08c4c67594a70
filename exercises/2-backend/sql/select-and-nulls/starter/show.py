"""Shows what a query returns on the few rows of shop.sql: python3 show.py FILE.sql"""

import sqlite3
import sys
from pathlib import Path

shop = sqlite3.connect(":memory:")
shop.executescript(Path(__file__).with_name("shop.sql").read_text(encoding="utf-8"))
for file in sys.argv[1:] or sys.exit(__doc__):
    try:
        rows = shop.execute(Path(file).read_text(encoding="utf-8"))
    except (OSError, sqlite3.Error, sqlite3.Warning) as error:
        sys.exit(f"{file}: {error}")
    print(" | ".join(column[0] for column in rows.description or []))
    for row in rows:
        print(" | ".join("NULL" if value is None else repr(value) for value in row))
