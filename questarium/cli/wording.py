"""What the commands of queries say, in both languages: the English stands in the code, and its French here."""

from typing import Final

from pipelines.search.language.phrases import Language
from questarium.queries.asked import LICENCE

FRENCH: Final[dict[str, str]] = {
    # hits
    "asked {day}": "posée le {day}",
    "answered {day}": "réponse le {day}",
    "Untitled": "Sans titre",
    "; left out: ": " ; laissés de côté : ",
    "  … and {more} more: --json": "  … et {more} de plus : --json",
    "{query} · data version {version}, on {day}": "{query} · version des données {version}, le {day}",
    "the engine could not look everywhere: the result is partial": (
        "le moteur n'a pas pu chercher partout : le résultat est partiel"
    ),
    "the last hit is number {total}: there is no page from {number} on": (
        "résultats : {total} ; il n'y a rien à partir du {number}e"
    ),
    LICENCE: (
        "Questions et réponses : Assemblée nationale, Sénat et Gouvernement, Licence Ouverte 2.0 "
        "(https://www.etalab.gouv.fr/licence-ouverte-open-licence/)"
    ),
    # facets and their values
    "ministry": "ministère attributaire",
    "portfolio": "portefeuille",
    "group": "groupe",
    "author": "auteur",
    "rubric": "rubrique",
    "year": "année",
    "status": "statut",
    "term": "législature",
    "type": "type",
    "figures": "chiffres",
    "table": "tableaux",
    "yes": "oui",
    "no": "non",
    # texts
    "title": "titre",
    "question": "question",
    "answer": "réponse",
    # counts
    "Hits": "Résultats",
    "counted by": "compté par",
    "number": "n°",
    "questions": "questions",
    "answered": "répondues",
    "distinct answers": "réponses différentes",
    "distinct question texts": "textes de question différents",
    "questions by week (published): {count}": "questions par semaine de publication : {count}",
    "questions by week (answered): {count}": "questions par semaine de réponse : {count}",
    "questions by month (published): {count}": "questions par mois de publication : {count}",
    "questions by month (answered): {count}": "questions par mois de réponse : {count}",
    "questions by year (published): {count}": "questions par année de publication : {count}",
    "questions by year (answered): {count}": "questions par année de réponse : {count}",
    "period": "période",
    "hits": "résultats",
    "share": "part",
    "{count} of the hits have no such day and are in no period": (
        "{count} des résultats n'ont pas ce jour et ne sont dans aucune période"
    ),
    # words
    "collocates (occurrences: {count})": "voisins (emplois : {count})",
    "terms (questions: {count})": "mots (questions : {count})",
    "word": "mot",
    "inside": "ici",
    "total": "partout",
    "expected": "attendu",
    "log_likelihood": "log-vraisemblance",
    "dice": "dice",
    # proposals and likeness
    "nothing to propose": "rien à proposer",
    "did you mean {query}?": "vouliez-vous dire {query} ?",
    "proposal": "proposition",
    "kind": "sorte",
    "field": "champ",
    "value": "valeur",
    "Like {id} · data version {version}": "Comme {id} · version des données {version}",
    "  likeness {likeness}: {words}": "  ressemblance {likeness} : {words}",
    "no question is like it": "aucune question ne lui ressemble",
    # exports
    "reading": "lecture",
    "exporting": "enregistrement",
    "questions written: {count}": "questions enregistrées : {count}",
    "questions written to {path}: {count}; {about} says of what and how": (
        "questions enregistrées dans {path} : {count} ; {about} dit de quoi et comment"
    ),
    # one question
    "to {asked}, now {assigned}": "adressée à : {asked} ; attribuée à : {assigned}",
    "unknown ministry": "ministère inconnu",
    "undated": "sans date",
    "corrected": "corrigé",
    "correction not applied": "correction non appliquée",
    "nothing": "rien",
    "transfer": "transfert à un autre ministère",
    "new_government": "nouveau gouvernement",
    "unknown": "cause inconnue",
    "sources differ": "sources différentes",
    "{source} stands ({rule})": "{source} est retenue ({rule})",
    "Taken down: the texts of this question were removed from the archive": (
        "Textes retirés : ceux de cette question ont été supprimés de l'archive"
    ),
    "No deadline is known for this question.": "Aucune échéance n'est connue pour cette question.",
    "Due {day}": "Échéance le {day}",
    "answered in {days} days": "réponse en {days} jours",
    "{days} days on {day}": "{days} jours écoulés le {day}",
    "{days} days late": "{days} jours de retard",
    "{days} days since the last reassignment": "{days} jours depuis la dernière réattribution",
    "{days} days with {minister} (in office since {day})": (
        "{days} jours chez {minister} (en fonction depuis le {day})"
    ),
    "; {count} renewals.": " ; renouvellements : {count}.",
    # saved queries
    "{name} follows: {sentence}": "{name} suit : {sentence}",
    "Run it after each build: questarium alerts run": "À lancer après chaque questarium build : questarium alerts run",
    "{name} is forgotten": "{name} est oubliée",
    "Saved queries: {count}": "Requêtes gardées : {count}",
    "Alerts: {count}": "Alertes : {count}",
    "name": "nom",
    "query": "requête",
    "since": "depuis",
    "run against": "lancée sur",
    "on": "le",
    "what": "quoi",
    "day": "jour",
    "matched": "trouvée",
    "overdue": "en-retard",
}


def told(language: Language, text: str, **values: object) -> str:
    """The text in that language, with the values in their places."""
    phrase = FRENCH[text] if language is Language.FR else text
    return phrase.format(**values) if values else phrase
