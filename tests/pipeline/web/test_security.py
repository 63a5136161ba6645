import pytest

from pipeline.errors import OptionError, RegistryError
from pipeline.registry.database import open_database
from pipeline.web import access
from tests.pipeline.web.conftest import HERE, HOST, PORT, client_of, key_of, post

TOKEN = "token-of-this-test-0123"  # noqa: S105 - opens nothing else
SHORT = TOKEN[:6]
ANY = "0.0.0.0"  # noqa: S104 - nothing is bound in these tests


@pytest.fixture
def locked(database):
    """A server that is bound beyond this machine."""
    return client_of(database, access(ANY, PORT, token=TOKEN, allowed_hosts=["svodka.example"]))


# Hosts.


@pytest.mark.parametrize("host", [f"127.0.0.1:{PORT}", f"localhost:{PORT}", f"LOCALHOST:{PORT}", f"[::1]:{PORT}"])
def test_answers_to_its_own_names(client, host):
    assert client.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1:9999", "127.0.0.1.evil.example:8765", "", "localhost:x"]
)
def test_answers_to_no_rebound_name(client, host):
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert "--allow-host" in answer.text


def test_a_name_may_be_allowed(database):
    client = client_of(database, access(HOST, PORT, allowed_hosts=["Svodka.example"]))
    assert client.get("/", headers={"host": "svodka.example"}).status_code == 200
    assert client.get("/", headers={"host": "svodka.example:443"}).status_code == 200
    assert client.get("/", headers={"host": "other.example"}).status_code == 421


def test_bound_to_all_addresses_it_answers_to_addresses_not_to_names(locked):
    assert locked.get("/", headers={"host": f"192.0.2.7:{PORT}"}).status_code == 303
    assert locked.get("/", headers={"host": f"evil.example:{PORT}"}).status_code == 421


# The token.


def test_beyond_this_machine_a_token_is_made():
    assert access("127.0.0.1", PORT).token is None
    made = {access(ANY, PORT).token, access("192.0.2.7", PORT).token, access("svodka.example", PORT).token}
    assert len(made) == 3
    assert all(len(token) >= 32 for token in made)


def test_a_short_token_is_refused():
    with pytest.raises(OptionError, match="it needs 16"):
        access(ANY, PORT, token=SHORT)


def test_without_the_token_nothing_is_shown_or_done(locked):
    for address in ("/", "/article/a1", "/entity/org-1", "/review", "/changes", "/conflicts", "/nowhere"):
        answer = locked.get(address)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/login?next=")
    key = key_of(locked.get("/login"))
    assert post(locked, "/who", {"who": "x"}, key=key).status_code == 403
    assert locked.get("/static/page.css").status_code == 200


def test_the_token_opens(locked):
    key = key_of(locked.get("/login?next=/review"))
    before = locked.cookies[f"svodka_{PORT}"]
    wrong = post(locked, "/login", {"token": "wrong", "next": "/"}, key=key)
    assert wrong.status_code == 403
    assert "Ключ не подошёл" in wrong.text
    answer = post(locked, "/login", {"token": TOKEN, "next": "/article/a1"}, key=key)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/article/a1"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert TOKEN not in cookie
    assert locked.cookies[f"svodka_{PORT}"] != before  # a session planted before is of no use
    assert locked.get("/").status_code == 200
    assert post(locked, "/logout").status_code == 303
    assert locked.get("/").status_code == 303


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:1"])
def test_coming_in_leads_nowhere_else(locked, address):
    key = key_of(locked.get("/login"))
    answer = post(locked, "/login", {"token": TOKEN, "next": address}, key=key)
    assert answer.headers["location"] == "/"


def test_a_session_cannot_be_made_up(locked):
    for made_up in ("x.1.0000", "..", "x.1." + "0" * 64, "\N{SNOWMAN}"):
        assert locked.get("/", headers={"cookie": f"svodka_{PORT}={made_up}".encode()}).status_code == 303
    other = access(ANY, PORT, token=TOKEN[::-1])
    sealed = other.seal(other.enter(TOKEN[::-1]))
    assert locked.get("/", headers={"cookie": f"svodka_{PORT}={sealed}"}).status_code == 303


def test_a_restart_with_the_same_token_logs_nobody_out(locked, database):
    post(locked, "/login", {"token": TOKEN}, key=key_of(locked.get("/login")))
    again = client_of(database, access(ANY, PORT, token=TOKEN), cookies=dict(locked.cookies))
    assert again.get("/").status_code == 200


# Forms.


def test_a_form_is_taken_from_this_site_with_its_key(client):
    answer = post(client, "/who", {"who": "Анна", "next": "/review"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/review"


@pytest.mark.parametrize("key", ["", "0" * 64, "\N{SNOWMAN}"])
def test_a_form_without_its_key_is_refused(client, key):
    client.get("/")
    answer = post(client, "/who", {"who": "x"}, key=key)
    assert answer.status_code == 403
    assert "ничего не изменено" in answer.text


def test_a_key_is_good_for_its_own_session_only(client, database):
    client.get("/")
    assert post(client, "/who", {"who": "x"}, key=key_of(client_of(database).get("/"))).status_code == 403


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "", f"http://127.0.0.1:{PORT + 1}", "file:///x"])
def test_a_form_of_another_site_is_refused(client, origin):
    key = key_of(client.get("/"))
    assert client.post("/who", data={"key": key, "who": "x"}, headers={"origin": origin}).status_code == 403
    assert client.post("/who", data={"key": key, "who": "x"}).status_code == 403


def test_only_forms_of_bounded_size_are_read(client):
    key = key_of(client.get("/"))
    assert post(client, "/who", {"who": "x" * 100_000}, key=key).status_code == 413
    assert post(client, "/who", {str(n): "x" for n in range(100)}, key=key).status_code == 400
    answer = client.post("/who", json={"key": key}, headers={"origin": HERE})
    assert answer.status_code == 415
    answer = client.post("/who", files={"file": b"x"}, data={"key": key}, headers={"origin": HERE})
    assert answer.status_code == 415


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
def test_other_methods_are_refused(client, method):
    assert client.request(method, "/").status_code == 405


def test_a_form_address_is_not_read_by_get(client):
    assert client.get("/who").status_code == 405
    assert client.get("/logout").status_code == 405


# Headers and errors.


@pytest.mark.parametrize("address", ["/", "/nowhere", "/static/page.css", "/login"])
def test_every_answer_has_the_headers(client, address):
    headers = client.get(address).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"


def test_pages_hold_no_inline_script_or_style(client):
    text = client.get("/").text
    assert "<style" not in text
    assert " style=" not in text
    assert not [part for part in text.split("<script")[1:] if not part.startswith(" src=")]


def test_what_is_not_there_is_said_so_in_russian(client):
    for address in ("/nowhere", "/article/nope", "/article/%00", "/article/" + "x" * 5000, "/static/../_guard.py"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert "Не найдено" in answer.text


def test_a_registry_in_trouble_is_a_page_that_says_what_to_do(database, monkeypatch):
    def trouble(*_, **__):
        raise RegistryError("sqlite:///registry.db: database is locked") from OSError("locked")

    monkeypatch.setattr("pipeline.web._article.article_view", trouble)
    answer = client_of(database).get("/article/a1")
    assert answer.status_code == 503
    assert "svodka registry check" in answer.text
    assert "Traceback" not in answer.text


def test_an_error_of_ours_shows_no_trace(database, monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError("inner words")

    monkeypatch.setattr("pipeline.web._article.article_view", broken)
    answer = client_of(database, raise_server_exceptions=False).get("/article/a1")
    assert answer.status_code == 500
    assert "inner words" not in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


# Who decides.


def test_the_name_is_remembered(client):
    assert "ольга" in client.get("/").text
    answer = post(client, "/who", {"who": "  Анна   <b>Берёзкина</b> "})
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "Анна &lt;b&gt;Берёзкина&lt;/b&gt;" in client.get("/").text


@pytest.mark.parametrize("kept", ["%00", "%0d%0aset-cookie", "", "%ff%fe"])
def test_a_spoilt_name_does_no_harm(client, kept):
    assert client.get("/", headers={"cookie": f"svodka_who={kept}"}).status_code == 200


def test_a_database_that_is_gone(tmp_path):
    database = open_database(f"sqlite:///{tmp_path / 'r.db'}", create=True)
    client = client_of(database)
    database.engine.dispose()
    for path in tmp_path.iterdir():
        path.unlink()
    assert client.get("/article/a1").status_code == 503
