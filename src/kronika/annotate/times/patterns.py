"""The grammar of time expressions: named parts, and the pattern of each rule."""

from __future__ import annotations

import re
from functools import lru_cache

from kronika.annotate.times.lexicon import (
    DEICTIC,
    DIGITS,
    HOLIDAY,
    MONTH,
    PART,
    REFERENCE,
    SEASON,
    SET,
    SPELLED,
    UNIT,
    WEEKDAY,
    alternatives,
    load_times,
)

#: Rules in order of preference between matches of the same length: (name, what an island must hold, pattern).
RULES: tuple[tuple[str, int, str], ...] = (
    ("iso", DIGITS, r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?:[t\ ](?P<clock>\d\d:\d\d)(?::\d\d)?z?)?"),
    ("numeric", DIGITS, r"(?P<first>\d{1,2})(?P<mark>[./])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4}|\d\d)(?!\d)"),
    (
        "days_month",
        MONTH,
        r"(?:the\s+)?{DAY}(?P<joint>\s*[-–—]\s*|\s+(?:to|and|until|or)\s+)(?:the\s+)?{DAY2}(?:\s+of)?\s+{MONTH}{YEAR_TAIL}",
    ),
    ("month_days", MONTH, r"{MONTH}\s+{DAY}(?P<joint>\s*[-–—]\s*|\s+(?:to|and|until|or)\s+){DAY2}{NO_UNIT}{YEAR_TAIL}"),
    ("day_month", MONTH, r"(?:the\s+)?{DAY}(?:\s+of)?[\s-]+{MONTH}(?:-(?P<dashed>\d{{4}})|{YEAR_TAIL})"),
    ("month_day", MONTH, r"(?:(?P<which>last|this|next|past)\s+)?{MONTH}\s+(?:the\s+)?{DAY}{NO_UNIT}{YEAR_TAIL}"),
    ("ordinal_day", DIGITS, r"the\s+(?P<day>(?:[12]\d|3[01]|[1-9])(?:st|nd|rd|th))"),
    (
        "month",
        MONTH,
        r"(?:{EDGE})?(?:(?P<which>last|this|next|past)\s+|(?P<each>each|every)\s+)?{MONTH}"
        r"(?:,?\s+(?:of\s+)?(?P<year>{Y})|\s+(?:of\s+)?(?P<rel>last|this|next)\s+year)?",
    ),
    ("weekday", WEEKDAY, r"(?:{EDGE})?(?:(?P<which>last|this|next|past|coming)\s+|(?P<each>each|every)\s+)?{WEEKDAY}"),
    (
        "season",
        SEASON,
        r"(?:{EDGE})?(?:(?P<which>last|this|next|past)\s+|(?P<the>the)\s+|(?P<each>each|every)\s+)?(?:{EDGE})?{SEASON}"
        r"(?:,?\s+(?:of\s+)?(?P<year>{Y}))?",
    ),
    (
        "quarter",
        UNIT,
        r"(?:(?:the|its|their)\s+)?(?:(?P<which>last|this|next)\s+year['’]s\s+)?(?:fiscal[\s-]+)?(?:(?P<year>{Y})\s+)?"
        r"(?:fiscal[\s-]+)?(?P<nth>first|second|third|fourth)[\s-](?P<unit>quarter|half)"
        r"(?:\s+of\s+(?:(?:the\s+)?(?:fiscal\s+)?(?P<after>{Y})|(?P<rel>last|this|next)\s+year|the\s+year)|\s+(?P<tail>last|this|next)\s+year)?",
    ),
    ("decade", DIGITS, r"(?:the\s+)?(?:{EDGE})?(?:the\s+)?(?:(?P<decade>(?:1[5-9]|20)\d0)|['’](?P<short>\d0))['’]?s\b"),
    ("century", UNIT, r"(?:the\s+)?(?:{EDGE})?(?P<nth>\d{{1,2}})(?:st|nd|rd|th)[\s-]century"),
    (
        "year",
        DIGITS,
        r"(?:{EDGE}|(?:the\s+)?year\s+|fiscal\s+(?:year\s+)?)?(?P<year>{Y})(?!\d|[.,:/]\d|\s*%|\s+percent)",
    ),
    ("holiday", HOLIDAY, r"(?P<holiday>{HOLIDAY})(?:,?\s+(?:of\s+)?(?P<year>{Y}))?"),
    (
        "deictic",
        DEICTIC,
        r"(?:(?P<late>earlier|later|late|early)\s+)?(?P<word>today|the\s+day\s+before\s+yesterday|yesterday"
        r"|the\s+day\s+after\s+tomorrow|tomorrow|tonight|overnight)",
    ),
    (
        "part_deictic",
        PART,
        r"(?:(?P<late>earlier|later|late|early)\s+)?(?P<which>this|last|that|the\s+(?:same|past))\s+{PART}",
    ),
    (
        "deictic_unit",
        UNIT,
        r"(?:(?:{EDGE})|(?P<span>earlier|later)\s+(?:in\s+)?)?"
        r"(?P<which>last|this|next|the\s+(?:past|last|coming|current|next))\s+(?:fiscal\s+|calendar\s+|whole\s+)?"
        r"(?P<unit>weekend|week|month|quarter|year|decade|century)(?!['’]s\s+(?:first|second|third|fourth))",
    ),
    ("past_day", UNIT, r"(?:the\s+past|(?:(?<=over\ )|(?<=in\ )|(?<=during\ ))the\s+last)\s+day(?!\s+(?:of|before))"),
    ("weekend", UNIT, r"(?:over\s+)?the\s+weekend"),
    ("earlier_in", UNIT, r"(?P<span>earlier|later)\s+in\s+the\s+(?P<unit>week|month|year|day)"),
    (
        "edge_of_unit",
        UNIT,
        r"(?:the\s+)?(?P<unit>year)(?:['’]s)?[\s-](?P<edge>end)|"
        r"(?:the\s+)?(?P<edge>start|beginning|middle|end)\s+of\s+(?:(?P<which>last|this|next|the)\s+)(?P<unit>week|month|year|quarter)",
    ),
    (
        "ago",
        UNIT,
        r"(?:{APPROX}\s+)?(?:{QTY}[\s-]+)?(?:full\s+)?{UNIT}\s+(?P<way>ago|earlier|later|from\s+now|(?:before|afterwards?|after)(?!\s+['\w]))",
    ),
    (
        "previous",
        UNIT,
        r"(?:(?P<late>earlier|later|late|early)\s+)?(?P<which>the\s+(?:next|following|previous|preceding|same|very\s+next)|that(?:\s+same|\s+very)?)\s+"
        r"(?P<unit>day|night|weekend|week|month|quarter|year)",
    ),
    (
        "compared",
        UNIT,
        r"(?:the\s+)?(?:(?P<latest>latest|most\s+recent)\s+(?P<unit>quarter|period)"
        r"|year[\s-](?P<back>ago|earlier)(?:\s+(?P<unit>quarter|period))?)",
    ),
    (
        "the_unit",
        UNIT,
        r"(?:the|its)\s+(?P<full>full\s+|whole\s+|fiscal\s+|current\s+)?(?P<unit>week|month|quarter|year)(?!\s+(?:end(?:ed|ing)|before|after))",
    ),
    (
        "spelled_year",
        SPELLED,
        r"(?:the\s+year\s+)?(?P<spelled>(?:nineteen|eighteen|twenty)\s+(?:{TENS})(?:[\s-](?:{ONES}))?|two\s+thousand(?:\s+(?:and\s+)?(?:{ONES}))?)(?!\s*[-\w])",
    ),
    ("previous_part", PART, r"(?:the\s+(?P<step>next|following|previous))\s+(?P<part>morning|afternoon|evening|night)"),
    (
        "day_before",
        UNIT,
        r"the\s+(?P<unit>day|night|week|month|year)\s+(?P<way>before|after|earlier|later)(?!\s+\w*[a-z])",
    ),
    (
        "recent",
        UNIT,
        r"(?:(?:the\s+)?(?:more\s+|most\s+)?(?P<which>recent|past|coming|previous|preceding|early|later)\s+(?P<units>days|nights|weeks|months|quarters|years|decades|centuries))",
    ),
    (
        "reach",
        UNIT,
        r"(?:the\s+)?(?P<which>past|last|previous|preceding|next|coming|following|first|final|latest)\s+"
        r"(?:{APPROX}\s+)?{QTY}[\s-]+{UNIT}(?:\s+or\s+so)?",
    ),
    (
        "duration",
        UNIT,
        r"(?:{APPROX}\s+)?(?:(?:a|the)\s+)?(?:{APPROX}\s+)?{QTY}(?P<hyphen>-)?(?(hyphen)|\s+)(?:more\s+|full\s+|whole\s+|consecutive\s+|straight\s+)?{UNIT}"
        r"(?:\s+and\s+(?:a\s+)?half)?(?:[\s-]+(?:long|period)\b)?(?:\s+or\s+so\b)?",
    ),
    ("bare_units", UNIT, r"(?P<units>minutes|hours|days|weeks|months|years|decades|centuries)"),
    (
        "each",
        UNIT,
        r"(?:each|every|per)\s+(?:other\s+)?(?P<unit>day|night|week|weekend|month|quarter|year|hour|minute)",
    ),
    ("each_part", PART, r"(?:each|every)\s+(?P<part>morning|afternoon|evening|night)"),
    (
        "clock",
        DIGITS | PART,
        r"(?P<hour>\d{{1,2}})(?:[:.](?P<minute>[0-5]\d))?\s*(?:(?P<half>[ap])\.?\s?m\b\.?)",
    ),
    ("clock24", DIGITS, r"(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?::[0-5]\d)?(?!\d|-\d|\s*%)"),
    (
        "clock_zoned",
        DIGITS,
        r"(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d)\s+(?:hrs|local\s+time|gmt|utc|eet|msk|cet)",
    ),
    ("oclock", PART, r"(?P<hour>\d{{1,2}}|{NUMBER_WORD})\s+o['’]clock"),
    ("moment", PART, r"(?P<moment>{MOMENT})"),
    ("small_hours", UNIT, r"(?:the\s+)?(?:very\s+)?(?:early|small)\s+(?:(?:morning\s+)?hours|morning\s+hours)"),
    ("years", DIGITS, r"(?P<year>{Y})(?P<joint>[-–—])(?P<short>\d\d)(?!\d|-\d)"),
    ("short_quarter", DIGITS, r"(?P<letter>[qh])(?P<digit>[1-4])(?:\s+of)?\s+(?P<year>{Y})"),
    ("part", PART, r"(?:(?:{EDGE})|the\s+(?:{EDGE})?)?{PART}"),
    ("set", SET, r"(?P<set>{SETS})"),
    ("reference", REFERENCE, r"(?P<reference>{REFERENCES})(?!\s+(?:{QTY}\s+)?{UNIT})"),
)


@lru_cache(maxsize=1)
def named_parts() -> dict[str, str]:
    """Return the named parts that the patterns are built from."""
    words = load_times()
    numbers = alternatives(words.numbers)
    ordinals = alternatives(words.ordinals)
    number = rf"(?:\d+(?:,\d{{3}})*(?:\.\d+)?|(?:{numbers})(?:[\s-](?:{numbers}))*)"
    indefinite = alternatives([*words.indefinite, "a few", "a couple of", "couple of", "a dozen", "half a", "half an"])
    year = r"(?:1[0-9]|20)\d\d"
    day = rf"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\d:.]*\d|[ap]\.?m)|(?:{ordinals})"
    full = set({n: f for f, n in reversed(words.months.items())}.values())
    full |= set({n: f for f, n in reversed(words.weekdays.items())}.values())
    abbreviated = {form for form in (*words.months, *words.weekdays) if form not in full}
    return {
        "Y": year,
        "YEAR_TAIL": rf"(?:\s*,?\s+(?:of\s+)?(?P<year>{year})(?!\d))?",
        "DAY": rf"(?P<day>{day})",
        "DAY2": rf"(?P<day2>{day})",
        "NO_UNIT": r"(?!\d|\s*%|\s+(?:percent|people|million|soldiers))",
        "MONTH": rf"(?P<month>{_dotted(words.months, abbreviated)})",
        "WEEKDAY": rf"(?P<weekday>{_dotted(words.weekdays, abbreviated)})(?P<plural>s\b)?",
        "SEASON": rf"(?P<season>{alternatives(words.seasons)})(?!\s+of\s+(?!{year}|last|this))",
        "PART": rf"(?P<part>{alternatives(words.parts)})",
        "MOMENT": alternatives(words.moments),
        "UNIT": rf"(?P<unit>{alternatives(words.units)})\b",
        "QTY": rf"(?P<qty>{number}(?:\s*(?:to|or|-|–)\s*{number}|\s+and\s+a\s+half)?|{indefinite}|an?)",
        "NUMBER_WORD": numbers,
        "TENS": alternatives(form for form, value in words.numbers.items() if 10 <= value < 100),
        "ONES": alternatives(form for form, value in words.numbers.items() if value < 10),
        "APPROX": rf"(?P<approx>{alternatives(words.approximators)})",
        "EDGE": r"(?P<edge>early|late|mid|(?:the\s+)?(?:start|beginning|middle|end|(?:first|second)\s+half)\s+of)"
        r"[\s-]+(?:in\s+|on\s+|the\s+)?",
        "HOLIDAY": alternatives(words.holidays).replace("'", "['’]"),
        "SETS": alternatives(words.sets),
        "REFERENCES": alternatives(words.references),
    }


def _dotted(forms: dict[str, int], abbreviated: set[str]) -> str:
    """Alternation in which short forms may carry their full stop."""
    full = alternatives(form for form in forms if form not in abbreviated)
    return rf"(?:{full}|(?:{alternatives(abbreviated & forms.keys())})\b\.?)"


@lru_cache(maxsize=1)
def compiled_rules() -> tuple[tuple[str, int, re.Pattern[str]], ...]:
    """Return the rules with their compiled patterns, for a text in lower case."""
    return tuple((name, needs, re.compile(_unique(_fill(pattern)) + r"(?!\w)")) for name, needs, pattern in RULES)


def _fill(pattern: str) -> str:
    parts = named_parts()
    pattern = re.sub(r"\{([A-Z_0-9]*[A-Z][A-Z_0-9]*)\}", lambda part: parts[part[1]], pattern)
    pattern = re.sub(r"\{([A-Z]+)\}", lambda part: parts[part[1]], pattern)
    return re.sub(r"\{\{(\d[\d,]*)\}\}", r"{\1}", pattern)


def _unique(pattern: str) -> str:
    """Rename the second and later groups of one name, so that parts may occur twice in a rule."""
    seen: dict[str, int] = {}

    def rename(group: re.Match[str]) -> str:
        seen[group[1]] = seen.get(group[1], 0) + 1
        return group[0] if seen[group[1]] == 1 else f"(?P<{group[1]}_{seen[group[1]]}>"

    return re.sub(r"\(\?P<(\w+)>", rename, pattern)
