"""The demo: a course with three communities that talk about it. Its texts are in courses/demo/."""

from .loading import DemoProblem, DemoReport, load_demo
from .people import add_person

__all__ = ["DemoProblem", "DemoReport", "add_person", "load_demo"]
