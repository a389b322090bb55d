"""Cities from west to east whose clocks stand beside a reader's own, and every zone there is."""

from zoneinfo import available_timezones

ZONES = frozenset(available_timezones())
CITIES = "America/Lima,America/Sao_Paulo,Africa/Dakar,Africa/Johannesburg,Asia/Kolkata,Asia/Jakarta,Pacific/Fiji"
