"""Readers of articles: what they make of a file of their format, and what they refuse."""

import hashlib
import io
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from app.exchange import (
    eml,
    europresse,
    factiva,
    foreign_article,
    markdown,
    nexis,
    odt,
    pdf,
    rtf,
    text_file,
    web_page,
)
from app.exchange.dataset import Lost
from app.exchange.dates import iso_day
from app.exchange.page_text import rendered
from app.exchange.registry import format_of
from app.model.errors import InputRefused
from tests.exchange.pdf_file import made_pdf

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


def zipped(**members: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), text)
    return file.getvalue()


def open_document(body: str, **more: str) -> bytes:
    names = f'xmlns:o="{OFFICE}" xmlns:t="{TEXT}"'
    return zipped(content_xml=f"<o:document {names}>{body}</o:document>", **more)


def test_open_document_counts_spaces_as_it_says() -> None:
    body = (
        '<t:h>  A\n  head </t:h><t:p>one<t:s t:c="3"/>two<t:tab/>three<t:line-break/> four'
        "<t:note><t:p>note</t:p></t:note><o:annotation><t:p>no</t:p></o:annotation>.</t:p>"
        "<t:tracked-changes><t:p>gone</t:p></t:tracked-changes>outside"
    )
    said = odt.read(open_document(body))
    assert said["text"] == "A head \none   two\tthree\nfour.\n"
    assert said["left_out"] == {"footnotes and endnotes": 1, "comments": 1, "tracked changes": 1}


def test_open_document_says_its_title_and_author() -> None:
    meta = (
        '<m xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>A  title</dc:title>'
        "<dc:creator>A. Writer</dc:creator></m>"
    )
    said = odt.read(open_document("<t:p>x</t:p>", meta_xml=meta))
    assert (said["title"], said["author"]) == ("A title", "A. Writer")


def test_a_locked_open_document_is_refused() -> None:
    lock = '<m xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><encryption-data/></m>'
    with pytest.raises(InputRefused, match="password"):
        odt.read(open_document("<t:p>x</t:p>", **{"META-INF__manifest_xml": lock}))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (rb"{\rtf1\ansi\ansicpg1251 \'cd\'e0\'e2 \u1053? caf\'e9\par two}", "Нав Н cafй\ntwo\n"),
        (rb"{\rtf1\uc1\u-10179?\u-9016?}", "\U0001f4c8\n"),
        (rb"{\rtf1\uc2\u8217 \'92x!}", "’!\n"),
        (rb"{\rtf1{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset238 B;}}\f1\'e8{\f0\'e8}\'e8}", "čèč\n"),
        (rb"{\rtf1{\*\unknown gone}{\pict 00ff}a\{b\}\\c\~d\_e}", "a{b}\\c\u00a0d\u2011e\n"),
        (rb"{\rtf1 a{\v hidden{ deeper}}b\cell c\row d}", "ab\tc\nd\n"),
        (rb"{\rtf1 a\bin4 {{{{b}", "ab\n"),
        (rb"{\rtf1\u9999999?\u-99999999?x}", "\ufffd\ufffdx\n"),
        (rb"{\rtf1{\field{\*\fldinst HYPERLINK}{\fldrslt seen}}}}}}", "seen\n"),
    ],
)
def test_rtf_is_read_in_its_code_pages(source: bytes, text: str) -> None:
    assert rtf.read(source)["text"] == text


def test_rtf_says_title_author_and_what_is_left_out() -> None:
    said = rtf.read(rb"{\rtf1{\info{\title T}{\author A}{\subject S}}x{\footnote note}}")
    assert (said["title"], said["author"], said["text"]) == ("T", "A", "x\n")
    assert said["left_out"] == {"footnotes and endnotes": 1}


def test_a_pdf_gives_its_words_or_says_that_it_has_none() -> None:
    words = "BT /F1 12 Tf 72 700 Td (Thousands protested) Tj ET"
    assert pdf.read(made_pdf(words.encode("latin-1")))["text"] == "Thousands protested\n"
    with pytest.raises(InputRefused, match="text recognition"):
        pdf.read(made_pdf(b""))
    for broken in (made_pdf(words.encode("latin-1"))[:200], b"words"):
        with pytest.raises(InputRefused, match=r"broken|no PDF"):
            pdf.read(broken)


def test_markdown_is_kept_whole_and_says_what_its_head_says() -> None:
    raw = (
        b"---\ntitle: 'A: title'\ndate: 2021-01-23\nauthors: [A, B]\n---\n\n# Head\n\nWords *so*.\n"
    )
    said = markdown.read(raw)
    assert said["text"].encode() == raw
    assert (said["headline"], said["published"], said["author"]) == (
        "A: title",
        "2021-01-23",
        "A, B",
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# A *nice* [title](x) #\n\nWords", "A nice title"),
        ("Under\n=====\nWords", "Under"),
        ("```\n# no\n```\n## Yes\n", "Yes"),
        ("---\n[broken\n---\nWords", ""),
        ("Words alone", ""),
    ],
)
def test_a_title_of_markdown(text: str, title: str) -> None:
    assert markdown.read(text.encode())["headline"] == title


PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>Strike | The Daily</title>
<meta property="og:site_name" content="The Daily"><meta name="author" content="A. Writer">
<meta property="article:published_time" content="2021-01-23T10:00:00Z">
<link rel="canonical" href="https://daily.example/strike">
<script>var x = "no words";</script></head><body>
<nav><ul><li><a href="/">Home, sweet home, and more</a></li></ul></nav>
<div class="page"><h1>Strike</h1><div class="story">{}</div>
<aside>Read also, if you like, this other story about something else entirely</aside></div>
<div id="comments"><p>First, I am a reader, and I say, at some length, what I think.</p></div>
<footer>Copyright, all rights reserved, and so on</footer></body></html>"""


def test_a_page_is_read_without_its_furniture() -> None:
    body = "".join(
        f"<p>Paragraph {n}, which is long, and has commas &amp; <b>words</b>.</p>" for n in range(9)
    )
    said = web_page.read(PAGE.format(body).encode())
    lines = [f"Paragraph {n}, which is long, and has commas & words." for n in range(9)]
    assert said["text"] == "\n\n".join(["Strike", *lines]) + "\n"
    assert {name: said[name] for name in ("headline", "author", "published", "source")} == {
        "headline": "Strike",
        "author": "A. Writer",
        "published": "2021-01-23",
        "source": "The Daily",
    }
    assert (said["url"], said["language"]) == ("https://daily.example/strike", "en-GB")


def test_linked_data_says_who_wrote() -> None:
    block = (
        '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "H",'
        ' "author": [{"name": "A"}, {"name": "B &amp; C"}], "datePublished": "2020-02-29",'
        ' "publisher": {"name": "P"}}]}</script><script type="application/ld+json">{]</script>'
    )
    said = web_page.read(f"<html><body>{block}<p>{'Some words, here. ' * 5}</p>".encode())
    assert (said["headline"], said["author"], said["source"]) == ("H", "A, B & C", "P")
    assert said["published"] == "2020-02-29"


@pytest.mark.parametrize(
    ("declared", "codec"),
    [("iso-8859-1", "utf-8"), ("utf-8", "cp1252"), ("windows-1251", "cp1251"), ("x-no", "utf-8")],
)
def test_a_declaration_that_the_bytes_contradict_is_not_believed(declared: str, codec: str) -> None:
    words = (
        "Так сказал он вчера вечером. "
        if codec == "cp1251"
        else "L’été dernier, à Orléans, la grève a été très suivie. "
    )
    page = f'<html><meta charset="{declared}"><p>{words * 9}</p></html>'
    assert words.strip() in web_page.read(page.encode(codec))["text"]


@pytest.mark.parametrize(("name", "precision"), [("mozilla-1", 0.83), ("wikipedia", 0.98)])
def test_main_text_beside_what_others_expect(
    shared_data: Path, name: str, precision: float
) -> None:
    folder = shared_data / "09_sources" / "html_readability" / name
    got = Counter(web_page.read((folder / "source.html").read_bytes())["text"].split())
    page = html.fromstring((folder / "expected.html").read_text("utf-8"))
    wanted = Counter(rendered(page).split())
    both = (got & wanted).total()
    assert both / wanted.total() > 0.98
    assert both / got.total() > precision


def test_mail_gives_its_body_and_counts_what_is_attached() -> None:
    raw = (
        b"Subject: =?utf-8?q?Caf=C3=A9?=\nFrom: A <a@b.example>\n"
        b"Date: Sat, 23 Jan 2021 10:00:00 +0100\n"
        b'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="x"\n\n--x\n'
        b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
        b"W\xc3\xb6rter.\n--x\nContent-Type: image/png\n\nabc\n--x--\n"
    )
    (said,) = eml.read(raw)
    assert (said["headline"], said["author"]) == ("Café", "A <a@b.example>")
    assert (said["text"], said["published"]) == ("Wörter.", "2021-01-23")
    assert said["left_out"] == {"attachments": 1}
    with pytest.raises(InputRefused, match="no mail"):
        list(eml.read(b"Just words.\n"))


def test_mail_that_is_a_web_page_and_many_in_one_file() -> None:
    one = b"Subject: 1\nContent-Type: text/html; charset=nonsense\n\n<p>A</p><p>B</p>\n"
    box = b"From a@b Mon Jun 01 04:28:28 2009\n" + one + b"\n>From here\n\n"
    box += b"From a@b Mon Jun 01 04:28:29 2009\nSubject: 2\n\nTwo\n>From there\n"
    first, second = eml.read(box)
    assert first["text"].startswith("A\n\nB\n")
    assert (second["headline"], second["text"]) == ("2", "Two\nFrom there\n")


OLD = """
                               1 of 2 DOCUMENTS


                              The Daily (London)

                            January 11, 2010 Monday
                                   Edition 1;
                                    Scotland

A headline that is
wrapped

BYLINE: By A. WRITER

SECTION: NEWS; Pg. 3

LENGTH: 355 words


HIGHLIGHT: What it is about

First paragraph that is wrapped
at the end of the page.

He said: “No.”

LOAD-DATE: January 11, 2010

LANGUAGE: ENGLISH


                       Copyright 2010 The Daily
                              All Rights Reserved

                               2 of 2 DOCUMENTS


                              The Other

                            12 January 2010

Second

LENGTH: 3 words

Words.
"""


def test_nexis_in_its_old_layout() -> None:
    first, second = nexis.read(OLD.encode())
    text = "A headline that is wrapped\n\nFirst paragraph that is wrapped at the end of the page."
    assert first["text"] == f"{text}\n\nHe said: “No.”\n"
    assert (first["source"], first["published"], first["author"], first["language"]) == (
        "The Daily (London)",
        "2010-01-11",
        "A. WRITER",
        "en",
    )
    assert first["metadata"] == {
        "section": "NEWS; Pg. 3",
        "length": "355 words",
        "highlight": "What it is about",
        "load_date": "January 11, 2010",
    }
    assert (second["text"], second["published"]) == ("Second\n\nWords.\n", "2010-01-12")


NEW = """Date and Time: Friday, 5. July 2019 09:31:00 CEST
Documents (1)
1. A headline


A headline
The Guardian(London)
July 1, 2019 Monday 9:20 AM GMT

Copyright 2019 The Guardian All Rights Reserved
Section:\u00a0POLITICS; Version:28
Length:\u00a0355 words
Byline:\u00a0A. Writer
Body

First paragraph.

Graphic: he said, is not a tag here.

Load-Date:\u00a0July 4, 2019


End of Document
"""


def test_nexis_in_its_new_layout() -> None:
    (one,) = nexis.read(NEW.encode())
    assert one["text"].startswith("A headline\n\nFirst paragraph.")
    assert (one["source"], one["published"]) == ("The Guardian(London)", "2019-07-01")
    assert one["metadata"]["load_date"] == "July 4, 2019"
    with pytest.raises(InputRefused, match="as files of Nexis have"):
        list(nexis.read(b"Words."))


PLAIN = """A headline

By A. Writer
1,234 words
3 March 2014
09:15
The Daily
DAILY
12
English
(c) 2014 The Daily.

First paragraph.

Second.

Document DAILY00020140303ea3300001

Ohne Namen
12 Wörter
4. März 2014
Die Zeitung
ZEIT
Deutsch
Copyright 2014.

Text.

Dokument ZEIT000020140304ea3400002
"""


def test_factiva_without_labels() -> None:
    first, second = factiva.read(PLAIN.encode())
    assert first["text"] == "A headline\n\nFirst paragraph.\n\nSecond.\n"
    assert (first["author"], first["source"]) == ("A. Writer", "The Daily")
    assert (first["published"], first["language"]) == ("2014-03-03", "en")
    assert first["metadata"] == {
        "words": "1,234 words",
        "page": "12",
        "source_code": "DAILY",
        "document": "DAILY00020140303ea3300001",
    }
    assert (second["published"], second["source"], second["language"]) == (
        "2014-03-04",
        "Die Zeitung",
        "de",
    )


def test_factiva_with_labels_in_a_page() -> None:
    rows = {"HD": "Head", "BY": "By A", "PD": "9 January 2012", "SN": "Paper", "LA": "English"}
    cells = "".join(f"<tr><td><b>{k}</b>&nbsp;</td><td>{v}</td></tr>" for k, v in rows.items())
    cells += "<tr><td><b>LP</b></td><td><p>Lead.</p></td></tr>"
    cells += "<tr><td><b>TD</b></td><td><p>One.</p><p>Two.</p></td></tr>"
    cells += "<tr><td><b>AN</b>&nbsp;</td><td>Document TEST0000020120109e51700030</td></tr>"
    (one,) = factiva.read(f"<html><div class='article'><table>{cells}</table></div>".encode())
    assert one["text"] == "Head\n\nLead.\n\nOne.\n\nTwo.\n"
    assert (one["source"], one["published"], one["author"]) == ("Paper", "2012-01-09", "A")
    with pytest.raises(InputRefused, match="ends with “Document”"):
        list(factiva.read(b"Words."))


def as_rtf(text: str) -> bytes:
    lines = "".join(f"{{\\f0 {line}}}\\par\n" for line in text.split("\n"))
    return f"{{\\rtf1\\ansi{{\\fonttbl{{\\f0 Times;}}}}\n{lines}}}".encode("cp1252", "replace")


@pytest.mark.parametrize(
    ("name", "data", "kind", "count"),
    [
        ("a.txt", OLD.encode(), "nexis", 2),
        ("b.txt", NEW.encode(), "nexis", 1),
        ("c.rtf", as_rtf(OLD), "nexis", 2),
        ("d.rtf", as_rtf(NEW), "nexis", 1),
        ("e.html", f"<html><p>{NEW.replace(chr(10), '</p><p>')}</p></html>".encode(), "nexis", 1),
        ("f.txt", PLAIN.encode(), "factiva", 2),
        ("g.rtf", as_rtf(PLAIN), "factiva", 2),
        ("h.txt", b"It was page 1 of 10 documents.\nEnd of Document\n", "text", 1),
    ],
)
def test_an_archive_is_known_by_its_contents(
    tmp_path: Path, name: str, data: bytes, kind: str, count: int
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    found = format_of(path)
    assert found is not None
    assert found.name == kind
    assert found.read is not None
    articles = [bundle.article for bundle in found.read(path).articles]
    assert len(articles) == count
    if kind != "text":
        assert all(one.published and one.source for one in articles)


def test_an_archive_in_a_word_document(tmp_path: Path) -> None:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    for text, kind in ((NEW, "nexis"), (PLAIN, "factiva")):
        body = "".join(f"<w:p><w:r><w:t>{x}</w:t></w:r></w:p>" for x in text.split("\n"))
        path = tmp_path / f"{kind}.docx"
        document = f'<w:document xmlns:w="{space}">{body}</w:document>'
        path.write_bytes(zipped(word__document_xml=document))
        found = format_of(path)
        assert found is not None
        assert found.name == kind


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        # As the bytes are, which is not always as the name says: two are Windows code pages.
        ("udhr/Chinese_Mandarin-GB2312", "gb2312"),
        ("udhr/Czech_Cesky-Latin2", "cp1250"),
        ("udhr/Greek_Ellinika-Greek", "iso8859-7"),
        ("udhr/Hebrew_Ivrit-Hebrew", "iso8859-8"),
        ("udhr/Japanese_Nihongo-SJIS", "shift_jis"),
        ("udhr/Russian_Russky-Cyrillic", "cp1251"),
        ("udhr/Spanish_Espanol-Latin1", "iso8859-1"),
        ("charset_normalizer/sample-chinese", "big5"),
        ("charset_normalizer/sample-hebrew-2", "cp1255"),
        ("charset_normalizer/sample-russian", "mac-cyrillic"),
        ("charset_normalizer/sample-turkish", "cp1254"),
    ],
)
def test_the_encodings_of_others_are_found_out(shared_data: Path, name: str, codec: str) -> None:
    data = (shared_data / "09_sources" / f"encodings_{name}.txt").read_bytes()
    assert text_file.decode(data)[0] == data.decode(codec)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("big-preamble", "Аренда жилой недвижимости"),
        ("resume", "Здравствуйте"),
        ("testHTMLNoisyMetaEncoding_1", "الاتحاد الجزائري"),
        ("testHTML_charset_utf16le", "This is a sample text"),
        ("testHTML_utf8", "åäö"),
    ],
)
def test_pages_whose_declarations_lie(shared_data: Path, name: str, words: str) -> None:
    path = shared_data / "09_sources" / "html_tika" / f"{name}.html"
    assert words in web_page.read(path.read_bytes())["text"]


def test_europresse() -> None:
    page = """<html><body><article><header><div class="rdp__DocPublicationName">
    <span class="DocPublicationName">Le Journal, no. 12</span></div>
    <span class="DocHeader">Monde, lundi 3 mars 2014 345 mots, p. 4</span>
    <div class="titreArticle"><p class="titreArticleVisu">Un titre</p></div>
    <div class="docAuthors">Par A. Auteur</div></header>
    <section><div class="DocText"><p>Un.</p><p>Deux.</p></div></section>
    <footer><div class="publiC-lblNodoc">news·20140303·LM·x12</div></footer></article></body>"""
    (one,) = europresse.read(page.encode())
    assert one["text"] == "Un titre\n\nUn.\n\nDeux.\n"
    assert (one["source"], one["published"]) == ("Le Journal", "2014-03-03")
    assert one["metadata"]["document"] == "news·20140303·LM·x12"
    with pytest.raises(InputRefused, match="no article"):
        list(europresse.read(b"<html><p>words</p></html>"))


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("January 11, 2010 Monday", "2010-01-11"),
        ("lundi 3 mars 2014", "2014-03-03"),
        ("4. März 2014", "2014-03-04"),
        ("5 de marzo de 2014", "2014-03-05"),
        ("2 декабря 2019", "2019-12-02"),
        ("1er août 2019", "2019-08-01"),
        ("2012-01-09T01:35:58Z", "2012-01-09"),
        ("2019年7月3日", "2019-07-03"),
        ("23.01.2021", "2021-01-23"),
        ("23/01/2021", "2021-01-23"),
        ("01/23/2021", "2021-01-23"),
        ("03/04/2012", ""),
        ("20210123", "2021-01-23"),
        ("31 February 2020", ""),
        ("yesterday", ""),
    ],
)
def test_the_day_that_words_name(words: str, day: str) -> None:
    assert iso_day(words) == day


def test_articles_of_a_file_share_its_hash_and_say_what_was_left_out(tmp_path: Path) -> None:
    path = tmp_path / "box.mbox"
    one = b"From a@b Mon Jun 01 04:28:28 2009\nSubject: %d\n\n%b\n\n"
    path.write_bytes(one % (1, b"One") + one % (2, b" ") + one % (3, b"Three"))
    found = foreign_article.read(path, "eml")
    articles = [bundle.article for bundle in found.articles]
    assert [one.title for one in articles] == ["1", "3"]
    assert articles == [bundle.article for bundle in found.articles]
    assert {one.origin.sha256 for one in articles} == {
        hashlib.sha256(path.read_bytes()).hexdigest()
    }
    (lost,) = found.lost
    assert lost == Lost(
        what="messages and articles without text",
        count=1,
        reason="there is nothing in them to mark",
    )


def test_a_text_that_cannot_be_kept_refuses_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"a\0b")
    with pytest.raises(InputRefused, match="NUL"):
        foreign_article.read(path, "markdown")


def test_readers_answer_what_json_can_hold() -> None:
    record: dict[str, Any] = rtf.read(rb"{\rtf1 x}")
    assert set(record) == {"text", "title", "author", "left_out"}
