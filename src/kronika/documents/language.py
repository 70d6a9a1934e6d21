"""The language of an article: the letters first, then py3langid among the configured languages."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

#: Letters that settle the language among those of one script (``field`` measurements: short Russian is otherwise
#: taken for Bulgarian or Macedonian).
_UKRAINIAN = re.compile(r"[іїєґІЇЄҐ]")
_RUSSIAN = re.compile(r"[ыэъёЫЭЪЁ]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
#: py3langid reads no further than this: the language is plain long before.
_SAMPLE = 2000
#: Below this many letters the statistics are a coin's toss; the stated language, or none, stands.
_MIN_LETTERS = 60


def detect_language(text: str, languages: tuple[str, ...]) -> str | None:
    """Return the ISO 639-1 code of ``text``, None where the text is too short to tell.

    Text in a script that none of ``languages`` is written in gives "und" (ISO 639: undetermined).

    >>> detect_language("Drones struck the depot overnight, the governor said; nobody was hurt there.", ("en", "de"))
    'en'
    """
    sample = text[:_SAMPLE]
    latin, cyrillic, arabic = (len(script.findall(sample)) for script in (_LATIN, _CYRILLIC, _ARABIC))
    letters = sum(map(str.isalpha, sample))
    if cyrillic > max(latin, arabic):
        return _cyrillic(sample, languages)
    if letters > _MIN_LETTERS and letters > 2 * (latin + arabic):
        return "und"
    if letters < _MIN_LETTERS:
        return None
    code = _identifier(languages).classify(sample)[0]
    return str(code)


def _cyrillic(sample: str, languages: tuple[str, ...]) -> str:
    ukrainian, russian = len(_UKRAINIAN.findall(sample)), len(_RUSSIAN.findall(sample))
    if ukrainian == russian:
        return "ru" if "ru" in languages and not ukrainian else "und"
    return "uk" if ukrainian > russian else "ru"


@lru_cache(maxsize=4)
def _identifier(languages: tuple[str, ...]) -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(languages))
    return identifier
