"""The page that lists the API."""

from __future__ import annotations

from xpressbuy.http.describe import page


def test_lists_every_call_and_escapes_what_it_says() -> None:
    calls = {"/api/x/{id}": {"get": {"description": "Finds <one>.\nMore."}, "post": {"summary": "Makes one"}}}
    html = page({"info": {"title": "A & B"}, "paths": calls})
    assert "<h1>A &amp; B: the HTTP API</h1>" in html
    assert "Finds &lt;one&gt;.</td>" in html
    assert html.count("<code>/api/x/{id}</code>") == 2
    assert "<script" not in html
