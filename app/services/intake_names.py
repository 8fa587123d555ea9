"""The names that columns go by in order files: English first, then Chinese, German, Finnish, Spanish and French.

Compared without case, accents, blanks and punctuation (`intake_columns.plain`).
"""

from enum import StrEnum


class Field(StrEnum):
    """What a column can hold; the value is its canonical name in templates and exports."""

    NUMBER = "order"
    SOURCE = "source"
    DAY = "day"
    KIND = "kind"
    PAIRED_WITH = "paired_with"
    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    COMPANY = "company"
    PHONE = "phone"
    EMAIL = "email"
    LANGUAGE = "language"
    ADDRESS = "address"
    STREET = "street"
    HOUSE = "house_number"
    UNIT = "unit"
    POSTCODE = "postcode"
    DISTRICT = "district"
    CITY = "city"
    COUNTRY = "country"
    LAT = "lat"
    LON = "lon"
    LATLON = "lat_lon"
    WINDOW = "window"
    WINDOW_FROM = "window_from"
    WINDOW_TO = "window_to"
    PREFERRED = "preferred"
    LATE_PER_HOUR = "late_per_hour"
    SERVICE = "service"
    WEIGHT = "weight"
    VOLUME = "volume"
    PIECES = "pieces"
    PRIORITY = "priority"
    SKILLS = "skills"
    FEATURES = "features"
    HANDLING = "handling"
    NOTES = "notes"
    CONTACTLESS = "contactless"
    COD = "cod"
    CURRENCY = "currency"
    SERVICE_LEVEL = "service_level"
    BRAND = "brand"


_F = Field
NAMES: dict[Field, str] = {
    _F.NUMBER: """
        order number, order #, order no, order nr, order id, order ref, order reference, orderid, id, number, no, nr, ref, reference, external id,
        external reference, shipment id, job id, stop id, tracking number, consignment, invoice no, 訂單編號, 訂單號碼, 訂單號, 單號, 編號, 訂單,
        出貨單號, 貨號, 序號, 订单号, 订单编号, 单号, 编号, bestellnummer, auftragsnummer, auftrag, bestellung, tilausnumero, tilaus, tilausnro,
        pedido, número de pedido, numero pedido, commande, numéro de commande, n° de commande, référence
    """,
    _F.SOURCE: """
        sender, shop, store, merchant, channel, platform, order source, 來源, 商店, 平台, 通路, 寄件人, quelle, absender, lähde, origen, tienda,
        expéditeur
    """,
    _F.DAY: """
        date, delivery date, delivery day, due date, due, ship date, service date, scheduled date, planned date, route date, 日期, 配送日期,
        送貨日期, 配送日, 到貨日期, 送達日期, 指定日期, 交貨日期, 送货日期, datum, lieferdatum, liefertag, päivä, päivämäärä, toimituspäivä, fecha,
        fecha de entrega, date de livraison, jour
    """,
    _F.KIND: """
        type, task, task type, order type, stop type, job type, 類型, 種類, 作業類型, 任務, 类型, art, auftragsart, tyyppi, tipo, type de tâche
    """,
    _F.PAIRED_WITH: """
        pickup of, paired with, pair, pickup order, pickup number, after order, 取件單號, 對應取件, abholung zu, nouto, recogida
    """,
    _F.NAME: """
        recipient, recipient name, customer, customer name, consignee, consignee name, receiver, contact, contact name, contact person, full name,
        client, client name, ship to, deliver to, 姓名, 收件人, 收件人姓名, 收貨人, 客戶, 客戶名稱, 客戶姓名, 收件者, 聯絡人, 名稱, 收货人, 客户,
        empfänger, kunde, kundenname, name des empfängers, vastaanottaja, asiakas, nimi, nombre, destinatario, cliente, nom, destinataire,
        client nom
    """,
    _F.FIRST_NAME: """
        firstname, given name, forename, vorname, etunimi, prénom, 名字
    """,
    _F.LAST_NAME: """
        lastname, surname, family name, nachname, sukunimi, apellido, apellidos, nom de famille, 姓氏
    """,
    _F.COMPANY: """
        company name, business, organisation, organization, firm, 公司, 公司名稱, firma, yritys, empresa, société, entreprise
    """,
    _F.PHONE: """
        telephone, tel, mobile, mobile phone, cell, phone number, contact phone, contact number, 電話, 手機, 聯絡電話, 行動電話, 收件人電話,
        手機號碼, 電話號碼, 连络电话, 电话, 手机, telefon, handy, telefonnummer, puhelin, puhelinnumero, matkapuhelin, teléfono, móvil, téléphone,
        portable
    """,
    _F.EMAIL: """
        e-mail, mail, email address, 電子郵件, 電子信箱, 信箱, 邮箱, e-mail-adresse, sähköposti, correo, correo electrónico, courriel,
        adresse e-mail
    """,
    _F.LANGUAGE: """
        lang, locale, 語言, 语言, sprache, kieli, idioma, langue
    """,
    _F.ADDRESS: """
        address, full address, delivery address, address line, ship to address, location, destination, 地址, 收件地址, 送貨地址, 配送地址,
        收件人地址, 送達地址, 收货地址, adresse, anschrift, lieferadresse, osoite, toimitusosoite, dirección, direccion, adresse de livraison,
        adress
    """,
    _F.STREET: """
        street, street name, street address, address1, address 1, address line 1, road, 街道, 路名, 路段, straße, strasse, katu, katuosoite,
        lähiosoite, calle, rue
    """,
    _F.HOUSE: """
        house, house number, house no, houseno, street number, building number, 門牌, 門牌號碼, 號, hausnummer, hausnr, talo, talonumero, número,
        numero, numéro de rue
    """,
    _F.UNIT: """
        apartment, apt, flat, suite, floor, address2, address 2, address line 2, building, door, 樓層, 樓, 室, 房號, wohnung, stockwerk, asunto,
        huoneisto, kerros, rappu, piso, appartement, étage
    """,
    _F.POSTCODE: """
        postal code, post code, zip, zip code, zipcode, pincode, pin code, plz, 郵遞區號, 邮编, 邮政编码, postleitzahl, postinumero, código postal,
        codigo postal, cp, code postal
    """,
    _F.DISTRICT: """
        district, suburb, borough, township, neighbourhood, neighborhood, 區, 行政區, 鄉鎮市區, 鄉鎮區, 区, stadtteil, bezirk, kaupunginosa,
        distrito, arrondissement
    """,
    _F.CITY: """
        town, locality, municipality, 城市, 縣市, 市, stadt, ort, kaupunki, kunta, postitoimipaikka, ciudad, población, ville, commune
    """,
    _F.COUNTRY: """
        country code, 國家, 国家, land, maa, país, pais, pays
    """,
    _F.LAT: """
        latitude, y, geo lat, gps lat, 緯度, 纬度, breitengrad, breite, leveysaste, latitud
    """,
    _F.LON: """
        longitude, lng, long, x, geo lon, geo lng, gps lon, gps lng, longtitude, 經度, 经度, längengrad, länge, pituusaste, longitud
    """,
    _F.LATLON: """
        latlon, latlng, lat lng, lat long, coordinates, coordinate, coords, gps, geo, position, 座標, 坐標, 經緯度, 坐标, koordinaten,
        koordinaatit, coordenadas, coordonnées
    """,
    _F.WINDOW: """
        time window, time windows, windows, delivery window, delivery time, delivery slot, time slot, timeslot, slot, 時段,
        配送時段, 時間窗, 送貨時段, 到貨時段, 送達時段, 收貨時段, 收件時段, 派送時段, 送達時間, 到貨時間,
        配送時間, 指定時段, 时间段, 时段, zeitfenster, lieferzeit, lieferfenster, aikaikkuna,
        toimitusaika, ventana, ventana horaria, horario, franja horaria, créneau, plage horaire
    """,
    _F.WINDOW_FROM: """
        from, start, start time, earliest, earliest time, window start, time window start, tw start, begin, opens, open, ready time, not before,
        time from, delivery from, 開始時間, 最早, 最早時間, 起始時間, 開始, 时间起, von, ab, frühestens, alkaa, alkaen, aikaisintaan, desde,
        inicio, de, début, à partir de
    """,
    _F.WINDOW_TO: """
        to, end, end time, latest, latest time, window end, time window end, tw end, until, closes, close, due time, deadline, not after, time to,
        delivery to, 結束時間, 最晚, 最晚時間, 截止時間, 結束, 时间止, bis, spätestens, päättyy, viimeistään, asti, hasta, fin, à, jusqu'à
    """,
    _F.PREFERRED: """
        preferred time, preferred window, 希望時段, wish, wished time, preference, customer preference, 偏好時段, 希望時間,
        wunschzeit, toive, toiveaika, preferencia,
        préférence
    """,
    _F.LATE_PER_HOUR: """
        late price, lateness price, price of lateness, late cost, soft, late penalty, 遲到費用, 延遲費用, verspätungskosten, myöhästymismaksu
    """,
    _F.SERVICE: """
        service time, duration, stop time, stop duration, time at stop, unload time, unloading time, handling time, dwell, 服務時間, 作業時間,
        停留時間, 卸貨時間, 服务时间, servicezeit, standzeit, dauer, haltezeit, palveluaika, käsittelyaika, kesto, tiempo de servicio, duración,
        durée, temps de service
    """,
    _F.WEIGHT: """
        mass, gross weight, total weight, demand, load, 重量, 總重, 總重量, 毛重, 公斤數, gewicht, paino, peso, poids
    """,
    _F.VOLUME: """
        vol, cube, total volume, 體積, 材積, 總體積, 体积, volumen, tilavuus, volume total
    """,
    _F.PIECES: """
        quantity, qty, parcels, packages, boxes, items, units, count, number of parcels, colli, 件數, 數量, 箱數, 包裹數, 件数, 数量, stück,
        anzahl, pakete, menge, kpl, kappalemäärä, kollit, bultos, cantidad, paquetes, colis, quantité, nombre de colis
    """,
    _F.PRIORITY: """
        prio, urgency, importance, 優先, 優先級, 優先順序, 优先级, priorität, dringlichkeit, prioriteetti, kiireellisyys, prioridad, priorité
    """,
    _F.SKILLS: """
        skill, required skills, driver skills, qualification, requirements, 技能, 司機技能, 所需技能, fähigkeiten, qualifikation, taidot, taito,
        habilidades, compétences
    """,
    _F.FEATURES: """
        feature, vehicle features, vehicle feature, vehicle requirements, vehicle needs, equipment, 車輛需求, 車輛功能, 車種需求, 設備, fahrzeug,
        ausstattung, varusteet, ajoneuvovaatimus, equipamiento, équipement
    """,
    _F.HANDLING: """
        handling instructions, care, goods, 處理方式, 搬運, 貨物屬性, behandlung, käsittely, manipulación, manutention
    """,
    _F.NOTES: """
        note, comment, comments, remark, remarks, instructions, delivery instructions, delivery notes, driver notes, access notes, message, 備註,
        備注, 說明, 注意事項, 配送備註, 附註, 备注, hinweis, hinweise, bemerkung, notiz, huom, huomautus, lisätiedot, ohjeet, notas, observaciones,
        comentarios, remarques, commentaire, instructions de livraison
    """,
    _F.CONTACTLESS: """
        contact free, contactfree, no contact, leave at door, 無接觸, 免接觸, 放門口, kontaktlos, kontaktiton, sin contacto, sans contact
    """,
    _F.COD: """
        cash on delivery, cod amount, amount due, collect amount, to collect, 代收, 代收款, 代收貨款, 貨到付款, 代收金額, 货到付款, nachnahme,
        postiennakko, jälkivaatimus, contra reembolso, contrarreembolso, contre remboursement
    """,
    _F.CURRENCY: """
        currency code, cod currency, 幣別, 货币, währung, valuutta, moneda, divisa, devise, monnaie
    """,
    _F.SERVICE_LEVEL: """
        service type, shipping method, delivery method, level, 配送方式, 服務等級, 物流方式, versandart, toimitustapa, nivel de servicio,
        niveau de service, mode de livraison
    """,
    _F.BRAND: """
        品牌, marke, brändi, merkki, marca, marque
    """,
}
"""Names of each column, separated by commas."""
