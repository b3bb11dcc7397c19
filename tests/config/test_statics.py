"""The style sheet of production, in one piece."""

import re

from django.contrib.staticfiles.finders import FileSystemFinder

from config.statics import SHEET, Storage, in_one


def test_each_piece_stands_in_its_layer_with_its_addresses():
    files = {
        "css/pieces/a.css": '.a { mask: url("../../clip.svg"); }\n',
        "css/b.css": '.b { src: url("../b.woff2"); }\n',
    }
    sheet = '@layer base, pieces;\n@import url("b.css") layer(base);\n@import url("pieces/a.css") layer(pieces);\n'
    assert in_one(sheet, files.__getitem__) == (
        '@layer base, pieces;\n@layer base {\n.b { src: url("../b.woff2"); }\n}\n'
        '@layer pieces {\n.a { mask: url("../clip.svg"); }\n}\n'
    )


def test_what_is_collected_imports_nothing_and_names_only_files_with_hashes(tmp_path):
    wanted = (".css", ".woff2", ".svg")
    found = {name: (storage, name) for name, storage in FileSystemFinder().list([]) if name.endswith(wanted)}
    storage = Storage(location=tmp_path, base_url="/static/")
    for name, (source, path) in found.items():
        with source.open(path) as file:
            storage.save(name, file)
    for _name, _hashed, done in storage.post_process(found):
        assert done is not False
    text = (tmp_path / storage.stored_name(SHEET)).read_text()
    assert "@import" not in text
    assert ".bar" in text
    addresses = re.findall(r'url\("([^"]+)"\)', text)
    assert len(addresses) > 9
    for address in addresses:
        assert re.search(r"\.[0-9a-f]{12}\.\w+$", address), address
        assert (tmp_path / "css" / address).resolve().exists(), address
