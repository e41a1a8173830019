"""Renders the sample pictures into a folder, several at a time, and skips what is already there.

Where the renditions go from there (the bucket) is the caller's business.
"""

import hashlib
import json
import multiprocessing
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from xpressbuy.local.sample.pictures import draw, rasterise
from xpressbuy.local.sample.rows import picture_asked, picture_sources
from xpressbuy.media.model import ENCODER_SETTINGS, RENDITION_FORMATS, Format, ImageId, image_id
from xpressbuy.media.model.renditions import render_renditions

FACTS_FILE = "facts.json"
WATCH_SECONDS = 2.0
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class BuiltPicture:
    """One picture of the range, rendered: what a product document stores, and where its files lie."""

    source: str
    id: ImageId
    width: int
    height: int
    placeholder: str
    widths: tuple[int, ...]
    files: Mapping[tuple[int, Format], Path]


def sample_picture(source: str) -> bytes:
    """The PNG of a picture address such as 'sample:breton-pocket-tee/front/Chalk'; KeyError if it names nothing."""
    return rasterise(draw(*picture_asked(source)))


def cache_key(source: str) -> str:
    """Changes with the drawing and with the encoders' settings, and with nothing else."""
    return hashlib.sha256(f"{ENCODER_SETTINGS}\n{draw(*picture_asked(source))}".encode()).hexdigest()[:32]


def _built(source: str, folder: Path) -> BuiltPicture:
    facts = json.loads((folder / FACTS_FILE).read_text(encoding="utf-8"))
    widths = tuple(facts["widths"])
    files = {(width, fmt): folder / f"{width}.{fmt}" for width in widths for fmt in RENDITION_FORMATS}
    return BuiltPicture(
        source, ImageId(facts["id"]), facts["width"], facts["height"], facts["placeholder"], widths, files
    )


def _render_into(source: str, target: str) -> None:
    """Renders one picture; runs in a process of its own. The folder appears whole or not at all."""
    folder = Path(target)
    picture = sample_picture(source)
    renditions = render_renditions(picture)
    draft = Path(mkdtemp(prefix="draft-", dir=folder.parent))
    for (width, fmt), content in renditions.files.items():
        (draft / f"{width}.{fmt}").write_bytes(content)
    facts = {
        "id": image_id(picture),
        "width": renditions.width,
        "height": renditions.height,
        "placeholder": renditions.placeholder,
        "widths": renditions.widths,
    }
    (draft / FACTS_FILE).write_text(json.dumps(facts), encoding="utf-8")
    try:
        draft.rename(folder)
    except OSError:
        # Another process was quicker with the same drawing.
        shutil.rmtree(draft, ignore_errors=True)


def _leave_with(parent: int) -> None:
    """Ends this worker when the process that wanted the pictures is gone, however that one ended."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(WATCH_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def build_pictures(
    cache_folder: Path, progress: Progress | None = None, sources: Iterable[str] | None = None
) -> dict[str, BuiltPicture]:
    """Every picture of the range by its address; `progress` hears how many of how many are done."""
    cache_folder.mkdir(parents=True, exist_ok=True)
    wanted = list(picture_sources() if sources is None else sources)
    folders = {source: cache_folder / cache_key(source) for source in wanted}
    # Two addresses may ask for the same drawing; it is rendered once.
    missing = {folder: source for source, folder in folders.items() if not (folder / FACTS_FILE).exists()}
    done = len(wanted) - len(missing)
    if progress:
        progress(done, len(wanted))
    if missing:
        # Spawned, not forked: the caller may run threads and an event loop.
        context = multiprocessing.get_context("spawn")
        workers = min(os.cpu_count() or 1, len(missing))
        with ProcessPoolExecutor(workers, context, initializer=_leave_with, initargs=(os.getpid(),)) as pool:
            jobs = [pool.submit(_render_into, source, str(folder)) for folder, source in missing.items()]
            for job in as_completed(jobs):
                job.result()
                done += 1
                if progress:
                    progress(done, len(wanted))
    return {source: _built(source, folder) for source, folder in folders.items()}
