"""Script of the gen-files plugin: announces every page to MkDocs as an empty Markdown file.

The hook beside it puts the finished pages in their place, once they are there.
"""

from __future__ import annotations

from mkdocs.exceptions import PluginError
from mkdocs_gen_files.editor import FilesEditor

from generator.build import NotBuildableError
from generator.site.state import state_of

editor = FilesEditor.current()
try:
    announced = state_of(editor.config).announce_pages()
except NotBuildableError as error:
    raise PluginError(str(error)) from error
for name in announced:
    with editor.open(name, "w"):
        pass
