"""The fiscal calendar: inferred from a release, and used to turn period phrases into days."""

from tagger.fiscal.calendar import Calendar
from tagger.fiscal.inference import infer_calendar
from tagger.fiscal.resolving import Resolution, resolve

__all__ = ["Calendar", "Resolution", "infer_calendar", "resolve"]
