"""Charts drawn on the server: plain Python finds where everything stands, a template draws it, the style sheet dresses it.

A chart has a title, a sentence that says what is seen, and the table behind it. What is unknown is a gap, and is said.
"""

from lierre.foundation.charts.bars import Bar, Bars
from lierre.foundation.charts.calendar import Calendar
from lierre.foundation.charts.funnel import Funnel, Step
from lierre.foundation.charts.line import Line, Point, Series
from lierre.foundation.charts.sparkline import Sparkline
from lierre.foundation.charts.stacked import Stacked, StackedBar
from lierre.foundation.charts.waterfall import Rise, Waterfall

__all__ = [
    "Bar", "Bars", "Calendar", "Funnel", "Line", "Point", "Rise", "Series", "Sparkline", "Stacked", "StackedBar", "Step",
    "Waterfall",
]  # fmt: skip
