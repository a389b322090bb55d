import pytest

from search import services as search
from taxonomy.models import Country, Region, Topic
from tests import factories
from tests.engines import ENGINES, use_engine


@pytest.fixture(params=ENGINES)
def either_index(request, settings, tmp_path, monkeypatch, db):
    """An index of each engine, empty. `search.services.follow_changes` brings it up to what a test made."""
    use_engine(request.param, tmp_path / "index", settings, monkeypatch)
    search.rebuild_index()


@pytest.fixture
def index(settings, tmp_path, monkeypatch, db):
    use_engine("tantivy", tmp_path / "index", settings, monkeypatch)
    search.rebuild_index()


@pytest.fixture
def vocabulary(db):
    """Two countries of one region, and a topic above another."""
    africa = Region.objects.create(slug="africa", m49="002", kind="region", name_en="Africa")
    for number, (iso2, name) in enumerate((("KE", "Kenya"), ("UG", "Uganda"))):
        country = Country.objects.create(
            iso2=iso2, iso3=f"{iso2}X", m49=f"4{number}0", slug=name.lower(), name_en=name, name_fr=name, name_es=name
        )
        country.regions.add(africa)
    above = Topic.objects.add_root(instance=Topic(slug="social-assistance", label_en="Social assistance"))
    Topic.objects.add_child(above, instance=Topic(slug="cash-transfers", label_en="Cash transfers"))


@pytest.fixture
def kenya(vocabulary):
    return Country.objects.get(iso2="KE")


@pytest.fixture
def uganda(vocabulary):
    return Country.objects.get(iso2="UG")


@pytest.fixture
def cash(vocabulary):
    return Topic.objects.get(slug="cash-transfers")


@pytest.fixture
def samuel(db):
    return factories.profile("Samuel Okello")


@pytest.fixture
def verified(member):
    """The cast's member, whose address is verified and who has a profile."""
    factories.profile(user=member)
    return member


@pytest.fixture
def as_member(client, verified):
    client.force_login(verified)
    return client
