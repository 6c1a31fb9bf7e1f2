"""Which part of a web page is its article. Imported by the child alone.

Paragraphs vote for the elements they stand in, more the longer they are and the more commas they
have; elements that are mostly links lose. The winner and its like siblings are the article. The
idea is that of Arc90's Readability (2009), of which every browser's reading view is a descendant.
"""

import re
from collections import defaultdict

from lxml import html

from app.exchange.page_text import PASSED_OVER, rendered

_PARAGRAPHS = ("p", "pre", "td", "blockquote")
_SHORTEST = 25
_NO_ARTICLE = re.compile(
    r"\b(nav(igation|bar)?|menu|sidebar|footer|footnotes?|masthead|breadcrumbs?|comments?|disqus|share"
    r"|sharing|social|related|recommend(ed|ations)?|promo(tion)?|sponsor(ed)?|advert(isement)?|ads?"
    r"|newsletter|subscribe|cookies?|consent|popup|modal|pagination|pager|toolbar|widget|teaser"
    r"|outbrain|taboola|mw-jump-link|siteSub|contentSub|catlinks|printfooter|siteSub|jump-to-nav|mw-editsection|toc|navbox|noprint"
    r"|skip-?link|hidden)\b",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"\b(article|body|content|entry|main|post|story|text|page)\b", re.IGNORECASE)
_ROLES = {"navigation", "complementary", "banner", "contentinfo", "search", "menu", "dialog"}
_TAGS = {"nav", "aside", "footer", "form", "menu", "dialog"}
_NEVER_DROPPED = {"html", "body", "article", "main"}
_BODY = (
    "//*[contains(concat(' ', normalize-space(@itemprop), ' '), ' articleBody ')]",
    "//article",
    "//main | //*[@role='main']",
)
_WORDS_OF_AN_ARTICLE = 40
_SHARE_OF_WINNER = 0.2


def main_text(page: html.HtmlElement) -> str:
    """Return the text of the article on a page; the whole page's where nothing stands out."""
    left_out = furniture(page)
    for path in _BODY:
        found = [one for one in page.xpath(path) if not is_within(one, left_out)]
        if len(found) == 1:
            text = rendered(found[0], left_out)
            if len(text.split()) >= _WORDS_OF_AN_ARTICLE and _links(found[0], left_out) < 0.5:
                return text
    scores = _scores(page, left_out)
    if not scores:
        return rendered(page, left_out) or rendered(page)
    winner = max(scores, key=lambda one: scores[one] * (1 - _links(one, left_out)))
    taken = _with_siblings(winner, scores, left_out)
    text = "\n\n".join(rendered(one, left_out).rstrip("\n") for one in taken)
    return f"{text}\n" if text else rendered(page, left_out)


def furniture(page: html.HtmlElement) -> frozenset[html.HtmlElement]:
    """Return the elements that are menus, adverts, comments: by their tags, roles and names."""
    found = set()
    everything = max(1, len(page.text_content()))
    for one in page.iter():
        if not isinstance(one.tag, str) or one.tag in _NEVER_DROPPED:
            continue
        names = f"{one.get('class', '')} {one.get('id', '')}".replace("_", " ")
        is_hidden = one.get("hidden") is not None or "display:none" in one.get("style", "").replace(
            " ", ""
        )
        by_name = bool(_NO_ARTICLE.search(names)) and one.tag not in {"p", "span", "a", "em", "b"}
        if (
            one.tag in _TAGS
            or one.get("role") in _ROLES
            or is_hidden
            or (by_name and len(one.text_content()) < everything / 2)
        ):
            found.add(one)
    return frozenset(found)


def _scores(
    page: html.HtmlElement, left_out: frozenset[html.HtmlElement]
) -> dict[html.HtmlElement, float]:
    scores: dict[html.HtmlElement, float] = defaultdict(float)
    for one in page.iter(*_PARAGRAPHS):
        words = one.text_content().strip() if not len(one) else _own_words(one)
        if len(words) < _SHORTEST or is_within(one, left_out):
            continue
        score = 1 + len(re.findall("[,،、，；;]", words)) + min(3, len(words) / 100)
        for level, above in enumerate(_above(one, 3)):
            if above not in scores:
                names = f"{above.get('class', '')} {above.get('id', '')}".replace("_", " ")
                scores[above] += 25 if _ARTICLE.search(names) else 0
                scores[above] += {"article": 25, "main": 15, "div": 5, "td": 3}.get(above.tag, 0)
            scores[above] += score / (1, 2, 6)[level]
    return scores


def _own_words(element: html.HtmlElement) -> str:
    """Return the words of a paragraph, without those of paragraphs within it."""
    if element.tag in {"td", "blockquote"} and element.find(".//p") is not None:
        return ""
    return str(element.text_content()).strip()


def _above(element: html.HtmlElement, levels: int) -> list[html.HtmlElement]:
    above: list[html.HtmlElement] = []
    one = element.getparent()
    while one is not None and len(above) < levels and one.tag != "html":
        above.append(one)
        one = one.getparent()
    return above


def is_within(element: html.HtmlElement, others: frozenset[html.HtmlElement]) -> bool:
    """Tell whether an element is one of others or stands in one."""
    return element in others or any(one in others for one in element.iterancestors())


def _links(element: html.HtmlElement, left_out: frozenset[html.HtmlElement]) -> float:
    """Return which share of an element's characters are links."""
    total = len("".join(element.text_content().split()))
    linked = sum(
        len("".join(one.text_content().split()))
        for one in element.iter("a")
        if not (one.get("href") or "").startswith("#") and not is_within(one, left_out)
    )
    return linked / total if total else 1.0


def _with_siblings(
    winner: html.HtmlElement,
    scores: dict[html.HtmlElement, float],
    left_out: frozenset[html.HtmlElement],
) -> list[html.HtmlElement]:
    parent = winner.getparent()
    if parent is None:
        return [winner]
    wanted = scores[winner] * _SHARE_OF_WINNER
    taken = []
    for one in parent:
        if not isinstance(one.tag, str) or one.tag in PASSED_OVER or one in left_out:
            continue
        text = str(one.text_content()).strip() if one.tag == "p" else ""
        is_prose = len(text) > 80 and _links(one, left_out) < 0.25
        if one is winner or scores.get(one, 0) >= wanted or is_prose or one.tag in {"h1", "h2"}:
            taken.append(one)
    return taken
