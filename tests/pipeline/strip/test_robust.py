"""Nothing that can be fed to `strip` makes it raise, and nothing is kept that the page does not have."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from pages import AMP, BUSINESS_DAILY, OLD_TABLES

from pipeline.model import Article, Media, Page, Rejected, Source
from pipeline.strip import explain, strip

PAGES = [BUSINESS_DAILY, OLD_TABLES, AMP]
TAGS = [
    "<div>",
    "</div>",
    "<p>",
    "<br>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<table><tr><td>",
    "</td>",
    "<a href=x>",
]
TAGS += [
    "</a>",
    "<h1>",
    "<li>",
    "<title>",
    "<article itemprop=articleBody>",
    "<?xml",
    "<![CDATA[",
    "&nbsp;",
    "&#0;",
    "\x00",
]
WORDS = [
    "Завод",
    "открыл",
    "новую линию.",
    "12 марта 2024",
    "Читайте также:",
    "Комментарии",
    "Фото: Белова",
    " — ",
    "1.1.1",
]


def result(content: bytes, media: Media = Media.HTML) -> Article | Rejected:
    page = Page(Source("page"), media, content)
    explain(page)
    return strip(page)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=600), st.sampled_from([Media.HTML, Media.TEXT, Media.ARTICLE]))
def test_any_bytes(content, media):
    assert isinstance(result(content, media), Article | Rejected)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(TAGS + WORDS), max_size=80), st.sampled_from([Media.HTML, Media.TEXT]))
def test_any_markup(parts, media):
    assert isinstance(result(" ".join(parts).encode(), media), Article | Rejected)


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(PAGES), st.integers(0, 4000), st.integers(0, 300), st.binary(max_size=20))
def test_damaged_pages(html, start, length, patch):
    content = html.encode()
    found = result(content[:start] + patch + content[start + length :])
    assert isinstance(found, Article | Rejected)


def test_deep_nesting():
    story = re.findall(r"<p>.*?</p>", AMP)
    found = result(("<div>" * 10_000 + "".join(story) + "</div>" * 10_000).encode())
    assert isinstance(found, Article)
    assert len(found.paragraphs) == len(story)


def test_attribute_order_and_white_space_do_not_matter():
    spaced = BUSINESS_DAILY.replace("><", ">\n   <").replace(
        '<h1 class="article__title">', '<h1 id="t" class="article__title"  >'
    )
    assert strip_text(spaced) == strip_text(BUSINESS_DAILY)


def strip_text(html: str) -> str:
    found = result(html.encode())
    assert isinstance(found, Article)
    return found.text


def test_spans_are_of_the_text():
    for html in PAGES:
        found = result(html.encode())
        assert isinstance(found, Article)
        shown = [found.text[span.start : span.stop] for span in found.paragraphs]
        assert "\n\n".join([found.title or "", *shown]) == found.text
