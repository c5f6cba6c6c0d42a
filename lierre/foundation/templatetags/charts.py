"""`{% chart contacts %}`: a chart, its sentence, and the table behind it."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from lierre.foundation.charts.words import Chart

register = template.Library()


@register.simple_tag
def chart(shown: Chart, level: int = 3) -> SafeString:
    """The whole figure; its title is a heading of this level."""
    context = {"chart": shown, "level": level, "drawing": drawing(shown)}
    return render_to_string("foundation/charts/chart.html", context)


@register.simple_tag
def drawing(shown: Chart) -> SafeString:
    """The drawing alone, for a place that gives its own title and table."""
    return render_to_string(shown.template, {"chart": shown})
