"""The library and its index, as in the tests of search."""

from tests.search.conftest import library
