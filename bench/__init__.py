"""Measures pages at several scales, beside plain pages of the same server in the same run. Not part of the product."""
