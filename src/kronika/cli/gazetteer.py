"""``kronika gazetteer``: build it, add to it, look into it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from kronika.cli.output import format_option
from kronika.cli.progress import steps


@click.group()
def gazetteer() -> None:
    """Build, extend or look into the gazetteer.

    \b
    Examples:
      kronika gazetteer build
      kronika gazetteer build UA.zip --class P --class A
      kronika gazetteer add places.csv
      kronika gazetteer find Bryansk --level region
    """


@gazetteer.command()
@click.argument("dumps", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--country", "countries", multiple=True, metavar="CC", help="Take only this country (ISO, repeatable).")
@click.option("--class", "classes", multiple=True, metavar="X", help="Take only this GeoNames feature class (P, A …).")
def build(dumps: tuple[Path, ...], countries: tuple[str, ...], classes: tuple[str, ...]) -> None:
    """Build the gazetteer from the installed packages and GeoNames DUMPS (zip or text); without any, from scratch.

    DUMPS are files of one country, allCountries, alternateNamesV2 and hierarchy. They are read line by line.

    \b
    Examples:
      kronika gazetteer build
      kronika gazetteer build UA.zip alternateNamesV2.zip
      kronika gazetteer build allCountries.zip --country SD --country TD
    """
    from kronika.gazetteer.dumps import Filters, in_order, read_dump

    wanted = Filters(frozenset(code.upper() for code in countries), frozenset(name.upper() for name in classes))

    def reader(path: Path) -> Callable[[Any], str]:
        return lambda into: read_dump(path, into, wanted)

    _build([reader(path) for path in in_order(dumps)])


@gazetteer.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def add(file: Path) -> None:
    """Add your own places from a CSV FILE to the gazetteer as it is.

    Columns: sid, name, variants (separated by |), kind, cc, a1, lat, lon, radius_km, same_as, valid_from, valid_to,
    source_url, note. A row needs sid, name and source_url, and either a point or same_as, a GeoNames id.

    \b
    Examples:
      kronika gazetteer add places.csv
    """
    from kronika.gazetteer import open_gazetteer
    from kronika.gazetteer.build import extend_index
    from kronika.gazetteer.index import OWN_INDEX, Gazetteer, cache_folder
    from kronika.gazetteer.supplement import read_file

    path = cache_folder() / OWN_INDEX
    count = extend_index(open_gazetteer().path, path, read_file(file), file.name)
    built = Gazetteer(path)
    click.echo(f"{count} rows added, version {built.version}, in {path}", err=True)
    built.close()


def _build(readers: list[Callable[[Any], str]]) -> None:
    from kronika.gazetteer.build import build_index
    from kronika.gazetteer.index import OWN_INDEX, Gazetteer, cache_folder, default_path

    own = cache_folder() / OWN_INDEX
    path = own if readers else default_path()
    with steps() as progress:
        build_index(path, readers, progress)
    if not readers:
        own.unlink(missing_ok=True)  # back to what the packages give
    built = Gazetteer(path)
    click.echo(f"{built.meta['places']} places, version {built.version}, in {path}", err=True)
    built.close()


@gazetteer.command()
@click.argument("name")
@click.option("--level", type=click.Choice(["region", "district", "settlement", "water"]), help="As a type word asks.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="At most this many.")
@format_option
def find(name: str, level: str | None, limit: int, form: str) -> None:
    """Show what NAME could mean, as the resolver sees it before it knows the text; the best prior first.

    \b
    Examples:
      kronika gazetteer find Bakhmut
      kronika gazetteer find Bryansk --level region --format json
    """
    from kronika.gazetteer import open_gazetteer
    from kronika.gazetteer.schema import ADM2, REGION, SETTLEMENT, WATER
    from kronika.resolve.places.candidates import candidates

    kinds = {"region": REGION, "district": ADM2, "settlement": SETTLEMENT, "water": WATER}
    opened = open_gazetteer()
    found = candidates(name, kinds[level] if level else None, opened)
    rows = [
        {
            "id": choice.place.uri,
            "name": choice.place.name,
            "kind": choice.place.kind,
            "country": choice.place.country,
            "admin1": opened.unit_name(choice.place.country, choice.place.admin1),
            "latitude": choice.place.latitude,
            "longitude": choice.place.longitude,
            "population": choice.place.population,
            "prior": round(choice.prior, 2),
        }
        for choice in found[:limit]
    ]
    _write(rows, form, ("id", "name", "kind", "country", "admin1", "latitude", "longitude", "population", "prior"))


@gazetteer.command()
@format_option
def info(form: str) -> None:
    """Say what the gazetteer is built from, its version, and whom to credit.

    \b
    Examples:
      kronika gazetteer info
    """
    from kronika.gazetteer import open_gazetteer

    opened = open_gazetteer()
    meta = {key: value for key, value in opened.meta.items() if key != "capitals"}
    rows = [{"key": key, "value": value} for key, value in {**meta, "path": str(opened.path)}.items()]
    _write(rows, form, ("key", "value"))


def _write(rows: list[dict[str, Any]], form: str, columns: tuple[str, ...]) -> None:
    import json
    import sys

    from kronika.cli.output import write_table

    if form == "table":
        write_table(rows, columns)
    elif form == "csv":
        from kronika.export import write_csv

        write_csv(rows, sys.stdout)
    elif form == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
