"""Findings: a report compared with itself and with what is known."""
