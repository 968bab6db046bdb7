"""What looks like personal data is reported, and what only has as many figures is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.problems import Code
from generator.report import format_problems
from generator.validate import load_corpus
from generator.validate.personal_data import find_personal_data, is_card_number, is_my_number
from tests.support.small_casebook import write_casebook


def kinds(text: str) -> list[tuple[str, str]]:
    """What is found in a text, kind and words."""
    return [(found.kind, found.text) for found in find_personal_data(text)]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("mail", "taro.sato@hokushin.co.jp"),
        ("mail", "taro＠hokushin．co．jp".replace("．", ".")),
        ("telephone", "03-1234-5678"),
        ("telephone", "０３－１２３４－５６７８"),
        ("telephone", "03(1234)5678"),
        ("telephone", "(03)1234-5678"),
        ("telephone", "0467-12-3456"),
        ("telephone", "090-1234-5678"),
        ("telephone", "09012345678"),
        ("telephone", "080 1234 5678"),
        ("telephone", "050-1234-5678"),
        ("telephone", "+81-90-1234-5678"),
        ("telephone", "+81 3 1234 5678"),
        ("telephone", "+819012345678"),
        ("my-number", "123456789018"),
        ("my-number", "1234-5678-9018"),
        ("my-number", "１２３４ ５６７８ ９０１８"),
        ("card", "4111 1111 1111 1111"),
        ("card", "4111-1111-1111-1111"),
        ("card", "378282246310005"),
        ("card", "3782 822463 10005"),
        ("address", "〒100-0001"),
        ("address", "東京都千代田区丸の内1-1"),
        ("address", "神奈川県横浜市西区みなとみらい二丁目"),
        ("address", "愛知県豊田市トヨタ町1番地"),
    ],
)
def test_personal_data_is_found(kind: str, text: str) -> None:
    """In every form in which people write it, among Japanese words."""
    assert kinds(f"連絡先は{text}です。") == [(kind, text)]


@pytest.mark.parametrize(
    "text",
    [
        "1,200万円",
        "12,345,678円で、300台",
        "2025-07-18",
        "2025年7月18日 10:30-12:00",
        "00:12:40.500 --> 00:12:43.000",
        "型番はRB-15-2024-0001です",
        "TF14-2025-1234-5678",
        "ISBN 978-4-00-310101-8",
        "注文番号 1234567890123",
        "123456789012",
        "1111 1111 1111",
        "0000-0000-0000-0000",
        "4111 1111 1111 1112",
        "192.168.0.1",
        "3.141592653589793",
        "0120-123-456",
        "03-12-34",
        "東京都千代田区の会社",
        "北海道で2025年に",
        "愛知県の工場は3つ",
        "@営業さん",
        "taro@example.com",
        "2024-0123-4567",
    ],
)
def test_other_figures_are_not_reported(text: str) -> None:
    """Prices, dates, times, part numbers and free telephone numbers are what talks are full of."""
    assert kinds(f"それは{text}でした。") == []


def test_a_stretch_is_reported_once() -> None:
    """A card's number holds twelve figures in a row, and is no individual number."""
    assert [kind for kind, _ in kinds("4111 1111 1111 1111")] == ["card"]


def test_the_check_digits_are_those_of_the_ordinance_and_of_luhn() -> None:
    """Of ten numbers that differ in the last figure only one passes."""
    numbers = [f"{n * 314_159_265 % 10**11:011}" for n in range(1, 300)]
    assert all(sum(is_my_number(f"{number}{digit}") for digit in range(10)) == 1 for number in numbers)
    cards = [f"4{n * 271_828_182_845 % 10**14:014}" for n in range(1, 300)]
    assert all(sum(is_card_number(f"{card}{digit}") for digit in range(10)) == 1 for card in cards)


def test_every_kind_of_file_is_looked_through(tmp_path: Path) -> None:
    """Each is reported at its place, with its value masked; what is listed, and a comment, are not."""
    cases = write_casebook(tmp_path / "cases", a_case="# taro@hokushin.co.jp\nredact: [090-9999-8888]\n")
    (cases / "glossary.yml").write_text("terms:\n  - {term: 窓口, meaning: 03-1234-5678 にかける}\n", encoding="utf-8")
    (cases / "a-case" / "notes.md").write_text(
        "# 記録\n\n- 電話は 090-9999-8888\n- 住所は〒100-0001\n", encoding="utf-8"
    )
    (cases / "a-case" / "transcript.vtt").write_text(
        "WEBVTT\n\nq001\n00:00:00.000 --> 00:00:01.000\n<v 部長>私のは080-1234-5678です。\n", encoding="utf-8"
    )
    checked = load_corpus(cases)
    found = [problem for problem in checked.problems if problem.code is Code.PERSONAL_DATA]
    assert [(Path(one.file).name, one.line, one.column, one.values["reason"]) for one in found] == [
        ("notes.md", 4, 6, "address"),
        ("transcript.vtt", 5, 10, "telephone"),
        ("glossary.yml", 2, 25, "telephone"),
    ]
    assert not checked.has_errors
    told = format_problems(found, "text", "ja")
    assert "080-1234" not in told
    assert "08…8" in told
