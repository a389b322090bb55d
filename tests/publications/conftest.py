"""The library and its index, as in the tests of search; a member signed in, with a vocabulary to choose from."""

import pytest

from tests.files.conftest import own_storage
from tests.publications import uploads
from tests.search.conftest import library


@pytest.fixture
def vocabulary(db):
    uploads.vocabulary()


@pytest.fixture
def sharer(client, member, vocabulary, own_storage, tantivy):
    """A client signed in as the member, with what the form offers."""
    client.force_login(member)
    return client
