"""The index on disk: tables, kinds of places, sources of names."""

from __future__ import annotations

SCHEMA = 7

#: Where a name comes from; a lower number is the better reason to believe it. OWN is what a user added, who expects to
#: read of it. No index holds RESPELLED: it is a name that only looks like one of the place's.
OWN, PRIMARY, ALTERNATE, DERIVED, HISTORIC, CODE, RESPELLED = range(-1, 6)

#: Kinds of places. OTH are features and sites, REG regions that are no administrative units, SEA water.
COUNTRY, CONTINENT, ADM1, ADM2, ADM3, SETTLEMENT = "PCLI", "CONT", "ADM1", "ADM2", "ADM3", "PPL"
SITE, REGION, WATER = "OTH", "REG", "SEA"
#: What type words can ask for though no place of the index is one: a part of a town or a building, or a street or
#: square, which are mostly named after something elsewhere.
QUARTER, STREET = "QTR", "STR"
KINDS = (COUNTRY, CONTINENT, ADM1, ADM2, ADM3, SETTLEMENT, SITE, REGION, WATER)

CREDIT = "GeoNames, CC BY 4.0 (https://www.geonames.org, https://creativecommons.org/licenses/by/4.0/), modified"

TABLES = """
CREATE TABLE place (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    lat REAL,
    lon REAL,
    cc TEXT,
    a1 TEXT,
    a2 TEXT,
    pop INTEGER NOT NULL,
    kind TEXT NOT NULL,
    radius_km REAL,
    origin TEXT,
    known INTEGER NOT NULL
);
CREATE TABLE name (n TEXT NOT NULL, id INTEGER NOT NULL, src INTEGER NOT NULL, PRIMARY KEY (n, id)) WITHOUT ROWID;
CREATE TABLE alike (h INTEGER NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (h, id)) WITHOUT ROWID;
CREATE TABLE dated (n TEXT NOT NULL, id INTEGER NOT NULL, valid_from TEXT, valid_to TEXT, PRIMARY KEY (n, id))
    WITHOUT ROWID;
CREATE TABLE unit (cc TEXT NOT NULL, a1 TEXT NOT NULL, a2 TEXT NOT NULL, id INTEGER NOT NULL, name TEXT NOT NULL,
    PRIMARY KEY (cc, a1, a2)) WITHOUT ROWID;
CREATE TABLE filter (part INTEGER PRIMARY KEY, hashes BLOB NOT NULL);
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
