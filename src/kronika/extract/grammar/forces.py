"""Forces: the nouns for soldiers, units and what carries them."""

from __future__ import annotations

#: What "sent", "moved" or "crossed" has to be said of to be a movement of forces.
FORCE_HEADS = frozenset(
    (
        *("troop", "soldier", "force", "army", "unit", "brigade", "battalion", "regiment", "convoy", "tank", "warship"),
        *("peacekeeper", "personnel", "carrier", "warplane", "bomber", "submarine", "destroyer", "frigate", "jet"),
        *("reinforcement", "contingent", "fighter", "aircraft", "helicopter", "vehicle", "marine", "mercenary"),
        *("missile", "police", "military", "navy", "fleet", "paratrooper", "gendarme", "patrol"),
    )
)
