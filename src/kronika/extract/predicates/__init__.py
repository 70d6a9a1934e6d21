"""The codebook's predicates over the parse: what a word tells of, who does it to whom, and with what."""
