"""Who may use the API: keys and roles, hosts and other sites' pages, size and rate, headers, fetching."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from api_support import BASE, PreparedPipeline, api_client
from fastapi.testclient import TestClient

from api.app import create_app
from api.fetch import fetch_page
from api.responses import ApiError
from api.security import KeyRing, Role, blocked_addresses, check_listening, new_key
from api.settings import ApiSettings
from graph.settings import Settings
from graph.store import GraphStore
from schema.errors import InputError

KEYS = {role.name: new_key(role.name, role) for role in Role}
RING = ",".join(entry for _, entry in KEYS.values())


def settings(**given: object) -> ApiSettings:
    return ApiSettings(_env_file=None).model_copy(update=given)  # type: ignore[call-arg]


# ---------------------------------------------------------------- without a graph


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("alice", "alice"),
        ("alice:reader", "name:role:hash"),
        ("alice:king:" + "0" * 64, "king"),
        ("alice:reader:secret", "--new-key"),
        (":reader:" + "0" * 64, "name:role:hash"),
    ],
)
def test_wrong_keys_in_the_settings_are_named(text: str, word: str) -> None:
    with pytest.raises(InputError, match=word):
        KeyRing.read(text)


def test_a_key_is_kept_as_a_hash_only() -> None:
    key, entry = new_key("alice", Role.analyst)
    assert key not in entry
    caller = KeyRing.read(entry).caller(key)
    assert caller is not None
    assert (caller.name, caller.role) == ("alice", Role.analyst)
    assert KeyRing.read(entry).caller(key + "x") is None
    assert new_key("alice", Role.analyst)[0] != key


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org", "10.0.0.1"])
def test_the_server_refuses_to_be_reachable_without_keys(host: str) -> None:
    with pytest.raises(InputError, match="HADATH_API_KEYS"):
        check_listening(settings(host=host))
    check_listening(settings(host=host, api_keys=RING))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.8.8.8"])
def test_loopback_needs_no_keys(host: str) -> None:
    check_listening(settings(host=host))


def test_any_host_name_needs_keys() -> None:
    with pytest.raises(InputError, match="HADATH_ALLOWED_HOSTS"):
        check_listening(settings(allowed_hosts="*"))


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.0.1",
        "169.254.169.254",
        "0.0.0.0",
        "100.64.0.1",
        "224.0.0.1",
        "::1",
        "fe80::1",
        "fd00::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
    ],
)
def test_private_addresses_are_never_fetched(address: str) -> None:
    assert blocked_addresses([address]) == [address]
    with pytest.raises(ApiError, match="public internet"):
        fetch_page("http://example.org/", 1000, lambda host, port: ["93.184.215.14", address])


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/",
        "http://",
        "http://example.org:22/",
        "http://user:pass@example.org/",
        "http://[::1",
        "javascript:alert(1)",
        "//example.org/",
        "http://example.org:99999/",
    ],
)
def test_urls_that_are_no_web_page(url: str) -> None:
    with pytest.raises(ApiError, match="cannot be fetched"):
        fetch_page(url, 1000, lambda host, port: ["93.184.215.14"])


def test_a_name_without_an_address() -> None:
    def lookup(host: str, port: int) -> list[str]:
        raise OSError("no such host")

    with pytest.raises(ApiError, match="no address"):
        fetch_page("http://nowhere.example/", 1000, lookup)


# ---------------------------------------------------------------- over a graph


@pytest.fixture(scope="module")
def open_client(session_store: GraphStore, store_settings: Settings) -> Iterator[TestClient]:
    with api_client(session_store, store_settings, body_limit=20_000) as client:
        yield client


@pytest.fixture(scope="module")
def locked(session_store: GraphStore, store_settings: Settings) -> Iterator[TestClient]:
    with api_client(session_store, store_settings, api_keys=RING) as client:
        yield client


def bearer(role: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {KEYS[role][0]}"}


@pytest.mark.server
@pytest.mark.parametrize(
    "path", ["/entities", "/events", "/schema", "/stats", "/graph", "/export/events.csv"]
)
def test_data_needs_a_key_where_keys_are_set(locked: TestClient, path: str) -> None:
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"X-API-Key": "é"}, {"Authorization": "Basic x"}):
        answer = locked.get(path, headers={k: v.encode() for k, v in headers.items()})  # type: ignore[arg-type]
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Bearer"
    assert locked.get(path, headers=bearer("reader")).status_code == 200
    assert locked.get(path, headers={"X-API-Key": KEYS["reader"][0]}).status_code == 200


@pytest.mark.server
@pytest.mark.parametrize(
    ("method", "path", "least"),
    [
        ("POST", "/articles", "analyst"),
        ("POST", "/articles/batch", "analyst"),
        ("POST", "/cypher", "analyst"),
        ("GET", "/jobs", "analyst"),
        ("DELETE", "/articles/none", "admin"),
    ],
)
def test_roles_bound_what_a_key_may_do(locked: TestClient, method: str, path: str, least: str) -> None:
    for role in Role:
        answer = locked.request(method, path, headers=bearer(role.name))
        allowed = role >= Role[least]
        assert (answer.status_code != 403) is allowed, (role, answer.text)


@pytest.mark.server
def test_health_and_the_page_need_no_key_and_tell_nothing(locked: TestClient) -> None:
    assert locked.get("/health").json() == {"status": "ok", "graph": "ok"}
    assert locked.get("/").status_code == 200


@pytest.mark.server
def test_without_keys_only_this_machine_is_served(
    session_store: GraphStore, store_settings: Settings
) -> None:
    app = create_app(
        store_settings,
        api_settings=settings(allowed_hosts="10.0.0.5"),
        store=session_store,
        pipeline=PreparedPipeline(),
    )
    answer = TestClient(app, base_url="http://10.0.0.5").get("/entities")
    assert answer.status_code == 403
    assert "HADATH_API_KEYS" in answer.json()["detail"]


@pytest.mark.server
@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "", "127.0.0.1.evil.example:80"])
def test_another_name_for_this_machine_is_refused(open_client: TestClient, host: str) -> None:
    assert open_client.get("/entities", headers={"Host": host}).status_code == 403


@pytest.mark.server
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "null"},
    ],
)
def test_another_sites_page_cannot_change_anything(open_client: TestClient, headers: dict[str, str]) -> None:
    body = {"query": "RETURN 1 AS one"}
    assert open_client.post("/cypher", json=body, headers=headers).status_code == 403
    own = {"Origin": BASE, "Sec-Fetch-Site": "same-origin"}
    assert open_client.post("/cypher", json=body, headers=own).status_code == 200


@pytest.mark.server
def test_no_other_origin_is_let_in(open_client: TestClient) -> None:
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "GET"}
    for answer in (
        open_client.get("/entities", headers=asked),
        open_client.options("/entities", headers=asked),
    ):
        assert not [name for name in answer.headers if name.startswith("access-control-")]


@pytest.mark.server
@pytest.mark.parametrize(
    "path", ["/", "/entities", "/nothing", "/static/js/main.js", "/graph?format=html", "/events?type=x"]
)
def test_every_answer_has_the_headers(open_client: TestClient, path: str) -> None:
    headers = open_client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-eval" not in policy
    assert "script-src 'unsafe-inline'" not in policy


@pytest.mark.server
def test_bodies_past_the_limit_are_refused(open_client: TestClient) -> None:
    large = b'{"text": "' + b"x" * 30_000 + b'"}'
    kind = {"Content-Type": "application/json"}
    assert open_client.post("/articles", content=large, headers=kind).status_code == 413

    def chunks() -> Iterator[bytes]:  # no length header
        for start in range(0, len(large), 4096):
            yield large[start : start + 4096]

    answer = open_client.post("/articles", content=chunks(), headers=kind)
    assert answer.status_code == 413
    assert answer.json()["type"] == "urn:hadath:problem:too-large"


@pytest.mark.server
def test_too_many_requests_wait(session_store: GraphStore, store_settings: Settings) -> None:
    with api_client(session_store, store_settings, rate_limit=5, api_keys=RING) as client:
        made_up = [client.get("/schema", headers={"X-API-Key": f"no-{i}"}).status_code for i in range(8)]
        assert made_up.count(429) == 3  # a made-up key gives no fresh bucket
        answer = client.get("/schema")
        assert int(answer.headers["retry-after"]) > 0
        assert client.get("/schema", headers=bearer("reader")).status_code == 200


HOSTILE = [
    "<script>alert(1)</script> قصف الجيش المدينة.",
    "قصف \u202eالجيش\u202c المدينة\u2066.",
    "قصف\u0000الجيش المدينة.",
    "\ufeff\u200b\u200c\u200d",
    "😀" * 500,
    "ق\u064b" * 4000,
    "{{7*7}} ${7*7} <%= 7*7 %> ' OR 1=1 -- \" }) DETACH DELETE n //",
    "a" * 15_000,
    "\n" * 10_000,
    "[" * 9000,
]


@pytest.mark.server
@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("kind", ["application/json", "text/plain", "text/html"])
def test_hostile_text_does_no_harm(open_client: TestClient, text: str, kind: str) -> None:
    body = json.dumps({"text": text}) if kind == "application/json" else text
    answer = open_client.post("/articles?store=false", content=body.encode(), headers={"Content-Type": kind})
    assert answer.status_code in (200, 413, 422), answer.text
    assert not answer.headers["content-type"].startswith("text/html")


@pytest.mark.server
@pytest.mark.parametrize(
    "body",
    [b"\xff\xfe\xfd", "قصف".encode("utf-16"), "قصف الجيش".encode("cp1256"), b"\x00" * 100, b"\xed\xa0\x80"],
)
@pytest.mark.parametrize("kind", ["application/json", "text/plain", "text/html"])
def test_wrong_encodings_do_no_harm(open_client: TestClient, body: bytes, kind: str) -> None:
    answer = open_client.post("/articles?store=false", content=body, headers={"Content-Type": kind})
    assert answer.status_code in (200, 422), answer.text


@pytest.mark.server
@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static//etc/passwd",
        "/static/js/..%2f..%2f..%2fapp.py",
        "/static/vendor",
    ],
)
def test_no_other_file_is_given(open_client: TestClient, path: str) -> None:
    assert open_client.get(path).status_code == 404
