import pytest
from model_bakery import baker

from files import services
from tests import factories
from tests.files import making


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "incoming"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()


@pytest.fixture
def publication(member):
    return factories.publication(owner=member)


@pytest.fixture
def stored(publication):
    stored = services.store_file(content=making.pdf("One", "Two"), name="Étude – “cash” 2020.pdf", language="fr")
    baker.make("publications.Document", publication=publication, file=stored)
    return stored
