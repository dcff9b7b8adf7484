"""Bytes in, cells out: faithful, and without any idea of what they mean."""
