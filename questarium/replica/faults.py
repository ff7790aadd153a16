"""What the replica does wrong on demand: the faults that real sites and the way to them have shown.

Only the choice of a fault is here (by number, by rate, by the hour of a storm); `server` carries it out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from questarium.replica.plan import seeded


class Fault(StrEnum):
    """One way in which an answer can be wrong."""

    NOT_FOUND = "not_found"  # 404 for a question that exists
    FORBIDDEN = "forbidden"  # 403
    TOO_MANY = "too_many"  # 429 with Retry-After
    SERVER_ERROR = "server_error"  # 500
    UNAVAILABLE = "unavailable"  # 503 with Retry-After
    CUT = "cut"  # half a page, and a Content-Length that agrees
    CUT_GZIP = "cut_gzip"  # half a gzip stream, and a Content-Length that agrees
    SHORT = "short"  # fewer bytes than Content-Length, then the end
    CLOSED = "closed"  # the connection ends without an answer
    HANG = "hang"  # nothing comes
    TRICKLE = "trickle"  # one byte now and then
    DISGUISED = "disguised"  # a maintenance page with status 200
    EMPTY = "empty"  # no byte, with status 200
    BLANK = "blank"  # the page's labels without their values
    WRONG_NUMBER = "wrong_number"  # another question's page
    WRONG_TERM = "wrong_term"  # the same number in another term
    REDIRECT_AWAY = "redirect_away"  # to another host
    REDIRECT_LOOP = "redirect_loop"  # to itself


class FileFault(StrEnum):
    """One way in which the answer for a part of a file can be wrong."""

    UNAVAILABLE = "unavailable"  # 503
    SHORT = "short"  # fewer bytes than announced, then the end
    NO_PARTS = "no_parts"  # the whole file, whatever part was asked for
    WRONG_PART = "wrong_part"  # another part than was asked for
    NOISY = "noisy"  # another validator with each answer: the file seems to change all the time
    REFUSED_PART = "refused_part"  # 416 for a part that is there


@dataclass(frozen=True)
class Faults:
    """Which question pages misbehave, how, and how often.

    Attributes:
        files: the fault of single files, by path.
        numbers: the fault of single numbers.
        rates: share of the other numbers that have a fault, by fault; drawn from `seed`.
        times: how many answers of a number are wrong before it is well again; None for ever.
        storm_after: question pages served before everything answers 503; None for no storm.
        storm_s: how long that storm lasts, seconds.
        retry_after_s: what 429 and 503 ask for, seconds.
        hang_s: how long a hanging or trickling answer lasts, seconds.
        robots: the text of robots.txt.
        robots_status: its HTTP status.
    """

    numbers: Mapping[int, Fault] = field(default_factory=dict[int, Fault])
    files: Mapping[str, FileFault] = field(default_factory=dict[str, FileFault])
    rates: Mapping[Fault, float] = field(default_factory=dict[Fault, float])
    seed: int = 0
    times: int | None = 1
    storm_after: int | None = None
    storm_s: float = 0.0
    retry_after_s: int = 1
    hang_s: float = 60.0
    robots: str = "User-agent: *\nDisallow: /alerte\n"
    robots_status: int = 200

    def of_file(self, path: str, before: int) -> FileFault | None:
        """The fault of that file's next answer, after `before` earlier ones."""
        return None if self.times is not None and before >= self.times else self.files.get(path)

    def of(self, number: int, before: int) -> Fault | None:
        """The fault of that number's next answer, after `before` earlier ones."""
        if self.times is not None and before >= self.times:
            return None
        if number in self.numbers or not self.rates:
            return self.numbers.get(number)
        drawn = seeded(self.seed, f"fault:{number}").random()
        for fault, rate in self.rates.items():
            if drawn < rate:
                return fault
            drawn -= rate
        return None
