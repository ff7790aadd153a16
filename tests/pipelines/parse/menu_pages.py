"""Pages with menus, for the parser tests: of links of every kind, well and badly written, anywhere on the page."""

import random
import re

QUIET = (
    "Accueil", "Actualités", "Les députés", "Dans l'hémicycle", "Commissions", "Histoire", "Photos et vidéos",
    "Boutique", "Plan du site", "Budget 2019", "Groupes politiques", "Séance du jour", "Loi de finances",
    "Élections", "Haut de page",
)  # fmt: skip
SPEAKING = (
    "Questions écrites", "Question N° 5", "Question écrite n° 77 :", "15e législature",
    "Assemblée nationale 15e législature", "Mme Ada Martin", "M.Abel Jean", "de M. Val", "deM. Val",
    "Texte de la réponse", "Texte de la REPONSE :", "DEBAT :", "Rubrique > eau", "Ministère interrogé : Santé",
    "Minist?re interrog? : Santé", "R?ponse publi?e au JO le : 02/10/2018", "Réponse publiée le 6 mai 2025",
    "Date de renouvellement : 01/02/2019", "Auteur : M. X", "Question de : Mme Z", "QE", "Val Ada (Mme)", "Titre : x",
    "Analyse", "N° 55", "Question retirée le 3 mai 2019", "Cette question n'a pas encore de réponse",
)  # fmt: skip
_FRAMES = (
    ("<ul>", "</ul>"), ("<ul>", "</ul>"), ("<div class=menu>", "</div>"), ("<table><tr><td>", "</td></tr></table>"),
    ("<dl>", "</dl>"), ("<ul>", ""), ("", "</ul>"), ("<p>", ""), ("<b>", ""), ("<nav>", ""), ("<select>", ""),
    ("<li>", ""), ("<div title='x>", "</div>"), ('<div title="', '">'), ("<!--", "-->"), ("<!--", ""),
    ("<LEG>15", ""), ("<script>", ""),
)  # fmt: skip
_ITEMS = ("li", "li", "li", "LI", "p", "div", "dd", "td", "span")
_TAG = re.compile(rb"<[^<>]*>")
_BODY = re.compile(rb"<body[^>]*>", re.IGNORECASE)


def link(words: str) -> str:
    return f'<a href="/a" title="Question N° 3">{words}</a>'


def a_menu(chance: random.Random, length: int, *, speaking: float) -> str:
    """That many links; `speaking` is the share of those that may say something of a question."""
    name = chance.choice(_ITEMS) if speaking else "li"
    words = [chance.choice(SPEAKING if chance.random() < speaking else QUIET) for _ in range(length)]
    return "\n".join(f'<{name} class="e">{link(each)}</{name}>' for each in words)


def with_menus(content: bytes, chance: random.Random) -> bytes:
    """The page with one to three menus, most of them at its beginning."""
    for _ in range(chance.randint(1, 3)):
        opened, closed = chance.choice(_FRAMES) if chance.random() < 0.5 else _FRAMES[0]
        menu = opened + a_menu(chance, chance.choice((2, 5, 20)), speaking=chance.choice((0, 0, 0.05, 0.3))) + closed
        at = _place(content, chance)
        content = content[:at] + menu.encode("cp1252", "xmlcharrefreplace") + content[at:]
    return content


def _place(content: bytes, chance: random.Random) -> int:
    body = _BODY.search(content)
    if body and chance.random() < 0.6:
        return body.end()
    tags = list(_TAG.finditer(content))
    return chance.choice(tags).end() if tags else 0
