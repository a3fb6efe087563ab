"""Invoices and slips, their three signatures, cash advances, statements and the close of a month."""
