"""Texts of coordinators as HTML."""

import re

import pytest
from django.utils.html import strip_tags

from werkplaats.site.models import GlossaryTerm
from werkplaats.site.texts import as_html

SWV = GlossaryTerm(pk=1, term="SWV", meaning="samenwerkingsverband")
SBO = GlossaryTerm(pk=2, term="s(b)o", meaning="speciaal (basis)onderwijs")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("Eén.\nTwee.\n\nDrie.", "<p>Eén.<br>Twee.</p>\n<p>Drie.</p>"),
        ("## Kop\nTekst", "<h2>Kop</h2>\n<p>Tekst</p>"),
        ("Zie:\n- een\n- twee\nKlaar", "<p>Zie:</p>\n<ul><li>een</li><li>twee</li></ul>\n<p>Klaar</p>"),
        ("<script>x</script> & co", "<p>&lt;script&gt;x&lt;/script&gt; &amp; co</p>"),
        ("## <b>", "<h2>&lt;b&gt;</h2>"),
        ("- <i>\n- b", "<ul><li>&lt;i&gt;</li><li>b</li></ul>"),
        ("javascript:alert(1)", "<p>javascript:alert(1)</p>"),
    ],
)
def test_markup(text, html):
    assert as_html(text) == html


def test_addresses_become_links():
    html = as_html("Zie https://example.org/a?b=1&c=2 of mail naar vraag@example.org.")
    assert 'href="https://example.org/a?b=1&amp;c=2"' in html
    assert 'href="mailto:vraag@example.org"' in html


QUOTED = [
    ("Zie «https://example.org/a».", "https://example.org/a"),
    ("Zie “https://example.org/a”, of bel.", "https://example.org/a"),
    ("Lees ‘www.example.org’", "https://www.example.org"),
    ("Meer op https://example.org/a…", "https://example.org/a"),
    ("Mail «info@example.org».", "mailto:info@example.org"),
    ("Voor \u2068https://example.org/a\u2069", "https://example.org/a"),
    ("https://example.org/Caf\u00e9_(zaal)", "https://example.org/Caf%C3%A9_(zaal)"),
    ('Let op: "https://example.org/a"!', "https://example.org/a"),
]


@pytest.mark.parametrize(("text", "address"), QUOTED)
def test_a_quote_of_word_is_no_part_of_an_address(text, address):
    """Word makes curly quotes, and one dot of three: with them in it, a link leads nowhere."""
    assert re.findall('href="([^"]+)"', as_html(text)) == [address]
    assert strip_tags(as_html(text).replace("&quot;", '"')) == text


def test_a_word_is_explained_once_where_it_stands():
    html = as_html("Het SWV en het s(b)o.\n\n- weer SWV", [SWV, SBO])
    assert html.count('popovertarget="woord-1"') == 1
    assert '<span class="meaning" id="woord-1" popover><b>SWV</b>: samenwerkingsverband</span>' in html
    assert 'popovertarget="woord-2">s(b)o</button>' in html
    assert html.endswith("<li>weer SWV</li></ul>")


@pytest.mark.parametrize("text", ["SWVen", "mijnSWV", "https://example.org/SWV", "info@SWV.example"])
def test_inside_a_word_or_an_address_nothing_is_explained(text):
    assert "popover" not in as_html(text, [SWV])
