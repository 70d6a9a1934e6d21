"""Accuracy on labelled data: ``python -m evals NAME --data PATH``."""
