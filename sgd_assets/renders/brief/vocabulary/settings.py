"""What is set about a picture that is no words of it: format, audience, typeface, language."""

SETTING_TERMS: dict[str, str] = {
    "style:": (
        "en style of, in the style, like the, feel like, inspired by, look of, reminiscent of, similar to, spirit "
        "of, vein of, manner of, à la, font, typeface, file, as in, named file, film, movie, book, album; de im "
        "stil, stil von, wie der, wie die, wie das, inspiriert von, im geiste, angelehnt an, nach art, schriftart, "
        "datei, ähnlich wie, film; fr style de, dans le style, comme le, comme la, dans l'esprit, à la manière, "
        "façon, inspiré*, police, fichier, film; es estilo de, al estilo, como la, como el, al espíritu, a la "
        "manera, inspirad*, fuente, archivo, película; it stile di, nello stile, come il, come la, ispirat*, nello "
        "spirito, alla maniera, carattere, file, film; pt estilo de, no estilo, como o, como a, no espírito, à "
        "maneira, inspirad*, fonte, arquivo, ficheiro, filme; nl stijl van, in de stijl, zoals de, geïnspireerd, in "
        "de geest, lettertype, bestand, film; sv stil av, i stil med, som filmen, inspirerad*, typsnitt*, fil; da "
        "stil af, i stil med, som filmen, inspirer*, skrifttype*, fil; no stil av, i stil med, som filmen, "
        "inspirert*, skrifttype*, fil, i stilen til, skrifttypen; pl w stylu, jak film, inspirowan*, czcionk*, "
        "plik*; cs ve stylu, jako film, inspirovan*, písmo, písmem, soubor*; tr tarzında, stilinde, gibi, yazı "
        "tipi*, dosya*, filmi; ja 風, のような, フォント, ファイル, 映画; zh 风格, 類似, 类似, 字体, 文件, 电影; ko "
        "스타일, 같은, 글꼴, 폰트, 파일, 영화, 폰트명, 스타일의; ar بأسلوب, على غرار, خط, ملف, فيلم; he בסגנון, כמו, "
        "גופן, קובץ, סרט; fi tyyliin, tyylillä, tyylinen, kuten elokuvassa, kuin elokuva, fontti, fontilla, "
        "kirjasin, tiedosto*, innoittama*; ru в стиле, стиле, как в фильме, шрифт, шрифтом, файл, файла, "
        "вдохновлен*, фильм*; uk у стилі, в стилі, як у фільмі, шрифт, шрифтом, файл, натхненн*, фільм*; hu "
        "stílusában, stílusú, stílus, betűtípus*, fájl*, ihlette, film; ro în stilul, stilul, ca în filmul, font, "
        "fontul, fișier*, inspirat*, filmul; el στο στυλ, στυλ, γραμματοσειρά, αρχείο, εμπνευσμένο, ταινία; hi की "
        "शैली में, शैली, फ़ॉन्ट, फॉन्ट, फ़ाइल, फिल्म, जैसा; bg в стила, в стил, шрифт, шрифта, файл, вдъхновен*, филм*; "
        "hr u stilu, stilu, font, fontom, datotek*, fajl, inspiriran*, inspirisan*, film; sk v štýle, písmo, písmom, "
        "font, súbor*, inšpirovan*, film; ca a l'estil, estil de, font tipogràfica, tipus de lletra, fitxer, arxiu, "
        "inspirat, pel lícula; vi phong cách, theo phong cách, kiểu chữ, phông chữ, tập tin, tệp, lấy cảm hứng, "
        "phim; id bergaya, gaya, ala, berkas, terinspirasi, film; sr у стилу, стилу, фонт, фонтом, датотек*, фајл, "
        "инспириран*, инспирисан*, филм"
    ),
    "thing:font": (
        "en font, typeface, fonts, font family, type size, font size, lettering style; de schriftart*, "
        "schrifttype, font, schriftgröße, schriftfamilie; fr police*, fonte, typo, caractères typographiques; es "
        "fuente tipográfica, tipo de letra, fuente; it carattere, font, caratteri; pt fonte, tipo de letra, "
        "fontes; nl lettertype*, font, lettergrootte; sv typsnitt*, teckensnitt*, font*; da skrifttype*, font*, "
        "skriftstørrelse*; no skrifttype*, font*, skriftstørrelse*, skrifttypen, skriftstorleik*; pl czcionk*, "
        "font*, krój pisma; cs písmo, písma, font*, písmem; tr yazı tipi*, font*; ja フォント, 書体; zh 字体, "
        "字體; ko 폰트, 글꼴, 서체; ar الخط, خط; he גופן, פונט; fi fontti, fontin, fonttia, kirjasin, "
        "kirjasintyyppi, fonttikoko; ru шрифт, шрифта, шрифтом, шрифты, гарнитур*, кегль; uk шрифт, шрифту, "
        "шрифтом, гарнітур*; hu betűtípus*, betűkészlet*, betűméret*, font; ro font, fontul, fonturi, corp de "
        "literă; el γραμματοσειρά*, γραμματοσειρές; hi फ़ॉन्ट, फॉन्ट; bg шрифт, шрифта, шрифтът; hr font, fonta, "
        "fontom, pismo, tipografij*; sk písmo, písma, písmom, font*; ca tipus de lletra, font tipogràfica; vi "
        "phông chữ, kiểu chữ, font chữ; id font, jenis huruf; sr фонт, фонта, фонтом, писмо, типографиј*"
    ),
    "thing:colours": (
        "en colours, colors, colour, color, palette, colour scheme, color scheme, brand colours, brand colors; de "
        "farbe, farben, farbpalette, farbschema, farblich; fr couleur, couleurs, palette; es color, colores, "
        "paleta; it colore, colori, palette; pt cor, cores, paleta; nl kleur, kleuren, palet, kleurenpalet; sv "
        "färg, färger, färgen, färgerna, palett*, färgschema; da farve, farver, farven, farverne, palet*; no "
        "farge, farger, fargen, fargene, palett*, fargar; pl kolor, kolory, kolorów, koloru, kolorze, palet*, "
        "barw*; cs barva, barvy, barev, barvu, palet*; tr renk, renkler*, rengi, rengini, palet*; ja 色, カラー, "
        "配色; zh 颜色, 顏色, 色彩, 配色; ko 색상, 색, 컬러, 색깔; ar لون, ألوان, الألوان, اللون; he צבע, צבעים, "
        "צבעי, פלטה; fi väri, värit, värejä, väriä, värillä, värin, väripaletti*, paletti*; ru цвет, цвета, "
        "цветом, цвете, цветов, палитр*; uk колір, кольори, кольору, кольором, кольорі, кольорів, палітр*; hu "
        "szín, színek, színt, színű, színnel, színre, színpaletta, paletta*; ro culoare, culori, culoarea, "
        "culorile, paletă, paleta; el χρώμα, χρώματα, χρώματος, χρωμάτων, παλέτα; hi रंग, रंगों, रंगत, पैलेट; bg цвят, "
        "цветове, цвета, цветът, цветовете, палитра; hr boja, boje, boju, boji, bojom, bojama, palet*; sk farba, "
        "farby, farbu, farbe, farieb, farbou, palet*; ca color, colors, paleta; vi màu, màu sắc, bảng màu; id "
        "warna, warnanya, palet; sr боја, боје, боју, боји, бојом, бојама, палет*"
    ),
    "set:label": (
        "en format, size, audience, target audience, tone, tone of voice, style, mood, look, feel, platform, "
        "channel, goal, objective, purpose, brand, deliverable, deliverables, campaign type, language, layout, "
        "dimensions, notes, instructions, brief, task, medium, photo credit, usage, alignment, case, count, task "
        "type, visual, don'ts, do's, avoid, must have, constraints, restrictions, type, project, client, context, "
        "requirements, atmosphere; de format, größe, zielgruppe, ton, tonalität, stil, stimmung, look, plattform, "
        "kanal, ziel, zweck, marke, sprache, layout, maße, hinweise, anweisung*, aufgabe, briefing, ausrichtung, "
        "anlass, projekt, kunde, atmosphäre; fr format, taille, public cible, cible, public, ton, style, ambiance, "
        "plateforme, canal, objectif, but, marque, langue, mise en page, dimensions, consigne*, notes, brief, "
        "contexte, projet, alignement, atmosphère; es formato, tamaño, público, audiencia, tono, estilo, ambiente, "
        "plataforma, canal, objetivo, marca, idioma, diseño, medidas, instrucciones, notas, alineación, proyecto, "
        "atmósfera; it formato, dimensioni, pubblico, destinatari, tono, stile, atmosfera, piattaforma, canale, "
        "obiettivo, marca, marchio, lingua, layout, istruzioni, allineamento, progetto; pt formato, tamanho, "
        "público, público alvo, tom, estilo, ambiente, plataforma, canal, objetivo, marca, idioma, língua, layout, "
        "instruções, alinhamento, projeto, atmosfera, clima; nl formaat, doelgroep, toon, stijl, sfeer, platform, "
        "kanaal, doel, merk, taal, lay out, layout, instructies, opdracht, uitlijning, project; sv format, "
        "storlek, målgrupp, ton, stil, stämning, känsla, plattform, kanal, syfte, varumärke, språk, layout, "
        "instruktion*, uppdrag, justering; da format, størrelse, målgruppe, tone, stil, stemning, platform, kanal, "
        "formål, brand, sprog, layout, instruktion*, opgave, justering; no format, størrelse, målgruppe, tone, "
        "stil, stemning, plattform, kanal, formål, merkevare, språk, layout, instruks*, oppgave, justering, "
        "storleik, føremål, oppsett, instruksjon*, oppgåve; pl format, rozmiar, grupa docelowa, odbiorcy, ton, "
        "styl, nastrój, platforma, kanał, cel, marka, język, układ, instrukcj*, zadanie, wyrównanie, klimat; cs "
        "formát, velikost, cílová skupina, tón, styl, nálada, platforma, kanál, cíl, značka, jazyk, rozvržení, "
        "instrukce, úkol, zarovnání, atmosféra; tr format, boyut, hedef kitle, ton, üslup, stil, tarz, atmosfer, "
        "platform, kanal, amaç, marka, dil, düzen, talimat*, görev, hizalama, ruh hali; ja 形式, サイズ, 対象, "
        "ターゲット, トーン, スタイル, 雰囲気, 媒体, 目的, ブランド, 言語, レイアウト, 指示, 配置, フォーマット; "
        "zh 格式, 尺寸, 受众, 目标受众, 语气, 风格, 氛围, 平台, 渠道, 目的, 品牌, 语言, 布局, 说明事项, 要求, "
        "对齐方式; ko 형식, 크기, 대상, 타깃, 톤, 스타일, 분위기, 플랫폼, 채널, 목적, 브랜드, 언어, 레이아웃, "
        "지시, 정렬 방식, 요청사항, 규격, 타겟, 무드; ar الحجم, الجمهور, النبرة, الأسلوب, المزاج, المنصة, الهدف, "
        "العلامة, اللغة, التخطيط, تعليمات, الأجواء, المحاذاة, التنسيق; he פורמט, גודל, קהל יעד, טון, סגנון, "
        "אווירה, פלטפורמה, ערוץ, מטרה, מותג, שפה, פריסה, הנחיות, יישור טקסט; fi muoto, koko, kohderyhmä, sävy, "
        "tyyli, tunnelma, kanava, alusta, tavoite, tarkoitus, brändi, kieli, asettelu, mitat, ohje*, tehtävä, "
        "kohdeyleisö, tasaus, projekti, asiakas; ru формат, размер, аудитория, целевая аудитория, тон, стиль, "
        "настроение, площадка, платформа, канал, цель, задача, бренд, язык, макет, размеры, примечания, "
        "инструкци*, бриф, выравнивание, проект, клиент, атмосфера; uk формат, розмір, аудиторія, цільова "
        "аудиторія, тон, стиль, настрій, платформа, канал, мета, завдання, бренд, мова, макет, розміри, "
        "інструкці*, бриф, вирівнювання, проєкт, клієнт, атмосфера; hu formátum, méret, célközönség, célcsoport, "
        "hangnem, hangvétel, stílus, hangulat, platform, csatorna, cél, márka, nyelv, elrendezés, méretek, "
        "utasítás*, feladat, igazítás, projekt, ügyfél; ro format, dimensiune, public țintă, public, ton, stil, "
        "atmosferă, stare, platformă, canal, obiectiv, scop, marcă, brand, limbă, aspect, dimensiuni, "
        "instrucțiuni, aliniere, proiect, client; el μορφή, μέγεθος, κοινό, τόνος, ύφος, στυλ, διάθεση, πλατφόρμα, "
        "κανάλι, στόχος, σκοπός, μάρκα, γλώσσα, διάταξη, διαστάσεις, οδηγίες, στοίχιση, έργο, πελάτης, ατμόσφαιρα; "
        "hi प्रारूप, आकार, दर्शक, लक्षित दर्शक, टोन, शैली, मूड, प्लेटफ़ॉर्म, उद्देश्य, ब्रांड, भाषा, लेआउट, निर्देश, संरेखण, परियोजना, "
        "ग्राहक; bg формат, размер, аудитория, целева аудитория, тон, стил, настроение, платформа, канал, цел, "
        "марка, език, оформление, размери, инструкци*, задача, подравняване, проект, клиент, атмосфера; hr format, "
        "veličina, ciljna skupina, ciljna grupa, publika, ton, stil, ugođaj, atmosfera, raspoloženje, platforma, "
        "kanal, cilj, svrha, brend, jezik, raspored, dimenzije, upute, uputstva, zadatak, poravnanje, projekt, "
        "klijent; sk formát, veľkosť, cieľová skupina, publikum, tón, štýl, nálada, platforma, kanál, cieľ, účel, "
        "značka, jazyk, rozloženie, rozmery, pokyny, úloha, zarovnanie, projekt, klient, atmosféra; ca format, "
        "mida, públic, públic objectiu, estil, ambient, atmosfera, plataforma, canal, objectiu, marca, idioma, "
        "llengua, disposició, mides, instruccions, alineació, projecte, client; vi định dạng, kích thước, đối "
        "tượng, khán giả, giọng điệu, phong cách, tâm trạng, không khí, nền tảng, kênh, mục tiêu, mục đích, thương "
        "hiệu, ngôn ngữ, bố cục, hướng dẫn, yêu cầu, căn lề, dự án, bầu không khí; id format, ukuran, audiens, "
        "target audiens, nada, gaya, suasana, platform, kanal, tujuan, merek, bahasa, tata letak, dimensi, "
        "instruksi, tugas, perataan, proyek, klien, catatan desain; sr формат, величина, циљна скупина, циљна "
        "група, публика, тон, стил, угођај, атмосфера, расположење, платформа, канал, циљ, сврха, бренд, језик, "
        "распоред, димензије, упуте, упутства, задатак, поравнање, пројект, клијент"
    ),
    "speech:de": (
        "en german, in german; de auf deutsch, deutsch, deutsche, deutscher, deutschsprachig*; fr allemand; es "
        "alemán; it tedesco; pt alemão; nl duits; sv tyska; da tysk; no tysk"
    ),
    "speech:fr": "en french; de französisch*; fr français, en français; es francés; it francese; pt francês; nl frans",
    "speech:en": (
        "en english; de englisch*; fr anglais; es inglés; it inglese; pt inglês; nl engels; sv engelska; da "
        "engelsk; no engelsk; pl angielsku, angielski; cs anglicky, angličtině; tr ingilizce; ja 英語; zh 英文, "
        "英语; ko 영어; ar الإنجليزية, بالإنجليزية; he אנגלית; vi tiếng anh; ru по английски, английском; fi "
        "englanniksi; hu angolul; el αγγλικά; hi अंग्रेज़ी; id bahasa inggris; uk англійською; hr engleskom, na "
        "engleskom; sk anglicky, po anglicky; ro în engleză; bg английски; ca anglès; sr енглеском, на енглеском"
    ),
    "speech:es": "en spanish; de spanisch*; fr espagnol; es español, castellano; it spagnolo; pt espanhol",
    "speech:it": "en italian; de italienisch*; fr italien; es italiano; it italiano; pt italiano",
    "speech:pt": "en portuguese; de portugiesisch*; fr portugais; es portugués; it portoghese; pt português",
    "speech:nl": "en dutch; de niederländisch*; nl nederlands, nederlandse",
    "speech:sv": "en swedish; de schwedisch*; sv svenska",
    "speech:da": "en danish; de dänisch*; da dansk, danske",
    "speech:no": "en norwegian; de norwegisch*; no norsk, norske",
    "speech:pl": "en polish language, in polish; de polnisch*; pl polsku, polski",
    "speech:cs": "en czech; de tschechisch*; cs česky, češtině",
    "speech:tr": "en turkish; de türkisch*; tr türkçe",
    "speech:ja": "en japanese; de japanisch*; ja 日本語",
    "speech:zh": "en chinese, mandarin; de chinesisch*; zh 中文, 汉语",
    "speech:ko": "en korean; de koreanisch*; ko 한국어",
    "speech:ar": "en arabic; de arabisch*; ar العربية, بالعربية",
    "speech:he": "en hebrew; de hebräisch*; he עברית, בעברית",
    "speech:fi": "en finnish, in finnish; de finnisch*; fi suomeksi, suomenkieli*; sv finska",
    "speech:ru": "en russian, in russian; de russisch*; ru по русски, русском, русский; fr russe",
    "speech:uk": "en ukrainian, in ukrainian; de ukrainisch*; uk українською, українська",
    "speech:hu": "en hungarian; de ungarisch*; hu magyarul, magyar nyelv*",
    "speech:ro": "en romanian; de rumänisch*; ro română, românește",
    "speech:el": "en greek, in greek; de griechisch*; el ελληνικά, ελληνική",
    "speech:hi": "en hindi, in hindi; de hindi; hi हिंदी, हिन्दी",
    "speech:bg": "en bulgarian; de bulgarisch*; bg български, българска",
    "speech:hr": "en croatian; de kroatisch*; hr hrvatski, hrvatskom",
    "speech:sr": "en serbian; de serbisch*; hr srpski, srpskom; sr српски, српском",
    "speech:sk": "en slovak; de slowakisch*; sk slovensky, slovenčine, po slovensky",
    "speech:ca": "en catalan; de katalanisch*; ca català, en català; es catalán",
    "speech:vi": "en vietnamese; de vietnamesisch*; vi tiếng việt",
    "speech:id": "en indonesian; de indonesisch*; id bahasa indonesia",
}
