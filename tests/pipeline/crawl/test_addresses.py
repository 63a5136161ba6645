import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.crawl.addresses import canonical, canonical_host, pattern, same_site, site


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTPS://WWW.Primer.RU/Novosti", "https://www.primer.ru/Novosti"),
        ("https://primer.ru", "https://primer.ru/"),
        ("https://primer.ru?id=1", "https://primer.ru/?id=1"),
        ("http://primer.ru:80/a", "http://primer.ru/a"),
        ("https://primer.ru:443/a", "https://primer.ru/a"),
        ("http://primer.ru:443/a", "http://primer.ru:443/a"),
        ("https://primer.ru./a", "https://primer.ru/a"),
        ("https://primer.ru/a/../b/./c", "https://primer.ru/b/c"),
        ("https://primer.ru/%2e%2e/b", "https://primer.ru/b"),
        ("https://primer.ru/../../b/..", "https://primer.ru/"),
        ("https://primer.ru/a//b/", "https://primer.ru/a//b/"),
        ("https://primer.ru/новости", "https://primer.ru/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8"),
        ("https://primer.ru/%d0%bd%7e", "https://primer.ru/%D0%BD~"),
        ("https://primer.ru/%CD%EE", "https://primer.ru/%CD%EE"),  # windows-1251 stays as it is
        ("https://primer.ru/100%/a b", "https://primer.ru/100%25/a%20b"),
        ("https://primer.ru/a#comments", "https://primer.ru/a"),
        ("https://primer.ru/a?", "https://primer.ru/a"),
        ("https://primer.ru/a?b=2&a=1", "https://primer.ru/a?b=2&a=1"),  # the order may matter
        ("https://primer.ru/a?id=1&amp;p=2", "https://primer.ru/a?id=1&p=2"),
        ("https://primer.ru/a?id=1&&p=2&", "https://primer.ru/a?id=1&p=2"),
        ("  https://primer.ru/a\n", "https://primer.ru/a"),
        ("https://primer.ru/a\r\nb", "https://primer.ru/ab"),
        ("https:\\\\primer.ru\\a", None),
        ("http://[2001:DB8:0::1]:8080/", "http://[2001:db8::1]:8080/"),
        ("http://новости.рф/a", "http://xn--b1amnebsh.xn--p1ai/a"),
        ("mailto:info@primer.ru", None),
        ("javascript:void(0)", None),
        ("file:///etc/hosts", None),
        ("ftp://primer.ru/a", None),
        ("https://user:secret@primer.ru/", None),
        ("https://primer.ru@evil.ru/", None),
        ("https://primer.ru:99999/", None),
        ("https://primer.ru:0/", None),
        ("https://primer.ru:port/", None),
        ("https:///a", None),
        ("http://[::1/", None),
        ("http://[fe80::1%25eth0]/", None),
        ("https://pri mer.ru/", None),
        ("", None),
        (f"https://primer.ru/{'a' * 5000}", None),
    ],
)
def test_canonical(url, expected):
    assert canonical(url) == expected


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("utm_source=a&utm_medium=b", ""),
        ("id=5&UTM_Campaign=x&yclid=1&fbclid=2&gclid=3&_openstat=4&ysclid=5", "?id=5"),
        ("utm", ""),
        ("from=main", "?from=main"),  # elsewhere it may be where a list begins
        ("futm_source=1", "?futm_source=1"),
    ],
)
def test_parameters_that_only_track_are_removed(query, kept):
    assert canonical(f"https://primer.ru/a?{query}") == f"https://primer.ru/a{kept}"


def test_parameters_that_track_on_some_sites_are_removed_there_and_on_their_subdomains():
    assert canonical("https://kuban.rbc.ru/a?from=newsfeed&p=1") == "https://kuban.rbc.ru/a?p=1"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("b", "https://primer.ru/news/b"),
        ("/b", "https://primer.ru/b"),
        ("?p=2", "https://primer.ru/news/a?p=2"),
        ("//drugoy.ru/b", "https://drugoy.ru/b"),
        ("#top", "https://primer.ru/news/a"),
        ("../../..", "https://primer.ru/"),
        ("tel:+70000000000", None),
        ("http://[", None),
    ],
)
def test_canonical_against_a_base(url, expected):
    assert canonical(url, "https://primer.ru/news/a") == expected


@given(st.text(max_size=40), st.text(alphabet="/.%2eE?&=a;я #\\", max_size=20))
@example("", "/%2e%2e%2f")
@example("", "/.%2e/")
@example("", "/%252e%252e/a")
def test_the_canonical_form_is_its_own_and_plain_ascii(tail, path):
    for url in (f"https://primer.ru{path}{tail}", tail, path + tail):
        made = canonical(url, "https://primer.ru/a/b")
        if made is not None:
            assert canonical(made) == made
            assert re.fullmatch(r"https?://[!-~]+", made)
            assert not re.search(r"/\.\.?(/|\?|$)", made.partition("?")[0])


@pytest.mark.parametrize("host", ["", ".", "a..b", "-a.ru", "a/b", "a b", "а" * 300, "%41.ru", "::g"])
def test_what_can_be_no_host(host):
    assert canonical_host(host) is None


def test_a_site_is_a_registered_domain():
    assert same_site("www.primer.ru", "m.primer.ru")
    assert not same_site("odin.com.ru", "dva.com.ru")
    assert not same_site("primer.ru", "primer.ru.evil.com")
    assert not same_site("127.0.0.1", "127.0.0.2")
    assert site("localhost") == "localhost"
    assert site("::1") == "::1"


@pytest.mark.parametrize(
    ("text", "path", "taken"),
    [
        ("/news/*", "/news/1", True),
        ("/news/*", "/old/news/1", False),
        ("/news/*", "/news/1?p=2", True),
        ("/news", "/news/1", False),
        ("*/video/*", "/a/video/1", True),
        ("www.primer.ru/*", "/a", True),
        ("https://www.primer.ru/a?id=*", "/a?id=7", True),
        ("primer.ru/*", "/a", False),
        ("/новости/*", "/новости/1", True),
        ("/a.html", "/axhtml", False),
        (r"re:/\d{4}/\d\d/", "/2026/11/zayom", True),
        (r"re: ^https://www\.", "/", True),
        (r"re:/\d{4}/", "/20/", False),
    ],
)
def test_patterns(text, path, taken):
    url = canonical(path, "https://www.primer.ru/")
    assert (pattern(text).search(url) is not None) is taken


def test_a_pattern_that_is_no_expression():
    with pytest.raises(re.error):
        pattern("re:(")
