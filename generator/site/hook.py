"""MkDocs events: check first, frame pages as they get finished, and put the whole site in its place at the end.

`mkdocs build`, `mkdocs serve` and the `casebook` command all go through here, so that each keeps the promise that a
site is either new and whole or the old one.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext

from generator.audit import audit_site
from generator.build import NotBuildableError
from generator.pages.linked_data import as_script
from generator.pages.page import Announcement, Page
from generator.site.assets import (
    BUNDLED_STYLES,
    SCRIPTS_FOLDER,
    STYLES_FOLDER,
    read_assets,
    script_texts,
    served_script,
)
from generator.site.frame import TAB_NAMES, Frame, contents, crumbs
from generator.site.framed_page import FramedPage
from generator.site.headers import headers_file, policy
from generator.site.navigation import names_given, without_missing
from generator.site.settings import SettingsError, read_settings
from generator.site.source import Cases
from generator.site.state import SOURCE_KEY, BuildState, keep_state, state_of
from generator.site.swap import SwapError, staging_beside
from generator.texts import load_texts

if TYPE_CHECKING:
    from generator.search import IndexFacts, KeptParts

log = get_plugin_logger("casebook")

THEME = "material"
"""The theme whose configuration and names the frame in overrides/ goes by."""

UNUSED_THEME_FILES = ("assets/", "sitemap.xml")
"""Material's own scripts and styles - the frame has its own, and search workers and dictionaries are 2 MB - and the
template of a map of the site, whose dates would change from day to day."""


_run = {"command": "build"}
"""What this process does: `build` or `serve`."""


def on_startup(command: str, dirty: bool) -> None:
    """Remember whether the site is a preview."""
    del dirty
    _run["command"] = command


@event_priority(-100)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Check the cases, and turn the build to a folder beside the site. Ends the build when a site cannot be made."""
    folder = Path(config.config_file_path or "mkdocs.yml").resolve().parent
    try:
        if config.theme.name != THEME:
            raise SettingsError(
                f"mkdocs.yml: theme.name is {config.theme.name!r}, which has no frame - write {THEME!r}"
            )
        settings = read_settings(
            config.extra.get("casebook"),
            folder=folder,
            language=config.theme["language"],
            site_url=config.site_url or "",
        )
        target = Path(config.site_dir)
        if target.resolve().is_relative_to(settings.cases.resolve()):
            raise SettingsError(
                f"{target} lies in the folder of cases - the site would be read as one - name a folder outside"
            )
        source = config.extra.get(SOURCE_KEY) or Cases(settings)
        source.check()
        texts = load_texts(settings.language)
        assets = read_assets(Path(config.theme.custom_dir or folder / "overrides"))
        place = staging_beside(target)
    except (NotBuildableError, SettingsError, SwapError) as error:
        raise Abort(str(error)) from error
    keep_state(config, BuildState(settings=settings, source=source, texts=texts, assets=assets, place=place))
    _warn_of_useless_cache(settings.cache)
    config.site_dir = str(place.folder)
    config.theme.static_templates.discard("sitemap.xml")
    config.watch.append(str(settings.cases))
    return config


@event_priority(-100)
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Put pages in the place of their empty files and files beside them, and one stylesheet in the place of many."""
    state = state_of(config)
    if not state.pages.announced:
        raise Abort(
            "mkdocs.yml: no page was announced - the site would be empty, the old one stays - "
            "put generator/site/gen_files.py back under plugins: gen-files: scripts"
        )
    config.nav = without_missing(config.nav, {file.src_uri for file in files})
    names = names_given(config.nav)
    for file in list(files):
        page = state.pages.announced.get(file.src_uri)
        if page is not None:
            FramedPage(page, names.get(file.src_uri) or _short_name(page, state), file, config)
        elif not _is_served(file, config):
            files.remove(file)
        elif file.src_uri.startswith(f"{SCRIPTS_FOLDER}/") and file.src_uri.endswith(".js"):
            files.remove(file)
            files.append(File.generated(config, file.src_uri, content=served_script(file.content_string)))
    files.append(File.generated(config, BUNDLED_STYLES, content=state.assets.styles_text))
    files.append(File.generated(config, "_headers", content=headers_file()))
    for beside in state.pages.files:
        files.append(File.generated(config, beside.address, content=beside.content))
    # MkDocs builds pages in the order of this list: that in which they come, so that none is waited for longer.
    place = {name: place for place, name in enumerate(state.pages.announced)}
    return Files(sorted(files, key=lambda file: place.get(file.src_uri, len(place))))


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Give the frame its texts, and the policy of the site."""
    del files
    state = state_of(config)
    env.autoescape = True  # MkDocs leaves it to each template
    env.globals.update(
        _=state.texts.gettext,
        ngettext=state.texts.ngettext,
        script_texts=script_texts(state.settings.language),
        policy=policy(in_page=True, preview=_run["command"] == "serve"),
    )
    return env


def on_page_context(
    context: TemplateContext, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Tell the frame what it shows around this page."""
    del nav
    state = state_of(config)
    if isinstance(page, FramedPage):
        page.take(state.pages.page(page.file.src_uri))
    return {**context, "frame": _frame(page, state)}


def on_post_page(output: str, page: MkDocsPage, config: MkDocsConfig) -> str:
    """Let go of what is framed."""
    if isinstance(page, FramedPage):
        page.let_go()
        state_of(config).pages.forget_body(page.file.src_uri)
    return output


def on_template_context(context: TemplateContext, template_name: str, config: MkDocsConfig) -> dict[str, Any]:
    """Tell the frame what it shows on a page that has no address of its own, such as 404."""
    del template_name
    state = state_of(config)
    assets = state.assets
    frame = Frame(
        title=state.texts.gettext("Page not found"),
        kind="missing",
        description="",
        root=f"{context['base_url'].rstrip('/')}/",
        crumbs=(),
        contents=(),
        style=assets.style,
        palette=assets.palette,
        scripts=assets.scripts("missing"),
        listed=False,
        feeds=state.pages.feeds,
    )
    return {**context, "frame": frame}


@event_priority(-200)
def on_post_build(config: MkDocsConfig) -> None:
    """Index the pages for search, look for what must not be seen, then let the new site take the old one's place."""
    state = state_of(config)
    try:
        facts = _index(state) if state.settings.search else None
        _audit(state)
        state.place.take_place()
    except SwapError as error:
        raise Abort(str(error)) from error
    config.site_dir = str(state.place.target)
    if facts is not None:
        _forget_parts(state, facts)


def _warn_of_useless_cache(cache: Path) -> None:
    """Say when nothing can be kept between builds: they succeed, and take longer than they need to."""
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=cache):
            pass
    except OSError as error:
        log.warning(
            "%s cannot be written to (%s) - every build encodes all recordings anew - "
            "let the user who builds write there, or name another folder under extra.casebook.cache in mkdocs.yml",
            cache,
            error.strerror,
        )


def _index(state: BuildState) -> IndexFacts:
    from generator.search import SearchIndexError, index_site

    synonyms = [synonym.words for synonym in state.reading.public.casebook.synonyms] if state.reading else []
    try:
        return index_site(state.pages.listed(), state.staging, kept=_kept_parts(state), synonyms=synonyms)
    except SearchIndexError as error:
        raise Abort(str(error)) from error


def _kept_parts(state: BuildState) -> KeptParts | None:
    """Where parts of the index are kept between builds of this site; pages that are no cases are not worth it."""
    from generator.search import KeptParts

    return KeptParts.of(state.settings.cache / "search", state.settings.audience) if state.reading else None


def _forget_parts(state: BuildState, facts: IndexFacts) -> None:
    """Remove kept parts that the new site does not use: words that were withdrawn must not live on there."""
    from generator.search import forget_audiences

    kept = _kept_parts(state)
    if kept is None or state.reading is None:
        return
    forget_audiences(kept.folder.parent, [known.id for known in state.reading.public.casebook.audiences])
    left = kept.keep_only((*facts.parts, *facts.slices))
    if left:
        log.warning(
            "%s cannot be removed - it may hold words that must not be seen any more, though no site shows them - "
            "remove the folder %s",
            left[0],
            kept.folder,
        )


def _audit(state: BuildState) -> None:
    """End the build when the new site says anything that it must not: nobody has seen it yet."""
    outcome = audit_site(state.staging, state.source.secrets)
    if not outcome.is_clean:
        found = "\n".join(outcome.lines())
        raise Abort(
            f"{found}\nThe new site would say what must not be seen - it was not put in place, the old one stays - "
            "hide the words in the files named above, or tell us: the gate should have"
        )


def _frame(page: MkDocsPage, state: BuildState) -> Frame:
    if isinstance(page, FramedPage) and page.finished is not None:
        finished = page.finished
    else:
        finished = Page(page.url, str(page.title), "", "page", str(page.meta.get("description", "")))
    return Frame(
        title=finished.title,
        kind=finished.kind,
        description=finished.description,
        root=finished.root,
        crumbs=crumbs(finished, state.texts.gettext("Home")),
        contents=contents(finished.headings),
        style=state.assets.style,
        palette=state.assets.palette,
        scripts=state.assets.scripts(finished.kind),
        listed=finished.listed,
        feeds=state.pages.feeds,
        linked_data=as_script(finished.linked_data) if finished.linked_data else "",
    )


def _short_name(page: Announcement, state: BuildState) -> str:
    name = TAB_NAMES.get(page.address)
    return state.texts.gettext(name) if name else page.title


def _is_served(file: File, config: MkDocsConfig) -> bool:
    """Whether a file belongs into the site. What lies in docs_dir came twice: docs_dir is below the theme's folder."""
    if file.src_dir == config.docs_dir:
        return True
    own = file.src_dir == config.theme.custom_dir
    if own:
        return not file.src_uri.startswith((f"{STYLES_FOLDER}/", f"{Path(config.docs_dir).name}/"))
    return not file.src_uri.startswith(UNUSED_THEME_FILES)
