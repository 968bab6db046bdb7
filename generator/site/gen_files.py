"""Script of the gen-files plugin: announces every page to MkDocs as an empty Markdown file.

The hook beside it puts the finished pages in their place.
"""

from __future__ import annotations

from mkdocs.exceptions import PluginError
from mkdocs_gen_files.editor import FilesEditor

from generator.build import NotBuildableError
from generator.site.state import source_name, state_of

editor = FilesEditor.current()
try:
    pages = state_of(editor.config).make_pages()
except NotBuildableError as error:
    raise PluginError(str(error)) from error
for page in pages:
    with editor.open(source_name(page), "w"):
        pass
