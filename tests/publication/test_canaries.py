"""What is withheld comes out nowhere: every text of the model holds a sign of its own, and none is found."""

from __future__ import annotations

import gzip
import re
import wave
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from generator.audit import audit_site
from generator.build import make_pages, write_sounds
from generator.media import prepare_audio
from generator.model.corpus import Recording, RecordingPart
from generator.pages.page import SitePages
from generator.publication import PublicCorpus, publish
from generator.publication.secrets import Secret, secrets
from generator.search.word_files import words_in
from generator.site.engine import SiteError, build_site
from generator.texts import load_texts
from tests.support.canaries import Canaries, canary_corpus
from tests.support.cases import DAY
from tests.support.sound import copy_with_tags
from tests.support.tiny_site import CONFIG


@dataclass
class CanaryCases:
    """The pages made of the canary corpus, as a site's source."""

    public: PublicCorpus
    secrets: Sequence[Secret]
    cache: Path
    more: dict[str, str] = field(default_factory=dict)
    """Files to plant into the site: name -> text."""

    def check(self) -> None:
        """Nothing to check."""

    def pages(self, site: Path) -> SitePages:
        """The real pages and recordings, and what is planted."""
        for name, text in self.more.items():
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_text(text, encoding="utf-8")
        return make_pages(self.public, write_sounds(self.public, site, self.cache), load_texts("ja"), site)


@dataclass
class Built:
    """A site made of the canary corpus."""

    folder: Path
    canaries: Canaries
    public: PublicCorpus
    secrets: tuple[Secret, ...]
    cache: Path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The real pages, recordings, and search index, built through MkDocs and audited on the way."""
    folder = tmp_path_factory.mktemp("canaries")
    canaries = Canaries()
    corpus = canary_corpus(canaries, _recording(folder, canaries.text("tag of the recording")))
    public, _ = publish(corpus, on=DAY)
    hidden = secrets(corpus, public)
    build_site(CONFIG, site=folder / "site", source=CanaryCases(public, hidden, folder / "cache"))
    return Built(folder / "site", canaries, public, hidden, folder / "cache")


def _recording(folder: Path, tag: str) -> Recording:
    plain, tagged = folder / "plain.wav", folder / "audio.m4a"
    with wave.open(str(plain), "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(b"\x00\x10" * 8000 * 20)
    prepare_audio([plain], tagged)
    copy_with_tags(tagged, folder / "tagged.m4a", dict.fromkeys(("title", "artist", "comment", "album", "lyrics"), tag))
    return Recording((RecordingPart(folder / "tagged.m4a", 20.0),))


def test_no_canary_passes_the_gate(built: Built) -> None:
    """Nothing derived from what may be seen can say what may not."""
    said = repr(built.public)
    recording = str(built.public.cases[0].recording)
    assert [place for sign, place in built.canaries.places.items() if sign in said.replace(recording, "")] == []


def test_no_canary_stands_in_the_site(built: Built) -> None:
    """Not in a page, the search index, its records, a recording, or a file's name; whatever way it may be written."""
    everything = b"".join(_bytes(path) for path in sorted(built.folder.rglob("*")) if path.is_file())
    names = "".join(str(path) for path in built.folder.rglob("*"))
    assert "手袋のまま".encode() in everything
    tokens = (word.token for path in built.folder.rglob("index/*.bin") for word in words_in(path.read_bytes()))
    indexed = {
        _letter(code) for token in tokens if token.startswith("0") for code in re.findall("[0-9a-f]{4}", token[1:])
    }
    assert "手" in indexed
    found = [
        place
        for sign, place in built.canaries.places.items()
        if sign in names or sign in indexed or any(form in everything for form in _forms(sign))
    ]
    assert found == []


def _bytes(path: Path) -> bytes:
    content = path.read_bytes()
    return gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content


def _letter(code: str) -> str:
    return bytes.fromhex(code).decode("utf-16-be", "replace")


def _forms(sign: str) -> tuple[bytes, ...]:
    code = ord(sign)
    percent = "".join(f"%{byte:02X}" for byte in sign.encode())
    written = (f"\\u{code:04x}", f"&#{code};", f"&#x{code:x};", f"&#x{code:X};", percent)
    return sign.encode(), *(form.encode() for form in written)


def test_canaries_sit_in_every_kind_of_text(built: Built) -> None:
    """The corpus is as full as the model: no file of a case is without."""
    files = {place.split(".")[0] for place in built.canaries.places.values()}
    assert {"withdrawn/case", "withdrawn/review", "withdrawn/insights", "withdrawn/value-map"} <= files
    assert len(built.canaries.places) > 300


def test_every_canary_is_a_secret(built: Built) -> None:
    """What the audit looks for is as much as is withheld."""
    looked_for = "".join(secret.text for secret in built.secrets)
    unknown = [place for sign, place in built.canaries.places.items() if sign not in looked_for]
    assert unknown == ["tag of the recording"]


def test_the_audit_finds_nothing(built: Built) -> None:
    """A clean site passes."""
    audit = audit_site(built.folder, built.secrets, jobs=1)
    assert list(audit.lines()) == []
    assert audit.is_clean
    assert audit.secrets > 300


def test_a_build_that_would_leak_ends_before_the_old_site_goes(built: Built, tmp_path: Path) -> None:
    """The audit comes before the swap: what it finds nobody has seen."""
    site = tmp_path / "site"
    source = CanaryCases(built.public, built.secrets, built.cache)
    build_site(CONFIG, site=site, search=False, source=source)
    before = (site / "index.html").read_bytes()
    words = next(secret for secret in built.secrets if secret.kind == "words" and "withdrawn" in secret.source)
    source.more = {"feed.json": f'{{"title": "{words.text}"}}'}
    with pytest.raises(SiteError) as told:
        build_site(CONFIG, site=site, search=False, source=source)
    assert f"feed.json: words ({words.source}), line 1" in str(told.value)
    assert words.text not in str(told.value)
    assert (site / "index.html").read_bytes() == before
    assert not (site / "feed.json").exists()
