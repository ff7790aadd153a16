"""Sort keys of addresses, as the indexes of web archives have them: host turned round, spelling made one.

`https://www.example.org/Q?b=2&a=1` is `org,example)/q?a=1&b=2`: replay tools look an address up by this key, so that
they must all make the same one. The rules are those of the Internet Archive's SURT
(https://github.com/internetarchive/surt), tested against it.
"""

import re
from urllib.parse import SplitResult, quote_from_bytes, unquote_to_bytes, urlsplit

_WWW = re.compile(r"^www\d*\.")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_SAFE = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in "#%")
_SLASHES = re.compile(r"/{2,}")
# Names of visitors' sessions, which change with each visit.
_SESSIONS = re.compile(r"(?:(?:jsessionid|phpsessid|sid)=[0-9a-z]{32}|aspsessionid[a-z]{8}=[a-z]{24})(?:&|$)")


def surt(url: str) -> str:
    """The sort key of an address; one that is no web address is its own, in lower case."""
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return url.lower()
    if parts.scheme not in _DEFAULT_PORTS or not host:
        return url.lower()
    turned = ",".join(reversed(_WWW.sub("", _ascii(host)).strip(".").split(".")))
    place = "" if port in {None, _DEFAULT_PORTS[parts.scheme]} else f":{port}"
    return f"{turned}{place}){_path(parts)}{_query(parts)}"


def _ascii(host: str) -> str:
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return _spelt(host)


def _path(parts: SplitResult) -> str:
    return _spelt(_SLASHES.sub("/", _without_dots(parts.path or "/"))).lower().rstrip("/") or "/"


def _without_dots(path: str) -> str:
    kept: list[str] = []
    for step in path.split("/")[1:]:
        if step == "..":
            kept = kept[:-1]
        elif step != ".":
            kept.append(step)
    return "/" + "/".join(kept)


def _query(parts: SplitResult) -> str:
    given = _SESSIONS.sub("", _spelt(parts.query).lower())
    return "?" + "&".join(sorted(given.split("&"), key=lambda each: tuple(each.split("=", 1)))) if given else ""


def _spelt(text: str) -> str:
    """Percent signs only where they must be."""
    content = text.encode()
    while (plain := unquote_to_bytes(content)) != content:
        content = plain
    return quote_from_bytes(content, safe=_SAFE)
