"""The application over a registry, asked through Starlette's client."""

import re
import warnings

import pytest

with warnings.catch_warnings():  # newer Starlettes would rather have another client than the one that is here
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

from pipeline.registry.database import open_database
from pipeline.web import access, application
from tests.pipeline.registry.conftest import postgresql_server, registry_url  # noqa: F401 - fixtures

HOST = "127.0.0.1"
PORT = 8765
HERE = f"http://{HOST}:{PORT}"


@pytest.fixture
def database(tmp_path):
    """An empty registry in a file."""
    opened = open_database(f"sqlite:///{tmp_path / 'registry.db'}", create=True)
    yield opened
    opened.engine.dispose()


def client_of(database, rules=None, **more):
    rules = rules or access(HOST, PORT)
    return TestClient(application(database, rules, who="ольга"), base_url=HERE, follow_redirects=False, **more)


@pytest.fixture
def client(database):
    return client_of(database)


def key_of(answer):
    """The key that a page's forms carry."""
    return re.search(r'name="key" value="([0-9a-f]{64})"', answer.text)[1]


def post(client, address, data=None, *, key=None, **headers):
    """Send a form as a browser does that has the page open."""
    form = {"key": key_of(client.get("/")) if key is None else key} | (data or {})
    return client.post(address, data=form, headers={"origin": HERE} | headers)
