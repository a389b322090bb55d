"""Sets the environment before Django reads its settings. Loaded as a pytest plugin, ahead of pytest-django.

Every run has a folder of its own, removed at the end. With PORTAL_TEST_SERVICES=yes it runs on the machine's PostgreSQL
and Redis, in databases and under a key prefix of its own.
"""

import atexit
import os
import shutil
import tempfile

from tests import services

VAR = tempfile.mkdtemp(prefix="portal-tests-")
os.mkdir(f"{VAR}/static")  # WhiteNoise looks for it
atexit.register(shutil.rmtree, VAR, ignore_errors=True)

for name in [
    name for name in os.environ if name.startswith("PORTAL_") and not name.startswith(("PORTAL_TEST", "PORTAL_SHARED"))
]:
    del os.environ[name]
os.environ.update(PORTAL_DEMO="yes", PORTAL_VAR=VAR, PORTAL_LOG_LEVEL="WARNING")

if os.environ.get("PORTAL_TEST_SERVICES") == "yes":
    problems = [problem for problem in (services.postgres_problem(), services.redis_problem()) if problem]
    if problems:
        raise SystemExit(f"PORTAL_TEST_SERVICES=yes, but: {'; '.join(problems)}")
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    run = os.environ.setdefault("PORTAL_TEST_RUN", str(os.getpid()))  # workers inherit it from the first process
    os.environ["DATABASE_URL"] = services.database_called(f"portal_{run}")  # Django puts test_ before it
    os.environ["CACHE_URL"] = f"{services.REDIS}?key_prefix=portal-tests-{os.getpid()}-{worker}"
