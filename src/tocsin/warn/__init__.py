"""Thresholds, lead time, false alarms, alerts."""
