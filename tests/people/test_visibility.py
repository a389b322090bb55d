"""No page, list, count, search, file or map holds what the reader may not see: a word of its own in every field."""

from __future__ import annotations

import io

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from people import panels, photos, services
from people.models import Block, Profile
from people.visibility import FIELDS, Audience, Visibility, shows
from search import services as search
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]

TEXTS = {
    "position": "zqpositionxv",
    "biography": "zqbiographyxv",
    "orcid": "0000-0002-1825-0097",
    "links": "zqlinkxv.example",
    "affiliations": "zqorganisationxv",
    "country": "zqcountryxv",
    "experience": "zqexperiencexv",
    "topics": "zqtopicxv",
    "languages": "Sotho",
}
FOR_MEMBERS = {"public", "members"}
SEES = {"visitor": {"public"}, "member": FOR_MEMBERS, "staff": FOR_MEMBERS, "owner": set(Visibility)}


def picture(name: str = "me.png", size: tuple[int, int] = (600, 400)) -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


@pytest.fixture
def words(kenya, uganda, cash):
    for row, field, text in (
        (kenya, "name_en", "country"),
        (uganda, "name_en", "experience"),
        (cash, "label_en", "topics"),
    ):
        setattr(row, field, TEXTS[text])
        row.save()


@pytest.fixture
def full(words, kenya, uganda, cash):
    """Makes a profile with a word in every field, each for the same readers."""

    def make(everything: str, **fields) -> Profile:
        profile = factories.profile(
            "Somebody Else",
            user=fields.pop("user", None),
            everything=everything,
            topics=[cash],
            experience=[uganda],
            organisations=[factories.organisation(TEXTS["affiliations"], type="ngo")],
            country=kenya,
            languages=["st"],
            position=TEXTS["position"],
            biography_en=TEXTS["biography"],
            orcid=TEXTS["orcid"],
            links=[f"https://{TEXTS['links']}/me"],
            **fields,
        )
        services.set_photo(profile=profile, square=photos.squared(picture()))
        search.follow_changes()
        return profile

    return make


@pytest.fixture
def readers(cast):
    def enter(profile: Profile) -> dict[str, Client]:
        found = {name: Client() for name in SEES}
        found["owner"].force_login(profile.user)
        for name in ("member", "staff"):
            cast.enter(found[name], name)
        return found

    return enter


def surfaces(profile: Profile) -> list[str]:
    members = reverse("people:list")
    questions = ["", "?q=somebody", "?country=KE", "?topic=cash-transfers", "?lang=st", "?type=ngo", "?experience=UG"]
    pages = [members, f"{members}?q=somebody"]  # a page asked for a country names it, whoever is there
    pages += [f"{members}?{one.removeprefix('?')}&format=json" for one in questions]
    pages += [reverse("people:facet", args=[facet]) for facet in ("country", "topic", "lang", "type", "experience")]
    pages += [profile.get_absolute_url(), reverse("people:contributed", args=[profile.handle, "publications"])]
    return pages


def texts(client: Client, addresses: list[str]) -> str:
    found = []
    for address in addresses:
        response = client.get(address)
        found.append(f"{response.content.decode()}\n{response.headers}")
    return "\n".join(found)


@pytest.mark.parametrize("everything", Visibility.values)
def test_each_reader_meets_the_words_they_may_see_and_no_other(full, readers, everything):
    profile = full(everything)
    for name, client in readers(profile).items():
        told = texts(client, [profile.get_absolute_url()])
        seen = {field for field, word in TEXTS.items() if word in told}
        assert seen == (set(TEXTS) if everything in SEES[name] else set()), name
        if everything not in SEES[name]:
            told = texts(client, surfaces(profile)).replace("experience", "")
            assert [word for word in TEXTS.values() if word in told] == [], name


@pytest.mark.parametrize("everything", Visibility.values)
def test_no_filter_finds_by_what_the_reader_may_not_see(full, readers, everything):
    profile = full(everything)
    for name, client in readers(profile).items():
        audience = {"visitor": Audience.VISITOR}.get(name, Audience.MEMBER)  # a list is the same for the owner
        expected = int(shows(profile.visibility, "country", audience))
        for question in ("country=KE", "topic=cash-transfers", "topic=social-assistance", "lang=st", "type=ngo"):
            answer = client.get(f"{reverse('people:list')}?{question}&format=json").json()
            assert (answer["count"], len(answer["results"])) == (expected, expected), (name, question)
            assert bool(answer["facets"]["country"].get("KE")) == bool(expected), (name, question)


@pytest.mark.parametrize("everything", Visibility.values)
def test_the_photo_is_for_whom_it_was_meant(full, readers, everything):
    profile = full(everything)
    addresses = [reverse("files:preview", args=[profile.photo.key]), profile.photo.get_absolute_url()]
    for name, client in readers(profile).items():
        codes = {client.get(address).status_code for address in addresses}
        assert codes == ({200} if everything in SEES[name] else {404}), name


def test_who_left_the_lists_is_in_none_and_has_no_page(full, readers):
    profile = full("public", listing="nobody")
    for name, client in readers(profile).items():
        assert client.get(profile.get_absolute_url()).status_code == (200 if name == "owner" else 404)
        assert client.get(reverse("files:preview", args=[profile.photo.key])).status_code == (
            200 if name == "owner" else 404
        )
        told = texts(client, [one for one in surfaces(profile) if profile.handle not in one])
        assert name == "owner" or "Somebody Else" not in told
        assert [word for word in TEXTS.values() if word in told.replace("experience", "")] == [], name
        assert client.get(f"{reverse('people:list')}?format=json").json()["count"] == 0


def test_whom_members_alone_find_is_hidden_from_visitors_and_maps(full, client):
    profile = full("public", listing="members")
    sitemaps = [f"/sitemap-member-{profile.pk // 2000}.xml", "/sitemap.xml"]
    told = texts(client, [*surfaces(profile), *sitemaps, "/en/"])
    assert client.get(profile.get_absolute_url()).status_code == 404
    assert "Somebody Else" not in told
    assert [word for word in TEXTS.values() if word in told.replace("experience", "")] == []


def test_the_sitemap_names_those_whom_everyone_finds(samuel, client):
    hidden = factories.profile("Rosa Quispe", listing="members")
    told = client.get(f"/sitemap-member-{samuel.pk // 2000}.xml").content.decode()
    assert samuel.get_absolute_url() in told
    assert hidden.handle not in told


def test_neither_side_of_a_block_sees_the_other_anywhere(full, readers, cast):
    profile = full("public")
    own = factories.profile(user=cast.person("member"), listing="everyone")
    search.follow_changes()
    Block.objects.create(blocker=profile.user, blocked=own.user)
    clients = readers(profile)
    for client, other in ((clients["member"], profile), (clients["owner"], own)):
        assert client.get(other.get_absolute_url()).status_code == 404
        answer = client.get(f"{reverse('people:list')}?format=json").json()
        assert answer["count"] == len(answer["results"]) == 1
        assert other.handle not in texts(client, [one for one in surfaces(other) if other.handle not in one])
    assert clients["member"].get(f"{reverse('people:list')}?country=KE&format=json").json()["facets"]["country"] == {}
    assert clients["visitor"].get(f"{reverse('people:list')}?format=json").json()["count"] == 2


def test_a_closed_account_is_gone_at_once_and_out_of_the_counts_when_the_index_follows(
    samuel, client, django_capture_on_commit_callbacks
):
    search.follow_changes()
    samuel.user.is_active = False
    samuel.user.save()
    assert client.get(samuel.get_absolute_url()).status_code == 404
    assert client.get(f"{reverse('people:list')}?format=json").json()["results"] == []
    with django_capture_on_commit_callbacks(execute=True):
        search.follow_changes()
    assert client.get(f"{reverse('people:list')}?format=json").json()["count"] == 0


def test_an_address_is_shown_to_nobody(full, readers):
    profile = full("public")
    for client in readers(profile).values():
        assert profile.user.email not in texts(client, surfaces(profile))


def test_an_organisation_names_members_who_let_it(cast):
    organisation = factories.organisation()
    for name, everything in (("Open Person", "public"), ("Inner Person", "members"), ("Shut Person", "me")):
        factories.profile(name, organisations=[organisation], everything=everything)
    factories.profile("Gone Person", organisations=[organisation], everything="public", listing="nobody")

    def named(reader) -> list[str]:
        return [one.member.name for one in panels.at_organisation(organisation, reader)]

    assert named(AnonymousUser()) == ["Open Person"]
    assert named(cast.person("member")) == named(cast.person("staff")) == ["Inner Person", "Open Person"]


def test_a_kept_page_ends_when_a_field_is_withdrawn(full, client, django_capture_on_commit_callbacks):
    profile = full("public")
    assert TEXTS["position"] in texts(client, [profile.get_absolute_url()])
    with django_capture_on_commit_callbacks(execute=True):
        services.save_profile(
            profile=profile,
            by=profile.user,
            name="Somebody Else",
            visibility=dict.fromkeys(FIELDS, "me"),
            topics=[],
            experience=[],
        )
    assert TEXTS["position"] not in texts(client, surfaces(profile))


def test_a_choice_that_cannot_be_read_shows_nothing():
    assert not shows({"photo": "everybody"}, "photo", Audience.MEMBER)
    assert shows({}, "photo", Audience.MEMBER)
    assert not shows({}, "photo", Audience.VISITOR)


def test_staff_who_edit_do_not_reach_profiles_in_the_admin(client, samuel, cast):
    editor = factories.member("Editor", is_staff=True)
    client.force_login(editor)
    for model in ("people_profile", "people_message", "people_report", "stakeholders_affiliation"):
        assert client.get(reverse(f"admin:{model}_changelist")).status_code == 403
    cast.enter(client, "staff")  # an administrator
    assert client.get(reverse("admin:people_profile_change", args=[samuel.pk])).status_code == 200
