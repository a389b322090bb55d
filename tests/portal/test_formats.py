from datetime import UTC, datetime

from django.utils.formats import date_format
from django.utils.translation import override


def test_staff_read_british_days():
    with override("en"):
        assert date_format(datetime(2019, 2, 4, 15, 30, tzinfo=UTC), "SHORT_DATETIME_FORMAT") == "04/02/2019 15:30"
