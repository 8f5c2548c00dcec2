"""The chart room: tables in, tables and charts out. It reads nothing and saves nothing."""

from helpers.chart.figure import enable

__all__ = ["enable"]
