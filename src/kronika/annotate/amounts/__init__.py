"""Figures: what is counted, how many, and sums of money."""
