"""What was planted into a site by hand is found, whatever it is wrapped in; what stands there rightly is not."""

from __future__ import annotations

import gzip
import json
import struct
import threading
import unicodedata
import urllib.parse
import wave
import zlib
from pathlib import Path

import pytest

from generator.audit import NotASiteError, audit_site
from generator.media import prepare_audio
from generator.publication.needles import needle
from generator.publication.secrets import Secret, SecretKind
from generator.search import index_site
from generator.spellings import fold
from tests.support.searchable_site import searchable_pages
from tests.support.sound import copy_with_tags

NAME = Secret("北辰電設", SecretKind.NAME, "a/case.yml customer.name", "a")
FOLDER = Secret("cases/gone/", SecretKind.FOLDER, "gone/", "gone")
SENTENCE = "あの夜の停電は誰にも話していないんです"
WORDS = Secret(needle(fold(SENTENCE)) or "", SecretKind.WORDS, "gone/transcript.vtt q001", "gone", SENTENCE)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with a page, into which things can be planted."""
    (tmp_path / "assets" / "casebook").mkdir(parents=True)
    (tmp_path / "index.html").write_text("<p>手袋のまま使えないと困ります。</p>", encoding="utf-8")
    return tmp_path


def found(site: Path, *secrets: Secret) -> list[str]:
    """The lines of an audit for these secrets."""
    return list(audit_site(site, secrets or (NAME, WORDS, FOLDER), jobs=1).lines())


def plant(site: Path, name: str, content: str | bytes) -> str:
    """Write a file into the site; its name."""
    path = site / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return name


def escaped(text: str, form: str) -> str:
    """Every character of `text` written as `form` says."""
    return "".join(form.format(ord(letter)) for letter in text)


WRAPPED = {
    "plain": "<p>北辰電設の鈴木</p>",
    "another spelling": "<p>㈱北 辰･電\u200b設の鈴木</p>",
    "old kanji and decomposed": unicodedata.normalize("NFD", "<p>北辰電設がガガ</p>"),
    "title attribute": '<a title="北辰電設">x</a>',
    "attribute inside a word": 'ここ<abbr title="北辰電設">だけ</abbr>の話',
    "marked inside": "<p>北<mark>辰電</mark>設の</p>",
    "ruby": "<p><ruby>北<rt>ほく</rt>辰<rp>(</rp><rt>しん</rt><rp>)</rp></ruby>電設</p>",
    "marks in a row": "<p>北<b>辰</b><i>電</i>設</p>",
    "comment": "<!-- 北辰電設 -->",
    "comment inside a word": "北<!-- x -->辰電設",
    "decimal": escaped("北辰電設", "&#{0};"),
    "hexadecimal": escaped("北辰電設", "&#x{0:X};"),
    "percent": f'<a href="/{urllib.parse.quote("北辰電設")}">x</a>',
    "json in a page": f"<script type='application/json'>{json.dumps({'name': '北辰電設'})}</script>",
    "data of an image": f'<img src="data:text/plain,{urllib.parse.quote("北辰電設")}">',
}


@pytest.mark.parametrize("how", WRAPPED)
def test_a_name_in_a_page_is_found(site: Path, how: str) -> None:
    """Escapes, spellings, attributes and marks inside of words hide nothing."""
    name = plant(site, "page/index.html", WRAPPED[how])
    assert [line.split(",")[0] for line in found(site)] == [f"{name}: name (a/case.yml customer.name)"]


FILES: dict[str, str | bytes] = {
    "data.json": json.dumps(["北辰電設"]),
    "feed.xml": "<title>北辰電設</title>",
    "drawing.svg": "<svg><text>北<tspan>辰</tspan>電設</text></svg>",
    "more.css": f'p::after {{ content: "{escaped("北辰電設", chr(92) + "{0:x} ")}" }}',
    "more.js": f'const x = "{escaped("北辰電設", chr(92) + "u{{{0:x}}}")}"',
    "calendar.ics": "SUMMARY:北辰電設",
    "packed.pf_fragment": gzip.compress("pagefind_dcd北辰電設".encode()),
    "twice.gz": gzip.compress(b"first") + gzip.compress("北辰電設".encode()),
    "wide.txt": "北辰電設".encode("utf-16"),
    "old.bin": "北辰電設".encode("cp932"),
    "picture.jpg": b"\xff\xd8\xff\xe1Exif\0\0\0" + "北辰電設".encode("utf-16-le"),
    "no-ending": "北辰電設",
}


@pytest.mark.parametrize("name", FILES)
def test_a_name_in_any_file_is_found(site: Path, name: str) -> None:
    """Feeds, drawings, styles, scripts, packed and binary files are looked through alike."""
    plant(site, name, FILES[name])
    assert found(site)[0].startswith(f"{name}: name (a/case.yml customer.name)")


def test_a_packed_text_of_a_picture_is_found(site: Path) -> None:
    """PNG keeps comments compressed."""
    text = b"Comment\0\0" + zlib.compress("北辰電設".encode())
    chunk = struct.pack(">I", len(text)) + b"zTXt" + text + struct.pack(">I", zlib.crc32(b"zTXt" + text))
    plant(site, "picture.png", b"\x89PNG\r\n\x1a\n" + chunk)
    assert found(site) == ["picture.png: name (a/case.yml customer.name), text in the picture"]


def test_a_name_in_an_address_is_found(site: Path) -> None:
    """Files are named for readers too."""
    plant(site, "files/北辰電設.txt", "x")
    assert found(site) == ["files/北辰電設.txt: name (a/case.yml customer.name), address"]


@pytest.mark.parametrize("place", ["cases/gone/index.html", "cases/gone/audio.m4a"])
def test_a_file_of_a_withheld_case_is_found(site: Path, place: str) -> None:
    """Whatever is in it, it should not be there."""
    plant(site, place, "x")
    assert f"{place}: folder (gone/), address" in found(site)


def test_a_link_to_a_withheld_case_is_found(site: Path) -> None:
    """An address alone says that there is such a case."""
    name = plant(site, "list/index.html", '<ul>\n<li><a href="../cases/gone/#q001">x</a></ul>')
    assert found(site) == [f"{name}: folder (gone/), line 2"]


def test_a_sentence_is_found_by_its_beginning(site: Path) -> None:
    """Words of a withheld talk need no name in them to be recognised."""
    name = plant(
        site, "page/index.html", "<p>お客様は、\n「あの夜の停電は、誰にも話していない」と。</p>".replace("、誰", "誰")
    )
    assert found(site) == [f"{name}: words (gone/transcript.vtt q001), line 2"]


@pytest.mark.parametrize("key", ["title", "artist", "comment"])
def test_a_tag_of_a_recording_is_found(site: Path, tmp_path: Path, key: str) -> None:
    """What a recorder wrote into the file is nothing anyone sees on a page."""
    plain = tmp_path / "assets" / "plain.wav"
    with wave.open(str(plain), "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(b"\x00\x10" * 8000)
    prepare_audio([plain], tmp_path / "plain.m4a")
    plain.unlink()
    (site / "cases" / "a").mkdir(parents=True)
    copy_with_tags(tmp_path / "plain.m4a", site / "cases/a/audio.m4a", {key: "北辰電設"})
    assert f"cases/a/audio.m4a: name (a/case.yml customer.name), tag {key}" in found(site)


def test_words_in_the_search_index_are_found(site: Path) -> None:
    """The index holds texts as pairs of letters: it is asked as a browser asks it."""
    index_site(searchable_pages(), site)
    for path in (*site.glob("pagefind/*/lines/*"), *site.glob("pagefind/*/words.json.gz")):
        path.unlink()
    secret = Secret("抜けると誰にも", SecretKind.TERM, "a/case.yml redact[0]", "a")
    sentence = Secret(
        "x" * 12, SecretKind.WORDS, "a/transcript.vtt q003", "a", "髙橋さんが抜けると誰にも分からなくなる"
    )
    absent = Secret("抜けると誰にもも", SecretKind.TERM, "a/case.yml redact[1]", "a")
    latin = Secret("three crews", SecretKind.TERM, "a/case.yml redact[2]", "a")
    scattered = Secret("crews three", SecretKind.TERM, "a/case.yml redact[3]", "a")
    assert found(site, secret, sentence, absent, latin, scattered) == [
        "pagefind: term (a/case.yml redact[0]), search index",
        "pagefind: term (a/case.yml redact[2]), search index",
        "pagefind: words (a/transcript.vtt q003), search index",
    ]


def test_a_short_latin_term_is_a_word_of_its_own(site: Path) -> None:
    """NEC is not in connect."""
    secret = Secret("NEC", SecretKind.TERM, "casebook.yml redact[0]")
    plant(site, "one.html", "<p>connect and neck</p>")
    assert found(site, secret) == []
    plant(site, "two.html", "<p>NECの担当</p>")
    assert found(site, secret) == ["two.html: term (casebook.yml redact[0]), line 1"]


def test_a_term_that_every_page_says_is_looked_for_in_the_cases_words_only(site: Path) -> None:
    """A button cannot be told from a leak; a line of a talk can."""
    secret = Secret("検索", SecretKind.TERM, "casebook.yml redact[0]")
    plant(site, "page/index.html", "<button>検索</button>")
    audit = audit_site(site, [secret], jobs=1)
    assert audit.is_clean
    assert audit.common == (secret,)
    plant(site, "pagefind/p/lines/x.json.gz", gzip.compress('{"case":"a","lines":[["q001","cue","検索が"]]}'.encode()))
    assert found(site, secret) == ["pagefind/p/lines/x.json.gz: term (casebook.yml redact[0]), line 1"]


def test_what_another_case_says_rightly_is_looked_for_in_its_own_case(site: Path) -> None:
    """佐藤 is withheld in one case, and somebody else in another."""
    secret = Secret("佐藤", SecretKind.NAME, "a/case.yml people chief", "a", is_own=True)
    plant(site, "cases/b/index.html", "佐藤")
    plant(site, "index.html", "佐藤")
    plant(site, "pagefind/p/lines/b.json", '{"address":"cases/b/","case":"b","lines":["佐藤"]}')
    assert found(site, secret) == []
    plant(site, "cases/a/index.html", "佐藤")
    plant(site, "pagefind/p/lines/a.json", '{"address":"cases/a/","case":"a","lines":["佐藤"]}')
    assert [line.split(":")[0] for line in found(site, secret)] == ["cases/a/index.html", "pagefind/p/lines/a.json"]


def test_the_secret_itself_is_never_told(site: Path) -> None:
    """The audit's words go to logs that others read."""
    plant(site, "page/index.html", f"<p>北辰電設</p><p>{SENTENCE}</p>")
    told = "\n".join(found(site))
    assert "北辰" not in told
    assert "停電" not in told
    assert told.count("page/index.html") == 2


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("broken.json.gz", b"\x1f\x8bbroken"),
        ("cut.gz", gzip.compress(b"x" * 1000, mtime=0)[:20]),
        ("p/index/0.bin", b"broken"),
    ],
)
def test_what_cannot_be_read_fails(site: Path, name: str, content: bytes) -> None:
    """Nobody knows what is in it."""
    plant(site, f"pagefind/{name}", content)
    (line,) = found(site)
    assert line.startswith(f"pagefind/{name}: ")
    assert line.endswith("it may hold anything - remove it, or build anew")


def test_a_link_out_of_the_site_fails(site: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A server that follows it serves what nobody has looked at."""
    outside = tmp_path_factory.mktemp("outside") / "x.txt"
    outside.write_text("x", encoding="utf-8")
    (site / "x.txt").symlink_to(outside)
    assert found(site) == ["x.txt: a link that leads out of the site - it may hold anything - remove it, or build anew"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_outcome_does_not_depend_on_the_number_of_processes(site: Path, jobs: int) -> None:
    """Files are looked through side by side."""
    for number in range(20):
        plant(site, f"p{number:02}/index.html", "<p>北辰電設</p>")
    assert len(audit_site(site, [NAME], jobs=jobs).leaks) == 20


def test_the_outcome_is_the_same_where_processes_cannot_be_forked(site: Path) -> None:
    """A preview has threads: what is searched with is then sent to each process."""
    for number in range(4):
        plant(site, f"cases/{number}/index.html", "<p>北辰電設</p>")
    done = threading.Event()
    waiting = threading.Thread(target=done.wait)
    waiting.start()
    try:
        assert len(audit_site(site, [NAME, WORDS], jobs=2).leaks) == 4
    finally:
        done.set()
        waiting.join()


def test_what_is_no_site_is_refused(tmp_path: Path) -> None:
    """An audit of the wrong folder finds nothing, and that would read as a clean one."""
    with pytest.raises(NotASiteError, match="is not a folder"):
        audit_site(tmp_path / "nothing", [NAME])
    with pytest.raises(NotASiteError, match="is no Casebook site"):
        audit_site(tmp_path, [NAME])


def test_a_name_on_two_lines_of_a_calendar_is_found(site: Path) -> None:
    """Calendars break long lines in the middle of words."""
    (site / "days.ics").write_bytes("BEGIN:VEVENT\r\nSUMMARY:株式会社北\r\n 辰電設\r\nEND:VEVENT\r\n".encode())
    assert found(site, NAME)
