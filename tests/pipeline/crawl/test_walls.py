from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.crawl.walls import wall
from pipeline.net import Ask, Reply

ROOT = Path(__file__).parents[3]
STORY = "<p>В Заречье завершили испытания службы защиты сайтов, сообщил директор центра связи.</p>" * 15


def told(body, status=200, **headers):
    named = tuple((name.replace("_", "-"), value) for name, value in {"content_type": "text/html", **headers}.items())
    body = body.encode() if isinstance(body, str) else body
    ask = Ask("https://vesti-zareche.example/1")
    reply = Reply(ask, datetime(2026, 11, 24, tzinfo=UTC), status, "", "HTTP/1.1", named, body, None, 0.1)
    return wall(reply, body)


def page(body, title="", head=""):
    return f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>"


@pytest.mark.parametrize(
    ("body", "status", "name"),
    [
        (page("<div id=cf-wrapper></div>", "Just a moment..."), 403, "cloudflare"),
        (page("<script>window._cf_chl_opt={}</script>"), 200, "cloudflare"),
        (page('<script src="/__qrator/qauth_utm_v2.js"></script>'), 401, "qrator"),
        (page("<h1>Проверка</h1>", "DDoS-Guard"), 403, "ddos-guard"),
        (page('<script src="/.well-known/ddos-guard/js-challenge/index.js"></script>'), 200, "ddos-guard"),
        (page('<script src="https://servicepipe.ru/static/checkjs/a.js"></script>'), 200, "servicepipe"),
        (page('<form class="g-recaptcha"></form>'), 200, "captcha"),
        (page("<p>Подтвердите, что вы не робот</p>"), 200, "captcha"),
        (page("<p>Пожалуйста, подождите</p>", "Проверка браузера"), 503, "browser check"),
        (page("<p>Идёт проверка вашего браузера, это займёт несколько секунд.</p>"), 200, "browser check"),
        (page("<h1>Доступ запрещён</h1>", "Доступ запрещён"), 403, "access denied"),
        ("<html><script>document.cookie='a=1';location.reload()</script></html>", 200, "script stub"),
        (
            page("<p>Идёт проверка браузера</p>", head="<meta charset=windows-1251>").encode("cp1251"),
            200,
            "browser check",
        ),
    ],
)
def test_walls(body, status, name):
    assert told(body, status) == name


def test_headers_say_it_outright():
    assert told("", 403, cf_mitigated="challenge") == "cloudflare"


def test_a_service_in_front_is_a_wall_only_where_it_refuses():
    short = page("<p>Страница временно недоступна</p>")
    assert told(short, 403, server="ddos-guard") == "ddos-guard"
    assert told(short, 200, server="ddos-guard") is None
    assert told(page(STORY), 403, server="ddos-guard") is None


@pytest.mark.parametrize("title", ["DDoS-Guard отразил атаку на сайт мэрии", "Проверка браузера: как обойти капчу"])
def test_an_article_about_walls_is_none(title):
    body = page(f"<h1>{title}</h1>{STORY}<script src='/cdn-cgi/challenge-platform/x.js'></script>", title)
    assert told(body) is None


def test_a_form_with_a_captcha_under_an_article_is_none():
    assert told(page(STORY + "<form class='g-recaptcha'></form><script>location.href='/'</script>")) is None


def test_what_is_no_markup_is_none():
    assert told('{"captcha": "showcaptcha"}', content_type="application/json") is None
    assert told(page("<p>Коротко</p>")) is None
    assert told("") is None


@pytest.mark.parametrize("path", sorted(ROOT.glob("corpus/pages/*/page.html")), ids=lambda p: p.parent.name)
def test_no_page_of_the_corpus_is_a_wall(path):
    assert told(path.read_bytes()) is None
