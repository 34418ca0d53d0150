"""Families that many brands use: general knowledge of the trade, not of any brand.

A name in this list is a font wherever a text speaks of type; a name outside it only where the sentence itself says so.
Families whose whole name is a common word of English are left out. What must not live here: what counts as a name at
all (`fonts/names.py`).

Source: the catalogues of Google Fonts (as packaged by Fontsource), of the large foundries and of the operating systems.
"""

_NAMES = """
ABC Diatype, ABC Favorit, Abeezee, Abhaya Libre, Aboreto, Abril Fatface, Acumin, Adamina, Adelle, Adelle Sans, Adobe
Caslon, Adobe Garamond, Adobe Jenson, Aeonik, Afacad, Agency FB, Agrandir, Aileron, Akkurat, Akkurat Mono, Akkurat
Office, Aktiv Grotesk, Akzidenz Grotesk, Alata, Albert Sans, Albertina, Albertus, Aldrich, Alegreya, Alegreya Sans,
Alegreya Sans SC, Aleo, Alex Brush, Alexandria, Alfa Slab One, Allura, Almarai, Alright Sans, Alte Haas Grotesk,
Alternate Gothic, Alumni Sans, Amaranth, Amatic SC, American Typewriter, Amiri, Amplitude, Andada, Andale Mono,
Andika, Anek Bangla, Anek Devanagari, Anek Gujarati, Anek Latin, Anek Tamil, Anka Coder, Annie Use Your Telescope,
Anonymous Pro, Antic Slab, Antique Olive, Anton, Antonio, Anuphan, Apercu, Apfel Grotezk, Apple Garamond, Apple SD
Gothic Neo, Aptos, Arapey, Architects Daughter, Archivo, Archivo Black, Archivo Expanded, Archivo Narrow, Aref
Ruqaa, Aref Ruqaa Ink, Arial, Arial Black, Arial Narrow, Arial Nova, Arial Rounded, Arial Unicode MS, Aribau
Grotesk, Arimo, Armata, Arnhem, Arno Pro, Arvo, Asap, Asap Condensed, Assistant, Atkinson Hyperlegible, Atkinson
Hyperlegible Mono, Atkinson Hyperlegible Next, Aubrey, Audiowide, Avant Garde, Avant Garde Gothic, Avenir, Avenir
Next, Avenir Next Condensed, Averta, Aviano, Axiforma, Azeret Mono, Azo Sans, B612, B612 Mono, Bad Script,
Bahnschrift, Bai Jamjuree, Baloo 2, Baloo Bhai 2, Baloo Bhaijaan 2, Baloo Da 2, Balsamiq Sans, Bangers, Bank Gothic,
Barlow, Barlow Condensed, Barlow Semi Condensed, Basier, Basis Grotesque, Baskerville, Baskervville, Bau Pro, Bauer
Bodoni, Bauhaus 93, BBC Reith, Be Vietnam, Be Vietnam Pro, Bebas, Bebas Kai, Bebas Neue, Bebas Neue Pro, Bell
Gothic, Bell MT, Bellefair, Belleza, Bembo, BenchNine, Bentham, Benton Sans, Berkeley Mono, Berkeley Oldstyle,
Berkshire Swash, Bernino Sans, Besley, Big Caslon, Big Daily Short, Big Shoulders, Big Shoulders Display, Big
Shoulders Text, BioRhyme, Biryani, Bitstream Vera, Bitstream Vera Sans, Bitter, Black Han Sans, Black Ops One,
Blogger Sans, Bodoni, Bodoni 72, Bodoni Moda, Bodoni MT, Bona Nova, Book Antiqua, Bookman, Bookman Old Style, Bowlby
One, Bowlby One SC, Bradley Hand, Brandon, Brandon Grotesque, Brandon Printed, Brandon Text, Bree Serif, Bricolage
Grotesque, Brix Sans, Brix Slab, Brother 1816, Brush Script, Brygada 1918, Bubblegum Sans, Buenard, Bungee, Bungee
Inline, Bungee Shade, Bw Modelica, Cabin, Cabin Sketch, Cabinet Grotesk, Cabrito, Caecilia, Cairo, Cairo Play, Cal
Sans, Caladea, Calibre, Calibri, Calisto, Calistoga, Calluna, Calluna Sans, Cambo, Cambria, Campton, Candara,
Canela, Cantarell, Cantata One, Caprasimo, Cardo, Carlito, Carnas, Carter One, Cartograph, Cascadia Code, Cascadia
Mono, Caslon, Castoro, Catamaran, Caudex, Caveat, Caveat Brush, Cedarville Cursive, Centaur, Century Gothic, Century
Gothic Pro, Century Old Style, Century Schoolbook, Cera Pro, Cera Round, Cera Round Pro, Chakra Petch, Chalet,
Chalkboard, Chalkduster, Changa, Changa One, Chaparral, Chaparral Pro, Charis SIL, Charter, Charter ITC, Cheltenham,
Cherry Swash, Chilanka, Chivo, Chivo Mono, Chonburi, Cinzel, Cinzel Decorative, Circe, Circular, Circular Std,
Clarendon, Clarika, Clash Display, Clear Sans, Clearface, Cochin, Code Next, Colfax, Comfortaa, Comic Mono, Comic
Neue, Comic Relief, Comic Sans, Commissioner, Commit Mono, Computer Modern, Consolas, Constantia, Cooper, Cooper
Black, Cooper BT, Cooper Hewitt, Copperplate, Copperplate Gothic, Corbel, Corinthia, Cormorant, Cormorant Garamond,
Cormorant Infant, Cormorant SC, Cormorant Unicase, Cormorant Upright, Corpid, Corporate A, Corporate S, Courgette,
Courier, Courier New, Courier Prime, Cousine, Coustard, Crete Round, Crimson, Crimson Pro, Crimson Text, Cronos Pro,
Cuprum, Cutive Mono, Dancing Script, Dank Mono, Darker Grotesque, DecimaMono, Degular, DejaVu Mono, DejaVu Sans,
DejaVu Sans Mono, DejaVu Serif, Dela Gothic One, Delicious Handrawn, Didact Gothic, Didot, DIN, DIN 1451, DIN 2014,
DIN Alternate, DIN Condensed, DIN Next, DIN Next Arabic, DIN Pro, DINOT, Diodrum, DM Mono, DM Sans, DM Serif
Display, DM Serif Text, Domaine Display, Domaine Text, Domine, Donegal One, Dosis, Droid Arabic Kufi, Droid Arabic
Naskh, Droid Sans, Droid Sans Mono, Droid Serif, Dubai, Dubai Font, Duru Sans, Dutch 801, EB Garamond, Ebrima,
Economica, Eczar, Editorial New, Edmondsans, Effra, Egyptienne, El Messiri, Electrolize, Elena, Encode Sans, Encode
Sans Condensed, Encode Sans Semi Expanded, Engravers Gothic, Enriqueta, Envy Code R, Epilogue, Equity, Euclid,
Euclid Circular, Euclid Flex, Eurostile, Eurostile Extended, Eurostile Next, Exo, Exo 2, Fahkwang, Fakt, Familjen
Grotesk, Fantasque Sans Mono, Fanwood Text, Fauna One, Favorit, Federo, Fedra Sans, Fedra Serif, Fenice, Fenice Std,
FF Clan, FF Dax, FF DIN, FF Kievit, FF Mark, FF Meta, FF Scala, FF Tisa, FF Unit, FF Yoga, Figtree, Filson Pro,
Filson Soft, Financier, Financier Display, Fira Code, Fira Mono, Fira Sans, Fira Sans Condensed, Fira Sans Extra
Condensed, FiraGO, Fjalla One, Flama, Forma DJR, Formata, Founders Grotesk, Fragment Mono, Fraktion Mono, Francois
One, Frank Ruehl, Frank Ruhl Libre, Franklin Gothic, Fraunces, Fredericka the Great, Fredoka, Fredoka One, Freight
Big, Freight Display, Freight Micro, Freight Neo, Freight Sans, Freight Text, Frutiger, Frutiger Arabic, Frutiger
Next, Funnel Display, Funnel Sans, Futura, Gabarito, Gadugi, Gaegu, Gafata, Galaxie Copernicus, Galaxie Polaris,
Gantari, Garamond, Garamond Premier Pro, GDS Transport, GE SS Two, Geeza Pro, Geist, Geist Mono, Geist Sans,
Gelasio, General Sans, Geneva, Gentium, Gentium Book Basic, Gentium Book Plus, Gentium Plus, Geologica, Georgia,
Georgia Pro, Germania One, GFS Didot, Gibson, Gidole, Gilda Display, Gill Sans, Gill Sans Infant, Gill Sans MT, Gill
Sans Nova, Gill Sans Std, Gilroy, Glegoo, Gloock, Gloria Hallelujah, Glypha, Gochi Hand, Golos Text, Golos UI,
Google Sans, Google Sans Code, Google Sans Flex, Gordita, Gotham, Gotham Condensed, Gotham HTF, Gotham Narrow,
Gotham Rounded, Gothic A1, Goudy, Goudy Old Style, Gowun Batang, Grandstander, Graphik, Graphik Compact, Great
Vibes, Greta Sans, Greta Text, Grotesque MT, Gruppo, GT Alpina, GT America, GT Cinetype, GT Eesti, GT Flexa, GT
Haptik, GT Maru, GT Planar, GT Pressura, GT Sectra, GT Super, GT Ultra, GT Walsheim, Guardian Egyptian, Guardian
Sans, Gudea, Haas Grot, Hack, Halyard, Hammersmith One, Handjet, Handlee, Hanken Grotesk, Hasklig, Headland One,
Hedvig Letters Serif, Heebo, Heldane, Helvetica, Helvetica LT, Helvetica Neue, Helvetica Now, Helvetica World, Hepta
Slab, Herr Von Muellerhoff, Hind, Hind Madurai, Hind Siliguri, Hind Vadodara, Hiragino Kaku Gothic, Hiragino Sans,
Hoefler Text, Hoefler Titling, Host Grotesk, House Gothic, Hubot Sans, Humanist 777, Humnst777, iA Writer Mono, iA
Writer Quattro, IBM Plex Mono, IBM Plex Sans, IBM Plex Sans Arabic, IBM Plex Sans Condensed, IBM Plex Sans JP, IBM
Plex Sans KR, IBM Plex Sans Thai, IBM Plex Serif, Ideal Sans, IM Fell English, IM Fell English SC, Impact, Imprima,
Inclusive Sans, Inconsolata, Indie Flower, Inika, Inknut Antiqua, Input Mono, Input Sans, Inria Sans, Inria Serif,
Instrument Sans, Instrument Serif, Inter, Inter Display, Inter Tight, Inter UI, Inter V, Inter Variable, Interstate,
Iosevka, Iowan Old Style, IRANSans, Isidora Sans, Iskra, Istok Web, Italianno, ITC Avant Garde, ITC Bookman, ITC
Franklin Gothic, ITC Garamond, ITC Kabel, ITC Officina Sans, ITC Stone, Jaldi, Jersey 10, JetBrains Mono, Joanna,
Jockey One, Johnston, Josefin Sans, Josefin Slab, Jost, Julius Sans One, Kabel, Kaisei Opti, Kalam, Kaleko 105,
Kameron, Kanit, Karbon, Karla, Karmina, Kaushan Script, Kepler Std, Khand, Kievit, Kievit Slab, Kiwi Maru, Klavika,
Knewave, Kode Mono, Kosugi Maru, Kreon, Krona One, Krub, Kufam, Kumbh Sans, Lab Grotesque, Lalezar, Larsseit, Latin
Modern, Lato, League Gothic, League Mono, League Spartan, Leelawadee, Lekton, Lemonada, Letter Gothic, Lexend,
Lexend Deca, Lexend Exa, Lexend Giga, Lexend Zetta, Lexia, Liberation Mono, Liberation Sans, Liberation Serif,
Libertinus Serif, Libre Baskerville, Libre Bodoni, Libre Caslon, Libre Caslon Condensed, Libre Caslon Display, Libre
Caslon Text, Libre Franklin, Licorice, Ligurino, Lilita One, Linux Biolinum, Linux Libertine, Literata, LL Circular,
Lobster, Lobster Two, Londrina Solid, Lora, Lubalin Graph, Lucida, Lucida Bright, Lucida Console, Lucida Fax, Lucida
Grande, Lucida Handwriting, Lucida Sans, Lucida Sans Typewriter, Lucida Sans Unicode, Luciole, Luckiest Guy, LXGW
Wenkai, Lyon Display, Lyon Text, M Plus 1, M Plus 1 Code, M PLUS 1p, M PLUS Rounded 1c, Maax, Madimi One, Magra,
Maison Neue, Malgun Gothic, Mallory, Manrope, Mansalva, Manteka, Manuale, Maple Mono, Marcellus, Marck Script,
Marianne, Marker Felt, Marr Sans, Martel, Martel Sans, Martian Mono, Mate SC, Maven Pro, Medievalsharp, Meiryo,
Melior, Menlo, Mercury Display, Mercury Text, Merienda, Merriweather, Merriweather Sans, Meslo, Meta Pro, Meta
Serif, Metropolis, Michroma, Micro 5, Microgramma, Microsoft YaHei, Migra, Miller Display, Miller Text, Milo Serif,
Minion, Minion Pro, Miriam Libre, Miso, Mitr, Mochiy Pop One, Moderat, Moderustic, Molengo, Momo Trust Display, Mona
Sans, Monaco, Monaspace Krypton, Monaspace Neon, Monda, Mono45 Headline, Monofett, Monofur, MonoLisa, Mononoki,
Monoton, Monotype Corsiva, Monotype Grotesque, Monsieur La Doulaise, Montserrat, Montserrat Alternates, Montserrat
Subrayada, Monument Extended, Monument Grotesk, Mr De Haviland, Mr Eaves, Mrs Eaves, MS Gothic, Ms Madi, MS Sans
Serif, MS Serif, Mukta, Muli, Mulish, Museo, Museo Sans, Museo Sans Rounded, Museo Slab, MuseoModerno, Myriad,
Myriad Pro, Myriad Set, Myriad Web, Nanum Brush Script, Nanum Gothic, Nanum Gothic Coding, Nanum Myeongjo, Nanum Pen
Script, National 2, Neue DIN, Neue Frutiger, Neue Haas Display, Neue Haas Grotesk, Neue Haas Grotesk Display, Neue
Haas Grotesk Text, Neue Haas Unica, Neue Helvetica, Neue Helvetica Arabic, Neue Kabel, Neue Montreal, Neue Plak,
Neue Swift, Neue World, Neuton, Neutra, Neutra Text, Neutraface, Neutraface 2, Neuzeit, New Baskerville, New Century
Schoolbook, New Transport, News Cycle, News Gothic, Newsreader, Nexa, Nexa Rust, Nexa Slab, Nimbus Mono, Nimbus
Roman, Nimbus Roman No9 L, Nimbus Sans, Nimbus Sans L, Nirmala UI, Niveau Grotesk, Nobile, Noe Display, Noe Text,
Norms Pro, Norwester, Nosifer, Noto Kufi Arabic, Noto Mono, Noto Naskh Arabic, Noto Nastaliq Urdu, Noto Sans, Noto
Sans Arabic, Noto Sans Armenian, Noto Sans Bengali, Noto Sans CJK, Noto Sans Devanagari, Noto Sans Display, Noto
Sans Ethiopic, Noto Sans Georgian, Noto Sans Hebrew, Noto Sans HK, Noto Sans JP, Noto Sans Kannada, Noto Sans Khmer,
Noto Sans KR, Noto Sans Malayalam, Noto Sans Mono, Noto Sans Myanmar, Noto Sans Oriya, Noto Sans SC, Noto Sans
Sinhala, Noto Sans Tamil, Noto Sans TC, Noto Sans Telugu, Noto Sans Thaana, Noto Sans Thai, Noto Serif, Noto Serif
CJK, Noto Serif Display, Noto Serif Georgian, Noto Serif Hebrew, Noto Serif HK, Noto Serif JP, Noto Serif KR, Noto
Serif SC, Noto Serif TC, Noto Serif Thai, Nova Mono, Nova Script, Nova Square, Novarese, Novecento, Novecento Sans,
Nunito, Nunito Sans, OCR A, OCR B, Office Code Pro, Officina, Officina Sans, Officina Serif, Ogg, Old Standard TT,
Omnes, Onest, Oooh Baby, Open Dyslexic, Open Sans, Open Sans Condensed, Open Sauce, Open Sauce One, Open Sauce Sans,
OpenDyslexic, Operator Mono, Optima, Optima Nova, Oranienbaum, Orbitron, Orienta, Ostrich Sans, Oswald, Outfit,
Overlock, Overpass, Overpass Mono, Oxanium, Oxygen, Pacifico, Palanquin, Palatino, Palatino Linotype, Palatino Nova,
Palatino Sans, Panton, Papyrus, Passion One, Pathway Extreme, Patrick Hand, Patua One, Paytone One, Permanent
Marker, Perpetua, PF DIN, PF Din Text, Piazzolla, PingFang, PingFang SC, Pinyon Script, Pixelify Sans, Placard,
Plantin, Playfair, Playfair Display, Playfair Display SC, Playpen Sans, Plus Jakarta Sans, Podkova, Poiret One,
PolySans, Pontano Sans, Poppins, Post Grotesk, PP Editorial New, PP Fraktion Mono, PP Mori, PP Neue Montreal, PP
Object Sans, PP Telegraf, PragmataPro, Prata, Praxis, Prelo, Press Gothic, Press Start 2P, Pretendard, Pridi,
Product Sans, Proforma, Prompt, Proxima Nova, Proxima Nova Condensed, Proxima Sera, Proxima Soft, Proza, Proza
Libre, PT Mono, PT Sans, PT Sans Caption, PT Sans Narrow, PT Serif, PT Serif Caption, Public Sans, Quadraat,
Quadraat Sans, Quattrocento, Quattrocento Sans, Questrial, Quicksand, Radio Canada, Radio Canada Big, Rajdhani,
Raleway, Raleway Dots, Rambla, Rammetto One, Rasa, Readex Pro, Recoleta, Recursive, Red Hat Display, Red Hat Mono,
Red Hat Text, Red Rose, Reddit Mono, Reddit Sans, Reem Kufi, Reenie Beanie, Replica, Rethink Sans, Ribes, Right
Grotesk, Righteous, Ringside, Roboto, Roboto Condensed, Roboto Flex, Roboto Mono, Roboto Serif, Roboto Slab, Roc
Grotesk, Rock Salt, Rockwell, Rokkitt, Ropa Sans, Rosario, Rotis, Rotis Sans Serif, Rotis Semi Sans, Rozha One,
Rubik, Rubik Mono One, Rubik One, Ruda, Rufina, Russo One, Sabon, Sabon Next, Sailec, Sailors Gothic, Saira, Saira
Condensed, Saira Extra Condensed, Saira Semi Condensed, Saira Stencil One, Salesforce Sans, San Francisco, San
Francisco Pro, Sanchez, Sanomat, Sanomat Sans, Sansa, Sansita, Sarabun, Satoshi, Sawarabi Gothic, Scala Sans,
Scheherazade New, Schibsted Grotesk, Science Gothic, Scope One, Script MT, Secular One, Segoe Print, Segoe
Script, Segoe UI,
Segoe UI Variable, Selawik, Sentinel, Seravek, Serifa, SF Compact, SF Mono, SF Pro, SF Pro Display, SF Pro Rounded,
SF Pro Text, SF UI, SF UI Display, SF UI Text, Shadows Into Light, Shantell Sans, Share Tech, Share Tech Mono, Sharp
Grotesk, Sharp Sans, Shippori Mincho, Shippori Mincho B1, Shrikhand, Sigmar One, Signifier, Signika, Signika
Negative, SignPainter, Silkscreen, Simplon, SimSun, Sitka Text, Six Caps, Skolar, Skolar Sans, Slabo 13px, Slabo
27px, SN Pro, Snell Roundhand, Sofia Pro, Sofia Sans, Soho Gothic, Solano Gothic, Soleil, Solido, Sometype Mono,
Sora, Sorts Mill Goudy, Source Code Pro, Source Han Sans, Source Han Serif, Source Sans, Source Sans 3, Source Sans
Pro, Source Serif, Source Serif 4, Source Serif Pro, Souvenir, Space Grotesk, Space Mono, Space Text, Special Elite,
Special Gothic Expanded One, Spectral, Spline Sans, Spline Sans Mono, Spoqa Han Sans, Squada One, Sriracha,
Staatliches, Stack Sans Headline, Stack Sans Text, STIX Two Text, Stone Sans, Stone Serif, Sue Ellen Francisco, Suez
One, Suisse Int'l, Suisse Works, Swift Neue, Swis721, Swiss 721, Switzer, Syncopate, Syne, Syne Mono, Syntax LT,
Söhne, Söhne Breit, Söhne Mono, Tablet Gothic, Tahoma, Tajawal, TASA Orbiter, Taviraj, Tazugane Gothic, Teko,
Tektur, Tenor Sans, TeX Gyre Heros, TeX Gyre Termes, Theinhardt, TheMix, TheSans, TheSerif, Tiempos, Tiempos Fine,
Tiempos Headline, Tiempos Text, TikTok Sans, Tilt Neon, Times, Times New Roman, Times Ten, Tinos, Tiny5, Tisa, Tisa
Pro, Tisa Sans, Titan One, Titillium, Titillium Web, Today Sans, Toronto Subway, Trade Gothic, Trade Gothic LT,
Trade Gothic Next, Trajan, Trajan Pro, Trebuchet, Trebuchet MS, Trilogy Sans, Trirong, Trocchi, Trump Mediaeval, TT
Commons, TT Firs, TT Hoves, TT Interphases, TT Norms, Tuffy, Tungsten, Tw Cen MT, Twentieth Century, Typold, Ubuntu,
Ubuntu Condensed, Ubuntu Mono, Ubuntu Sans, Ubuntu Sans Mono, Unbounded, Uncial Antiqua, Uncut Sans, Uni Neue, Uni
Sans, Unifrakturcook, Unifrakturmaguntia, Univers, Univers LT, Univers Next, Unna, Untitled Sans, Untitled Serif,
Urbanist, URW DIN, URW Geometric, URW Gothic, URW Grotesk, VAG Rounded, Varela, Varela Round, Vazir, Vazirmatn,
Vectora, Verdana, Verdana Pro, Verlag, Vialog, Victor Mono, Vidaloka, Viga, Visby, Visby CF, Volkhov, Vollkorn,
Vremena Grotesk, VT323, Walbaum, Walsheim, Warnock, Warnock Pro, Weissenhof Grotesk, Whitney, Wigrum, Wittgenstein,
Wix Madefor Display, Wix Madefor Text, Work Sans, YakuHanJP, Yanone Kaffeesatz, Yantramanav, Yekan, Yellowtail,
Yeseva One, Yrsa, Ysabeau Office, Yu Gothic, Yu Mincho, Yusei Magic, Zalando Sans, Zalando Sans Expanded, Zapf
Humanist, Zapfino, ZCOOL Kuaile, ZCOOL Qingke Huangyou, ZCOOL Xiaowei, Zeitung, Zen Dots, Zen Kaku Gothic, Zen Kaku
Gothic Antique, Zen Kaku Gothic New, Zen Kurenaido, Zen Maru Gothic, Zen Old Mincho, Zhi Mang Xing, Zilla Slab,
Zilla Slab Highlight
"""

KNOWN_FAMILIES = frozenset(name.strip().lower() for name in _NAMES.replace("\n", " ").split(","))
"""Names in small letters."""
