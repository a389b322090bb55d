"""The scaled-out house, as docker-compose.yml describes it, agrees with the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands, load_command_class

from portal import env
from tests.portal.test_settings import read_settings

REPOSITORY = Path(settings.BASE_DIR)
NGINX = (REPOSITORY / "deploy" / "nginx.conf").read_text()
MADE_UP = {
    "POSTGRES_PASSWORD": "p",
    "PORTAL_SECRET_KEY": "s" * 60,
    "PORTAL_ALLOWED_HOSTS": "portal.example",
    "EMAIL_URL": "smtp+tls://user:word@mail.example:587",
}
COMPOSE = yaml.safe_load((REPOSITORY / "docker-compose.yml").read_text())
OURS = {name: service for name, service in COMPOSE["services"].items() if "build" in service}


def filled_in(text: str) -> str:
    """${NAME:-default} and ${NAME:?why} as compose replaces them."""
    return re.sub(r"\$\{(\w+)(?::([-?])([^}]*))?\}", lambda m: MADE_UP.get(m[1]) or (m[3] if m[2] == "-" else ""), text)


def environment(service: str) -> dict[str, str]:
    return {name: filled_in(str(value)) for name, value in OURS[service]["environment"].items()}


def test_there_is_every_part_of_the_scaled_out_house():
    assert set(COMPOSE["services"]) >= {"web", "worker", "beat", "postgres", "redis", "nginx"}


@pytest.mark.parametrize("service", OURS)
def test_every_variable_it_sets_is_one_that_the_settings_read(service):
    assert set(environment(service)) <= set(env.VARIABLES)


def test_the_settings_accept_what_it_sets(tmp_path):
    code = (
        "print(settings.DATABASES['default']['ENGINE'], settings.CACHES['default']['BACKEND'], "
        "settings.CELERY_BROKER_URL, settings.DEMO)"
    )
    run = read_settings(tmp_path, code, **(environment("web") | {"PORTAL_VAR": str(tmp_path)}))
    assert run.returncode == 0, run.stderr
    engine, cache, broker, demo = run.stdout.split()
    assert engine == "django.db.backends.postgresql"
    assert "redis" in cache.lower()
    assert (broker, demo) == ("redis://redis:6379/1", "False")


def test_every_management_command_it_runs_exists_and_knows_its_options():
    commands = " && ".join(str(service.get("command", "")) for service in OURS.values())
    named = re.findall(r"manage\.py (\w+)((?: --[\w-]+)*)", commands)
    assert {name for name, _options in named} >= {"migrate", "load_vocabulary", "rebuild_search", "follow_changes"}
    for name, options in named:
        command = load_command_class(get_commands()[name], name)
        known = command.create_parser("manage.py", name)._option_string_actions
        assert set(options.split()) <= set(known), name


def test_the_user_of_the_image_may_write_into_every_volume():
    """A volume takes the owner of the folder it is mounted on, and root's where the image has no such folder."""
    dockerfile = (REPOSITORY / "Dockerfile").read_text()
    made = re.search(r"install -d -o portal(.*)", dockerfile)[1].split()
    assert {volume.split(":")[1] for volume in OURS["web"]["volumes"]} <= set(made)


def test_worker_and_beat_run_our_celery_application():
    for name in ("worker", "beat"):
        assert OURS[name]["command"].startswith(f"celery -A portal {name}")


def test_the_image_is_built_from_the_locked_requirements():
    dockerfile = (REPOSITORY / "Dockerfile").read_text()
    assert "--require-hashes -r requirements.txt" in dockerfile
    assert "granian" in dockerfile


def test_nginx_sends_files_from_the_location_that_the_settings_name():
    prefix = environment("web")["PORTAL_ACCEL_PREFIX"]
    block = re.search(rf"location {re.escape(prefix)} \{{(.*?)\}}", NGINX, re.S)
    assert block, f"nginx.conf has no location {prefix}"
    assert "internal;" in block[1], "anyone could fetch private files past the portal"


def test_nginx_finds_the_files_where_the_portal_keeps_them():
    alias = re.search(r"alias ([^;]+);", NGINX)[1]
    assert alias == f"{environment('web')['PORTAL_VAR']}/media/"
    mounts = [volume.split(":")[:2] for volume in COMPOSE["services"]["nginx"]["volumes"]]
    assert ["media", alias.rstrip("/")] in mounts


def test_nginx_tells_the_portal_who_asked_and_how():
    for header in ("Host $host", "X-Forwarded-For $remote_addr", "X-Forwarded-Proto"):
        assert f"proxy_set_header {header}" in NGINX


def test_it_waits_for_a_secret_rather_than_inventing_one():
    text = (REPOSITORY / "docker-compose.yml").read_text()
    for name in MADE_UP:
        assert f"${{{name}:?" in text


def test_every_health_check_asks_an_address_that_exists():
    command = " ".join(OURS["web"]["healthcheck"]["test"])
    assert "/healthz" in command


def test_mail_is_set_and_not_guessed():
    """Inside a container no mail server listens: what nobody names would wait for ever."""
    text = (REPOSITORY / "docker-compose.yml").read_text()
    assert "${EMAIL_URL:?" in text
    named = {name for name in env.VARIABLES if name.startswith(("PORTAL_MAIL_", "PORTAL_BOUNCE", "PORTAL_BASE"))}
    assert named <= set(environment("worker"))


def test_who_takes_uploads_and_who_sweeps_them_share_their_folder():
    for name in ("web", "worker"):
        assert "incoming:/var/lib/portal/incoming" in OURS[name]["volumes"]
    assert settings.FILE_UPLOAD_TEMP_DIR.name == "incoming"


def test_a_full_redis_forgets_pages_and_no_message():
    assert "--maxmemory-policy volatile-" in COMPOSE["services"]["redis"]["command"]


def test_nginx_leaves_it_to_the_portal_to_say_that_a_file_is_too_large():
    limit = int(re.search(r"client_max_body_size (\d+)m;", NGINX)[1])
    assert limit >= 5 * settings.MAX_FILE_BYTES / 1024**2


def test_beyond_its_own_limit_nginx_says_so_in_three_languages():
    page = re.search(r"error_page 413 /(\S+);", NGINX)[1]
    text = (REPOSITORY / "deploy" / page).read_text()
    assert re.findall(r'lang="(\w\w)"', text) == ["en", "fr", "es"]
    mounts = [volume.split(":")[:2] for volume in COMPOSE["services"]["nginx"]["volumes"]]
    assert [f"./deploy/{page}", f"/usr/share/nginx/html/{page}"] in mounts
