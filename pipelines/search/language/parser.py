"""The grammar: tokens to a tree. It never fails; what cannot be what it looks like becomes plain words.

    query     = any                                   any       = all { OU all }
    all       = unit { [ET] unit }                    unit      = { SAUF | - } near
    near      = primary { PROCHE/n primary | AVANT/n primary }
    primary   = word | pattern | "quote" | "quote"~n | field:value | field:primary | ( any )

`SAUF` binds less than nearness and more than a space, a space more than `OU`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from pipelines.search.analysis import tokens
from pipelines.search.engine_query import MAX_FIGURES
from pipelines.search.language import fields, tree, values
from pipelines.search.language.jumps import named
from pipelines.search.language.lexer import CHUNK, Lexeme, Lexer, Token
from pipelines.search.language.messages import warning
from pipelines.search.language.normal import written
from pipelines.search.language.tidy import all_of, any_of, tidied, without
from pipelines.search.language.typed import canonical, without_elision
from schemas.search import QueryWarning

MAX_CHARACTERS = 1_000
MAX_TERMS = 64
MAX_WILDCARDS = 8
MAX_NEAR = 32  # pairs of words near each other: those of frequent ones take long
MAX_DEPTH = 20
MAX_PLACES = 400  # of words near each other, choices multiplied; Elasticsearch takes twice as many
_NOT_IN_WORDS = str.maketrans(":~", "--")  # what would be read otherwise when the word is written out
_NEARNESS = re.compile(r"(proche|near|avant|before)/(?=\d)")  # the same, of one that stands between nothing
_COMPARED = re.compile(r"[<>≤≥]=?\d")  # of a field that has its value already: délai:>30 <60
_LAST_WORD = re.compile(r"\b\w+\Z")
_NO_WILDCARDS = str.maketrans("*?", "--")


@dataclass(frozen=True)
class Parsed:
    """The tree of a query and what was odd in it."""

    root: tree.Node
    warnings: tuple[QueryWarning, ...]


def parse(query: str, today: date) -> Parsed:
    """Read any string; relative dates count from `today`."""
    warnings: list[QueryWarning] = []
    if len(query) > MAX_CHARACTERS:
        warnings.append(warning("too_long", (MAX_CHARACTERS, len(query)), limit=MAX_CHARACTERS))
        query = _beginning(query)
    if (question := named(query)) is not None:
        return Parsed(question, tuple(warnings))
    lexer = Lexer(query)
    parser = _Parser(lexer.read(), today, warnings + lexer.warnings)
    root = parser.query()
    if root is None:
        nothing = any(not character.isspace() for character in query)
        if nothing:
            parser.warnings.append(warning("nothing_to_search", (0, len(query))))
        root = tree.Everything(tree.Extent.NOTHING if nothing else tree.Extent.ALL)
    root = tidied(root)
    return Parsed(named(written(root)) or root, tuple(sorted(parser.warnings, key=lambda odd: (odd.start, odd.end))))


def _beginning(query: str) -> str:
    """As much of the query as is read; a word that goes on behind it would be another word and is left out."""
    kept = query[:MAX_CHARACTERS]
    last = _LAST_WORD.search(kept) if query[MAX_CHARACTERS].isalnum() else None
    return kept if last is None else kept[: last.start()] or kept


@dataclass
class _Parser:
    """One pass over the tokens; None as a node means that nothing was there."""

    tokens: list[Token]
    today: date
    warnings: list[QueryWarning]
    at: int = 0
    depth: int = 0
    terms: int = 0
    wildcards: int = 0
    figures: int = 0
    near: int = 0
    places: int = 0
    _told: set[str] = field(default_factory=set[str])

    def query(self) -> tree.Node | None:
        """The whole query: what follows a parenthesis that closes nothing still belongs to it."""
        found: list[tree.Node] = []
        while self.at < len(self.tokens):
            part = self._any(None)
            if part is not None:
                found.append(part)
            if self._next(Lexeme.CLOSE):
                self._warn("unopened_parenthesis", self.tokens[self.at])
                self.at += 1
        return all_of(found)

    def _any(self, scope: fields.Field | None) -> tree.Node | None:
        found: list[tree.Node] = []
        while True:
            part = self._all(scope)
            if part is not None:
                found.append(part)
            if not self._next(Lexeme.OR):
                return any_of(found)
            operator = self._take()
            if part is None or self._ends():
                self._warn("stray_operator", operator, operator=operator.text)

    def _all(self, scope: fields.Field | None) -> tree.Node | None:
        found: list[tree.Node] = []
        while self.at < len(self.tokens) and not self._next(Lexeme.OR, Lexeme.CLOSE):
            if self._next(Lexeme.AND):
                operator = self._take()
                if not found or self._ends() or self._next(Lexeme.OR, Lexeme.AND):
                    self._warn("stray_operator", operator, operator=operator.text)
                continue
            part = self._unit(scope)
            if part is not None:
                found.append(part)
        return all_of(found)

    def _unit(self, scope: fields.Field | None) -> tree.Node | None:
        negations: list[Token] = []
        while self._next(Lexeme.NOT):
            negations.append(self._take())
        part = None if self._next(Lexeme.AND, Lexeme.OR) else self._near(scope)
        if negations and part is None:
            self._warn("stray_operator", negations[-1], operator=negations[-1].text)
        return without(part) if part is not None and len(negations) % 2 else part

    def _near(self, scope: fields.Field | None) -> tree.Node | None:
        left = self._primary(scope)
        pairs: list[tree.Node] = []
        while self._next(Lexeme.NEAR):
            operator = self._take()
            right = None if self._next(Lexeme.AND, Lexeme.OR, Lexeme.NOT, Lexeme.NEAR) else self._primary(scope)
            pair = self._pair(left, right, operator)
            if pair is None:
                pairs.extend(part for part in (left, right) if part is not None)
            else:
                self._check_distance(operator, values.farthest(left, right))
                pairs.append(pair)
            left = right if right is not None else left
        return all_of(pairs) if pairs else left

    def _pair(self, left: tree.Node | None, right: tree.Node | None, operator: Token) -> tree.Proximity | None:
        """Both sides near each other; None, with a warning, where they cannot be."""
        pair = values.proximity(left, right, operator)
        if pair is None:
            self._warn("bad_proximity", operator, operator=operator.text)
            return None
        if not self._may_be_near(1, operator):
            return None
        self.places += values.places(pair)
        if self.places <= MAX_PLACES:
            return pair
        self._warn("too_many_places", operator, operator=operator.text)
        return None

    def _primary(self, scope: fields.Field | None) -> tree.Node | None:
        if self.at >= len(self.tokens) or self._next(Lexeme.CLOSE):
            return None
        if scope is not None:
            self._pass_civility(scope)
        token = self._take()
        self._warn_within(token, scope)
        readers: dict[Lexeme, Callable[[Token, fields.Field | None], tree.Node | None]] = {
            Lexeme.WORD: self._word,
            Lexeme.QUOTE: self._quote,
            Lexeme.OPEN: self._group,
            Lexeme.FIELD: self._field,
            Lexeme.VALUE: self._value,
            Lexeme.UNKNOWN: self._unknown,
            Lexeme.NEAR: self._near_first,
        }
        return readers[token.kind](token, scope)

    def _near_first(self, token: Token, scope: fields.Field | None) -> tree.Node | None:
        self._warn("proximity_first", token, operator=token.text)
        return self._word(token, scope)

    def _group(self, opening: Token, scope: fields.Field | None) -> tree.Node | None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self._warn_once("too_deep", opening, limit=MAX_DEPTH)
            while self._next(Lexeme.OPEN):
                self.at += 1
        found = self._any(scope) if self.depth <= MAX_DEPTH else self._flat(scope)
        self.depth -= 1
        if self._next(Lexeme.CLOSE):
            self.at += 1
        else:
            self.warnings.append(warning("unclosed_parenthesis", (opening.start, self.tokens[-1].end), suggestion=")"))
        if found is None:
            self._warn("empty_parenthesis", opening)
        return found

    def _flat(self, scope: fields.Field | None) -> tree.Node | None:
        """What is nested too deep, up to the next parenthesis, as words."""
        found: list[tree.Node] = []
        while self._next(Lexeme.WORD, Lexeme.QUOTE):
            part = self._primary(scope)
            if part is not None:
                found.append(part)
        while self.at < len(self.tokens) and not self._next(Lexeme.CLOSE):
            self.at += 1
        return all_of(found)

    def _field(self, token: Token, _: fields.Field | None) -> tree.Node | None:
        while self._next(Lexeme.FIELD):  # titre:question:mot: the last one holds
            outer, token = token, self._take()
            self._warn_within(token, outer.field)
        scope = token.field
        if scope is None or self.at >= len(self.tokens) or self._next(*_NO_VALUE):
            self._warn("no_value", token, name=token.text)
            return self._word(token, None)
        self._pass_civility(scope)
        following = self.tokens[self.at]
        if following.kind is Lexeme.WORD and (means := values.presence(scope, following)) is not None:
            self.at += 1
            return means
        return self._primary(scope)

    def _warn_within(self, token: Token, scope: fields.Field | None) -> None:
        """Tell of a field within another one (`réponse:(chiffre:>5)`) that it counts alone."""
        if scope is not None and token.field not in (None, scope):
            self._warn("field_in_field", token, inner=token.field.names[0], name=scope.names[0])

    def _pass_civility(self, scope: fields.Field) -> None:
        """Go on behind the Mme of `auteur:Mme Autain`, when the name follows."""
        named = [token.kind for token in self.tokens[self.at : self.at + 2]] == [Lexeme.WORD] * 2
        written = fields.simplified(self.tokens[self.at].text.removesuffix(".")) if named else ""
        self.at += scope.target == "author" and written in fields.civilities()

    def _unknown(self, token: Token, scope: fields.Field | None) -> tree.Node | None:
        """The name and its value as words that belong together, so that a minus before them is about both."""
        names = [token]
        while self._next(Lexeme.UNKNOWN):
            names.append(self._take())
        found = [self._word(name, scope) for name in names]
        if self._next(Lexeme.WORD, Lexeme.QUOTE, Lexeme.OPEN):
            found.append(self._primary(scope))
        return all_of([part for part in found if part is not None])

    def _value(self, token: Token, _: fields.Field | None) -> tree.Node | None:
        if token.field is None or not self._counts(token):
            return None
        presence = values.presence(token.field, token)
        if presence is not None and (token.field.kind in _OPTIONAL or token.field.target in values.COUNTED):
            return presence
        read = values.read(token, self.today)
        self.warnings.extend(read.warnings)
        if read.node is not None:
            return self._alternatives(read.node, token)
        words = [
            replace(token, kind=Lexeme.WORD, text=text.lstrip("<>=≤≥"))
            for text in (token.name, *CHUNK.findall(token.text))
        ]
        return all_of([part for word in words if (part := self._word(word, None)) is not None])

    def _alternatives(self, value: tree.Node, token: Token) -> tree.Node | None:
        """The alternatives of a value, as many as a query may have: each is a term, the first is counted already."""
        each = value.parts if isinstance(value, tree.Any) else (value,)
        return any_of([part for place, part in enumerate(each) if self._fits(part, token, counted=place == 0)])

    def _fits(self, part: tree.Node, token: Token, *, counted: bool) -> bool:
        if not (counted or self._counts(token)):
            return False
        self.figures += isinstance(part, tree.FigureTest)
        if self.figures > MAX_FIGURES:
            self._warn_once("too_many_figures", token, limit=MAX_FIGURES)
        return self.figures <= MAX_FIGURES

    def _quote(self, token: Token, scope: fields.Field | None) -> tree.Node | None:
        found = tokens(canonical(token.text))
        if not found:
            self._warn("empty_quote", token)
            return None
        if not self._counts(token):
            return None
        if "*" in token.text:
            self._warn("star_in_quotes", token)
        text = values.side_by_side(canonical(token.text))
        target = None if scope is None else scope.target
        quoted = tree.Quoted(text, token.strict, target, (token.start, token.end))
        if token.distance is None or len(found) == 1 or (scope is not None and scope.kind is fields.Kind.LABEL):
            return quoted
        if not self._may_be_near(len(found) - 1, token):
            return quoted
        self._check_distance(token, values.MAX_BETWEEN)
        if len(found) > 2:
            self._warn("proximity_pairs", token)
        return values.pairs(quoted, token.distance)

    def _word(self, token: Token, scope: fields.Field | None) -> tree.Node | None:
        target = None if scope is None else scope.target
        place = (token.start, token.end)
        text = canonical(token.text)
        if text.strip("*") == "" and text and scope is None:
            return tree.Everything(at=place)
        text = without_elision(text)
        pattern = values.pattern(text)
        if pattern is not None:
            if self.wildcards < MAX_WILDCARDS:
                self.wildcards += 1
                if token.forms:
                    self._warn("forms_of_parts", token)
                return tree.Wildcard(pattern, target, place) if self._counts(token) else None
            self._warn("too_many_wildcards", token, limit=MAX_WILDCARDS)
        else:
            self._tell_stray_marks(token)
        text = without_elision(text.translate(_NO_WILDCARDS))
        found = tokens(text)
        if not found or not self._counts(token):
            return None
        dropped, added = values.changed_forms(token.forms)
        if token.forms and (len(found) > 1 or (scope is not None and scope.kind is fields.Kind.LABEL)):
            self._warn("forms_of_parts", token)
            dropped, added = (), ()
        written = _NEARNESS.sub(r"\1-", text[found[0].start : found[-1].end].translate(_NOT_IN_WORDS))
        return tree.Word(written, target, dropped, added, place)

    def _tell_stray_marks(self, token: Token) -> None:
        if _COMPARED.match(token.text) and self.at > 1 and self.tokens[self.at - 2].kind is Lexeme.VALUE:
            self._warn("stray_comparison", token, value=token.text)
        elif token.text.endswith("?") and self.at < len(self.tokens):
            self._warn("final_mark", token)

    def _may_be_near(self, pairs: int, token: Token) -> bool:
        """Count that many pairs; False when there are too many already."""
        self.near += pairs
        if self.near > MAX_NEAR:
            self._warn_once("too_many_near", token, limit=MAX_NEAR)
        return self.near <= MAX_NEAR

    def _check_distance(self, token: Token, limit: int) -> None:
        if token.distance is not None and token.distance > limit:
            self._warn("far", token, limit=limit)

    def _counts(self, token: Token) -> bool:
        """Count one term; False when there are too many already."""
        self.terms += 1
        if self.terms > MAX_TERMS:
            self._warn_once("too_many_terms", token, limit=MAX_TERMS)
        return self.terms <= MAX_TERMS

    def _next(self, *kinds: Lexeme) -> bool:
        return self.at < len(self.tokens) and self.tokens[self.at].kind in kinds

    def _ends(self) -> bool:
        return self.at >= len(self.tokens) or self._next(Lexeme.CLOSE)

    def _take(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def _warn(self, code: str, token: Token, **details: str | int) -> None:
        self.warnings.append(warning(code, (token.start, token.end), None, **details))

    def _warn_once(self, code: str, token: Token, **details: str | int) -> None:
        if code not in self._told:
            self._told.add(code)
            self._warn(code, token, **details)


_NO_VALUE = (Lexeme.CLOSE, Lexeme.AND, Lexeme.OR, Lexeme.NOT, Lexeme.NEAR, Lexeme.VALUE)
_OPTIONAL = (fields.Kind.NUMBER, fields.Kind.DATE)
