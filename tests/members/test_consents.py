"""What people agreed to: needed or switched on, written down with the text that was shown."""

from __future__ import annotations

import pytest
from allauth.account.signals import user_signed_up
from django.db import IntegrityError

from members import consents, legal
from members.models import Consent
from tests import factories

pytestmark = pytest.mark.django_db
SAID = {"language": "fr", "source": "/fr/me/privacy/"}


def test_everything_that_is_not_needed_is_off(member):
    assert [one.purpose.key for one in consents.state(member) if one.is_given] == []
    assert {one.purpose.key: one.purpose.is_needed for one in consents.state(member)} == {"terms": True, "named": False}


def test_a_yes_is_written_down_with_its_text_and_place(member):
    given = consents.give(user=member, purpose="named", given=True, **SAID)
    assert consents.is_given(user=member, purpose="named")
    assert (given.version, given.language, given.source) == (
        consents.get("named").version,
        "fr",
        "/fr/me/privacy/",
    )


def test_a_no_is_one_more_row(member):
    consents.give(user=member, purpose="named", given=True, **SAID)
    consents.give(user=member, purpose="named", given=False, **SAID)
    assert not consents.is_given(user=member, purpose="named")
    assert list(Consent.objects.filter(user=member).values_list("given", flat=True)) == [False, True]


def test_the_same_answer_again_adds_nothing(member):
    first = consents.give(user=member, purpose="named", given=True, **SAID)
    assert consents.give(user=member, purpose="named", given=True, **SAID) == first


def test_a_yes_to_an_earlier_text_is_asked_for_again(member):
    Consent.objects.create(user=member, purpose="named", given=True, version="2020-01-01", **SAID)
    assert [one.is_outdated for one in consents.state(member) if one.purpose.key == "named"] == [True]
    consents.give(user=member, purpose="named", given=True, **SAID)
    assert [one.is_outdated for one in consents.state(member) if one.purpose.key == "named"] == [False]


def test_what_is_needed_cannot_be_switched_off(member):
    with pytest.raises(ValueError, match="account"):
        consents.give(user=member, purpose="terms", given=False, **SAID)


def test_nobody_agrees_to_what_nobody_registered(member):
    with pytest.raises(KeyError):
        consents.give(user=member, purpose="everything", given=True, **SAID)


def test_signing_up_agrees_to_what_is_needed(member, rf):
    request = rf.get("/fr/accounts/signup/")
    request.LANGUAGE_CODE = "fr"
    user_signed_up.send(type(member), request=request, user=member)
    row = Consent.objects.get(user=member)
    assert (row.purpose, row.given, row.language, row.source) == ("terms", True, "fr", "/fr/accounts/signup/")


def test_the_name_shows_at_once_beside_everything_shared_and_goes_at_once(member, client):
    shared = factories.publication(owner=member, provenance="member")
    address = shared.get_absolute_url()
    member.display_name = "Zqname"
    member.save()
    assert b"Zqname" not in client.get(address).content
    consents.give(user=member, purpose="named", given=True, **SAID)
    shared.refresh_from_db()
    assert shared.shows_owner
    consents.give(user=member, purpose="named", given=False, **SAID)
    shared.refresh_from_db()
    assert not shared.shows_owner


def test_a_consent_is_somebodys():
    with pytest.raises(IntegrityError):
        Consent.objects.create(purpose="named", given=True, version="2026-11-26", **SAID)


def test_an_address_without_account_can_agree():
    consent = Consent(address="reader@example.org", purpose="newsletter", given=True, version="2026-11-26", **SAID)
    consent.save()
    assert consent.pk


def test_the_proof_holds_the_text_that_was_shown(member):
    consents.give(user=member, purpose="named", given=True, **SAID)
    proof = consents.history(member)[0]
    assert proof.text is not None
    assert (proof.text.language, proof.text.title) == ("fr", "Mon nom à côté de ce que je partage")


def test_proof_of_a_purpose_that_is_gone_still_shows(member):
    Consent.objects.create(user=member, purpose="long-gone", given=True, version="2020-01-01", **SAID)
    assert consents.history(member)[0].text is None


@pytest.mark.parametrize("purpose", ["terms", "named"])
def test_every_text_exists_in_every_language_and_version(purpose, settings):
    folder = consents.get(purpose).texts
    for version in legal.versions(folder):
        texts = [legal.read(folder, version, code) for code in settings.MODELTRANSLATION_LANGUAGES]
        assert [text.language for text in texts] == list(settings.MODELTRANSLATION_LANGUAGES)
        assert len({tuple(block.kind for block in text.blocks) for text in texts}) == 1


def test_a_language_without_a_text_reads_the_original():
    assert legal.read(consents.get("terms").texts, language="ar").language == "en"
