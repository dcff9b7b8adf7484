"""Observations in, summaries out: the ledger, the history, the scores, and what is published."""
