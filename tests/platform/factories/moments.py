"""The moments around which tests happen; nothing in a test reads the clock."""

from datetime import UTC, date, datetime

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
FAR_OFF = datetime(2099, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 11, 2, 1, tzinfo=UTC)
DEMANDS_CLOSE = datetime(2026, 11, 9, 9, tzinfo=UTC)
BIDS_CLOSE = datetime(2026, 11, 16, 9, tzinfo=UTC)
AFTER_DEMANDS = datetime(2026, 11, 10, 1, tzinfo=UTC)
AFTER_BIDS = datetime(2026, 11, 17, 1, tzinfo=UTC)
CALL_OFF_FROM = date(2026, 12, 1)
CALL_OFF_UNTIL = date(2027, 2, 28)
