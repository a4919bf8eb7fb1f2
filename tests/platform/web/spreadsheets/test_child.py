import datetime as dt
import json
import subprocess
import sys

import pytest

from industry_brain.web.spreadsheets import child
from tests.platform.web.spreadsheets.workbooks import text, xlsx


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (120.0, "120"),
        (0.1 + 0.2, "0.3"),
        (-0.0, "0"),
        (1e-7, "0.0000001"),
        (True, "TRUE"),
        (dt.datetime(2026, 11, 28, tzinfo=dt.UTC).replace(tzinfo=None), "2026-11-28"),
        (dt.datetime(2026, 11, 28, 17, tzinfo=dt.UTC).replace(tzinfo=None), "2026-11-28 17:00:00"),
        (dt.date(2026, 11, 28), "2026-11-28"),
        (dt.time(9, 30), "09:30:00"),
        (dt.timedelta(hours=30), "1 day, 6:00:00"),
        ("  a\x07b ", "a b"),
        ("", ""),
    ],
)
def test_cells_are_written_exactly(value, written):
    assert child.cell_text(value) == written


def run(content: bytes, *bounds: int) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-I", child.__file__, *map(str, bounds)]
    return subprocess.run(command, input=content, capture_output=True, timeout=60, check=False)


def test_the_reading_process_answers_in_json():
    content = xlsx(f'<row r="1">{text("A1", "x")}</row>')
    answer = json.loads(run(content, 100, 10, 10, 512).stdout)
    assert answer == {"sheets": [{"name": "Sheet1", "row": 1, "rows": [["x"]]}]}


def test_whatever_the_parser_says_the_process_answers():
    assert json.loads(run(b"PK nonsense", 100, 10, 10, 512).stdout)["problem"] == "damaged"


def test_memory_is_bounded_by_the_kernel():
    done = run(xlsx(f'<row r="1">{text("A1", "x")}</row>'), 100, 10, 10, 16)
    assert done.returncode != 0 or b"problem" in done.stdout
