"""`casebook explain`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from generator.cli.shared import cases_option, config_option, fail, on_option, places


@click.command()
@click.argument("case")
@click.option("--audience", help="For these readers: an id of `audiences` in casebook.yml. [default: everybody]")
@cases_option
@config_option
@click.option("--lang", type=click.Choice(["ja", "en"]), help="Language of the answer. [default: as in mkdocs.yml]")
@on_option
def explain(  # noqa: PLR0913, PLR0917 - one for each option
    case: str, audience: str | None, cases: Path | None, config_file: Path, lang: str | None, on: dt.datetime | None
) -> None:
    """Tell what of CASE is shown, and what is withheld and why. CASE is the name of its folder."""
    from generator.build import build_day, unknown_word
    from generator.publication.explanation import explain as explained
    from generator.report import format_problems
    from generator.texts import load_texts
    from generator.validate import load_corpus

    folder, language = places(cases, config_file)
    checked = load_corpus(folder)
    corpus = checked.corpus
    if corpus is None:
        fail(format_problems(checked.problems, "text", lang or language))
    slug = Path(case).name
    if slug not in (slugs := [known.slug for known in corpus.cases]):
        broken = [problem for problem in checked.problems if problem.file.startswith(f"{folder.as_posix()}/{slug}/")]
        if broken:
            fail(format_problems(broken, "text", lang or language))
        fail(unknown_word(f"{folder} has no case {slug!r}", slug, slugs))
    known = [item.id for item in corpus.casebook.audiences]
    if audience is not None and audience not in known:
        fail(unknown_word(f"{folder / 'casebook.yml'} names no audience {audience!r}", audience, known))
    day = on.date() if on else build_day()
    click.echo(explained(corpus, folder, slug, audience=audience, on=day, texts=load_texts(lang or language)))
