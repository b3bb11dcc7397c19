"""Lessons of the Carpentries: a `config.yaml` that lists the episodes, and a folder of them."""

import re

from .fields import Fields
from .folder import Folder

EPISODES = "episodes/"
SECTION = "Episodes"
QUESTIONS = re.compile(r"^ {0,3}:{3,} *questions\b.*\n\s*[-*+] +(\S.*(?:\n {2,}\S.*)*)", re.M)


def config_of(folder: Folder) -> str | None:
    """The lesson's configuration, if the folder is one."""
    config = folder.first_of("config.yaml", "config.yml")
    return config if config and folder.texts(EPISODES) else None


def episodes(folder: Folder, fields: Fields) -> list[str]:
    """The texts in the order of the configuration, or of their names where it has none."""
    found = [path for path in folder.texts(EPISODES) if path.count("/") == 1]
    listed = fields.texts("episodes", longest=200)
    if not listed:
        return found
    order = []
    for name, line in listed:
        path = EPISODES + name
        if path in found:
            order.append(path)
        else:
            fields.notes.problem(fields.path, line, f"lists {name}, which {EPISODES} doesn't hold")
    for path in found:
        if path not in order:
            fields.notes.warn(path, 0, f"is not in the list of {fields.path}, so it was left out")
    return list(dict.fromkeys(order))


def first_question(source: str) -> str:
    """What an episode sets out to answer; its summary."""
    match = QUESTIONS.search(source)
    return " ".join(re.sub(r"[`*]", "", match[1]).split()) if match else ""
