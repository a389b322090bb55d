"""A member's own pages."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from lxml import html

from files.models import StoredFile
from people import orcid as orcids
from people import services
from people.models import Profile
from people.visibility import FIELDS
from tests import factories
from tests.people.test_visibility import picture

pytestmark = pytest.mark.django_db


def typed(**changes) -> dict:
    """What a browser sends from the untouched form, and what was changed in it."""
    return {
        "name": "Samuel Okello", "listing": "members", "contact": "members", "position": "", "orcid": "", "links": "",
        "country": "", **{f"visible_{field}": "members" for field in FIELDS},
    } | changes  # fmt: skip


def test_what_was_typed_is_saved_with_who_may_see_it(as_member, verified, kenya, cash):
    changes = {
        "position": "Analyst", "country": "KE", "topics": ["cash-transfers"], "experience": ["UG"],
        "languages": ["en", "sw"], "biography_fr": "Je compte.", "links": "example.org/me\nhttps://example.com",
        "orcid": "https://orcid.org/0000-0002-1694-233X", "listing": "everyone", "visible_country": "public",
        "visible_orcid": "me",
    }  # fmt: skip
    assert as_member.post(reverse("people:edit"), typed(**changes)).status_code == 302
    profile = Profile.objects.get(user=verified)
    assert (profile.position, profile.country, profile.languages) == ("Analyst", kenya, ["en", "sw"])
    assert (profile.biography_fr, profile.orcid) == ("Je compte.", "0000-0002-1694-233X")
    assert profile.links == ["https://example.org/me", "https://example.com"]
    assert [topic.slug for topic in profile.topics.all()] == ["cash-transfers"]
    assert (profile.visibility["country"], profile.visibility["orcid"]) == ("public", "me")
    assert profile.user.display_name == "Samuel Okello"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"orcid": "0000-0002-1825-0098"}, "One figure of this ORCID is not right"),
        ({"orcid": "my orcid"}, "An ORCID has 16 figures"),
        ({"links": "javascript://alert(1)"}, "is not the address of a page"),
        ({"links": "\n".join(f"https://{n}.example" for n in range(6))}, "Give five links at most"),
        ({"name": " "}, "This field is required"),
        ({"visible_country": "friends"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_saved_comes_back_with_its_sentence_twice(as_member, verified, changes, sentence):
    response = as_member.post(reverse("people:edit"), typed(position="Kept text", **changes))
    tree = html.fromstring(response.content.decode())
    assert sentence in tree.cssselect(".error-summary")[0].text_content()
    assert sentence in tree.cssselect(".field__error")[0].text_content()
    assert tree.cssselect("title")[0].text.startswith("Error:")
    assert tree.cssselect('[name="position"]')[0].get("value") == "Kept text"
    assert Profile.objects.get(user=verified).position == ""


@pytest.mark.parametrize("orcid", ["0000-0002-1825-0097", "0000-0001-5109-3700", "0000-0002-1694-233X"])
def test_the_last_figure_of_an_orcid_follows_from_the_others(orcid):
    assert orcids.is_right(orcid)
    assert not orcids.is_right(f"{orcid[:-1]}5")


def test_nobody_saves_a_field_that_the_form_does_not_have(as_member, verified):
    as_member.post(reverse("people:edit"), typed(handle="root", user="1", is_staff="on"))
    profile = Profile.objects.get(user=verified)
    assert profile.handle != "root"
    assert not profile.user.is_staff


def test_looking_at_the_pages_makes_no_profile(client, member):
    client.force_login(member)
    for name in ("people:edit", "people:welcome", "people:messages", "people:find_organisation"):
        assert client.get(reverse(name)).status_code == 200
    assert not Profile.objects.filter(user=member).exists()


def test_a_confirmed_address_brings_a_profile_that_members_find(member):
    address = member.emailaddress_set.get(email=member.email)
    email_confirmed.send(sender=EmailAddress, request=None, email_address=address)
    profile = Profile.objects.get(user=member)
    assert (profile.listing, profile.visibility) == ("members", {})


def test_two_of_one_name_have_two_handles_and_an_unwritable_name_has_one(db):
    first, second = factories.profile("Rosa Quispe"), factories.profile("Rosa Quispe")
    assert (first.handle, second.handle) == ("rosa-quispe", "rosa-quispe-2")
    assert factories.profile("محمد").handle.startswith("member-")


def test_a_new_name_keeps_the_address(as_member, verified):
    before = Profile.objects.get(user=verified).handle
    as_member.post(reverse("people:edit"), typed(name="Another Name"))
    assert Profile.objects.get(user=verified).handle == before


# ---------- Photo ----------


def test_a_photo_becomes_a_small_square_and_the_one_before_goes(as_member, verified, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for _again in range(2):
        as_member.post(reverse("people:photo"), {"photo": picture(size=(1600, 900))})
    stored = Profile.objects.get(user=verified).photo
    assert (stored.preview_width, stored.preview_height) == (192, 192)
    assert stored.preview.size <= 10_000
    assert StoredFile.objects.count() == 1
    assert as_member.post(reverse("people:photo"), {"remove": "yes"}).status_code == 302
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.4 nothing", "This file is damaged"),
        (b"a,b\n1,2\n", "This is not a picture"),
        (b"<svg onload='alert(1)'/>", "We cannot take web pages or SVG"),
        (b"", "This file is empty"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_sentence(as_member, verified, content, sentence):
    response = as_member.post(reverse("people:photo"), {"photo": SimpleUploadedFile("me.png", content)})
    tree = html.fromstring(response.content.decode())
    assert sentence in tree.cssselect(".error-summary")[0].text_content()
    assert not StoredFile.objects.exists()


# ---------- Organisations ----------


def test_an_organisation_is_added_with_years_and_removed(as_member, verified):
    employer = factories.organisation("Institute")
    address = reverse("people:affiliate", args=[employer.slug])
    assert as_member.post(address, {"role": "Analyst", "from_year": "2012", "to_year": ""}).status_code == 302
    (row,) = verified.affiliations.all()
    assert (row.role, row.years) == ("Analyst", "2012–")
    as_member.post(reverse("people:leave_organisation", args=[row.pk]))
    assert not verified.affiliations.exists()


def test_years_that_cannot_be_are_refused(as_member, verified):
    address = reverse("people:affiliate", args=[factories.organisation().slug])
    for years in ({"from_year": "20x2"}, {"from_year": "12"}, {"from_year": "2015", "to_year": "2012"}):
        response = as_member.post(address, {"role": "Analyst", **years})
        assert html.fromstring(response.content.decode()).cssselect(".error-summary")
    assert not verified.affiliations.exists()


def test_nobody_removes_the_organisation_of_another(as_member, samuel):
    other = factories.profile("Other", organisations=[factories.organisation()])
    address = reverse("people:leave_organisation", args=[other.user.affiliations.get().pk])
    assert as_member.post(address).status_code == 404


# ---------- Welcome ----------


def test_the_first_choices_are_kept_and_the_way_goes_on(as_member, verified, cash):
    address = f"{reverse('people:welcome')}?next=/en/discover/publications/"
    chosen = {"time_zone": "Africa/Nairobi", "topics": ["cash-transfers"], "next": "/en/discover/publications/"}
    response = as_member.post(address, chosen)
    assert response["Location"] == "/en/discover/publications/"
    verified.refresh_from_db()
    assert (verified.time_zone, verified.profile.topics.get()) == ("Africa/Nairobi", cash)


@pytest.mark.parametrize("onward", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""])
def test_the_way_goes_on_in_our_own_house_only(as_member, onward):
    address = f"{reverse('people:welcome')}?next={onward}"
    tree = html.fromstring(as_member.get(address).content.decode())
    assert tree.cssselect("main .actions a")[0].get("href") == "/en/"
    assert as_member.post(address, {"time_zone": "UTC", "next": onward})["Location"] == "/en/"


# ---------- Seen as others ----------


def test_the_owner_looks_with_the_eyes_of_others(client):
    profile = factories.profile("Samuel Okello", position="Analyst", orcid="0000-0002-1825-0097", visibility={
        "position": "members", "orcid": "me"
    })  # fmt: skip
    client.force_login(profile.user)

    def told(query: str) -> list[str]:
        text = client.get(f"{profile.get_absolute_url()}{query}").content.decode()
        return [word for word in ("Analyst", "0000-0002-1825-0097") if word in text]

    assert (told("?as=visitor"), told("?as=member"), len(told(""))) == ([], ["Analyst"], 2)


def test_nobody_else_looks_with_the_eyes_of_the_owner(client, samuel):
    Profile.objects.filter(pk=samuel.pk).update(position="Analyst")
    assert "Analyst" not in client.get(f"{samuel.get_absolute_url()}?as=member").content.decode()


def test_a_profile_counts_what_its_member_agreed_to_be_named_with(client, samuel):
    factories.publication("Named work", owner=samuel.user, shows_owner=True)
    factories.publication("Unnamed work", owner=samuel.user, shows_owner=False)
    factories.publication("Draft work", owner=samuel.user, shows_owner=True, status="draft")
    tree = html.fromstring(client.get(samuel.get_absolute_url()).content.decode())
    (section,) = tree.cssselect(".detail__body section")
    assert section.cssselect(".label")[0].text == "1"
    opened = client.get(section.cssselect(".more")[0].get("href")).content.decode()
    assert "Named work" in opened
    assert "Unnamed work" not in opened
    assert "Draft work" not in opened


def test_services_keep_to_the_member(samuel, member):
    with pytest.raises(PermissionError):
        services.save_profile(profile=samuel, by=member, name="x", visibility={}, topics=[], experience=[])
    with pytest.raises(ValueError, match="no such field"):
        services.save_profile(
            profile=samuel, by=samuel.user, name="x", visibility={"email": "public"}, topics=[], experience=[]
        )


def test_the_words_in_other_languages_wait_behind_a_line_until_there_are_some(client, member):
    client.force_login(member)
    form = client.get(reverse("people:edit")).context["form"]
    assert [field.name for field in form.biographies()] == ["biography_en"]
    factories.profile(user=member, biography_fr="Bonjour")
    form = client.get(reverse("people:edit")).context["form"]
    assert [field.name for field in form.biographies()] == ["biography_en", "biography_fr"]
    assert [field.name for field in form.other_biographies()] == ["biography_es"]


def test_a_line_with_a_mistake_behind_it_stands_open(client, member):
    client.force_login(member)
    page = client.post(reverse("people:edit"), {"name": "Amina", "orcid": "12"}).content.decode()
    before = page[: page.index("Your pages elsewhere")]
    assert before[before.rindex("<details") :].startswith('<details class="boxes" open>')


def test_nobody_welcomes_somebody_else(samuel, member):
    with pytest.raises(PermissionError):
        services.welcome(profile=samuel, by=member, time_zone="UTC", topics=[], experience=[])
