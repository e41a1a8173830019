"""What a browser makes of a page of the shell."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any


class Page(HTMLParser):
    """What a browser makes of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.metas: dict[str, str] = {}
        self.links: list[dict[str, str]] = []
        self.scripts: list[tuple[dict[str, str], str]] = []
        self.title = ""
        self.lang = ""
        self.noscript = ""
        self._open = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        if tag == "meta":
            self.metas[facts.get("name") or facts.get("property", "")] = facts.get("content", "")
        elif tag == "link":
            self.links.append(facts)
        elif tag == "script":
            self.scripts.append((facts, ""))
        elif tag == "html":
            self.lang = facts.get("lang", "")
        if tag in {"title", "script", "noscript"}:
            self._open = tag

    def handle_endtag(self, tag: str) -> None:
        self._open = "" if tag == self._open else self._open

    def handle_data(self, data: str) -> None:
        if self._open == "title":
            self.title += data
        elif self._open == "script":
            facts, text = self.scripts[-1]
            self.scripts[-1] = (facts, text + data)
        elif self._open == "noscript":
            self.noscript += data

    def link(self, rel: str) -> list[dict[str, str]]:
        return [link for link in self.links if link.get("rel") == rel]

    @property
    def canonical(self) -> str | None:
        return next((link["href"] for link in self.link("canonical")), None)

    @property
    def first_data(self) -> dict[str, Any]:
        found = [text for facts, text in self.scripts if facts.get("id") == "first-data"]
        assert len(found) == 1
        answers: dict[str, Any] = json.loads(found[0])
        return answers

    @property
    def structured(self) -> dict[str, dict[str, Any]]:
        texts = [text for facts, text in self.scripts if facts.get("type") == "application/ld+json"]
        return {facts["@type"]: facts for facts in map(json.loads, texts)}
