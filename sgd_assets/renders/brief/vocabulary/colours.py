"""Names of colours and of a brand's colour roles; the value of a topic is the English name."""

COLOUR_TERMS: dict[str, str] = {
    "colour:white": (
        "en white; de weiß*, weiss*; fr blanc*; es blanco, blanca, blancos, blancas; it bianc*; pt branc*; nl wit, "
        "witte; sv vit, vitt, vita; da hvid*; no hvit*, kvit, kvitt, kvite; pl biał*; cs bíl*; tr beyaz*; ja 白; "
        "zh 白色, 白; ko 흰색, 하얀, 흰, 하얀색, 백색, 화이트; ar أبيض, بيضاء, الأبيض, البيضاء; he לבן, לבנה; fi "
        "valkoi*; ru бел*; uk біл*; hu fehér*; ro alb, albă, albe; el λευκ*, άσπρ*; hi सफेद; bg бял, бяла, бяло, "
        "бели, белия, бялата; hr bijel*, bel, bela, beloj, belom; sk biel*; ca blanc, blanca, blancs; vi trắng, "
        "màu trắng; id putih; sr бијел*, бел, бела, белој, белом"
    ),
    "colour:black": (
        "en black; de schwarz*; fr noir*; es negro, negra, negros; it nero, nera, neri; pt preto, preta, negro; nl "
        "zwart*; sv svart*; da sort, sorte; no svart*; pl czarn*; cs čern*; tr siyah*; ja 黒; zh 黑色, 黑; ko "
        "검은색, 검정, 검은, 블랙, 검정색; ar أسود, سوداء, الأسود, السوداء; he שחור, שחורה; fi musta*; ru черн*; "
        "uk чорн*; hu fekete*; ro negru, neagră, negre; el μαύρ*; hi काला, काले, काली; bg черен, черн*; hr crn*; sk "
        "čiern*; ca negre, negra; vi đen, màu đen; id hitam; sr црн*"
    ),
    "colour:grey": (
        "en grey, gray; de grau*; fr gris, grise; es gris, grises; it grigi*; pt cinza, cinzent*; nl grijs, grijze; "
        "sv grå, grått, gråa; da grå, gråt; no grå, grått; pl szar*; cs šed*; tr gri; ja グレー, 灰色; zh 灰色; ko "
        "회색, 그레이, 잿빛; ar رمادي*; he אפור, אפורה; fi harmaa*; ru сер, серый, сером, серого, серая, серой, "
        "серое, серые; uk сір*; hu szürke*, szürké*; ro gri; el γκρι, γκρίζ*; hi धूसर, स्लेटी, ग्रे; bg сив*; hr siv*; "
        "sk siv*; ca gris, grisa; vi xám, màu xám; id abu abu; sr сив*"
    ),
    "colour:red": (
        "en red; de rot, rote, roten, roter, rotem, rotes; fr rouge*; es rojo, roja, rojos; it rosso, rossa, "
        "rossi, rosse; pt vermelh*; nl rood, rode; sv röd, rött, röda; da rød*; no rød*, raud*; pl czerwon*; cs "
        "červen*; tr kırmızı*; ja 赤, レッド; zh 红色, 紅色, 红, 大红; ko 빨간, 빨강, 붉은, 빨간색, 레드; ar أحمر, "
        "حمراء, الأحمر, الحمراء; he אדום, אדומה; fi punai*; ru красн*; uk червон*; hu piros*, vörös*; ro roșu, "
        "roșie, roșii; el κόκκιν*; hi लाल; bg червен*; hr crven*; sk červen*; ca vermell*; vi đỏ, màu đỏ; id "
        "merah; sr црвен*"
    ),
    "colour:orange": (
        "en orange; de orange*; fr orange; es naranja; it arancion*; pt laranja; nl oranje; sv orange; da orange; "
        "no oransje; pl pomarańczow*; cs oranžov*; tr turuncu*; ja オレンジ, 橙; zh 橙色, 橘色; ko 주황, 오렌지; "
        "ar برتقالي*; he כתום, כתומה; fi oranssi*; ru оранжев*; uk помаранчев*, оранжев*; hu narancs*; ro "
        "portocaliu, portocalie, portocalii; el πορτοκαλί; hi नारंगी; bg оранжев*; hr narančast*, narandžast*; sk "
        "oranžov*; ca taronja; vi cam, màu cam; id oranye, jingga; sr наранчаст*, наранџаст*"
    ),
    "colour:yellow": (
        "en yellow; de gelb*; fr jaune*; es amarill*; it gialla, giallo, gialli; pt amarel*; nl geel, gele; sv "
        "gul, gult, gula; da gul, gult, gule; no gul, gult, gule; pl żółt*; cs žlut*; tr sarı*; ja 黄色, 黄, "
        "イエロー; zh 黄色, 黃色; ko 노란, 노랑, 노란색, 옐로; ar أصفر, صفراء, الأصفر, الصفراء; he צהוב, צהובה; fi "
        "kelta*; ru желт*; uk жовт*; hu sárga*, sárgá*; ro galben*; el κίτριν*; hi पीला, पीले, पीली; bg жълт*; hr "
        "žut*; sk žlt*; ca groc, groga; vi vàng, màu vàng; id kuning; sr жут*"
    ),
    "colour:green": (
        "en green; de grün*; fr vert, verte, verts, vertes; es verde*; it verde, verdi; pt verde*; nl groen*; sv "
        "grön*; da grøn*; no grønn*, grøn, grønt, grøne; pl zielon*, zieleń; cs zelen*; tr yeşil*; ja 緑, "
        "グリーン; zh 绿色, 綠色, 绿; ko 초록, 녹색, 초록색, 그린; ar أخضر, خضراء, الأخضر, الخضراء; he ירוק, "
        "ירוקה; fi vihre*; ru зелен*; uk зелен*; hu zöld*; ro verde, verzi; el πράσιν*; hi हरा, हरे, हरी; bg "
        "зелен*; hr zelen*; sk zelen*; ca verd, verda; vi xanh lá, xanh lá cây, màu xanh lá, màu xanh lá cây, xanh "
        "lục; id hijau; sr зелен*"
    ),
    "colour:dark green": (
        "en dark green, forest green, deep green, bottle green; de dunkelgrün*, tannengrün*; fr vert foncé, vert "
        "sapin; es verde oscuro; it verde scuro; pt verde escuro; nl donkergroen*; sv mörkgrön*; da mørkegrøn*; no "
        "mørkegrønn*, mørkegrøn*; pl ciemnozielon*; cs tmavě zelen*; tr koyu yeşil*; ja 深緑, 濃い緑; zh 深绿色, "
        "墨绿色, 深綠色; ko 짙은 초록, 진녹색, 진한 초록색, 진초록, 짙은 녹색; ar أخضر داكن; he ירוק כהה; fi "
        "tummanvihre*; ru темно зелен*, темнозелен*; uk темно зелен*, темнозелен*; hu sötétzöld*; ro verde închis; "
        "el σκούρο πράσινο, σκούρου πράσινου; hi गहरा हरा, गहरे हरे, गहरी हरी; bg тъмнозелен*; hr tamnozelen*; sk "
        "tmavozelen*; ca verd fosc; vi xanh lá đậm, xanh lá cây đậm; id hijau tua; sr тамнозелен*"
    ),
    "colour:light green": (
        "en light green, pale green; de hellgrün*; fr vert clair; es verde claro; it verde chiaro; pt verde claro; "
        "nl lichtgroen*; sv ljusgrön*; da lysegrøn*; no lysegrønn*; pl jasnozielon*; cs světle zelen*; tr açık "
        "yeşil*; ja 黄緑; zh 浅绿色, 淺綠色; ko 연두, 연한 초록색, 연녹색; ar أخضر فاتح; he ירוק בהיר; fi "
        "vaaleanvihre*; ru светло зелен*, салатов*; uk світло зелен*, салатов*; hu világoszöld*; ro verde deschis; "
        "el ανοιχτό πράσινο; hi हल्का हरा, हल्के हरे; bg светлозелен*; hr svijetlozelen*, svetlozelen*; sk "
        "svetlozelen*; ca verd clar; vi xanh lá nhạt; id hijau muda; sr свијетлозелен*, светлозелен*"
    ),
    "colour:teal": (
        "en teal, petrol, turquoise, cyan; de petrol, türkis*; fr turquoise, sarcelle, bleu canard; es turquesa, "
        "verde azulado; it turchese, ottanio, verde acqua; pt turquesa, verde azulado; nl turquoise, turkoois; sv "
        "turkos*; da turkis*; no turkis*; pl turkusow*, morsk*; cs tyrkysov*; tr turkuaz*, camgöbeği; ja "
        "ターコイズ, 青緑; zh 青色, 青绿色, 湖绿色; ko 청록, 틸, 터콰이즈; ar فيروزي*, تركوازي*; he טורקיז; fi "
        "turkoosi*; ru бирюзов*; uk бірюзов*; hu türkiz*; ro turcoaz*; el τιρκουάζ; hi फ़िरोज़ी; bg тюркоаз*; hr "
        "tirkizn*; sk tyrkysov*; ca turquesa; vi xanh ngọc, xanh mòng két; id toska, pirus; sr тиркизн*"
    ),
    "colour:blue": (
        "en blue; de blau*; fr bleu*; es azul, azules; it blu, azzurr*; pt azul, azuis; nl blauw*; sv blå, blått, "
        "blåa; da blå, blåt; no blå, blått; pl niebiesk*; cs modr*; tr mavi*; ja 青, ブルー; zh 蓝色, 藍色, 蓝; ko "
        "파란, 파랑, 파란색, 블루; ar أزرق, زرقاء, الأزرق, الزرقاء; he כחול, כחולה; fi sini*; ru син*, голуб*; uk "
        "син*; hu kék*; ro albastru, albastră, albastre; el μπλε; hi नीला, नीले, नीली; bg син, синьо, синя, сини, "
        "синия; hr plav*; sk modr*; ca blau, blava; vi xanh dương, xanh da trời đậm, màu xanh dương, xanh lam, "
        "xanh nước biển; id biru; sr плав*"
    ),
    "colour:dark blue": (
        "en dark blue, deep blue, midnight blue; de dunkelblau*; fr bleu foncé; es azul oscuro; it blu scuro; pt "
        "azul escuro; nl donkerblauw*; sv mörkblå*; da mørkeblå*; no mørkeblå*; pl ciemnoniebiesk*; cs tmavě "
        "modr*, tmavomodr*; tr koyu mavi*; ja 濃い青, 濃紺; zh 深蓝色, 深藍色, 深蓝; ko 짙은 파란색, 진한 파란색, "
        "진청색, 진파랑, 진한 파랑; ar أزرق داكن, زرقاء داكنة; he כחול כהה; fi tummansini*; ru темно син*, "
        "темносин*; uk темно син*, темносин*; hu sötétkék*; ro albastru închis; el σκούρο μπλε, σκούρου μπλε, βαθύ "
        "μπλε; hi गहरा नीला, गहरे नीले, गहरी नीली; bg тъмносин*; hr tamnoplav*; sk tmavomodr*; ca blau fosc; vi xanh "
        "dương đậm, xanh lam đậm, xanh đậm, xanh nước biển đậm; id biru tua, biru gelap; sr тамноплав*"
    ),
    "colour:light blue": (
        "en light blue, lite blue, sky blue, pale blue; de hellblau*, himmelblau*; fr bleu clair, bleu ciel; es azul "
        "claro, celeste; it celeste, azzurro chiaro; pt azul claro; nl lichtblauw*; sv ljusblå*; da lyseblå*; no "
        "lyseblå*; pl jasnoniebiesk*, błękitn*; cs světle modr*, bledě modr*; tr açık mavi*; ja 水色, 空色; zh "
        "浅蓝色, 天蓝色, 淺藍色; ko 하늘색, 연한 파란색, 연파랑, 스카이블루; ar أزرق فاتح, سماوي; he תכלת, כחול "
        "בהיר; fi vaaleansini*; ru светло син*, светло голуб*; uk блакитн*, світло син*; hu világoskék*, égkék*; ro "
        "albastru deschis, bleu; el γαλάζι*, ανοιχτό μπλε, θαλασσί; hi हल्का नीला, हल्के नीले, आसमानी; bg светлосин*; "
        "hr svijetloplav*, svetloplav*; sk svetlomodr*, bledomodr*; ca blau clar, blau cel; vi xanh dương nhạt, xanh "
        "da trời, xanh nhạt; id biru muda, biru langit; sr свијетлоплав*, светлоплав*"
    ),
    "colour:navy": (
        "en navy, navy blue; de marineblau*, navy; fr bleu marine, marine; es azul marino; it blu navy, blu notte; "
        "pt azul marinho; nl marineblauw*; sv marinblå*; da marineblå*; no marineblå*; pl granatow*, granat; cs "
        "námořnicky modr*; tr lacivert*; ja 紺, ネイビー, 紺色; zh 藏青色, 海军蓝, 藏蓝; ko 남색, 네이비; ar "
        "كحلي*; he נייבי, כחול נייבי; fi laivastonsini*; hu tengerészkék*; ro bleumarin; el μπλε ναυτικό, ναυτικό "
        "μπλε; hi नेवी, नेवी ब्लू; hr mornarsko plav*, teget; sk námornícky modr*; ca blau marí; vi xanh navy, xanh "
        "hải quân; id biru dongker; sr морнарско плав*, тегет"
    ),
    "colour:purple": (
        "en purple, violet, lilac, lavender, aubergine, plum; de lila, violett*, purpur*; fr violet, violette, "
        "pourpre, mauve, lilas; es morado, morada, púrpura, violeta, lila; it viola, porpora, lilla; pt roxo, "
        "roxa, púrpura, violeta, lilás; nl paars, paarse, violet; sv lila, violett*; da lilla, violet*; no lilla, "
        "fiolett*; pl fioletow*, purpurow*; cs fialov*, purpurov*; tr mor, morun, eflatun; ja 紫, パープル; zh "
        "紫色, 紫; ko 보라, 자주색, 보라색; ar بنفسجي*, أرجواني*; he סגול, סגולה; fi violet*, lila*, purppura*; ru "
        "фиолетов*, лилов*, пурпурн*, сиренев*; uk фіолетов*, ліл*, пурпуров*, бузков*; hu lila, lilá*, ibolya*, "
        "bíbor*; ro mov, violet*, purpuriu; el μωβ, μοβ, βιολετί, πορφυρό; hi बैंगनी; bg лилав*, виолетов*, "
        "пурпурн*; hr ljubičast*, grimizn*; sk fialov*, purpurov*; ca porpra, lila, morat, morada, violeta; vi "
        "tím, màu tím; id ungu; sr љубичаст*, гримизн*"
    ),
    "colour:pink": (
        "en pink, magenta, fuchsia; de rosa, pink, magenta; fr rose, magenta; es rosa, rosado, rosada, magenta; it "
        "rosa, magenta; pt rosa, cor de rosa, magenta; nl roze, magenta; sv rosa, magenta; da lyserød*, pink, "
        "magenta; no rosa, magenta; pl różow*; cs růžov*; tr pembe*; ja ピンク, 桃色; zh 粉色, 粉红色, 粉紅色, "
        "粉红; ko 분홍, 핑크; ar وردي*, زهري*; he ורוד, ורודה; fi vaaleanpunai*, pinkki, pinkin, pinkill*, roosa; "
        "ru розов*; uk рожев*; hu rózsaszín*; ro roz; el ροζ; hi गुलाबी; bg розов*; hr ružičast*, roz*; sk ružov*; "
        "ca rosa, rosat; vi hồng, màu hồng; id merah muda; sr ружичаст*, роз*"
    ),
    "colour:brown": (
        "en brown, terracotta; de braun*, terrakotta; fr brun, brune, marron, terracotta; es marrón, café, "
        "terracota; it marrone, terracotta; pt marrom, castanh*, terracota; nl bruin*, terracotta; sv brun*, "
        "terrakotta; da brun*; no brun*, brunt; pl brązow*; cs hněd*; tr kahverengi*; ja 茶色, ブラウン; zh 棕色, "
        "褐色, 咖啡色; ko 갈색; ar بني, بنية; he חום, חומה; fi ruske*; ru коричнев*; uk коричнев*; hu barna, "
        "barná*; ro maro; el καφέ, καφετί; hi भूरा, भूरे, भूरी; bg кафяв*; hr smeđ*, braon; sk hned*; ca marró; vi "
        "nâu, màu nâu; id cokelat, coklat; sr смеђ*, браон"
    ),
    "colour:beige": (
        "en beige, sand, ecru; de beige*, sandfarben*; fr beige, sable; es beige, beis, arena; it beige, sabbia; "
        "pt bege; nl beige, zandkleurig*; sv beige; da beige; no beige; pl beżow*; cs béžov*; tr bej; ja ベージュ; "
        "zh 米色, 米黄色; ko 베이지; ar بيج; he בז; fi beige*; ru бежев*; uk бежев*; hu bézs*; ro bej; el μπεζ; hi "
        "बेज; bg бежов*; sk béžov*; ca beix; vi màu be; id krem muda; hr pješčan*, peščan*; sr беж, пјешчан*, "
        "пешчан*"
    ),
    "colour:cream": (
        "en cream, off white, ivory; de creme*, elfenbein*, cremeweiß; fr crème, ivoire, blanc cassé; es crema, "
        "marfil, blanco roto; it crema, avorio, panna; pt creme, marfim; nl crème, gebroken wit, ivoor; sv "
        "gräddvit*, krämvit*, benvit*; da cremefarvet*, creme, flødefarvet*; no kremhvit*, kremfarget*, krem; pl "
        "kremow*; cs krémov*; tr krem; ja クリーム色, 生成り; zh 奶油色, 米白色; ko 크림색, 아이보리; ar كريمي*, "
        "عاجي*; he קרם, שמנת; fi kerman*, luonnonvalkoi*; ru кремов*; uk кремов*; hu krém*, törtfehér*; ro crem, "
        "ivoriu; el κρεμ, ιβουάρ; hi क्रीम; bg кремав*; hr krem, bjelokost*; sk krémov*; ca crema, ivori; vi màu "
        "kem; id krem, gading; sr крем, бјелокост*"
    ),
    "colour:light yellow": (
        "en light yellow, pale yellow; de hellgelb*, zartgelb*, blassgelb*, pastellgelb*; fr jaune clair, jaune "
        "pâle; es amarillo claro, amarillo pálido; it giallo chiaro, giallo pallido; pt amarelo claro; nl lichtgeel, "
        "lichtgele; sv ljusgul*; da lysegul*; no lysegul*; pl jasnożółt*; cs světle žlut*; tr açık sarı; hu "
        "világossárga, halványsárga; ro galben deschis; sk svetložlt*; hr svijetložut*, svetložut*; fi "
        "vaaleankelta*; bg светложълт*; ru светло желт*; uk світло жовт*; ca groc clar"
    ),
    "colour:light grey": (
        "en light grey, light gray, pale grey, pale gray; de hellgrau*; fr gris clair; es gris claro; it grigio "
        "chiaro; pt cinza claro, cinzento claro; nl lichtgrijs, lichtgrijze; sv ljusgrå*; da lysegrå*; no lysegrå*; "
        "pl jasnoszar*; cs světle šed*; tr açık gri; hu világosszürke*; ro gri deschis; sk svetlosiv*; hr "
        "svijetlosiv*, svetlosiv*; fi vaaleanharma*; ru светло сер*; uk світло сір*; ca gris clar"
    ),
    "colour:dark grey": (
        "en dark grey, dark gray, charcoal, anthracite, slate; de dunkelgrau*, anthrazit*, schiefergrau*; fr gris "
        "foncé, anthracite, ardoise; es gris oscuro, antracita, gris marengo; it grigio scuro, antracite, ardesia; "
        "pt cinza escuro, cinzento escuro, antracite, grafite; nl donkergrijs, donkergrijze, antraciet*; sv "
        "mörkgrå*, antracit*; da mørkegrå*, antracit*; no mørkegrå*, antrasitt*; pl ciemnoszar*, antracyt*, "
        "grafitow*; cs tmavě šed*, antracit*; tr koyu gri, antrasit; hu sötétszürke*, antracit*; ro gri închis, "
        "antracit; sk tmavosiv*, antracit*; hr tamnosiv*, antracit*; fi tummanharma*; ru темно сер*, антрацит*; uk "
        "темно сір*, антрацит*; ca gris fosc"
    ),
    "colour:dark red": (
        "en dark red, burgundy, maroon, bordeaux, wine red, oxblood; de dunkelrot*, weinrot*, bordeaux*, "
        "bordeauxrot*; fr rouge foncé, bordeaux, lie de vin; es rojo oscuro, granate, burdeos, borgoña; it rosso "
        "scuro, bordeaux, bordò, granata; pt vermelho escuro, bordô, bordeaux, vinho tinto; nl donkerrood, "
        "donkerrode, bordeaux*, wijnrood, wijnrode; sv mörkröd*, vinröd*; da mørkerød*, vinrød*; no mørkerød*, "
        "vinrød*; pl ciemnoczerwon*, bordow*; cs tmavě červen*, vínov*, bordó; tr koyu kırmızı, bordo; hu "
        "sötétvörös*, bordó*; ro roșu închis, vișiniu; sk tmavočerven*, bordov*, vínovočerven*; hr tamnocrven*, "
        "bordo; fi tummanpuna*, viininpuna*; ru темно красн*, бордов*; uk темно червон*, бордов*; ca vermell fosc, "
        "granat"
    ),
    "colour:mustard yellow": (
        "en mustard, mustard yellow, ochre, saffron; de senfgelb*, senffarb*, ocker*, ockergelb*, safrangelb*; fr "
        "moutarde, jaune moutarde, ocre, safran; es mostaza, ocre, azafrán; it senape, giallo senape, ocra, "
        "zafferano; pt mostarda, ocre, açafrão; nl mosterdgeel, mosterdgele, oker*; sv senapsgul*, ockra*; da "
        "sennepsgul*, okker*; no sennepsgul*, oker*; pl musztardow*, ochr*; cs hořčicov*, okrov*; tr hardal*; hu "
        "mustársárg*, okker*; ro muștar, ocru; sk horčicov*, okrov*; hr senf boj*, oker*; fi sinapinkelta*, okra; ru "
        "горчичн*, охр*; uk гірчичн*, вохр*; ca mostassa, ocre"
    ),
    "colour:mint green": (
        "en mint, mint green, sage, sage green; de mintgrün*, mintfarb*, salbeigrün*; fr vert menthe, menthe, vert "
        "sauge; es verde menta, menta, verde salvia; it verde menta, menta, verde salvia; pt verde menta, menta; nl "
        "mintgroen*, saliegroen*; sv mintgrön*; da mintgrøn*; no mintgrønn*; pl miętow*; cs mátov*; tr nane yeşili; "
        "hu mentazöld*; ro verde mentă; sk mätov*; hr mint zelen*; fi mintunvihre*; ru мятн*; uk м'ятн*; ca verd "
        "menta"
    ),
    "colour:olive green": (
        "en olive, olive green, khaki; de olivgrün*, oliv, khaki*; fr vert olive, kaki; es verde oliva, oliva, "
        "caqui; it verde oliva, cachi; pt verde oliva, caqui; nl olijfgroen*, kaki; sv olivgrön*; da olivengrøn*; no "
        "olivengrønn*; pl oliwkow*; cs olivov*; tr zeytin yeşili, haki; hu olívazöld*; ro verde oliv; sk olivov*; hr "
        "maslinast*; fi oliivinvihre*; ru оливков*; uk оливков*; ca verd oliva"
    ),
    "colour:coral orange": (
        "en coral, salmon, terracotta, peach, apricot; de koralle*, korallenrot*, lachsfarb*, lachs, terrakotta*, "
        "apricot*, pfirsichfarb*; fr corail, saumon, terracotta, terre cuite, abricot, pêche; es coral, salmón, "
        "terracota, melocotón; it corallo, salmone, terracotta, pesca, albicocca; pt coral, salmão, terracota, "
        "pêssego; nl koraal*, zalmkleur*, zalmroze, terracotta, perzik*; sv korall*, laxrosa, terrakotta; da koral*, "
        "laksefarv*, terrakotta; no korall*, laksefarg*, terrakotta; pl koralow*, łososiow*, terakot*, "
        "brzoskwiniow*; cs korálov*, lososov*, terakotov*; tr mercan, somon; hu korall*, lazac*, terrakotta; ro "
        "coral, somon, teracotă; sk korálov*, lososov*; hr koraljn*, losos boj*; fi koralli*, lohenpuna*; ru "
        "коралл*, лососев*, терракот*; uk корал*, лососев*, теракот*; ca corall, salmó, terracota"
    ),
    "colour:light purple": (
        "en lavender, lilac, mauve; de lavendel*, flieder*, hellviolett*, helllila; fr lavande, mauve, parme; es "
        "lavanda, malva; it lavanda, glicine, malva; pt lavanda, malva; nl lavendel*, lila; sv lavendel*, ljuslila; "
        "da lavendel*, lyselilla; no lavendel*, lyselilla; pl lawendow*, liliow*; cs levandulov*, šeříkov*; tr "
        "lavanta, eflatun; hu levendula*; ro lavandă; sk levanduľov*; hr lavand*; fi laventeli*; ru лавандов*, "
        "сиренев*; uk лавандов*, бузков*; ca lavanda, malva"
    ),
    "colour:gold": (
        "en gold, golden; de gold, golden*; fr doré*, or; es dorad*; it dorat*, oro; pt dourad*; nl goud, gouden; "
        "sv guld, gyllene; da guld, gylden*; no gull, gyllen*, gylne; pl złot*; cs zlat*; tr altın; ja 金色, "
        "ゴールド; zh 金色; ko 금색, 골드; ar ذهبي*; he זהב, זהוב*; fi kulta, kullan*, kultai*; ru золот*; uk "
        "золот*; hu arany*; ro auriu, aurie, aurii; el χρυσ*; hi सुनहरा, सुनहरे, सुनहरी; bg злат*; hr zlatn*; sk "
        "zlat*; ca daurat, daurada; vi vàng kim, vàng đồng, ánh kim; id emas; sr златн*"
    ),
    "role:primary": (
        "en primary colour, primary color, primary, main colour, main color, main brand colour, main brand color, "
        "brand colour, brand color, our colour, our color; de primärfarbe, hauptfarbe, markenfarbe, hausfarbe; fr "
        "couleur principale, couleur primaire, couleur de la marque; es color principal, color primario, color de "
        "marca, color corporativo; it colore principale, colore primario, colore del marchio; pt cor principal, "
        "cor primária, cor da marca; nl hoofdkleur, primaire kleur, merkkleur, huiskleur; sv primärfärg*, "
        "huvudfärg*, profilfärg*; da primærfarve*, hovedfarve*, primære farve; no primærfarge*, hovedfarge*, "
        "profilfarge*, hovudfarge*, primærfargen; pl kolor główny, kolor podstawowy, głównym kolorze, kolorze "
        "podstawowym, główny kolor, kolorze głównym, kolor firmowy; cs hlavní barva, hlavní barvu, primární barv*, "
        "firemní barv*, hlavní barvě; tr ana renk*, ana rengi*, birincil reng*, birincil renk*, marka rengi*; ja "
        "メインカラー, 主要色, ブランドカラー, プライマリーカラー, 基本色; zh 主色, 品牌色, 主色调, 主要颜色; ko "
        "메인 컬러, 주요 색상, 브랜드 컬러, 주색, 대표색, 메인 색상, 브랜드 색상, 기본 색상, 주요 색, 메인색, 주 "
        "색상; ar اللون الأساسي, اللون الرئيسي, لون العلامة; he הצבע הראשי, צבע ראשי, צבע המותג; fi pääväri*, "
        "brändiväri*, ensisijainen väri; ru основной цвет*, основном цвете, основного цвета, основным цветом, "
        "главный цвет, фирменный цвет, фирменного цвета, фирменном цвете; uk основний колір, основного кольору, "
        "основному кольорі, головний колір, фірмовий колір, фірмовому кольорі; hu fő szín*, főszín*, elsődleges "
        "szín*, márkaszín*; ro culoarea principală, culoarea primară, culoarea brandului, culoarea mărcii; el "
        "κύριο χρώμα, βασικό χρώμα, κύριου χρώματος, χρώμα της μάρκας, εταιρικό χρώμα; hi मुख्य रंग, प्राथमिक रंग, ब्रांड "
        "रंग, ब्रांड का रंग; bg основния цвят, основен цвят, основният цвят, главния цвят, фирмения цвят; hr glavna "
        "boja, glavnoj boji, glavnu boju, primarna boja, primarnoj boji, primarnu boju, boja brenda, osnovnoj "
        "boji; sk hlavná farba, hlavnej farbe, hlavnú farbu, primárna farba, primárnej farbe, firemná farba, "
        "firemnej farbe; ca color principal, color primari, color de marca, color corporatiu; vi màu chủ đạo, màu "
        "chính, màu thương hiệu; id warna utama, warna primer, warna merek; sr главна боја, главној боји, главну "
        "боју, примарна боја, примарној боји, примарну боју, боја бренда, основној боји"
    ),
    "role:secondary": (
        "en secondary colour, secondary color, secondary; de sekundärfarbe, zweitfarbe, nebenfarbe; fr couleur "
        "secondaire; es color secundario; it colore secondario; pt cor secundária; nl secundaire kleur, "
        "steunkleur; sv sekundärfärg*; da sekundærfarve*, sekundære farve; no sekundærfarge*; pl kolor "
        "drugorzędny, kolorze drugorzędnym, kolor uzupełniający, kolorze uzupełniającym; cs sekundární barv*, "
        "doplňkov* barv*, vedlejší barv*; tr ikincil reng*, ikincil renk*; ja サブカラー, セカンダリーカラー; zh "
        "辅助色, 輔助色, 次要颜色; ko 보조 색상, 보조색, 서브 컬러; ar اللون الثانوي; he הצבע המשני, צבע משני; fi "
        "toissijainen väri, lisäväri*, sivuväri*; ru дополнительный цвет, дополнительном цвете, вторичный цвет, "
        "второстепенный цвет; uk додатковий колір, додатковому кольорі, вторинний колір; hu másodlagos szín*; ro "
        "culoarea secundară; el δευτερεύον χρώμα, δευτερεύοντος χρώματος; hi द्वितीयक रंग, सहायक रंग; bg вторичния "
        "цвят, вторичен цвят, допълнителния цвят; hr sekundarna boja, sekundarnoj boji, sekundarnu boju; sk "
        "sekundárna farba, sekundárnej farbe, doplnková farba, doplnkovej farbe; ca color secundari; vi màu phụ, "
        "màu thứ cấp; id warna sekunder, warna kedua; sr секундарна боја, секундарној боји, секундарну боју"
    ),
    "role:accent": (
        "en accent colour, accent color, accent; de akzentfarbe, akzent; fr couleur d'accent, couleur "
        "d'accentuation; es color de acento, color de énfasis; it colore d'accento, colore di accento; pt cor de "
        "destaque, cor de realce; nl accentkleur; sv accentfärg*; da accentfarve*; no aksentfarge*; pl kolor "
        "akcentu, kolorze akcentu, kolor akcentujący, kolorze akcentującym; cs akcentní barv*, doplňková barva, "
        "zvýrazňující barv*; tr vurgu rengi*; ja アクセントカラー, 差し色; zh 强调色, 點綴色, 点缀色; ko 강조색, "
        "포인트 컬러, 강조 색상, 포인트 색; ar لون التمييز, لون مميز; he צבע הדגשה, צבע מודגש; fi korostusväri*, "
        "tehosteväri*, aksenttiväri*; ru акцентный цвет, акцентном цвете, акцентного цвета, цвет акцента, "
        "акцентным цветом; uk акцентний колір, акцентному кольорі, колір акценту; hu kiemelő szín*, kiemelőszín*, "
        "hangsúlyszín*; ro culoarea de accent, culoarea accent; el χρώμα έμφασης, χρώμα τόνου; hi एक्सेंट रंग, उच्चारण "
        "रंग; bg акцентния цвят, акцентен цвят, акцентният цвят; hr naglasna boja, naglasnoj boji, akcentna boja, "
        "akcentnoj boji, boja isticanja; sk akcentová farba, akcentovej farbe, zvýrazňujúca farba; ca color "
        "d'accent, color de realçament; vi màu nhấn, màu điểm nhấn; id warna aksen; sr нагласна боја, нагласној "
        "боји, акцентна боја, акцентној боји, боја истицања"
    ),
}
