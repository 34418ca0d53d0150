"""What is set about a picture that is no words of it: format, audience, typeface, language."""

SETTING_TERMS: dict[str, str] = {
    "style:": (
        "en style of, in the style, like the, feel like, inspired by, look of, reminiscent of, similar to, font, "
        "typeface, file, as in, named file, film, movie, book, album; de im stil, stil von, wie der, wie die, wie "
        "das, inspiriert von, schriftart, datei, ähnlich wie, film; fr style de, dans le style, comme le, comme "
        "la, inspiré*, police, fichier, film; es estilo de, al estilo, como la, como el, inspirad*, fuente, "
        "archivo, película; it stile di, nello stile, come il, come la, ispirat*, carattere, file, film; pt estilo "
        "de, no estilo, como o, como a, inspirad*, fonte, arquivo, ficheiro, filme; nl stijl van, in de stijl, "
        "zoals de, geïnspireerd, lettertype, bestand, film; sv stil av, i stil med, som filmen, inspirerad*, "
        "typsnitt*, fil; da stil af, i stil med, som filmen, inspirer*, skrifttype*, fil; no stil av, i stil med, "
        "som filmen, inspirert*, skrifttype*, fil; pl w stylu, jak film, inspirowan*, czcionk*, plik*; cs ve "
        "stylu, jako film, inspirovan*, písmo, písmem, soubor*; tr tarzında, stilinde, gibi, yazı tipi*, dosya*, "
        "filmi; ja 風, のような, フォント, ファイル, 映画; zh 风格, 類似, 类似, 字体, 文件, 电影; ko 스타일, 같은, "
        "글꼴, 폰트, 파일, 영화; ar بأسلوب, على غرار, خط, ملف, فيلم; he בסגנון, כמו, גופן, קובץ, סרט"
    ),
    "thing:font": (
        "en font, typeface, fonts, font family, type size, font size, lettering style; de schriftart*, "
        "schrifttype, font, schriftgröße, schriftfamilie; fr police*, fonte, typo, caractères typographiques; es "
        "fuente tipográfica, tipo de letra, fuente; it carattere, font, caratteri; pt fonte, tipo de letra, "
        "fontes; nl lettertype*, font, lettergrootte; sv typsnitt*, teckensnitt*, font*; da skrifttype*, font*, "
        "skriftstørrelse*; no skrifttype*, font*, skriftstørrelse*; pl czcionk*, font*, krój pisma; cs písmo, "
        "písma, font*, písmem; tr yazı tipi*, font*; ja フォント, 書体; zh 字体, 字體; ko 폰트, 글꼴, 서체; ar "
        "الخط, خط; he גופן, פונט"
    ),
    "thing:colours": (
        "en colours, colors, colour, color, palette, colour scheme, color scheme, brand colours, brand colors; de "
        "farbe, farben, farbpalette, farbschema, farblich; fr couleur, couleurs, palette; es color, colores, "
        "paleta; it colore, colori, palette; pt cor, cores, paleta; nl kleur, kleuren, palet, kleurenpalet; sv "
        "färg, färger, färgen, färgerna, palett*, färgschema; da farve, farver, farven, farverne, palet*; no "
        "farge, farger, fargen, fargene, palett*; pl kolor, kolory, kolorów, koloru, kolorze, palet*, barw*; cs "
        "barva, barvy, barev, barvu, palet*; tr renk, renkler*, rengi, rengini, palet*; ja 色, カラー, 配色; zh "
        "颜色, 顏色, 色彩, 配色; ko 색상, 색, 컬러, 색깔; ar لون, ألوان, الألوان, اللون; he צבע, צבעים, צבעי, פלטה"
    ),
    "set:label": (
        "en format, size, audience, target audience, tone, tone of voice, style, mood, look, feel, platform, "
        "channel, goal, objective, purpose, brand, deliverable, deliverables, campaign type, language, layout, "
        "dimensions, notes, instructions, brief, task, medium, photo credit, usage, alignment, case, count, "
        "task type, visual, don'ts, do's, avoid, must have, constraints, restrictions, type, project, client, "
        "context, requirements, atmosphere; de format, größe, zielgruppe, ton, tonalität, stil, stimmung, look, "
        "plattform, kanal, ziel, zweck, marke, sprache, layout, maße, hinweise, anweisung*, aufgabe, briefing, "
        "ausrichtung, anlass, projekt, kunde, atmosphäre; fr format, taille, public cible, cible, public, ton, "
        "style, ambiance, plateforme, canal, objectif, but, marque, langue, mise en page, dimensions, consigne*, "
        "notes, brief, contexte, projet, alignement, atmosphère; es formato, tamaño, público, audiencia, tono, "
        "estilo, ambiente, plataforma, canal, objetivo, marca, idioma, diseño, medidas, instrucciones, notas, "
        "alineación, proyecto, atmósfera; it formato, dimensioni, pubblico, destinatari, tono, stile, atmosfera, "
        "piattaforma, canale, obiettivo, marca, marchio, lingua, layout, istruzioni, allineamento, progetto; pt "
        "formato, tamanho, público, público alvo, tom, estilo, ambiente, plataforma, canal, objetivo, marca, "
        "idioma, língua, layout, instruções, alinhamento, projeto, atmosfera, clima; nl formaat, doelgroep, toon, "
        "stijl, sfeer, platform, kanaal, doel, merk, taal, lay out, layout, instructies, opdracht, uitlijning, "
        "project; sv format, storlek, målgrupp, ton, stil, stämning, känsla, plattform, kanal, syfte, varumärke, "
        "språk, layout, instruktion*, uppdrag, justering; da format, størrelse, målgruppe, tone, stil, stemning, "
        "platform, kanal, formål, brand, sprog, layout, instruktion*, opgave, justering; no format, størrelse, "
        "målgruppe, tone, stil, stemning, plattform, kanal, formål, merkevare, språk, layout, instruks*, oppgave, "
        "justering; pl format, rozmiar, grupa docelowa, odbiorcy, ton, styl, nastrój, platforma, kanał, cel, "
        "marka, język, układ, instrukcj*, zadanie, wyrównanie, klimat; cs formát, velikost, cílová skupina, tón, "
        "styl, nálada, platforma, kanál, cíl, značka, jazyk, rozvržení, instrukce, úkol, zarovnání, atmosféra; tr "
        "format, boyut, hedef kitle, ton, üslup, stil, tarz, atmosfer, platform, kanal, amaç, marka, dil, düzen, "
        "talimat*, görev, hizalama, ruh hali; ja 形式, サイズ, 対象, ターゲット, トーン, スタイル, 雰囲気, 媒体, "
        "目的, ブランド, 言語, レイアウト, 指示, 配置, フォーマット; zh 格式, 尺寸, 受众, 目标受众, 语气, 风格, "
        "氛围, 平台, 渠道, 目的, 品牌, 语言, 布局, 说明事项, 要求, 对齐方式; ko 형식, 크기, 대상, 타깃, 톤, "
        "스타일, 분위기, 플랫폼, 채널, 목적, 브랜드, 언어, 레이아웃, 지시, 정렬 방식, 요청사항; ar الحجم, الجمهور, "
        "النبرة, الأسلوب, المزاج, المنصة, الهدف, العلامة, اللغة, التخطيط, تعليمات, الأجواء, المحاذاة, التنسيق; he "
        "פורמט, גודל, קהל יעד, טון, סגנון, אווירה, פלטפורמה, ערוץ, מטרה, מותג, שפה, פריסה, הנחיות, יישור טקסט"
    ),
    "speech:de": (
        "en german, in german; de auf deutsch, deutsch, deutsche, deutscher, deutschsprachig*; fr allemand; es "
        "alemán; it tedesco; pt alemão; nl duits; sv tyska; da tysk; no tysk"
    ),
    "speech:fr": (
        "en french; de französisch*; fr français, en français; es francés; it francese; pt francês; nl frans"
    ),
    "speech:en": (
        "en english; de englisch*; fr anglais; es inglés; it inglese; pt inglês; nl engels; sv engelska; da "
        "engelsk; no engelsk; pl angielsku, angielski; cs anglicky, angličtině; tr ingilizce; ja 英語; zh 英文, "
        "英语; ko 영어; ar الإنجليزية, بالإنجليزية; he אנגלית"
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
}
