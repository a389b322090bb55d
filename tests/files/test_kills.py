import json
import os
import sqlite3
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from tests import factories

LEAST_STEPS = 15  # fewer, and the child was not killed where it should have been

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="The child works on a copy of the test database."),
]


def test_a_kill_at_any_step_leaves_no_row_without_its_file_and_after_the_sweep_no_file_without_its_row(tmp_path):
    factories.publication(slug="dying")
    factories.community(slug="dying", owner=factories.member())
    with sqlite3.connect(tmp_path / "portal.sqlite3") as copy:
        connection.connection.backup(copy)
    copy.close()
    own = {"PORTAL_DEMO": "yes", "PORTAL_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "portal.settings"}
    verbs = ("add", "replace", "remove", "community", "delete", "transaction")
    done = subprocess.run(
        [sys.executable, "-m", "tests.files.dying", *verbs],
        cwd=settings.BASE_DIR,
        env=os.environ | own,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for verb, deaths in json.loads(done.stdout).items():
        assert not any(deaths), (verb, deaths)
        assert len(deaths) > LEAST_STEPS, (verb, len(deaths))
