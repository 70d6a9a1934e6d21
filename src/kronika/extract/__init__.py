"""Spans to what the document says: events, claims, effects, relations, deployments, statements.

From sentences to events, each folder knowing only those before it: ``grammar`` (whose subject, in which sense),
``predicates`` (what a word tells of, and who does it), ``reading`` (what is known of one document), ``sides`` and
``coding``, ``threads`` (what holds beyond one day), ``circumstances`` (when and where), ``consequences`` (figures and
effects), ``happenings`` (which mentions are one), ``assertions`` (who says so), ``screening`` (words that tell no
happening), ``drafting`` and ``events``.
"""
