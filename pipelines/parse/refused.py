"""Pages that are no question although they came with status 200: error pages, captchas, empty results.

Asked only when no layout is recognised, so that a question about maintenance stays a question.
"""

import re
from collections.abc import Sequence

from pipelines.parse.text import key
from schemas.errors import ParseError

# the first six are bodies met by others on these sites with status 200; the rest is common to servers and shields
_SIGNS = re.compile(
    r"the page cannot be found|the system cannot find|^50\d\b|aucun resultat ne correspond|error 503"
    r"|service unavailable|maintenance|captcha|page introuvable|page demandee|page non trouvee|n'existe pas"
    r"|n'a pas ete trouve|not found|access denied|acces (?:refuse|restreint|interdit)|forbidden|bad gateway"
    r"|gateway time-?out|internal server error|erreur (?:interne|technique|serveur|40\d|50\d)|error 40\d|erreur 40\d"
    r"|temporairement indisponible|momentanement indisponible|robot|just a moment|checking your browser|unusual traffic"
    r"|trafic inhabituel|request rejected|requete (?:rejetee|bloquee)|too many requests|identifiez-vous|connectez-vous"
    r"|mot de passe|password|session (?:a )?expire|enable javascript|activer javascript|une erreur est survenue"
)
_LOOKED_AT = 400  # lines; an error page is short, and a long one says it at the top
_LONGEST_SIGN = 400


def refusal(lines: Sequence[str]) -> ParseError:
    """Why a page in no known layout is set aside: `error_page` with the line that says so, or `unknown_format`."""
    for line in lines[:_LOOKED_AT]:
        if _SIGNS.search(key(line[:_LONGEST_SIGN])):
            return ParseError("error_page", f"no question, but a page that says '{line[:120]}'")
    beginning = lines[0][:80] if lines else ""
    return ParseError("unknown_format", f"no label of a known layout; the content begins with '{beginning}'")
