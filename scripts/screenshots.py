"""Pictures of every page, from the sample record, for a person to look at: ``python -m scripts.screenshots OUT``.

Needs Chromium (``python -m scripts.browser``). ``--readme`` writes only the two pictures that the README shows.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from scripts.browser import MISSING, find

ROOT = Path(__file__).resolve().parents[1]
#: As root in a container there is no sandbox, and no network to talk to in the background.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--enable-unsafe-swiftshader",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LOOKS: dict[str, dict[str, Any]] = {
    "wide": {"viewport": {"width": 1440, "height": 900}},
    "dark": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"},
    "narrow": {"viewport": {"width": 320, "height": 700}},
    "wall": {"viewport": {"width": 3840, "height": 2160}},
}


def sample_record(folder: Path) -> Path:
    """Make the sample record in ``folder`` and return its path."""
    import kronika

    path = folder / "sample.kronika"
    with kronika.open(path) as record:
        record.add(ROOT / "examples" / "articles")
    return path


@contextmanager
def served(path: Path, **options: Any) -> Iterator[str]:
    """Serve a record on a free port of the loopback; give its address."""
    import uvicorn

    from kronika.web.app import Options, site_of
    from kronika.web.serving import listen

    listening = listen("127.0.0.1", 0)
    app = site_of(path, Options(title=path.stem, reviewer="Ada", **options))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)


def pages(address: str) -> dict[str, str]:
    """Return the pages to look at by name; the incident is the one with most reports, the document its first."""
    import httpx

    rows = httpx.get(f"{address}/incidents.json?sort=reports").json()["rows"]
    best = rows[0]
    facilities = httpx.get(f"{address}/facilities.json?q=refinery").json()["rows"]
    actors = httpx.get(f"{address}/actors.json").json()["rows"]
    place = next((row["place_id"] for row in rows if row["place_id"]), None)
    found = {
        "overview": "/incidents",
        "overview-filtered": "/incidents?country=RU",
        "incident": f"/incident/{best['id']}",
        "document": f"/document/{best['document']}",
        "documents": "/documents",
        "search": "/documents?q=refinery",
        "findings": "/findings",
        "review": "/review",
        "review-one": f"/review?at={best['id']}",
        "log": "/log",
        "sources": "/sources",
        "facilities": "/facilities",
        "export": "/export",
        "cite": f"/cite?id={best['document']}",
        "help": "/help",
        "nothing": "/incidents?q=zzzz",
        "missing": "/incident/none",
    }
    if facilities:
        found["facility"] = f"/facility/{facilities[0]['key']}"
    other = httpx.get(f"{address}/incidents.json?target=workers&status=any").json()["rows"]
    if other:
        found["review-merge"] = f"/review?at={best['id']}&other={other[0]['id']}"
    if actors:
        found["actor"] = f"/actor/{actors[0]['key']}"
    if place:
        found["place"] = f"/place/{place}"
    return found


def shoot(out: Path, looks: dict[str, dict[str, Any]], wanted: set[str] | None = None, *, full: bool = True) -> None:
    """Write a picture of each page in each look."""
    from playwright.sync_api import sync_playwright

    browser_path = find()
    if browser_path is None:
        sys.exit(MISSING)
    out.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        served(sample_record(Path(folder))) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=browser_path, args=list(FLAGS))
        for look, settings in looks.items():
            page = browser.new_context(**settings).new_page()
            for name, path in pages(address).items():
                if wanted and name not in wanted:
                    continue
                page.goto(address + path)
                if page.locator(".overview figure.map").count():
                    page.wait_for_selector("figure.map[data-state=ready]", timeout=20_000)
                    page.wait_for_timeout(1500)
                page.screenshot(path=out / f"{name}{'-' if look else ''}{look}.png", full_page=full)
            if not wanted:
                decide(page, address)
                page.screenshot(path=out / f"review-toast-{look}.png")
                page.goto(f"{address}/log")
                page.screenshot(path=out / f"log-filled-{look}.png", full_page=True)
        browser.close()


def decide(page: Any, address: str) -> None:
    """Accept a card, reject the next and take that back, by keyboard; the toast is still there."""
    page.goto(f"{address}/review")
    for keys in ("a", "x2", "u", "a"):
        before = page.locator("p.count").inner_text()
        for key in keys:
            page.keyboard.press(key)
        page.wait_for_function("before => document.querySelector('p.count').innerText !== before", arg=before)


def main() -> None:
    """Write the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, nargs="?", default=ROOT / "docs" / "pictures")
    parser.add_argument("--readme", action="store_true")
    parser.add_argument("--looks", nargs="*", default=list(LOOKS), choices=list(LOOKS))
    parser.add_argument("--only", nargs="*")
    arguments = parser.parse_args()
    if arguments.readme:
        look = {"": {"viewport": {"width": 1180, "height": 800}}}
        shoot(arguments.out, look, {"overview-filtered", "incident"}, full=False)
    else:
        chosen = {name: LOOKS[name] for name in arguments.looks}
        shoot(arguments.out, chosen, set(arguments.only) if arguments.only else None)


if __name__ == "__main__":
    main()
