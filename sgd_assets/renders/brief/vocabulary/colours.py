"""Names of colours and of a brand's colour roles; the value of a topic is the English name."""

COLOUR_TERMS: dict[str, str] = {
    "colour:white": (
        "en white; de weiß*, weiss*; fr blanc*; es blanco, blanca, blancos, blancas; it bianc*; pt branc*; nl wit, "
        "witte; sv vit, vitt, vita; da hvid*; no hvit*; pl biał*; cs bíl*; tr beyaz*; ja 白; zh 白色, 白; ko 흰색, "
        "하얀, 흰, 하얀색, 백색; ar أبيض, بيضاء, الأبيض, البيضاء; he לבן, לבנה"
    ),
    "colour:black": (
        "en black; de schwarz*; fr noir*; es negro, negra, negros; it nero, nera, neri; pt preto, preta, negro; nl "
        "zwart*; sv svart*; da sort, sorte; no svart*; pl czarn*; cs čern*; tr siyah*; ja 黒; zh 黑色, 黑; ko "
        "검은색, 검정, 검은; ar أسود, سوداء, الأسود, السوداء; he שחור, שחורה"
    ),
    "colour:grey": (
        "en grey, gray, charcoal; de grau*; fr gris, grise; es gris, grises; it grigi*; pt cinza, cinzent*; nl "
        "grijs, grijze; sv grå, grått, gråa; da grå, gråt; no grå, grått; pl szar*; cs šed*; tr gri; ja グレー, "
        "灰色; zh 灰色; ko 회색; ar رمادي*; he אפור, אפורה"
    ),
    "colour:red": (
        "en red; de rot, rote, roten, roter, rotem, rotes; fr rouge*; es rojo, roja, rojos; it rosso, rossa, "
        "rossi, rosse; pt vermelh*; nl rood, rode; sv röd, rött, röda; da rød*; no rød*; pl czerwon*; cs červen*; "
        "tr kırmızı*; ja 赤, レッド; zh 红色, 紅色, 红, 大红; ko 빨간, 빨강, 붉은, 빨간색, 레드; ar أحمر, حمراء, "
        "الأحمر, الحمراء; he אדום, אדומה"
    ),
    "colour:orange": (
        "en orange; de orange*; fr orange; es naranja; it arancion*; pt laranja; nl oranje; sv orange; da orange; "
        "no oransje; pl pomarańczow*; cs oranžov*; tr turuncu*; ja オレンジ, 橙; zh 橙色, 橘色; ko 주황, 오렌지; "
        "ar برتقالي*; he כתום, כתומה"
    ),
    "colour:yellow": (
        "en yellow; de gelb*; fr jaune*; es amarill*; it gialla, giallo, gialli; pt amarel*; nl geel, gele; sv "
        "gul, gult, gula; da gul, gult, gule; no gul, gult, gule; pl żółt*; cs žlut*; tr sarı*; ja 黄色, 黄, "
        "イエロー; zh 黄色, 黃色; ko 노란, 노랑, 노란색; ar أصفر, صفراء, الأصفر, الصفراء; he צהוב, צהובה"
    ),
    "colour:green": (
        "en green; de grün*; fr vert, verte, verts, vertes; es verde*; it verde, verdi; pt verde*; nl groen*; sv "
        "grön*; da grøn*; no grønn*; pl zielon*, zieleń; cs zelen*; tr yeşil*; ja 緑, グリーン; zh 绿色, 綠色, 绿; "
        "ko 초록, 녹색, 초록색, 그린; ar أخضر, خضراء, الأخضر, الخضراء; he ירוק, ירוקה"
    ),
    "colour:dark green": (
        "en dark green, forest green, deep green, bottle green; de dunkelgrün*, tannengrün*; fr vert foncé, vert "
        "sapin; es verde oscuro; it verde scuro; pt verde escuro; nl donkergroen*; sv mörkgrön*; da mørkegrøn*; no "
        "mørkegrønn*; pl ciemnozielon*; cs tmavě zelen*; tr koyu yeşil*; ja 深緑, 濃い緑; zh 深绿色, 墨绿色, "
        "深綠色; ko 짙은 초록, 진녹색; ar أخضر داكن; he ירוק כהה"
    ),
    "colour:light green": (
        "en light green, pale green; de hellgrün*; fr vert clair; es verde claro; it verde chiaro; pt verde claro; "
        "nl lichtgroen*; sv ljusgrön*; da lysegrøn*; no lysegrønn*; pl jasnozielon*; cs světle zelen*; tr açık "
        "yeşil*; ja 黄緑; zh 浅绿色, 淺綠色; ko 연두; ar أخضر فاتح; he ירוק בהיר"
    ),
    "colour:teal": (
        "en teal, petrol, turquoise, cyan; de petrol, türkis*; fr turquoise, sarcelle, bleu canard; es turquesa, "
        "verde azulado; it turchese, ottanio, verde acqua; pt turquesa, verde azulado; nl turquoise, turkoois; sv "
        "turkos*; da turkis*; no turkis*; pl turkusow*, morsk*; cs tyrkysov*; tr turkuaz*, camgöbeği; ja "
        "ターコイズ, 青緑; zh 青色, 青绿色, 湖绿色; ko 청록; ar فيروزي*, تركوازي*; he טורקיז"
    ),
    "colour:blue": (
        "en blue; de blau*; fr bleu*; es azul, azules; it blu, azzurr*; pt azul, azuis; nl blauw*; sv blå, blått, "
        "blåa; da blå, blåt; no blå, blått; pl niebiesk*; cs modr*; tr mavi*; ja 青, ブルー; zh 蓝色, 藍色, 蓝; ko "
        "파란, 파랑, 파란색, 블루; ar أزرق, زرقاء, الأزرق, الزرقاء; he כחול, כחולה"
    ),
    "colour:dark blue": (
        "en dark blue, deep blue, midnight blue; de dunkelblau*; fr bleu foncé; es azul oscuro; it blu scuro; pt "
        "azul escuro; nl donkerblauw*; sv mörkblå*; da mørkeblå*; no mørkeblå*; pl ciemnoniebiesk*; cs tmavě "
        "modr*, tmavomodr*; tr koyu mavi*; ja 濃い青, 濃紺; zh 深蓝色, 深藍色, 深蓝; ko 짙은 파란색, 진한 파란색; "
        "ar أزرق داكن, زرقاء داكنة; he כחול כהה"
    ),
    "colour:light blue": (
        "en light blue, sky blue, pale blue; de hellblau*, himmelblau*; fr bleu clair, bleu ciel; es azul claro, "
        "celeste; it celeste, azzurro chiaro; pt azul claro; nl lichtblauw*; sv ljusblå*; da lyseblå*; no "
        "lyseblå*; pl jasnoniebiesk*, błękitn*; cs světle modr*, bledě modr*; tr açık mavi*; ja 水色, 空色; zh "
        "浅蓝色, 天蓝色, 淺藍色; ko 하늘색; ar أزرق فاتح, سماوي; he תכלת, כחול בהיר"
    ),
    "colour:navy": (
        "en navy, navy blue; de marineblau*, navy; fr bleu marine, marine; es azul marino; it blu navy, blu notte; "
        "pt azul marinho; nl marineblauw*; sv marinblå*; da marineblå*; no marineblå*; pl granatow*, granat; cs "
        "námořnicky modr*; tr lacivert*; ja 紺, ネイビー, 紺色; zh 藏青色, 海军蓝, 藏蓝; ko 남색, 네이비; ar "
        "كحلي*; he נייבי, כחול נייבי"
    ),
    "colour:purple": (
        "en purple, violet, lilac, lavender, aubergine, plum; de lila, violett*, purpur*; fr violet, violette, "
        "pourpre, mauve, lilas; es morado, morada, púrpura, violeta, lila; it viola, porpora, lilla; pt roxo, "
        "roxa, púrpura, violeta, lilás; nl paars, paarse, violet; sv lila, violett*; da lilla, violet*; no lilla, "
        "fiolett*; pl fioletow*, purpurow*; cs fialov*, purpurov*; tr mor, morun, eflatun; ja 紫, パープル; zh "
        "紫色, 紫; ko 보라, 자주색, 보라색; ar بنفسجي*, أرجواني*; he סגול, סגולה"
    ),
    "colour:pink": (
        "en pink, magenta, fuchsia; de rosa, pink, magenta; fr rose, magenta; es rosa, rosado, rosada, magenta; it "
        "rosa, magenta; pt rosa, cor de rosa, magenta; nl roze, magenta; sv rosa, magenta; da lyserød*, pink, "
        "magenta; no rosa, magenta; pl różow*; cs růžov*; tr pembe*; ja ピンク, 桃色; zh 粉色, 粉红色, 粉紅色, "
        "粉红; ko 분홍, 핑크; ar وردي*, زهري*; he ורוד, ורודה"
    ),
    "colour:brown": (
        "en brown, terracotta; de braun*, terrakotta; fr brun, brune, marron, terracotta; es marrón, café, "
        "terracota; it marrone, terracotta; pt marrom, castanh*, terracota; nl bruin*, terracotta; sv brun*, "
        "terrakotta; da brun*; no brun*; pl brązow*; cs hněd*; tr kahverengi*; ja 茶色, ブラウン; zh 棕色, 褐色, "
        "咖啡色; ko 갈색; ar بني, بنية; he חום, חומה"
    ),
    "colour:beige": (
        "en beige, sand, ecru; de beige*, sandfarben*; fr beige, sable; es beige, beis, arena; it beige, sabbia; "
        "pt bege; nl beige, zandkleurig*; sv beige; da beige; no beige; pl beżow*; cs béžov*; tr bej; ja ベージュ; "
        "zh 米色, 米黄色; ko 베이지; ar بيج; he בז"
    ),
    "colour:cream": (
        "en cream, off white, ivory; de creme*, elfenbein*, cremeweiß; fr crème, ivoire, blanc cassé; es crema, "
        "marfil, blanco roto; it crema, avorio, panna; pt creme, marfim; nl crème, gebroken wit, ivoor; sv "
        "gräddvit*, krämvit*, benvit*; da cremefarvet*, creme, flødefarvet*; no kremhvit*, kremfarget*, krem; pl "
        "kremow*; cs krémov*; tr krem; ja クリーム色, 生成り; zh 奶油色, 米白色; ko 크림색, 아이보리; ar كريمي*, "
        "عاجي*; he קרם, שמנת"
    ),
    "colour:gold": (
        "en gold, golden; de gold, golden*; fr doré*, or; es dorad*; it dorat*, oro; pt dourad*; nl goud, gouden; "
        "sv guld, gyllene; da guld, gylden*; no gull, gyllen*; pl złot*; cs zlat*; tr altın; ja 金色, ゴールド; zh "
        "金色; ko 금색, 골드; ar ذهبي*; he זהב, זהוב*"
    ),
    "role:primary": (
        "en primary colour, primary color, primary, main colour, main color, main brand colour, main brand color, "
        "brand colour, brand color, our colour, our color; de primärfarbe, hauptfarbe, markenfarbe, hausfarbe; fr "
        "couleur principale, couleur primaire, couleur de la marque; es color principal, color primario, color de "
        "marca, color corporativo; it colore principale, colore primario, colore del marchio; pt cor principal, "
        "cor primária, cor da marca; nl hoofdkleur, primaire kleur, merkkleur, huiskleur; sv primärfärg*, "
        "huvudfärg*, profilfärg*; da primærfarve*, hovedfarve*, primære farve; no primærfarge*, hovedfarge*, "
        "profilfarge*; pl kolor główny, kolor podstawowy, głównym kolorze, kolorze podstawowym, główny kolor, "
        "kolorze głównym, kolor firmowy; cs hlavní barva, hlavní barvu, primární barv*, firemní barv*, hlavní "
        "barvě; tr ana renk*, ana rengi*, birincil reng*, birincil renk*, marka rengi*; ja メインカラー, 主要色, "
        "ブランドカラー, プライマリーカラー, 基本色; zh 主色, 品牌色, 主色调, 主要颜色; ko 메인 컬러, 주요 색상, "
        "브랜드 컬러, 주색, 대표색, 메인 색상, 브랜드 색상; ar اللون الأساسي, اللون الرئيسي, لون العلامة; he הצבע "
        "הראשי, צבע ראשי, צבע המותג"
    ),
    "role:secondary": (
        "en secondary colour, secondary color, secondary; de sekundärfarbe, zweitfarbe, nebenfarbe; fr couleur "
        "secondaire; es color secundario; it colore secondario; pt cor secundária; nl secundaire kleur, "
        "steunkleur; sv sekundärfärg*; da sekundærfarve*, sekundære farve; no sekundærfarge*; pl kolor "
        "drugorzędny, kolorze drugorzędnym, kolor uzupełniający, kolorze uzupełniającym; cs sekundární barv*, "
        "doplňkov* barv*, vedlejší barv*; tr ikincil reng*, ikincil renk*; ja サブカラー, セカンダリーカラー; zh "
        "辅助色, 輔助色, 次要颜色; ko 보조 색상, 보조색, 서브 컬러; ar اللون الثانوي; he הצבע המשני, צבע משני"
    ),
    "role:accent": (
        "en accent colour, accent color, accent; de akzentfarbe, akzent; fr couleur d'accent, couleur "
        "d'accentuation; es color de acento, color de énfasis; it colore d'accento, colore di accento; pt cor de "
        "destaque, cor de realce; nl accentkleur; sv accentfärg*; da accentfarve*; no aksentfarge*; pl kolor "
        "akcentu, kolorze akcentu, kolor akcentujący, kolorze akcentującym; cs akcentní barv*, doplňková barva, "
        "zvýrazňující barv*; tr vurgu rengi*; ja アクセントカラー, 差し色; zh 强调色, 點綴色, 点缀色; ko 강조색, "
        "포인트 컬러, 강조 색상, 포인트 색; ar لون التمييز, لون مميز; he צבע הדגשה, צבע מודגש"
    ),
}
