"""Instructions in the languages that came after the first eighteen; each with everything that is to be read of it."""

from typing import Any

import pytest

from sgd_assets.renders.brief.model import Brief
from tests.sgd_assets.renders.brief.reading import brief_of, printed


def seen(brief: Brief) -> dict[str, Any]:
    """Every wish and word of a brief that is not open, so that what is invented shows too."""
    picture = brief.imagery.model_dump() if (brief.imagery.kind, brief.imagery.subject) != ("any", None) else {}
    wishes = {
        **brief.placement.model_dump(),
        "mood": brief.mood,
        "ground": brief.ground,
        "forbidden": brief.forbidden,
        "edits": [(edit.element, edit.change, edit.value) for edit in brief.edits],
    }
    return printed(brief) | picture | {name: wish for name, wish in wishes.items() if wish}


LABEL_LINES = [
    ("Otsikko: Valojen yö\nAlaotsikko: Musiikkia joen rannalla\nPäivämäärä: 14. marraskuuta 2026\nHinta: 12 €\n"
     "Painike: Varaa paikka\nLogo oikeaan alakulmaan",
     {"headline": "Valojen yö", "body": "Musiikkia joen rannalla", "date": "14. marraskuuta 2026", "price": "12 €",
      "call_to_action": "Varaa paikka", "logo": "bottom-right"}),
    ("Заголовок: Ночь музеев\nПодзаголовок: Вход до полуночи\nДата: 16 мая 2027\nЦена: 300 ₽\nКнопка: Купить билет\n"
     "Сайт: noch.example\nЛоготип в левом верхнем углу",
     {"headline": "Ночь музеев", "body": "Вход до полуночи", "date": "16 мая 2027", "price": "300 ₽",
      "call_to_action": "Купить билет", "url": "noch.example", "logo": "top-left"}),
    ("Заголовок: Ніч музеїв\nПідзаголовок: Вхід до півночі\nДата: 16 травня 2027\nЦіна: 150 грн\n"
     "Кнопка: Купити квиток\nЛоготип у правому нижньому куті",
     {"headline": "Ніч музеїв", "body": "Вхід до півночі", "date": "16 травня 2027", "price": "150 грн",
      "call_to_action": "Купити квиток", "logo": "bottom-right"}),
    ("Cím: Fények éjszakája\nAlcím: Zene a folyóparton\nDátum: 2026. november 14.\nÁr: 2500 Ft\nGomb: Jegyvásárlás\n"
     "Logó a jobb alsó sarokban",
     {"headline": "Fények éjszakája", "body": "Zene a folyóparton", "date": "2026. november 14.", "price": "2500 Ft",
      "call_to_action": "Jegyvásárlás", "logo": "bottom-right"}),
    ("Titlu: Noaptea muzeelor\nSubtitlu: Intrare până la miezul nopții\nData: 16 mai 2027\nPreț: 40 lei\n"
     "Buton: Cumpără bilet\nSigla în dreapta jos",
     {"headline": "Noaptea muzeelor", "body": "Intrare până la miezul nopții", "date": "16 mai 2027",
      "price": "40 lei", "call_to_action": "Cumpără bilet", "logo": "bottom-right"}),
    ("Τίτλος: Νύχτα μουσείων\nΥπότιτλος: Είσοδος ως τα μεσάνυχτα\nΗμερομηνία: 16 Μαΐου 2027\nΤιμή: 5 €\n"
     "Κουμπί: Κλείσε θέση\nΛογότυπο κάτω δεξιά",
     {"headline": "Νύχτα μουσείων", "body": "Είσοδος ως τα μεσάνυχτα", "date": "16 Μαΐου 2027", "price": "5 €",
      "call_to_action": "Κλείσε θέση", "logo": "bottom-right"}),
    ("शीर्षक: संग्रहालयों की रात\nउपशीर्षक: आधी रात तक प्रवेश\nतारीख: 16 मई 2027\nकीमत: ₹300\nबटन: टिकट लें\n"
     "लोगो नीचे दाईं ओर",
     {"headline": "संग्रहालयों की रात", "body": "आधी रात तक प्रवेश", "date": "16 मई 2027", "price": "₹300",
      "call_to_action": "टिकट लें", "logo": "bottom-right"}),
    ("Заглавие: Нощ на музеите\nПодзаглавие: Вход до полунощ\nДата: 16 май 2027\nЦена: 10 лв.\nБутон: Купи билет\n"
     "Логото долу вдясно",
     {"headline": "Нощ на музеите", "body": "Вход до полунощ", "date": "16 май 2027", "price": "10 лв.",
      "call_to_action": "Купи билет", "logo": "bottom-right"}),
    ("Naslov: Noć muzeja\nPodnaslov: Ulaz do ponoći\nDatum: 16. svibnja 2027.\nCijena: 6 €\nGumb: Kupi ulaznicu\n"
     "Logotip dolje desno",
     {"headline": "Noć muzeja", "body": "Ulaz do ponoći", "date": "16. svibnja 2027.", "price": "6 €",
      "call_to_action": "Kupi ulaznicu", "logo": "bottom-right"}),
    ("Наслов: Ноћ музеја\nПоднаслов: Улаз до поноћи\nДатум: 16. мај 2027\nЦена: 500 дин\nДугме: Купи карту\n"
     "Логотип доле десно",
     {"headline": "Ноћ музеја", "body": "Улаз до поноћи", "date": "16. мај 2027", "price": "500 дин",
      "call_to_action": "Купи карту", "logo": "bottom-right"}),
    ("Nadpis: Noc múzeí\nPodnadpis: Vstup do polnoci\nDátum: 16. mája 2027\nCena: 6 €\nTlačidlo: Kúpiť lístok\n"
     "Logo vpravo dole",
     {"headline": "Noc múzeí", "body": "Vstup do polnoci", "date": "16. mája 2027", "price": "6 €",
      "call_to_action": "Kúpiť lístok", "logo": "bottom-right"}),
    ("Títol: Nit dels museus\nSubtítol: Entrada fins a mitjanit\nData: 16 de maig de 2027\nPreu: 5 €\n"
     "Botó: Reserva plaça\nLogotip a baix a la dreta",
     {"headline": "Nit dels museus", "body": "Entrada fins a mitjanit", "date": "16 de maig de 2027", "price": "5 €",
      "call_to_action": "Reserva plaça", "logo": "bottom-right"}),
    ("Tiêu đề: Đêm bảo tàng\nPhụ đề: Mở cửa đến nửa đêm\nNgày: 16 tháng 5 năm 2027\nGiá: 50.000 ₫\nNút: Mua vé\n"
     "Logo ở góc dưới bên phải",
     {"headline": "Đêm bảo tàng", "body": "Mở cửa đến nửa đêm", "date": "16 tháng 5 năm 2027", "price": "50.000 ₫",
      "call_to_action": "Mua vé", "logo": "bottom-right"}),
    ("Judul: Malam museum\nSubjudul: Buka sampai tengah malam\nTanggal: 16 Mei 2027\nHarga: Rp50.000\n"
     "Tombol: Beli tiket\nLogo di kanan bawah",
     {"headline": "Malam museum", "body": "Buka sampai tengah malam", "date": "16 Mei 2027", "price": "Rp50.000",
      "call_to_action": "Beli tiket", "logo": "bottom-right"}),
    ("Overskrift: Museumsnatt\nUndertittel: Åpent til midnatt\nTidspunkt: 16. mai 2027\nPris: 80 kr\n"
     "Knapp: Kjøp billett\nLogoen nede i høyre hjørne",
     {"headline": "Museumsnatt", "body": "Åpent til midnatt", "date": "16. mai 2027", "price": "80 kr",
      "call_to_action": "Kjøp billett", "logo": "bottom-right"}),
    ("큰 제목: 박물관의 밤\n작은 제목: 자정까지 입장\n날짜: 5월 16일\n가격: 5,000원\n버튼: 예매하기\n"
     "로고는 오른쪽 하단 모서리에",
     {"headline": "박물관의 밤", "body": "자정까지 입장", "date": "5월 16일", "price": "5,000원",
      "call_to_action": "예매하기", "logo": "bottom-right"}),
]  # fmt: skip
QUOTED = [
    ("Luo juliste, jossa on otsikko ”Avoimet ovet” ja painike ”Ilmoittaudu”", "Avoimet ovet", "Ilmoittaudu"),
    ("Сделай афишу с заголовком «День открытых дверей» и кнопкой «Записаться»", "День открытых дверей", "Записаться"),
    ("Створи плакат із заголовком «День відкритих дверей» і кнопкою «Записатися»", "День відкритих дверей",
     "Записатися"),
    ("Készíts plakátot „Nyílt nap” címmel és „Jelentkezz” gombbal", "Nyílt nap", "Jelentkezz"),
    ("Creează un afiș cu titlul „Ziua porților deschise” și butonul „Înscrie-te”", "Ziua porților deschise",
     "Înscrie-te"),
    ("Φτιάξε μια αφίσα με τίτλο «Ανοιχτές πόρτες» και κουμπί «Δήλωσε συμμετοχή»", "Ανοιχτές πόρτες",
     "Δήλωσε συμμετοχή"),
    ('एक पोस्टर बनाएं जिसका शीर्षक "खुला दिन" और बटन "पंजीकरण करें" हो', "खुला दिन", "पंजीकरण करें"),
    ("Направи плакат със заглавие „Ден на отворените врати“ и бутон „Запиши се“", "Ден на отворените врати",
     "Запиши се"),
    ("Izradi plakat s naslovom „Dan otvorenih vrata“ i gumbom „Prijavi se“", "Dan otvorenih vrata", "Prijavi se"),
    ("Направи плакат са насловом „Дан отворених врата“ и дугметом „Пријави се“", "Дан отворених врата", "Пријави се"),
    ("Vytvor plagát s nadpisom „Deň otvorených dverí“ a tlačidlom „Prihlás sa“", "Deň otvorených dverí",
     "Prihlás sa"),
    ("Fes un cartell amb el títol «Portes obertes» i el botó «Apunta-t'hi»", "Portes obertes", "Apunta-t'hi"),
    ("Thiết kế áp phích với tiêu đề “Ngày hội mở cửa” và nút “Đăng ký ngay”", "Ngày hội mở cửa", "Đăng ký ngay"),
    ('Buat poster dengan judul "Hari terbuka" dan tombol "Daftar sekarang"', "Hari terbuka", "Daftar sekarang"),
    ("Lag ein plakat med overskrifta «Open dag» og knappen «Meld deg på»", "Open dag", "Meld deg på"),
    ('제목은 "열린 날", 버튼 문구는 "신청하기"로 포스터를 디자인해 주세요', "열린 날", "신청하기"),
]  # fmt: skip
WISHES = [
    ("”Talvi tulee” tummansinisellä pohjalla, teksti vasemmalle tasattuna, isoilla kirjaimilla", "Talvi tulee"),
    ("«Зима близко» на тёмно-синем фоне, текст по левому краю, заглавными буквами", "Зима близко"),
    ("«Зима поруч» на темно-синьому тлі, текст за лівим краєм, великими літерами", "Зима поруч"),
    ("„Jön a tél” sötétkék háttéren, balra igazított szöveg, csupa nagybetűvel", "Jön a tél"),
    ("„Vine iarna” pe fundal albastru închis, text aliniat la stânga, cu majuscule", "Vine iarna"),
    ("«Έρχεται χειμώνας» σε σκούρο μπλε φόντο, στοίχιση αριστερά, με κεφαλαία", "Έρχεται χειμώνας"),
    ("«Зимата идва» на тъмносин фон, текст подравнен вляво, с главни букви", "Зимата идва"),
    ("„Stiže zima“ na tamnoplavoj pozadini, tekst poravnan lijevo, velikim slovima", "Stiže zima"),
    ("„Стиже зима“ на тамноплавој позадини, текст поравнат лево, великим словима", "Стиже зима"),
    ("„Prichádza zima“ na tmavomodrom pozadí, text zarovnaný vľavo, veľkými písmenami", "Prichádza zima"),
    ("«Ve l'hivern» sobre fons blau fosc, text alineat a l'esquerra, en majúscules", "Ve l'hivern"),
    ("“Mùa đông đến” trên nền xanh dương đậm, chữ căn trái, viết hoa toàn bộ", "Mùa đông đến"),
    ('"Musim dingin tiba" di latar biru tua, teks rata kiri, huruf kapital semua', "Musim dingin tiba"),
    ("«Vinteren kjem» på mørkeblå bakgrunn, venstrestilt tekst, store bokstavar", "Vinteren kjem"),
]  # fmt: skip
REFUSALS = [
    ("Valokuva majakasta myrskyssä, ilman tekstiä ja ilman logoa", "majakasta myrskyssä"),
    ("Фотография маяка во время шторма, без текста и без логотипа", "маяка во время шторма"),
    ("Фото маяка під час шторму, без тексту і без логотипа", "маяка під час шторму"),
    ("Fotó egy világítótoronyról viharban, szöveg és logó nélkül", "világítótoronyról viharban"),
    ("Fotografie cu un far pe furtună, fără text și fără siglă", "far pe furtună"),
    ("Φωτογραφία ενός φάρου στην καταιγίδα, χωρίς κείμενο και χωρίς λογότυπο", "φάρου στην καταιγίδα"),
    ("तूफान में लाइटहाउस की फोटो, बिना टेक्स्ट और बिना लोगो के", "तूफान में लाइटहाउस"),
    ("Снимка на фар в буря, без текст и без лого", "фар в буря"),
    ("Fotografija svjetionika u oluji, bez teksta i bez logotipa", "svjetionika u oluji"),
    ("Фотографија светионика у олуји, без текста и без логотипа", "светионика у олуји"),
    ("Fotografia majáka v búrke, bez textu a bez loga", "majáka v búrke"),
    ("Una foto d'un far en plena tempesta, sense text i sense logotip", "far en plena tempesta"),
    ("Ảnh chụp ngọn hải đăng trong bão, không có chữ và không có logo", "ngọn hải đăng trong bão"),
    ("Foto mercusuar di tengah badai, tanpa teks dan tanpa logo", "mercusuar di tengah badai"),
    ("Eit fotografi av eit fyrtårn i storm, utan tekst og utan logo", "fyrtårn i storm"),
    ("폭풍 속 등대 사진, 글자 없이 그리고 로고 없이", "폭풍 속 등대"),
]  # fmt: skip
NAMES = [
    ("Tee rauhallinen juliste Valojen Yötä varten, logo vasempaan yläkulmaan", "Valojen Yötä"),
    ("Сделай спокойный плакат для нашего летнего фестиваля, логотип слева вверху", "Летнего фестиваля"),
    ("Створи спокійний плакат для нашого літнього фестивалю, логотип ліворуч угорі", "Літнього фестивалю"),
    ("Készíts nyugodt plakátot a Fények Éjszakájára, logó bal felül", "Fények Éjszakájára"),
    ("Creează un afiș calm pentru Festivalul Luminii, sigla în stânga sus", "Festivalul Luminii"),
    ("Σχεδίασε μια ήρεμη αφίσα για το Φεστιβάλ Φωτός, λογότυπο πάνω αριστερά", "Φεστιβάλ Φωτός"),
    ("प्रकाश उत्सव के लिए एक शांत पोस्टर बनाएं, लोगो ऊपर बाईं ओर", "प्रकाश उत्सव"),
    ("Направи спокоен плакат за Фестивала на светлината, лого горе вляво", "Фестивала на светлината"),
    ("Napravi miran plakat za Festival svjetla, logotip gore lijevo", "Festival svjetla"),
    ("Направи миран плакат за Фестивал светла, логотип горе лево", "Фестивал светла"),
    ("Priprav pokojný plagát na Festival svetla, logo vľavo hore", "Festival svetla"),
    ("Dissenya un cartell tranquil per al Festival de la Llum, logotip a dalt a l'esquerra", "Festival de la Llum"),
    ("Làm một tấm áp phích nhẹ nhàng cho Lễ hội Ánh sáng, logo ở góc trên bên trái", "Lễ hội Ánh sáng"),
    ("Buatkan poster yang tenang untuk Festival Cahaya, logo di kiri atas", "Festival Cahaya"),
    ("Lag ein roleg plakat for Lysfestivalen, logoen øvst til venstre", "Lysfestivalen"),
    ("빛 축제를 위한 차분한 포스터를 만들어 주세요, 로고는 왼쪽 상단에", "빛 축제"),
]  # fmt: skip
EDITS = [
    ("Vaihda otsikoksi ”Viimeiset paikat” ja poista päivämäärä", "Viimeiset paikat"),
    ("Замени заголовок на «Последние места» и убери дату", "Последние места"),
    ("Заміни заголовок на «Останні місця» і прибери дату", "Останні місця"),
    ("Cseréld le a címet erre: „Utolsó helyek”, és töröld a dátumot", "Utolsó helyek"),
    ("Schimbă titlul în „Ultimele locuri” și șterge data", "Ultimele locuri"),
    ("Άλλαξε τον τίτλο σε «Τελευταίες θέσεις» και αφαίρεσε την ημερομηνία", "Τελευταίες θέσεις"),
    ('शीर्षक को "अंतिम सीटें" में बदलें और तारीख हटाएं', "अंतिम सीटें"),
    ("Смени заглавието на „Последни места“ и премахни датата", "Последни места"),
    ("Promijeni naslov u „Posljednja mjesta“ i ukloni datum", "Posljednja mjesta"),
    ("Промени наслов у „Последња места“ и уклони датум", "Последња места"),
    ("Zmeň nadpis na „Posledné miesta“ a odstráň dátum", "Posledné miesta"),
    ("Canvia el títol per «Últimes places» i elimina la data", "Últimes places"),
    ("Đổi tiêu đề thành “Những chỗ cuối cùng” và xóa ngày", "Những chỗ cuối cùng"),
    ('Ganti judul menjadi "Kursi terakhir" dan hapus tanggal', "Kursi terakhir"),
    ("Endre overskrifta til «Siste plassar» og fjern datoen", "Siste plassar"),
    ('제목을 "마지막 자리"로 바꾸고 날짜를 지워 주세요', "마지막 자리"),
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("instruction", "right"), LABEL_LINES)
def test_label_lines_are_words_and_the_corner_of_the_logo_is_a_wish(instruction: str, right: dict[str, Any]) -> None:
    assert seen(brief_of(instruction)) == right


@pytest.mark.parametrize(("instruction", "headline", "button"), QUOTED)
def test_quoted_words_go_where_their_label_says(instruction: str, headline: str, button: str) -> None:
    assert seen(brief_of(instruction)) == {"headline": headline, "call_to_action": button}


@pytest.mark.parametrize(("instruction", "headline"), WISHES)
def test_ground_alignment_and_case_are_wishes(instruction: str, headline: str) -> None:
    assert seen(brief_of(instruction)) == {
        "headline": headline, "ground": "dark blue", "alignment": "left", "case": "upper",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("instruction", "headline", "ground"),
    [
        ('"सर्दी आ रही है" गहरे नीले बैकग्राउंड पर, टेक्स्ट बाईं ओर संरेखित', "सर्दी आ रही है", "dark blue"),
        ('"겨울이 온다" 진한 파란색 배경에, 텍스트는 왼쪽으로 정렬', "겨울이 온다", "dark blue"),
    ],
)
def test_ground_and_alignment_are_wishes_in_scripts_without_case(instruction: str, headline: str, ground: str) -> None:
    assert seen(brief_of(instruction)) == {"headline": headline, "ground": ground, "alignment": "left"}


@pytest.mark.parametrize(("instruction", "subject"), REFUSALS)
def test_a_photograph_is_asked_for_and_text_and_logo_are_refused(instruction: str, subject: str) -> None:
    assert seen(brief_of(instruction)) == {"kind": "photo", "subject": subject, "forbidden": ("text", "logo")}


@pytest.mark.parametrize(("instruction", "name"), NAMES)
def test_what_is_announced_is_the_headline_as_it_is_written(instruction: str, name: str) -> None:
    brief = brief_of(instruction)
    assert seen(brief) == {"headline": name, "mood": "calm", "logo": "top-left"}
    assert brief.is_verbatim is False


@pytest.mark.parametrize(("instruction", "headline"), EDITS)
def test_changes_of_a_picture_are_told(instruction: str, headline: str) -> None:
    brief = brief_of(instruction, "edit")
    assert seen(brief) == {"edits": [("headline", "set", headline), ("date", "remove", None)]}


@pytest.mark.parametrize(
    ("instruction", "right"),
    [
        ("Banneri: otsikko ”Kesäkirppis”, vaalea tausta, logo alhaalla keskellä. Ei valokuvia.",
         {"headline": "Kesäkirppis", "mood": "light", "ground": "light", "logo": "bottom", "forbidden": ("photo",)}),
        ("Потрібен банер: заголовок «Літній розпродаж», зелене тло, логотип унизу по центру",
         {"headline": "Літній розпродаж", "ground": "green", "logo": "bottom"}),
        ("Il·lustració d'un gat a la teulada, ambient fosc, sense logotip.",
         {"kind": "illustration", "subject": "gat a la teulada", "mood": "dark", "forbidden": ("logo",)}),
        ("Banner với tiêu đề “Giảm giá mùa hè”, nền xanh lá cây, không dùng ảnh",
         {"headline": "Giảm giá mùa hè", "ground": "green", "forbidden": ("photo",)}),
        ("Ein banner med tittelen «Sommarsal», grøn bakgrunn", {"headline": "Sommarsal", "ground": "green"}),
        ("Judul: Pasar malam\nIsi: Kuliner dan musik\nLatar: merah",
         {"headline": "Pasar malam", "body": "Kuliner dan musik", "ground": "red"}),
        ('लोगो के बिना एक पोस्टर, शीर्षक "रात"', {"headline": "रात", "forbidden": ("logo",)}),
        ("Tekstitön juliste, pelkkä logo", {"forbidden": ("text",), "kind": "none", "subject": None}),
        ("Kép szöveg nélkül", {"forbidden": ("text",)}),
    ],
)  # fmt: skip
def test_other_words_of_these_languages(instruction: str, right: dict[str, Any]) -> None:
    assert seen(brief_of(instruction)) == right


@pytest.mark.parametrize(
    ("instruction", "language"),
    [
        ("Плакат «Ден на отворените врати», заглавие горе", "bg"),
        ("Заголовок: День відкритих дверей", "uk"),
        ("Juliste: ”Tule ja katso, mitä me teemme”", "fi"),
        ("„Vino și vezi ce facem la noi în atelier”", "ro"),
        ('Poster "Đến và xem"', "vi"),
        ("Nadpis: Poď a pozri, čo robíme u nás", "sk"),
    ],
)
def test_the_language_of_the_copy_is_told(instruction: str, language: str) -> None:
    assert brief_of(instruction).language == language


@pytest.mark.parametrize(
    ("instruction", "note"),
    [
        ("Tengeneza bango zuri kwa ajili yetu", "Tengeneza bango zuri kwa ajili yetu"),
        ("ทำโปสเตอร์สวยๆ ให้เราหน่อย", "ทำโปสเตอร์สวยๆ ให้เราหน่อย"),
        ('Headline "Go". Tengeneza bango zuri kwa ajili yetu.', "Tengeneza bango zuri kwa ajili yetu"),
        ("Headline: Less noise\nKichwa kidogo: More signal", "Kichwa kidogo: More signal"),
    ],
)
def test_what_is_in_no_known_words_is_left_out_and_noted(instruction: str, note: str) -> None:
    brief = brief_of(instruction)
    assert brief.imagery.subject is None
    assert any(note in each for each in brief.notes), brief.notes
    assert set(printed(brief)) <= {"headline"}


def test_a_scene_and_a_wish_under_a_label_are_not_noted_as_left_out() -> None:
    for instruction in ("A runner at dawn on a bridge", "Headline: Go\nImportant: keep the logo small"):
        assert not any("left out" in note for note in brief_of(instruction).notes)
