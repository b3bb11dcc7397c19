"""Sixty days of mail, played with a clock that stands still in between; beside it a little model that shares no code
with what it checks says who gets which posts when."""
