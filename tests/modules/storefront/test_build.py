"""The web app's build: which tags a page gets and which files can be reached."""

from __future__ import annotations

import gzip
from pathlib import Path

import brotli
import pytest
from tests.modules.reading import write_build

from xpressbuy.http.encodings import best_encoding
from xpressbuy.storefront.build import WebBuild


@pytest.fixture
def build(tmp_path: Path) -> WebBuild:
    found = WebBuild.read(write_build(tmp_path / "dist"))
    assert found is not None
    return found


def test_a_page_names_the_app_its_route_and_what_both_import(build: WebBuild) -> None:
    tags = build.tags("product")
    assert tags.theme == "/assets/theme-Kl345678.js"
    assert tags.main == "/assets/main-AbCd1234.js"
    assert tags.styles == ("/assets/main-Gh123456.css", "/assets/product-Qr123456.css")
    assert set(tags.preloads) == {
        "/assets/product-Mn901234.js",
        "/assets/vendor-Ef567890.js",
        "/assets/gallery-Op567890.js",
    }
    assert tags.fonts == ("/assets/inter-Ij789012.woff2",)


def test_a_route_that_the_build_does_not_know_costs_only_the_preload(build: WebBuild) -> None:
    assert build.tags("no-such-route").preloads == ("/assets/vendor-Ef567890.js",)
    assert build.tags(None).main == "/assets/main-AbCd1234.js"


@pytest.mark.parametrize("broken", [None, "", "[]", "{}", '{"src/other.tsx": {"file": "x.js"}}'])
def test_without_a_manifest_there_is_no_build(tmp_path: Path, broken: str | None) -> None:
    if broken is not None:
        (tmp_path / ".vite").mkdir()
        (tmp_path / ".vite" / "manifest.json").write_text(broken)
    assert WebBuild.read(tmp_path) is None


def test_files_come_with_type_etag_and_compressed_forms(build: WebBuild) -> None:
    script = build.file("main-AbCd1234.js")
    assert script is not None
    assert (script.media_type, script.hashed) == ("text/javascript; charset=utf-8", True)
    assert brotli.decompress(script.encodings["br"]) == script.body
    assert gzip.decompress(script.encodings["gzip"]) == script.body
    icon = build.file("favicon.svg")
    assert icon is not None
    assert (icon.media_type, icon.hashed, icon.encodings) == ("image/svg+xml", False, {})
    font = build.file("inter-Ij789012.woff2")
    assert font is not None
    assert (font.media_type, font.encodings) == ("font/woff2", {})


def test_precompressed_files_are_taken_as_they_are_and_not_shown_themselves(tmp_path: Path) -> None:
    dist = write_build(tmp_path / "dist")
    packed = brotli.compress((dist / "main-AbCd1234.js").read_bytes(), quality=11)
    (dist / "main-AbCd1234.js.br").write_bytes(packed)
    found = WebBuild.read(dist)
    assert found is not None
    script = found.file("main-AbCd1234.js")
    assert script is not None
    assert script.encodings["br"] == packed
    assert found.file("main-AbCd1234.js.br") is None


def test_manifest_pages_and_links_to_elsewhere_are_no_files_of_the_shop(tmp_path: Path) -> None:
    dist = write_build(tmp_path / "dist")
    (tmp_path / "secret.txt").write_text("secret")
    (dist / "index.html").write_text("<p>x")
    (dist / "link.txt").symlink_to(tmp_path / "secret.txt")
    found = WebBuild.read(dist)
    assert found is not None
    for name in ("../secret.txt", "link.txt", ".vite/manifest.json", "index.html", "", ".", "/etc/passwd"):
        assert found.file(name) is None


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("GZIP;q=0.5", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br; q=0.0", None),
        ("*", "br"),
        ("", None),
        ("identity", None),
        ("brotli", None),
    ],
)
def test_encoding_is_what_the_caller_takes(accept: str, expected: str | None) -> None:
    assert best_encoding(accept, {"br": b"", "gzip": b""}) == expected
