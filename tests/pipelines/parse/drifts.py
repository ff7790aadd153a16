"""Changes that a site could make to its layout: each takes a page and gives the changed page."""

import html
import re
from collections.abc import Callable

Drift = Callable[[str], str]


def renamed(old: str, new: str) -> Drift:
    """A label that is called otherwise; case does not matter, since layouts differ in it."""
    return lambda page: re.sub(re.escape(old), new, page, flags=re.IGNORECASE)


def retagged(old: str, new: str) -> Drift:
    """An element that is another one."""
    return lambda page: re.sub(rf"<(/?){old}\b", rf"<\1{new}", page, flags=re.IGNORECASE)


def without(pattern: str) -> Drift:
    """A part that is gone."""
    return lambda page: re.sub(pattern, "", page, count=1, flags=re.IGNORECASE | re.DOTALL)


def before(pattern: str, what: str) -> Drift:
    """Something new before a part."""
    return lambda page: re.sub(f"(?={pattern})", what, page, count=1, flags=re.IGNORECASE)


def references(page: str) -> str:
    """Every accented letter as a character reference."""
    return "".join(char if char.isascii() else f"&#{ord(char)};" for char in page)


def spread(page: str) -> str:
    """A line break between any two tags."""
    return page.replace("><", ">\n<")


def in_capitals(page: str) -> str:
    """Labels in capitals."""
    for label in ("Ministère interrogé", "Ministère attributaire", "Rubrique", "Titre", "Analyse"):
        page = page.replace(label, label.upper())
    return page


def anonymous(page: str) -> str:
    """No class and no id any more."""
    return re.sub(r'\s(?:class|id)="[^"]*"', "", page)


def framed(page: str) -> str:
    """All of the page in one more element."""
    return re.sub(r"</body>", "</div></body>", re.sub(r"(<body[^>]*>)", r'\1<div class="cadre">', page))


def with_comments(page: str) -> str:
    """A comment after each closing tag."""
    return re.sub(r"(</(?:td|p|div|span|h\d)>)", r"\1<!-- fin -->", page)


def unescaped(page: str) -> str:
    """`>` written as itself where it was a reference."""
    return html.unescape(page.replace("&lt;", "&amp;lt;"))


LABELS: dict[str, Drift] = {
    "ministry asked": renamed("Ministère interrogé", "Ministère saisi"),
    "ministry assigned": renamed("Ministère attributaire", "Ministère chargé"),
    "ministry answering": renamed("Ministère répondant", "Ministère chargé"),
    "rubric": renamed("Rubrique", "Thématique"),
    "heading": renamed("Tête d'analyse", "Sujet"),
    "title": renamed("Titre", "Intitulé"),
    "analysis": renamed("Analyse", "Intitulé"),
    "publication": renamed("Question publiée", "Parution de la question"),
    "answer's date": renamed("Réponse publiée", "Parution de la réponse"),
    "reassignment": renamed("Date de changement d'attribution", "Réattribuée le"),
    "signalling": renamed("Date de signalement", "Signalée une fois le"),
    "renewal": renamed("Date de renouvellement", "Renouvelée une fois le"),
    "question's text": renamed("Texte de la question", "Énoncé"),
    "answer's text": renamed("Texte de la réponse", "Réponse du ministre"),
    "answer's text in capitals": renamed("Texte de la REPONSE", "REPLIQUE"),
    "number": renamed("Question N°", "Demande"),
    "written question": renamed("Question écrite", "Demande écrite"),
    "asker": renamed("Question de", "Demande de"),
    "author": renamed("Auteur", "Signataire"),
    "private tag of the text": retagged("QUEST", "QTEX"),
    "private tag of the ministry": retagged("MINI", "MINX"),
    "private tag of the number": retagged("NUM", "NUMERO"),
    "procedure": renamed("Type de question", "Genre"),
}
DRESS: dict[str, Drift] = {
    "labels in capitals": in_capitals,
    "no class, no id": anonymous,
    "one more frame": framed,
    "comments everywhere": with_comments,
    "accents as references": references,
    "lines between all tags": spread,
    "sections are articles": retagged("section", "article"),
    "divisions are sections": retagged("div", "section"),
    "spans are bold": retagged("span", "b"),
    "paragraphs are divisions": retagged("p", "div"),
    "headings are smaller": retagged("h3", "h4"),
    "cells of headers": retagged("td", "th"),
    "tags in capitals": lambda page: re.sub(r"<(/?)(td|tr|p|div|span|h3|br)\b", _capital, page),
    "dates with dashes": lambda page: re.sub(r"(\d\d)/(\d\d)/(\d{4})", r"\1-\2-\3", page),
    "dates in ISO": lambda page: re.sub(r"(\d\d)/(\d\d)/(\d{4})", r"\3-\2-\1", page),
    "references undone": unescaped,
    "blanks doubled": lambda page: page.replace(" ", "  "),
    "Windows line ends": lambda page: page.replace("\n", "\r\n"),
    "a script before the rubric": before(
        r"<[a-z]+[^<>]*>(?:<[^<>]*>)*Rubrique", "<script>var a = 'Titre : b';</script>"
    ),
    "a line of the site below": lambda page: page.replace("</body>", "<div>Le site des amis du lac</div></body>"),
    "a picture in every text": before(r"(?<=>)Mme Ada Martin appelle", '<img src="/logo.png" alt="Logo">'),
}
STRUCTURE: dict[str, Drift] = {
    "divisions are lists": retagged("div", "ul"),
    "headings are spans": retagged("h3", "span"),
    "rows are gone": lambda page: re.sub(r"</?tr[^>]*>", "", page),
    "breaks are gone": lambda page: re.sub(r"<br ?/?>", " ", page),
    "dates of another kind": lambda page: re.sub(r"\d\d/(\d\d)/(\d{4})", r"\1.\2", page),
    "years of two digits": lambda page: re.sub(r"(\d\d/\d\d/)\d\d(\d\d)", r"\1\2", page),
    "a banner before the rubric": before(r"<[a-z]+[^<>]*>(?:<[^<>]*>)*Rubrique", "<div>Nouveau site</div>"),
    "a new label before the rubric": before(
        r"<[a-z]+[^<>]*>(?:<[^<>]*>)*Rubrique", "<div>Date de relance : 01/02/2019</div>"
    ),
    "no rubric": without(r"Rubrique.{0,60}?eau"),
    "no author": without(r"M(?:me|\.)?(?:&nbsp;|\s|\.)?(?:Ada Martin|Abel Jean-Pierre|Georges Val|Le Val Jacques)"),
    "a foreword to the question": before(r"Mme Ada Martin appelle", "Version provisoire. "),
}


def _capital(found: re.Match[str]) -> str:
    return f"<{found[1]}{found[2].upper()}"
