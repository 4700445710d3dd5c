"""The columns of a marketplace's listing file, with the header words that name them in seven languages."""

from crossborder.data.schema import Column, Schema
from crossborder.i18n import N_


def _listed(words: str) -> tuple[str, ...]:
    """Words with a semicolon between, the best first."""
    return tuple(words.split("; "))


LISTING_COLUMNS = Schema(
    name="listings",
    label=N_("listings"),
    one_of=("listing_id", "title"),
    columns=(
        Column(
            name="listing_id",
            kind="id",
            label=N_("Listing number"),
            example="1005001234567890123",
            words=_listed(
                "listing id; listing number; product id; item id; product number; item number; "
                "article number; goods id; goods sn; asin; sku; sku id; id; listing; 商品编号; "
                "商品編號; 貨號; 商品id; 产品id; 宝贝id; 链接id; 货号; 商品编码; артикул; "
                "код товара; номер товара; id товара; número de artículo; id del producto; "
                "código; referencia; id do produto; código do produto; numéro d'article; "
                "id produit; référence; artikelnummer; produkt id"
            ),
        ),
        Column(
            name="title",
            kind="text",
            label=N_("Title"),
            example="Lamp, 12 cm",
            words=_listed(
                "title; product title; listing title; product name; item name; name; product; "
                "item title; subject; 标题; 標題; 商品名稱; 產品名稱; 商品名称; 商品标题; "
                "产品名称; 产品标题; 宝贝标题; 名称; 品名; название; наименование; "
                "наименование товара; название товара; товар; título; nombre; "
                "nombre del producto; producto; nome; nome do produto; produto; titre; nom; "
                "nom du produit; produit; désignation; titel; bezeichnung; produktname; "
                "artikelbezeichnung; produkt; artikel; artikelname"
            ),
        ),
        Column(
            name="price",
            kind="money",
            label=N_("Price"),
            required=True,
            low=0.0,
            warn_above=100000.0,
            example="12.50",
            words=_listed(
                "price; sale price; selling price; current price; unit price; offer price; "
                "final price; promo price; discounted price; min price; 价格; 價格; "
                "售價; 現價; 售价; 现价; 单价; 销售价; 折后价; 促销价; 活动价; цена; "
                "цена со скидкой; цена продажи; стоимость; precio; precio de venta; "
                "precio actual; preço; preço de venda; preço atual; prix; prix de vente; "
                "prix actuel; preis; verkaufspreis; aktueller preis; stückpreis"
            ),
        ),
        Column(
            name="currency",
            kind="currency",
            label=N_("Currency"),
            example="USD",
            words=_listed(
                "currency; currency code; currency buyer; price currency; 币种; 幣種; 幣別; "
                "货币; 货币单位; валюта; moneda; divisa; moeda; devise; monnaie; währung"
            ),
        ),
        Column(
            name="retail_price",
            kind="money",
            label=N_("Reference price"),
            low=0.0,
            example="19.90",
            words=_listed(
                "retail price; original price; list price; regular price; old price; "
                "reference price; msrp; rrp; compare at price; 原价; 原價; 划线价; 市场价; "
                "建议零售价; 吊牌价; 参考价; старая цена; цена без скидки; исходная цена; "
                "precio original; precio anterior; preço original; preço antigo; prix d'origine; "
                "prix barré; ancien prix; originalpreis; uvp; streichpreis; alter preis"
            ),
        ),
        Column(
            name="shipping",
            kind="money",
            label=N_("Shipping"),
            low=0.0,
            example="2.00",
            zero_words=_listed(
                "free shipping; free; 包邮; 免运费; бесплатно; бесплатная доставка; gratis; "
                "envío gratis; frete grátis; grátis; gratuit; livraison gratuite; kostenlos; "
                "kostenloser versand"
            ),
            words=_listed(
                "shipping; shipping cost; shipping price; shipping fee; "
                "shipping option price; delivery cost; freight; postage; 运费; 運費; 邮费; "
                "物流费用; доставка; стоимость доставки; цена доставки; envío; gastos de envío; "
                "costo de envío; frete; custo do frete; frais de port; frais de livraison; "
                "livraison; versandkosten; versand"
            ),
        ),
        Column(
            name="units_sold",
            kind="count",
            label=N_("Units sold"),
            low=0.0,
            example="5,000+ sold",
            words=_listed(
                "units sold; sold; sales; sales volume; quantity sold; sold count; "
                "monthly sales; total sales; units; 销量; 銷量; 已售出; 已售; 月销量; 总销量; "
                "累计销量; 销售数量; 销售件数; 付款人数; 成交数; продано; продажи; "
                "количество продаж; vendidos; ventas; unidades vendidas; vendas; "
                "quantidade vendida; vendus; ventes; quantité vendue; verkauft; verkäufe; "
                "absatz; verkaufte stück"
            ),
        ),
        Column(
            name="rating",
            kind="number",
            label=N_("Rating"),
            low=0.0,
            high=5.0,
            scales=True,
            example="4.7",
            words=_listed(
                "rating; star rating; stars; average rating; avg rating; product rating; "
                "review score; score; evaluation rate; 评分; 評分; 商品评分; 星级; 好评率; "
                "рейтинг; оценка; средняя оценка; calificación; valoración; puntuación; "
                "avaliação; nota; note; note moyenne; évaluation; bewertung; sterne; "
                "durchschnittliche bewertung"
            ),
        ),
        Column(
            name="rating_count",
            kind="count",
            label=N_("Ratings"),
            low=0.0,
            example="321",
            words=_listed(
                "rating count; ratings; number of ratings; review count; reviews; "
                "number of reviews; reviews count; feedback count; feedbacks; 评价数; 評價數; "
                "评论数; 评价数量; 评论数量; 累计评价; 评价; отзывы; количество отзывов; "
                "число отзывов; reseñas; opiniones; número de reseñas; número de opiniones; "
                "avaliações; número de avaliações; avis; nombre d'avis; évaluations; "
                "bewertungen; anzahl bewertungen; rezensionen"
            ),
        ),
        Column(
            name="category",
            kind="text",
            label=N_("Category"),
            example="lighting",
            words=_listed(
                "category; category name; product category; categories; main category; "
                "leaf category; product type; 类目; 類目; 分類; 類別; 分类; 品类; 类别; "
                "商品类目; 一级类目; 叶子类目; категория; раздел; categoría; rubro; categoria; "
                "catégorie; rubrique; kategorie; warengruppe"
            ),
        ),
        Column(
            name="tags",
            kind="tags",
            label=N_("Tags"),
            example="home, led",
            words=_listed(
                "tags; keywords; labels; 标签; 標籤; 关键词; теги; метки; ключевые слова; "
                "etiquetas; palabras clave; palavras chave; mots clés; étiquettes; schlagwörter; "
                "stichwörter"
            ),
        ),
        Column(
            name="store_id",
            kind="id",
            label=N_("Store number"),
            example="s-17",
            words=_listed(
                "store id; shop id; seller id; merchant id; vendor id; store number; 店铺id; "
                "店铺编号; 卖家id; 商家id; id магазина; id продавца; id de la tienda; "
                "id del vendedor; id da loja; id do vendedor; id boutique; id vendeur; "
                "shop nummer; händler id; verkäufer id"
            ),
        ),
        Column(
            name="store_name",
            kind="text",
            label=N_("Store"),
            example="Lamp House",
            words=_listed(
                "store name; shop name; seller name; merchant title; merchant name; store; shop; "
                "seller; merchant; vendor; brand store; 店铺名称; 店鋪名稱; 店鋪; 賣家; 店铺; "
                "店铺名; 卖家; 商家; 商家名称; магазин; название магазина; продавец; tienda; "
                "nombre de la tienda; vendedor; loja; nome da loja; boutique; "
                "nom de la boutique; vendeur; händler; verkäufer; shopname"
            ),
        ),
        Column(
            name="store_rating",
            kind="number",
            label=N_("Store rating"),
            low=0.0,
            high=5.0,
            scales=True,
            words=_listed(
                "store rating; shop rating; seller rating; merchant rating; 店铺评分; "
                "рейтинг магазина; рейтинг продавца; calificación de la tienda; "
                "avaliação da loja; note de la boutique; shop bewertung; händlerbewertung"
            ),
        ),
        Column(
            name="store_rating_count",
            kind="count",
            label=N_("Store ratings"),
            low=0.0,
            words=_listed(
                "store rating count; shop rating count; seller rating count; "
                "merchant rating count; 店铺评价数; отзывы о магазине; shop bewertungen"
            ),
        ),
        Column(
            name="stock_units",
            kind="count",
            label=N_("Stock"),
            low=0.0,
            example="250",
            words=_listed(
                "stock; inventory; inventory total; stock quantity; quantity in stock; "
                "available stock; 库存; 庫存; 库存数量; 可售库存; остаток; остатки; наличие; "
                "на складе; existencias; inventario; estoque; quantidade em estoque; "
                "stock disponible; bestand; lagerbestand; verfügbar"
            ),
        ),
        Column(
            name="first_listed",
            kind="day",
            label=N_("First listed"),
            example="2026-03-04",
            words=_listed(
                "first listed; listed on; listing date; date listed; created at; creation date; "
                "date added; date first available; launch date; publish date; open date; "
                "上架时间; 上架日期; 创建时间; 发布时间; 上新时间; дата добавления; "
                "дата создания; дата размещения; fecha de alta; fecha de publicación; "
                "fecha de creación; data de criação; data de publicação; date d'ajout; "
                "date de création; date de mise en ligne; einstelldatum; erstellt am; "
                "angelegt am"
            ),
        ),
        Column(
            name="observed_on",
            kind="day",
            label=N_("Seen on"),
            example="2026-11-01",
            words=_listed(
                "observed on; crawl date; crawl month; crawled at; scraped at; scrape date; "
                "snapshot date; 采集时间; 采集日期; 抓取时间; 统计日期; дата сбора; "
                "fecha de captura; data de coleta; date de collecte; abrufdatum"
            ),
        ),
        Column(
            name="countries",
            kind="countries",
            label=N_("Ships to"),
            example="US; RU; FR",
            words=_listed(
                "countries; ships to; ship to; countries shipped to; shipping countries; "
                "destination countries; destinations; 配送国家; 可配送国家; 发往国家; "
                "страны доставки; страны; países de envío; países; países de entrega; "
                "pays de livraison; pays; versandländer; lieferländer"
            ),
        ),
        Column(
            name="n_countries",
            kind="count",
            label=N_("Countries shipped to"),
            low=0.0,
            high=300.0,
            words=_listed(
                "countries shipped to; n countries; number of countries; country count; "
                "配送国家数; количество стран; número de países; nombre de pays; anzahl länder"
            ),
        ),
        Column(
            name="origin_country",
            kind="country",
            label=N_("Ships from"),
            example="CN",
            words=_listed(
                "origin country; country of origin; ships from; ship from; stock country; "
                "warehouse country; seller country; origin; 发货地; 发货国家; 原产国; "
                "仓库所在国; страна отправления; страна отправки; страна происхождения; "
                "país de origen; enviado desde; país de origem; pays d'origine; expédié depuis; "
                "herkunftsland; versand aus"
            ),
        ),
        Column(
            name="free_shipping",
            kind="flag",
            label=N_("Free shipping"),
            example="no",
            words=_listed(
                "free shipping; is free shipping; free delivery; 是否包邮; 包邮; "
                "бесплатная доставка; envío gratis; frete grátis; livraison gratuite; "
                "kostenloser versand"
            ),
        ),
        Column(
            name="fast_shipping",
            kind="flag",
            label=N_("Fast shipping"),
            example="no",
            words=_listed(
                "fast shipping; badge fast shipping; fast delivery; express; 快速发货; "
                "быстрая доставка; envío rápido; envio rápido; livraison rapide; "
                "schneller versand"
            ),
        ),
        Column(
            name="express",
            kind="flag",
            label=N_("Express"),
            words=_listed("shipping is express; is express; express shipping; 是否快递; экспресс доставка"),
        ),
        Column(
            name="local_product",
            kind="flag",
            label=N_("Local product"),
            words=_listed("local product; badge local product; is local; 本地商品; 海外仓; местный товар"),
        ),
        Column(
            name="quality_badge",
            kind="flag",
            label=N_("Quality badge"),
            words=_listed("quality badge; badge product quality; product quality badge; 质量标识; знак качества"),
        ),
        Column(
            name="ad_boost",
            kind="flag",
            label=N_("Paid boost"),
            example="yes",
            words=_listed(
                "ad boost; uses ad boosts; ad boosts; promoted; sponsored; is ad; 广告; "
                "是否推广; 直通车; реклама; продвижение; patrocinado; promocionado; sponsorisé; "
                "gesponsert; werbung"
            ),
        ),
        Column(
            name="delivery_days",
            kind="number",
            label=N_("Delivery days"),
            low=0.0,
            high=365.0,
            example="18",
            words=_listed(
                "delivery days; delivery time; shipping days; shipping time; days to deliver; "
                "estimated delivery days; 运输时间; 配送时效; 物流时效; срок доставки; "
                "дней доставки; plazo de entrega; días de entrega; prazo de entrega; "
                "délai de livraison; lieferzeit; lieferzeit in tagen"
            ),
        ),
        Column(
            name="discount",
            kind="share",
            label=N_("Discount"),
            low=0.0,
            high=1.0,
            words=_listed(
                "discount; discount rate; discount percent; 折扣率; скидка; descuento; desconto; "
                "remise; réduction; rabatt"
            ),
        ),
        Column(
            name="impressions",
            kind="count",
            label=N_("Impressions"),
            low=0.0,
            words=_listed(
                "impressions; exposures; search impressions; 曝光量; 曝光; 曝光数; 搜索曝光量; "
                "показы; impresiones; impressões; einblendungen; impressionen"
            ),
        ),
        Column(
            name="clicks",
            kind="count",
            label=N_("Clicks"),
            low=0.0,
            words=_listed(
                "clicks; page views; visits; visitors; views; 点击量; 点击; 点击数; 浏览量; "
                "访客数; клики; переходы; просмотры; clics; visitas; cliques; visites; klicks; "
                "aufrufe; besuche"
            ),
        ),
        Column(
            name="carts",
            kind="count",
            label=N_("Add-to-carts"),
            low=0.0,
            words=_listed(
                "carts; add to cart; add to carts; cart adds; 加购数; 加购; 加购人数; 加购件数; "
                "加购次数; добавления в корзину; añadidos al carrito; adições ao carrinho; "
                "ajouts au panier; warenkorb"
            ),
        ),
        Column(
            name="orders",
            kind="count",
            label=N_("Orders"),
            low=0.0,
            words=_listed(
                "orders; order count; number of orders; paid orders; 订单数; 支付订单数; 订单量; "
                "支付买家数; заказы; количество заказов; pedidos; número de pedidos; commandes; "
                "nombre de commandes; bestellungen; anzahl bestellungen"
            ),
        ),
        Column(
            name="conversion_rate",
            kind="share",
            label=N_("Conversion"),
            low=0.0,
            high=1.0,
            words=_listed(
                "conversion rate; conversion; cvr; 转化率; 支付转化率; 成交转化率; конверсия; "
                "tasa de conversión; taxa de conversão; taux de conversion; konversionsrate; "
                "conversion rate percent"
            ),
        ),
    ),
)
