"""Questions of the Assemblée nationale from its open data: one zip holds those of a procedure and a term.

Source: `https://data.assemblee-nationale.fr`, zips for each term from the 14th on, made anew every night; one document
a question, or (term 14) one document of all, which is cut up. A zip is also an official list: a number below its
highest that it does not have was never published, as far as this source knows; the pages of written questions are
still asked. Oral questions have a spider of their own, so that a site without them is no trouble for the written ones.

Quirks: downloads break off; checksums change without any change of content; a few questions are missing that the
site has, and the other way round.
"""

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar
from urllib.parse import quote

from pipelines.archive.members import Member
from pipelines.archive.splitting import named_questions, question_key
from schemas.capture import MEMBER_MARK, BulkFile, NumberRecord, NumberState
from schemas.identity import QuestionKey, QuestionType
from spiders.bulk import BulkSpider
from spiders.refresh import NOT_IN_LIST
from spiders.sites import bulk_url


class OpenDataSpider(BulkSpider):
    """Fetches the zip of the written questions of one term.

    Attributes:
        kinds: the procedures of its zips, by their entries among the addresses.
    """

    name = "opendata"
    kinds: ClassVar[dict[str, QuestionType]] = {"written": QuestionType.QE}

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._types = {bulk_url(self.name, kind, self.term, self.base_url): type_ for kind, type_ in self.kinds.items()}
        self.limit_to(*self._types)

    async def collect(self) -> None:
        """Fetch each zip."""
        for url in self._types:
            await (self.look_into(url) if self.sample else self.fetch(url, self.term))

    def bodies(self, url: str, members: Iterable[Member]) -> Iterator[tuple[str, bytes]]:
        """One body a question, at the address of the zip and the question's own id."""
        for member in members:
            for name, body in named_questions(member.content, member.size, member.name):
                yield f"{url}{MEMBER_MARK}{quote(name)}", body

    def question_of(self, body: bytes) -> QuestionKey | None:
        """The question that a body names."""
        return question_key(body)

    def holds_something(self, file: BulkFile) -> bool:
        """A list without a question of the term is none."""
        return file.highest > 0

    def has_read(self, brought: BulkFile, keys: set[QuestionKey]) -> None:
        """Numbers that the list goes beyond and does not have."""
        type_ = self._types[brought.url]
        listed = {key.number for key in keys if key.term_key == self.term and key.type is type_}
        now = self.now()
        self.archive.set_numbers(
            NumberRecord(
                question=self.key(number).model_copy(update={"type": type_}),
                state=NumberState.NEVER_PUBLISHED,
                reason=NOT_IN_LIST,
                url=brought.url,
                updated=now,
                evidence=(brought.citation,),
            )
            for number in range(1, max(listed, default=0))
            if number not in listed
        )


class OralSpider(OpenDataSpider):
    """Fetches the zips of the oral questions of one term: to the Government, and without debate."""

    name = "oral"
    kinds: ClassVar[dict[str, QuestionType]] = {"government": QuestionType.QG, "without_debate": QuestionType.QOSD}
