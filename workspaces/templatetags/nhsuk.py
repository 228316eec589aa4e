"""The `{% nhsuk %}` tag: NHS England's own component templates inside Django's."""

from django import template

register = template.Library()
