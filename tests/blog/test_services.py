"""Drafts that are opened from elsewhere, and pictures."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from blog import services
from blog.admin import LinkForm
from blog.models import BlogImage, BlogSeries
from files.models import StoredFile
from tests import factories

pytestmark = pytest.mark.django_db
PICTURE = Path("portal/demo/content/media/three-years-in-figures.png")


def test_a_draft_takes_words_people_records_and_the_next_number(staff, member):
    series = BlogSeries.objects.create(slug="webinars", title_en="Webinars")
    factories.blog_post(series=series, series_number=4)
    publication = factories.publication()
    post = services.draft_post(
        new=services.NewPost(
            title={"en": "What we heard", "fr": "Ce que nous avons entendu"},
            body={"en": "It was said."},
            kind="webinar-summary",
            authors=[services.Named(user=member), services.Named(name="A Guest", affiliation="Somewhere")],
            series=series,
            related=[publication],
        ),
        by=staff,
    )
    assert (post.status, post.series_number, post.title_fr) == ("draft", 5, "Ce que nous avons entendu")
    assert [str(author) for author in post.authors.all()] == [str(member), "A Guest"]
    assert post.links.get().record == publication


def test_a_draft_without_a_title_is_none(staff):
    with pytest.raises(ValueError, match="title"):
        services.draft_post(new=services.NewPost(title={"fr": "Un titre"}, body={}), by=staff)


def test_a_picture_is_written_anew_and_kept_with_its_credit(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    said = {"credit": "Editors", "licence": factories.licence(), "alt": {"en": "Bars"}}
    image = services.add_image(post=factories.blog_post(), content=PICTURE.read_bytes(), name="bars.png", **said)
    assert image.file.kind == "image"
    image.delete()
    services.forget_pictures([image])
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("lacking", [{"credit": " "}, {"alt": {"en": ""}}])
def test_a_picture_without_credit_or_words_is_refused(lacking):
    said = {"credit": "Editors", "licence": factories.licence(), "alt": {"en": "Bars"}} | lacking
    with pytest.raises(ValidationError):
        services.add_image(post=factories.blog_post(), content=b"", name="bars.png", **said)
    assert not BlogImage.objects.exists()


def test_what_is_no_picture_is_refused(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    said = {"credit": "Editors", "licence": factories.licence(), "alt": {"en": "Bars"}}
    with pytest.raises(ValidationError):
        services.add_image(post=factories.blog_post(), content=b"a,b\n1,2\n", name="bars.csv", **said)
    assert not StoredFile.objects.exists()


def test_editors_link_a_post_to_public_records_alone():
    public, hidden = (factories.publication(**fields) for fields in ({}, {"status": "draft", "published_at": None}))
    for record, is_valid in ((public, True), (hidden, False)):
        assert LinkForm({"record_address": f"/p/p{record.pk}", "position": 0}).is_valid() == is_valid
