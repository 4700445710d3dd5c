"""From bytes to text."""

import pytest

from crossborder.data.encodings import ENCODINGS, decode
from crossborder.data.questions import Open
from crossborder.data.sentence import Refusal
from crossborder.errors import BoundsError

CHINESE = "标题,价格\n" + "".join(f"夏季连衣裙女装{n},12.{n:02d}\n男士手表,8.00\n蓝牙耳机,19.9\n" for n in range(10))
RUSSIAN = "Название,Цена\n" + "".join(f"Платье летнее {n},12\nЧасы мужские,8\nНаушники,19\n" for n in range(10))
FRENCH = "titre,prix\n" + "".join(
    f"Robe d'été imprimée {n},12\nMontre à quartz,8\nTéléphone portable,19\n" for n in range(10)
)
POLISH = "nazwa,cena\n" + "".join(
    f"Sukienka żółta {n},12\nŁańcuszek złoty,8\nKoszula świąteczna męska,19\n" for n in range(10)
)
TURKISH = "başlık,fiyat\n" + "".join(
    f"Yazlık elbise çiçekli {n},12\nŞık kadın ayakkabısı,8\nGüneş gözlüğü,19\n" for n in range(10)
)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(CHINESE, "gb18030"), (RUSSIAN, "cp1251"), (FRENCH, "cp1252"), (POLISH, "cp1250"), (TURKISH, "cp1254")],
)
def test_code_pages_of_the_marketplaces_are_told_apart(text, encoding):
    decoded = decode(text.encode(encoding), Open())
    assert decoded.text == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("text", ["title,price\nlamp,3\n", RUSSIAN])
def test_unicode_is_told_with_and_without_a_mark(text, encoding):
    assert decode(text.encode(encoding), Open()).text == text


def test_a_character_of_four_bytes_survives():
    text = CHINESE + "𠮷野家,3\n"
    assert decode(text.encode("gb18030"), Open()).text == text


def test_an_answer_overrides_the_guess():
    content = "标题,价格\n裙,1\n".encode("gbk")
    assert decode(content, Open({"encoding": "gb18030"})).text == "标题,价格\n裙,1\n"
    assert decode(content, Open({"encoding": "cp1251"})).encoding == "cp1251"


def test_an_encoding_that_we_do_not_offer_is_refused():
    with pytest.raises(BoundsError, match=r"encoding must be one of .*; got 'zip_codec'"):
        decode(b"a,b\n", Open({"encoding": "zip_codec"}))


def test_a_guess_without_much_to_go_by_is_asked():
    open_ = Open()
    decode("title,price\nŻart,3\n".encode("cp1250"), open_)
    question = open_.questions["encoding"]
    assert set(question.options) == set(ENCODINGS)
    assert question.default == question.options[0]


def test_bad_bytes_in_utf_8_are_marked_not_guessed_over():
    decoded = decode("läuft,1\n".encode() * 5 + b"k\xffputt,2\n", Open())
    assert (decoded.encoding, decoded.damaged, decoded.text.count("\ufdd0")) == ("utf-8", True, 1)


def test_zero_bytes_are_refused_with_their_line():
    with pytest.raises(Refusal, match="Line 2 holds zero bytes"):
        decode(b"title,price\nla\0mp,3\nchair,4\ntable,5\n", Open())
