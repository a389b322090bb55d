"""A member says yes and no, takes everything along and leaves: in French, on a phone and without scripts too."""

from __future__ import annotations

import io
import zipfile

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Reader
from tests.browser.site import Site, until

SCREENS = pytest.mark.parametrize("width", [1280, 320])
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
PASSWORD = "seven grey herons"
SIDEWAYS = "document.scrollingElement.scrollWidth - window.innerWidth"
COUNT = "from members.models import User; print(User.objects.filter(email='{}').count())"
MAKE = """
from members.models import User; from members.consents import note_signup
user = User.objects.create_user("{email}", "{password}", display_name="Zqleaver", language="fr")
user.emailaddress_set.create(email=user.email, verified=True, primary=True)
note_signup(user=user, language="fr", source="/fr/accounts/signup/")
"""


def sign_in(reader: Reader, site: Site, email: str) -> None:
    site.run("shell", "-v", "0", "-c", MAKE.format(email=email, password=PASSWORD))
    reader.open("/fr/accounts/login/?next=/fr/me/privacy/")
    reader.page.locator("input[name=login]").fill(email)
    reader.page.locator("input[name=password]").fill(PASSWORD)
    with reader.page.expect_navigation():
        reader.page.locator("input[name=password]").press("Enter")
    assert reader.path == "/fr/me/privacy/"


def is_clean(reader: Reader, scripts: bool) -> bool:
    """Nothing for axe to find, which is itself a script, and nothing that scrolls sideways."""
    found = Axe().run(reader.page).response["violations"] if scripts else []
    return [one["id"] for one in found] == [] and reader.page.evaluate(SIDEWAYS) <= 0


@SCREENS
@SCRIPTS
def test_a_member_consents_takes_their_data_along_and_leaves(width, scripts, visit, site):
    reader = visit(language="fr", width=width, scripts=scripts)
    page, named = reader.page, "form[action*='/named/'] button"
    email = f"leaver-{width}-{int(scripts)}@example.org"
    sign_in(reader, site, email)
    page.locator(f"{named}[value=yes]").click()
    page.locator(f"{named}[value=no]").click()
    page.locator("details summary").first.click()
    assert page.locator("details .label").all_inner_texts() == ["Non", "Oui", "Oui"]
    assert is_clean(reader, scripts)

    page.locator("form[action$='/export/'] button").click()
    assert until(lambda: bool(reader.open("/fr/me/privacy/")) and page.locator(".btn--main").count() == 1, 120)
    assert is_clean(reader, scripts)
    with page.expect_download() as started:
        page.locator("a.btn--main").click()
    with zipfile.ZipFile(io.BytesIO(started.value.path().read_bytes())) as archive:
        assert b"Zqleaver" in archive.read("account.json")

    reader.open("/fr/me/privacy/delete/")
    if page.locator("input[name=password]").count():  # asked of whoever signed in more than a moment ago
        page.locator("input[name=password]").fill(PASSWORD)
        with page.expect_navigation():
            page.locator("input[name=password]").press("Enter")
    assert is_clean(reader, scripts)
    page.locator("main form .btn--bad").click()
    page.wait_for_url("**/fr/about/account-deleted/")
    reader.open("/fr/me/privacy/")
    assert "/accounts/login/" in reader.path
    assert site.run("shell", "-v", "0", "-c", COUNT.format(email)).split()[-1] == "0"
