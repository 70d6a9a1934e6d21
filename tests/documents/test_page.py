"""Pages: the article, and what the page says about itself with where it says it."""

from __future__ import annotations

import pytest

from kronika.documents import make_document
from kronika.settings import Settings
from kronika.sources import Kind, Raw

BODY = "".join(
    f"<p>{words}</p>"
    for words in (
        "Two rockets fell on the market of the town on Friday morning, the mayor said, and set its hall on fire.",
        "Firemen needed three hours to put the fire out, and the street was closed until the evening, he said.",
        "Nobody was hurt, according to the hospital, because the market opens at nine and the rockets fell at six.",
    )
)
LD = '<script type="application/ld+json">%s</script>'


def page(head: str, body: str = BODY, attributes: str = "") -> bytes:
    return f"<!DOCTYPE html><html{attributes}><head>{head}</head><body><article>{body}</article></body></html>".encode()


def document(content: bytes, **rest):
    return make_document(Raw("page.html", content, Kind.HTML, **rest), Settings())


def origin(made, name: str) -> str | None:
    return dict(made.origins).get(name)


def test_json_ld_is_believed_before_the_tags():
    ld = LD % (
        '{"@context": "https://schema.org", "@graph": [{"@type": "Person", "name": "A. Writer"},'
        '{"@type": ["NewsArticle"], "headline": "Rockets hit a market", "datePublished": "2024-05-17T08:30:00+03:00",'
        '"publisher": {"@type": "Organization", "name": "Town Courier"}, "inLanguage": "en-GB"}]}'
    )
    made = document(page('<meta property="og:title" content="Other"><title>Third</title>' + ld))
    assert (made.title, origin(made, "title")) == ("Rockets hit a market", "json-ld headline")
    assert (made.published, made.published_origin) == ("2024-05-17T08:30:00+03:00", "json-ld datePublished")
    assert (made.publisher, origin(made, "publisher")) == ("Town Courier", "json-ld publisher")


@pytest.mark.parametrize(
    "broken",
    ["{", "[]", "null", '{"@type": "NewsArticle"}', '{"@type": "NewsArticle", "headline": {"x": [1]}}', "1e999"],
)
def test_broken_json_ld_leaves_the_tags(broken: str):
    made = document(page(LD % broken + '<meta property="og:title" content="Rockets hit a market">'))
    assert (made.title, origin(made, "title")) == ("Rockets hit a market", "meta og:title")


@pytest.mark.parametrize(
    ("head", "field", "value", "where"),
    [
        (
            '<meta property="article:published_time" content="2024-05-17">',
            "published",
            "2024-05-17",
            "meta article:published_time",
        ),
        ('<meta name="pubdate" content="20240517">', "published", "2024-05-17", "meta date"),
        ('<meta name="DC.date.issued" content="2024-05">', "published", "2024-05", "meta Dublin Core"),
        ('<meta property="og:site_name" content=" Town  Courier ">', "publisher", "Town Courier", "meta og:site_name"),
        ('<link rel="canonical" href="https://town.example/a">', "url", "https://town.example/a", "link canonical"),
        ("<title>Rockets hit a market</title>", "title", "Rockets hit a market", "title"),
    ],
)
def test_a_tag_gives_its_value_and_its_name(head: str, field: str, value: str, where: str):
    made = document(page(head))
    assert (getattr(made, field), origin(made, field)) == (value, where)


def test_a_date_in_the_page_is_the_last_resort():
    made = document(page("", '<time datetime="2024-05-17">17 May</time>' + BODY))
    assert (made.published, made.published_origin) == ("2024-05-17", "htmldate")


def test_an_address_without_a_host_is_no_address():
    assert document(page('<link rel="canonical" href="/a/b">')).url is None


def test_what_the_caller_states_wins():
    from kronika.records import Stated

    head = '<meta property="article:published_time" content="2024-05-17">'
    made = document(page(head), stated={"published": Stated("2024-05-18", "flag")})
    assert (made.published, made.published_origin) == ("2024-05-18", "flag")


def test_the_article_is_kept_and_the_page_around_it_left_out():
    menu = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/w'>Weather</a></li></ul></nav>"
    content = f"<html><body>{menu}<article>{BODY}</article><footer>Subscribe to our letter</footer></body></html>"
    made = document(content.encode())
    assert made.text.startswith("Two rockets fell")
    assert made.text.count("\n") == 2
    assert "Weather" not in made.text
    assert "Subscribe" not in made.text


@pytest.mark.parametrize("encoding", ["windows-1251", "iso-8859-1", "utf-8", "koi8-r"])
def test_a_page_is_decoded_as_it_says(encoding: str):
    word = "Zażółć" if encoding == "utf-8" else "Genève" if encoding == "iso-8859-1" else "Харків"
    if encoding in ("windows-1251", "koi8-r"):
        word = "Донецк"
    body = f"<p>{word}: the mayor of the town said that two rockets had fallen on its market in the morning.</p>{BODY}"
    content = page(f'<meta charset="{encoding}">', body).decode().encode(encoding)
    assert document(content).text.startswith(word)


def test_the_encoding_of_the_server_wins_over_that_of_the_page():
    body = f"<p>Genève: the mayor of the town said that two rockets had fallen on its market.</p>{BODY}"
    content = page('<meta charset="utf-8">', body).decode().encode("latin-1")
    assert document(content, encoding="latin-1").text.startswith("Genève")


def test_unclosed_and_nested_markup_is_read():
    content = page("", BODY.replace("</p>", "") + "<div>" * 300)
    assert "Nobody was hurt" in document(content).text
