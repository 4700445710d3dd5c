"""Which column of a file is which."""

import pytest

from crossborder.errors import BoundsError, InputFileError

WISH = """title,title_orig,price,retail_price,currency_buyer,units_sold,uses_ad_boosts,rating,rating_count,\
badge_fast_shipping,tags,shipping_option_price,countries_shipped_to,inventory_total,origin_country,merchant_title,merchant_name,merchant_rating,merchant_id,product_id
Robe d'été,Summer dress,16,14,EUR,100,0,3.76,54,0,"Summer,Dress",4,34,50,CN,zgrdejia,zg,4.1,595097d6a26f,5e9ae51d43d6
Chapeau,Hat,8,22,EUR,20000,1,3.45,6135,1,"Hat",2,41,50,,SaraHouse,sara,3.9,56458aa03a69,58940d436a0d
"""


def test_a_scraped_file_is_mapped_whole(read_here):
    read = read_here(WISH)
    assert read.mapping == {
        "listing_id": "product_id",
        "title": "title",
        "price": "price",
        "currency": "currency_buyer",
        "retail_price": "retail_price",
        "shipping": "shipping_option_price",
        "units_sold": "units_sold",
        "rating": "rating",
        "rating_count": "rating_count",
        "tags": "tags",
        "store_id": "merchant_id",
        "store_name": "merchant_title",
        "store_rating": "merchant_rating",
        "stock_units": "inventory_total",
        "n_countries": "countries_shipped_to",
        "origin_country": "origin_country",
        "fast_shipping": "badge_fast_shipping",
        "ad_boost": "uses_ad_boosts",
    }
    assert read.unused == ("title_orig", "merchant_name")
    assert min(read.confidence.values()) > 0.9


@pytest.mark.parametrize(
    "header",
    [
        "商品ID,商品名称,售价,销量,评分,评价数,店铺名称",
        "Артикул,Наименование,Цена,Продано,Рейтинг,Количество отзывов,Магазин",
        "ID del producto,Nombre del producto,Precio,Unidades vendidas,Valoración,Número de reseñas,Tienda",
        "ID do produto,Nome do produto,Preço,Quantidade vendida,Avaliação,Número de avaliações,Loja",
        "Référence,Nom du produit,Prix,Quantité vendue,Note moyenne,Nombre d'avis,Boutique",
        "Artikelnummer,Bezeichnung,Verkaufspreis,Verkaufte Stück,Bewertung,Anzahl Bewertungen,Händler",
        "Product ID,Product Title,Sale Price,Units sold,Star rating,Reviews,Store Name",
    ],
)
def test_headers_in_seven_languages(read_here, header):
    read = read_here(f"{header}\n17,lamp,$3.50,12,4.5,9,House\n18,chair,$4.50,10,4.1,7,Home\n")
    assert list(read.mapping) == ["listing_id", "title", "price", "units_sold", "rating", "rating_count", "store_name"]
    assert list(read.mapping.values()) == header.split(",")
    assert read.questions == ()


def test_an_override_wins_and_none_leaves_a_column_out(read_here):
    text = "id,title,price,our price\n1,lamp,US $3.00,US $2.50\n"
    assert read_here(text, mapping={"price": "OUR PRICE", "title": None}).mapping == {
        "listing_id": "id",
        "price": "our price",
    }


def test_a_recipe_serves_the_next_file(read_here):
    asked = read_here(
        "nr;ding;betrag\n1;Lampe;1.234 €\n2;Stuhl;2.500 €\n", mapping={"price": "betrag", "title": "ding"}
    )
    recipe = {"mapping": asked.recipe["mapping"], "answers": {"decimal:price": "comma"}}
    read = read_here("betrag;ding;nr\n9.999 €;Tisch;3\n", **recipe)
    assert read.table[["title", "price", "currency"]].values.tolist() == [["Tisch", 9999.0, "EUR"]]
    assert read.recipe == {"mapping": {"title": "ding", "price": "betrag"}, "answers": {"decimal:price": "comma"}}


def test_two_headers_for_the_price_are_asked_about(read_here):
    text = "id,title,sale price,current price\n1,lamp,US $3.00,US $2.50\n"
    question = next(question for question in read_here(text).questions if question.id == "column:price")
    assert set(question.options) == {"sale price", "current price"}
    answered = read_here(text, answers={"column:price": "current price"})
    assert answered.table["price"].tolist() == [2.5] and answered.questions == ()


def test_unknown_headers_are_told_by_their_values_and_asked_about(read_here):
    read = read_here("nimi,hinta\nlamppu keltainen,12 €\ntuoli sininen,5 €\n")
    assert read.mapping == {"title": "nimi", "price": "hinta"}
    assert {"column:price", "column:title"} <= {question.id for question in read.questions}


def test_a_missing_price_names_the_nearest_header(read_here):
    with pytest.raises(
        InputFileError, match=r"for this: Price\. The nearest is 'prise' \(B\).*mapping=\{'price': 'prise'\}"
    ):
        read_here("id,prise,title\n1,2,x\n")


def test_a_price_column_of_words_refuses_its_rows_one_by_one(read_here):
    read = read_here("id,title,price\n1,lamp,ask us\n2,chair,call\n")
    assert read.counts == {"read": 2, "accepted": 0, "refused": 2, "left_out": 0}


def test_mistaken_mappings_are_sentences(read_here):
    with pytest.raises(BoundsError, match=r"'prize' is not a column of listings\. Known: listing_id, title, price"):
        read_here("id,title,price\n1,a,1\n", mapping={"prize": "price"})
    with pytest.raises(
        InputFileError, match=r"no column 'Preis', which was chosen for 'price'\. The nearest name is 'price'"
    ):
        read_here("id,title,price\n1,a,1\n", mapping={"price": "Preis"})


def test_names_that_mean_something_elsewhere_are_only_names(read_here):
    read = read_here("index,class,select,__proto__,constructor,price,title\n1,2,3,4,5,US $5,lamp\n")
    assert read.table["price_usd"].tolist() == [5.0] and "__proto__" in read.unused


def test_sales_in_money_are_not_taken_for_units(read_here):
    read = read_here("id,title,price,sales\n1,lamp,US $3.00,US $1234.50\n2,chair,US $4.00,US $17.25\n")
    assert "units_sold" not in read.mapping and read.counts["accepted"] == 2


def test_only_a_column_that_can_be_it_is_suggested(read_here):
    says = (
        "None of the columns that are left can be it by its values; its columns are: id, title. Add one named 'price'"
    )
    with pytest.raises(InputFileError, match=says):
        read_here("id,title\n1,Lamp\n2,Cup\n")
    with pytest.raises(InputFileError, match=r"mapping=\{'price': 'cost'\}"):
        read_here("id,title,prise en charge,cost\n1,Lamp,non,3\n2,Cup,oui,4\n")


def test_a_column_serves_once(read_here):
    with pytest.raises(
        BoundsError, match="'price' is chosen for both 'price' and 'retail_price'; a column of the file"
    ):
        read_here("id,title,price\n1,a,$1\n", mapping={"price": "price", "retail_price": "PRICE"})
