"""Sets the environment before Django reads its settings. Loaded as a pytest plugin, ahead of pytest-django.

Every run has a folder of its own, removed at the end.
"""

import atexit
import os
import shutil
import tempfile

VAR = tempfile.mkdtemp(prefix="portal-tests-")
atexit.register(shutil.rmtree, VAR, ignore_errors=True)

os.environ.update(
    PORTAL_DEMO="yes",
    PORTAL_DEBUG="no",
    PORTAL_VAR=VAR,
    PORTAL_LOG_LEVEL="WARNING",
)
