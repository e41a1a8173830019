"""HTML of other shops' descriptions as plain text with paragraphs, so that nothing of it can ever run."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import nh3

_BLOCKS = frozenset({"p", "div", "ul", "ol", "table", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"})
_KEPT = _BLOCKS | {"br", "li", "td", "th"}
_LOOKS_LIKE_HTML = re.compile(
    r"<(p|br|div|ul|ol|li|h[1-6]|table|strong|b|em|i|span|a|img|script|style)\b", re.IGNORECASE
)


def plain_text(text: str) -> str:
    """Text of HTML: paragraphs by an empty line, list entries by `- `. Text without tags keeps its lines."""
    if not _LOOKS_LIKE_HTML.search(text) and "&" not in text:
        return _tidy(text)
    # nh3 mends what is broken and drops scripts and styles with all that is in them.
    reader = _Reader()
    marked = text if _LOOKS_LIKE_HTML.search(text) else text.replace("\n", "<br>")
    reader.feed(nh3.clean(marked, tags=set(_KEPT), attributes={}))
    reader.close()
    return _tidy("".join(reader.parts))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the base's shape
        if tag in _BLOCKS:
            self.parts.append("\n\n" if tag != "tr" else "\n")
        elif tag == "li":
            self.parts.append("\n- ")
        elif tag == "br":
            self.parts.append("\n")
        elif tag in {"td", "th"}:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n\n" if tag != "tr" else "\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(re.sub(r"\s+", " ", data))


def _tidy(text: str) -> str:
    lines = [" ".join(line.split()) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
