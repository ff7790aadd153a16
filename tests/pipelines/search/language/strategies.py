"""Queries for property tests: pieces of the language thrown together, and any characters at all."""

from hypothesis import strategies as st

PIECES = """
hôpital retraites l'eau d’eau qu' jusqu'à garde-à-vue aujourd'hui ANTS agence nationale des titres sécurisés la de le à
18 000 18.000 1234567 3,5 2018 15-12526 14-18 12526QE n° fr-an-15-QE-12526 QANR5L15QE1 12:30 a:b http://x.fr R&D
ET AND & && OU OR | || SAUF NON NOT - -- ( ) (( )) " « » “ ” =" = ~5 PROCHE/5 NEAR/3 AVANT/2 PROCHE/9999 PROCHE PROCHE/x
proche/3 titre : statut : en cours publiée:2019..2018 "h*" "a b"~99999
hôpital{-hopital} retraite{+retraité,-retraites} {-x} { } {} mot~ auteur:x~ ~ tableau:oui tableau:>1 chiffre:*
h* *ion m?t m?t? *?* * ** ? ?? garde-à-v* l'h* auteur: auteur:bern* titre: titre:( titre:(a titre:aucun réponse:aucune
réponse:* groupe:LFI ministère:intérieur ministre:santé circo:"seine saint" ="exact" rubrique:="impôts"
type:QE type:x statut:en-cours statut:en-retard statut:signalée ever:renewed publiée:2018
publiée:2018-10..2019-03 publiée:>=-6mois publiée:[2018 TO 2019] publiée:(2018 OU 2019) publiée:32/13/2018
délai:>60 délai:>= délai:-5..5 retard:>30 retard:oui
renouvellements:[1 TO *] législature:14 n°:5 id:fr-an-15-qe-5 id:( chiffre:(>=1e9 chiffre:>=5 chiffre:(50%)
chiffre:() chiffre:(1e999) unité:EUR unité:x sujet:lits sujet:la chiffre:(3..5 jours délai) EUR) TO ] [ : :: , ; . …
' ’ & _ __ \\ / %
""".split()  # noqa: SIM905

NASTY = st.sampled_from("éèœßİıΣςσ\u0301\u0345ⅫⓐѪ漢字\u00a0\u202f\u200b\x00\x1c\n\t😀½²ﬁ⑴ǅ") | st.characters()

QUERIES = st.one_of(
    st.lists(st.sampled_from(PIECES) | st.text(NASTY, max_size=3), max_size=12).map(" ".join),
    st.lists(st.sampled_from(PIECES) | st.text(NASTY, max_size=2), max_size=12).map("".join),
    st.text(st.sampled_from("ab éà0189 \"=()|&-*?:~'’«».,;/<>[]°_\\") | NASTY, max_size=60),
    st.text(max_size=1100),
)
