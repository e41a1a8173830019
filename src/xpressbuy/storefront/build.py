"""The built web app: its files in memory and the tags that a page needs. Knows Vite's manifest, no page of the shop.

Files are looked up by name in what was read at the start, so no path of a request ever reaches the disk.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from mimetypes import guess_type
from pathlib import Path
from typing import Any

import brotli

from xpressbuy.http.encodings import COMPRESS_FROM_BYTES
from xpressbuy.http.shared import etag_of

MANIFEST = ".vite/manifest.json"
ASSETS_PATH = "/assets/"
MAIN = "src/main.tsx"
THEME = "src/theme-start.ts"
ROUTES = "src/app/routes/{}.tsx"
FILES_MAX = 2_000
BYTES_MAX = 64 * 1024 * 1024
"""All files together; more is no build of this app."""
BROTLI_QUALITY = 10
"""Measured on this app's 670 kB: 9 gives 216 kB in 0.28 s, 10 gives 206 kB in 0.31 s, 11 gives 202 kB in 0.71 s."""
_HASHED = re.compile(r"-[A-Za-z0-9_-]{8}\.[a-z0-9.]+$")
_TEXT = ("text/", "application/javascript", "application/json", "application/manifest+json", "image/svg+xml")
_TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".webmanifest": "application/manifest+json",
    ".map": "application/json",
}


@dataclass(frozen=True, slots=True)
class File:
    """One file with its compressed forms by encoding. A hashed name never changes its content."""

    body: bytes
    media_type: str
    etag: str
    hashed: bool
    encodings: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Tags:
    """Addresses for a page's head, in the order in which they are needed."""

    theme: str | None
    main: str
    styles: tuple[str, ...]
    preloads: tuple[str, ...]
    fonts: tuple[str, ...]


class WebBuild:
    """One build, read once."""

    def __init__(self, files: Mapping[str, File], manifest: Mapping[str, Any]) -> None:
        self._files = files
        self._manifest = manifest

    @classmethod
    def read(cls, dist: Path) -> WebBuild | None:
        """The build in a folder, None if there is none (yet). ValueError if it is far too large."""
        try:
            manifest = json.loads((dist / MANIFEST).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        if not isinstance(manifest, dict) or MAIN not in manifest:
            return None
        return cls(_read_files(dist), manifest)

    def file(self, name: str) -> File | None:
        """A file by its name inside the build."""
        return self._files.get(name)

    def tags(self, route: str | None) -> Tags:
        """What the head of a page names: the app, and the route's own file so that it need not be discovered."""
        main = self._manifest[MAIN]
        chunks = list(self._with_imports([MAIN, *([ROUTES.format(route)] if route else [])]))
        styles = dict.fromkeys(style for chunk in chunks for style in chunk.get("css", ()))
        preloads = dict.fromkeys(chunk["file"] for chunk in chunks if chunk["file"] != main["file"])
        fonts = dict.fromkeys(name for chunk in chunks for name in chunk.get("assets", ()) if name.endswith(".woff2"))
        theme = self._manifest.get(THEME)
        return Tags(
            theme=_address(theme["file"]) if theme else None,
            main=_address(main["file"]),
            styles=tuple(map(_address, styles)),
            preloads=tuple(map(_address, preloads)),
            fonts=tuple(map(_address, fonts)),
        )

    def _with_imports(self, names: Iterable[str]) -> Iterable[Mapping[str, Any]]:
        waiting, seen = list(names), set[str]()
        while waiting:
            name = waiting.pop(0)
            if name in seen or name not in self._manifest:
                continue
            seen.add(name)
            chunk = self._manifest[name]
            waiting += chunk.get("imports", ())
            yield chunk


def _address(name: str) -> str:
    return ASSETS_PATH + name


def _read_files(dist: Path) -> dict[str, File]:
    paths = sorted(path for path in dist.rglob("*") if path.is_file() and not path.is_symlink())[:FILES_MAX]
    raw = {path.relative_to(dist).as_posix(): path.read_bytes() for path in paths}
    if sum(map(len, raw.values())) > BYTES_MAX:
        raise ValueError("the web build is over 64 MB")
    shown = {
        name: body
        for name, body in raw.items()
        if not name.startswith(".") and not name.endswith((".br", ".gz", ".html"))
    }
    return {name: _file(name, body, raw) for name, body in shown.items()}


def _file(name: str, body: bytes, raw: Mapping[str, bytes]) -> File:
    media_type = _TYPES.get(Path(name).suffix) or guess_type(name)[0] or "application/octet-stream"
    encodings: dict[str, bytes] = {}
    if media_type.startswith(_TEXT) and len(body) >= COMPRESS_FROM_BYTES:
        encodings["br"] = raw.get(f"{name}.br") or brotli.compress(body, quality=BROTLI_QUALITY)
        encodings["gzip"] = raw.get(f"{name}.gz") or gzip.compress(body, mtime=0)
    return File(
        body=body,
        media_type=f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type,
        etag=etag_of(body),
        hashed=_HASHED.search(name) is not None,
        encodings={kind: packed for kind, packed in encodings.items() if len(packed) < len(body)},
    )
