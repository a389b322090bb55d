"""Settings are read in a process of their own, as they would be on a machine that is set up wrongly."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

from portal import env

REPOSITORY = Path(settings.BASE_DIR)
PRODUCTION = {
    "PORTAL_SECRET_KEY": "a-long-text-that-nobody-knows-and-that-is-different-everywhere-0123456789",
    "PORTAL_ALLOWED_HOSTS": "portal.example",
}
OURS = ("portal", "publications", "stakeholders", "search", "content", "files", "members", "taxonomy")


def read_settings(var: Path, code: str = "", **variables: str) -> subprocess.CompletedProcess:
    """`code` runs after the settings are read, with them as `settings`."""
    return subprocess.run(
        [sys.executable, "-c", f"from portal import settings\n{code}"],
        cwd=REPOSITORY,
        env={"PATH": os.environ["PATH"], "PORTAL_VAR": str(var), **variables},
        capture_output=True,
        text=True,
    )


def complaint(run: subprocess.CompletedProcess) -> str:
    """What a person reads last: the sentence of the exception."""
    return run.stderr.strip().splitlines()[-1] if run.stderr.strip() else ""


@cache
def source_files() -> tuple[Path, ...]:
    return tuple(path for app in OURS for path in sorted((REPOSITORY / app).rglob("*.py")))


def test_production_settings_are_read_with_secret_and_hosts_alone(tmp_path):
    run = read_settings(tmp_path, **PRODUCTION)
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("missing", PRODUCTION)
def test_production_without_a_required_variable_names_it_in_a_sentence(tmp_path, missing):
    run = read_settings(tmp_path, **{name: value for name, value in PRODUCTION.items() if name != missing})
    assert run.returncode != 0
    assert re.search(rf"ImproperlyConfigured: {missing} is not set\. It holds: [A-Z].+\.$", complaint(run))


def test_the_demonstration_needs_no_variable_at_all_and_keeps_its_secret(tmp_path):
    show = "print(settings.SECRET_KEY)"
    first, second = (read_settings(tmp_path, show, PORTAL_DEMO="yes").stdout for _ in range(2))
    assert len(first.strip()) > 50
    assert first == second


def test_the_kept_secret_is_for_its_owner_alone(tmp_path):
    read_settings(tmp_path, PORTAL_DEMO="yes")
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_production_keeps_no_secret_of_its_own(tmp_path):
    read_settings(tmp_path, **PRODUCTION)
    assert not (tmp_path / "secret_key").exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORTAL_DEMO", "maybe"),
        ("PORTAL_DEBUG", "2"),
        ("PORTAL_BEHIND_PROXY", "nginx"),
        ("PORTAL_LANGUAGES", "en,xx"),
        ("PORTAL_LANGUAGES", ","),
        ("PORTAL_MARK", "/nowhere/mark.svg"),
        ("PORTAL_ACCENT", "teal"),
        ("PORTAL_ACCENT", "#12345"),
        ("PORTAL_PAGE_CACHE_SECONDS", "-1"),
        ("PORTAL_PAGE_CACHE_SECONDS", "soon"),
        ("PORTAL_PAGE_CACHE_SECONDS", "1.5"),
        ("PORTAL_MAX_FILE_MB", "0"),
        ("PORTAL_SEARCH_ENGINE", "lucene"),
        ("PORTAL_LOG_LEVEL", "LOUD"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", ""),
        ("CACHE_URL", "nonsense"),
        ("EMAIL_URL", "nonsense"),
    ],
)
def test_a_reader_refuses_nonsense_and_names_the_variable(tmp_path, name, value):
    run = read_settings(tmp_path, **{**PRODUCTION, name: value})
    assert run.returncode != 0
    assert complaint(run).startswith("django.core.exceptions.ImproperlyConfigured: ")
    assert name in complaint(run)


@pytest.mark.parametrize("word", ["yes", "YES", "true", "1", "on"])
def test_a_flag_reads_every_usual_yes(tmp_path, word):
    assert read_settings(tmp_path, "print(settings.DEBUG)", PORTAL_DEMO="yes", PORTAL_DEBUG=word).stdout == "True\n"


def test_host_names_are_separated_by_commas_and_may_have_spaces(tmp_path):
    hosts = PRODUCTION | {"PORTAL_ALLOWED_HOSTS": "one.example, two.example,"}
    shown = read_settings(tmp_path, "print(settings.ALLOWED_HOSTS[:2])", **hosts).stdout
    assert shown == "['one.example', 'two.example']\n"


def test_a_cache_may_be_shared_with_others_under_a_prefix(tmp_path):
    code = "print(settings.CACHES['default']['KEY_PREFIX'])"
    variables = PRODUCTION | {"CACHE_URL": "redis://redis:6379/0?key_prefix=ours"}
    assert read_settings(tmp_path, code, **variables).stdout == "ours\n"


def test_production_relaxes_nothing(tmp_path):
    names = ["SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"]
    names += ["SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD"]
    code = f"print(all(getattr(settings, name) for name in {names}), settings.SECURE_HSTS_SECONDS, settings.DEBUG)"
    assert read_settings(tmp_path, code, **PRODUCTION).stdout == "True 31536000 False\n"


def test_the_content_security_policy_allows_nothing_inline_and_nobody_else():
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    allowed = {source for sources in directives.values() for source in sources}
    assert allowed <= {"'self'", "'none'", "data:"}
    assert directives["default-src"] == ["'none'"]


def test_the_deployment_checks_find_nothing():
    run = subprocess.run(
        ["sh", "bin/check-deploy"],
        cwd=REPOSITORY,
        env={**os.environ, "PYTHON": sys.executable},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_only_one_module_reads_the_environment():
    """What another module read would be missing from the table of variables, and would not fail loudly."""
    reads = re.compile(r"environ(\.get\(|\[)|getenv\(")
    assert [path.name for path in source_files() if reads.search(path.read_text())] == ["env.py"]


def test_every_variable_says_in_a_sentence_what_it_is():
    assert {
        one.name: one.meaning for one in env.VARIABLES.values() if not re.match(r"[A-Z].{10,}\.\)?$", one.meaning)
    } == {}


def test_defaults_show_no_path_of_this_machine():
    assert not [one.name for one in env.VARIABLES.values() if str(REPOSITORY) in one.default]


def test_every_task_of_the_schedule_exists():
    from portal.celery import app

    app.loader.import_default_modules()
    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= set(app.tasks)


def test_continuous_integration_runs_the_same_check():
    assert "make check" in (REPOSITORY / ".ci" / "run").read_text()


def test_the_house_configures_itself_in_one_settings_file():
    assert len(list((REPOSITORY / "portal").rglob("settings*.py"))) == 1
