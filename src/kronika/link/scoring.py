"""Scoring with Splink: the same model over big sets, on DuckDB here and on Spark with the same settings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from kronika.link.blocking import RULES, blocking_keys, sql_condition
from kronika.link.features import EventRow
from kronika.link.model import NOT_STATED, Edge, load_match_model

if TYPE_CHECKING:
    import pyarrow as pa  # type: ignore[import-untyped]

_COLUMNS = tuple(field.name for field in fields(EventRow))
_KEY_COLUMNS = tuple(rule for rule, _ in RULES)
_TYPES = {
    **dict.fromkeys(("level", "killed", "wounded", "ordinal"), "int32"),
    **dict.fromkeys(("first_day", "last_day", "width", "night", "printed", "downed"), "int32"),
    **dict.fromkeys(("latitude", "longitude", "radius_km"), "float64"),
    **dict.fromkeys(("is_dated", "ordinal_least"), "bool_"),
}


def splink_settings() -> dict[str, Any]:
    """Return the settings dictionary of the shipped model (link type "dedupe_only", no training)."""
    model = load_match_model()
    comparisons = []
    for comparison in model.comparisons:
        levels: list[dict[str, Any]] = []
        for level in comparison.levels:
            entry: dict[str, Any] = {"sql_condition": level.sql, "label_for_charts": level.label}
            if level.label == NOT_STATED:
                entry["is_null_level"] = True
            else:
                entry |= {"m_probability": level.m, "u_probability": level.u}
            levels.append(entry)
        comparisons.append({"output_column_name": comparison.name, "comparison_levels": levels})
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "event",
        "probability_two_random_records_match": model.prior,
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": sql_condition(rule, needs)} for rule, needs in RULES
        ],
        "comparisons": comparisons,
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
        "additional_columns_to_retain": [],
    }


def event_table(rows: Iterable[EventRow], batch: int = 50_000) -> pa.Table:
    """Return the rows as an Arrow table with their width and blocking keys (text, null where a row has none)."""
    import pyarrow as pa

    schema = pa.schema(
        [(name, getattr(pa, _TYPES.get(name, "string"))()) for name in (*_COLUMNS, "width", *_KEY_COLUMNS)]
    )
    batches, columns = [], _empty(schema.names)
    for count, row in enumerate(rows, 1):
        keys = blocking_keys(row)
        for name in _COLUMNS:
            columns[name].append(getattr(row, name))
        columns["width"].append(row.width)
        for name in _KEY_COLUMNS:
            columns[name].append(keys.get(name))
        if count % batch == 0:
            batches.append(pa.RecordBatch.from_pydict(columns, schema=schema))
            columns = _empty(schema.names)
    batches.append(pa.RecordBatch.from_pydict(columns, schema=schema))
    return pa.Table.from_batches(batches, schema=schema)


def _empty(names: Sequence[str]) -> dict[str, list[Any]]:
    return {name: [] for name in names}


def predict_table(table: pa.Table, threshold: float | None = None, *, memory_limit: str = "3GB") -> pa.Table:
    """Score all candidate pairs of an event table on DuckDB; returns event_l, event_r, match_weight, unordered."""
    import duckdb
    from splink import Linker
    from splink.backends.duckdb import DuckDBAPI

    model = load_match_model()
    least = model.threshold if threshold is None else threshold
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"SET memory_limit = '{memory_limit}'; SET preserve_insertion_order = false")
        database = DuckDBAPI(connection=connection)
        linker = Linker(
            database.register(table, table_name="kronika_events"),
            splink_settings(),
            log_level=None,
            validate_settings=False,
        )
        scored = linker.inference.predict(threshold_match_weight=least, warning_mode="never")
        return scored.query_sql("select event_l, event_r, match_weight from {this}").as_pyarrow_table()


def score_events(rows: Iterable[EventRow], threshold: float | None = None) -> list[Edge]:
    """Return the edges of all candidate pairs that reach the threshold, sorted by their ids."""
    found = predict_table(event_table(rows), threshold)
    columns = (found.column(name).to_pylist() for name in ("event_l", "event_r", "match_weight"))
    edges = [Edge(min(a, b), max(a, b), weight) for a, b, weight in zip(*columns, strict=True)]
    return sorted(edges, key=lambda edge: (edge.one, edge.other))
