"""The words of time expressions, read once from ``codebook/times.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kronika.annotate.times.meaning import Grain
from kronika.codebook.lists import read_list
from kronika.errors import CodebookError

#: Bits of what a word can trigger; a rule names those it needs.
WEEKDAY, MONTH, UNIT, DIGITS, PART, REFERENCE, SEASON, HOLIDAY, SET, DEICTIC, SPELLED = (1 << bit for bit in range(11))
#: Words that are an expression by themselves, with days from the anchor and the part of the day.
DEICTICS: dict[str, tuple[int, str | None]] = {
    "today": (0, None),
    "yesterday": (-1, None),
    "the day before yesterday": (-2, None),
    "tomorrow": (1, None),
    "the day after tomorrow": (2, None),
    "tonight": (0, "NI"),
    "overnight": (-1, "NI"),
}


@dataclass(frozen=True)
class TimeLexicon:
    """The lists of ``times.yaml``, turned round for look-up by form; all keys in lower case."""

    weekdays: dict[str, int]
    months: dict[str, int]
    seasons: dict[str, int]
    units: dict[str, Grain]
    codes: dict[Grain, str]
    parts: dict[str, str]
    moments: dict[str, str]
    numbers: dict[str, int]
    ordinals: dict[str, int]
    indefinite: tuple[str, ...]
    approximators: dict[str, str]
    references: dict[str, str]
    sets: dict[str, str]
    holidays: dict[str, dict[str, Any]]
    ambiguous: frozenset[str]
    joints: frozenset[str]
    future_modals: frozenset[str]
    ahead: frozenset[str]
    scheduled: frozenset[str]
    triggers: dict[str, int]

    def number(self, text: str) -> float | None:
        """Return the number that ``text`` writes ("24", "twenty-four", "a hundred"), None where it names none."""
        text = text.lower().strip()
        if re.fullmatch(r"\d[\d,]*(?:\.\d+)?", text):
            return float(text.replace(",", ""))
        total, current = 0, 0
        for word in re.split(r"[\s-]+", text):
            if word in ("and", "of"):
                continue
            value = {"a": 1, "an": 1, "couple": 2, "dozen": 12, "half": None}.get(word, self.numbers.get(word))
            if value is None:
                return None
            if value in (12, 100, 1000) and current and word not in ("twelve",):
                current *= value
            elif word == "couple":
                current = 2
            else:
                current += value
        return float(total + current)


def alternatives(forms: Iterable[str]) -> str:
    """Return a regex alternation of ``forms``, the longest first, spaces matching any white space."""
    return "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in sorted(forms, key=lambda f: (-len(f), f)))


def _index(lists: list[list[str]], first: int) -> dict[str, int]:
    return {form: number for number, forms in enumerate(lists, first) for form in forms}


@lru_cache(maxsize=1)
def load_times() -> TimeLexicon:
    """Return the lexicon.

    Raises:
        CodebookError: the file lacks a list or has the wrong number of weekdays, months or seasons.
    """
    raw = read_list("times.yaml")
    try:
        if (len(raw["weekdays"]), len(raw["months"]), len(raw["seasons"])) != (7, 12, 4):
            raise CodebookError("codebook/times.yaml must have 7 weekdays, 12 months and 4 seasons")
        return _lexicon(raw)
    except KeyError as error:
        raise CodebookError(f"codebook/times.yaml has no list {error}") from error


def _lexicon(raw: dict[str, Any]) -> TimeLexicon:
    weekdays, months, seasons = _index(raw["weekdays"], 0), _index(raw["months"], 1), _index(raw["seasons"], 1)
    parts = {form: code for code, forms in raw["parts"].items() for form in forms}
    moments = {form: clock for clock, forms in raw["moments"].items() for form in forms}
    references = {form: value for value, forms in raw["references"].items() for form in forms}
    sets = {form: value for value, forms in raw["sets"].items() for form in forms}
    units = {form: Grain(name) for name, unit in raw["units"].items() for form in unit["forms"]}
    triggers = dict.fromkeys([*raw["glue"], *raw["joints"], *raw["numbers"], *raw["ordinals"]], 0)
    kinds: list[tuple[int, Iterable[str]]] = [
        (WEEKDAY, [*weekdays, *(form + "s" for form in weekdays if form.endswith("day"))]),
        (MONTH, months),
        (UNIT, units),
        (PART, [*parts, *(form + "s" for form in parts), *moments, "am", "pm", "m", "clock"]),
        (REFERENCE, [form.split()[-1] for form in references]),
        (SEASON, [*seasons, "summers", "winters"]),
        (SET, sets),
        (SPELLED, ["eighteen", "nineteen", "twenty", "thousand"]),
        (DEICTIC, [form.split()[-1] for form in DEICTICS]),
        (DIGITS, ["st", "nd", "rd", "th"]),
        (HOLIDAY, [word for form in raw["holidays"] for word in re.findall(r"[a-z]{2,}", form)]),
    ]
    for kind, forms in kinds:
        for form in forms:
            triggers[form] = triggers.get(form, 0) | kind
    return TimeLexicon(
        weekdays=weekdays,
        months=months,
        seasons=seasons,
        units=units,
        codes={Grain(name): unit["code"] for name, unit in raw["units"].items()},
        parts=parts,
        moments=moments,
        numbers=raw["numbers"],
        ordinals={form: number for number, form in enumerate(raw["ordinals"], 1)},
        indefinite=tuple(raw["indefinite"]),
        approximators={form: mod for mod, forms in raw["approximators"].items() for form in forms},
        references=references,
        sets=sets,
        holidays=raw["holidays"],
        ambiguous=frozenset(raw["ambiguous"]),
        joints=frozenset(raw["joints"]),
        future_modals=frozenset(raw["future_modals"]),
        ahead=frozenset(raw["ahead"]),
        scheduled=frozenset(raw["scheduled"]),
        triggers=triggers,
    )
