"""Cells in, checked observations out: everything that gives a report its meaning."""
