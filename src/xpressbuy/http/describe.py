"""A page that lists the API for people, made from its description. It has no script, so none comes from elsewhere."""

from __future__ import annotations

from html import escape
from typing import Any

from fastapi import APIRouter, FastAPI, Response

_HEAD = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>API</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%}td{padding:.4rem .8rem .4rem 0;border-top:1px solid #8884;vertical-align:top}
code{white-space:nowrap}</style></head><body>"""


def router(app: FastAPI) -> APIRouter:
    """`/api/docs` of this app."""
    pages = APIRouter(include_in_schema=False)

    @pages.get("/api/docs")
    async def docs() -> Response:
        return Response(page(app.openapi()), media_type="text/html")

    return pages


def page(description: dict[str, Any]) -> str:
    """The description as a table of calls with their first sentence."""
    rows = [
        f"<tr><td><code>{escape(method.upper())}</code></td><td><code>{escape(path)}</code></td>"
        f"<td>{escape(str(call.get('description', call.get('summary', ''))).split(chr(10))[0])}</td></tr>"
        for path, calls in sorted(description["paths"].items())
        for method, call in calls.items()
    ]
    title = f"<h1>{escape(str(description['info']['title']))}: the HTTP API</h1>"
    link = '<p>The whole description, for programs: <a href="/api/openapi.json">/api/openapi.json</a></p>'
    return f"{_HEAD}<main>{title}{link}<table>{''.join(rows)}</table></main></body></html>"
