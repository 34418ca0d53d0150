"""How a picture is to feel."""

MOOD_TERMS: dict[str, str] = {
    "ground:light": "tr açık arka plan*, açık zemin*, açık renkli zemin*, açık fon*",
    "mood:dark": (
        "en dark, moody, darker, gloomy, dark mode, sombre; de dunkel, dunkle, dunklen, dunkler, dunklem, dunkles, "
        "düster*; fr sombre*, foncé*; es oscur*, sombrí*; it scur*, cup*, buio; pt escur*, sombri*; nl donker, "
        "donkere, duister*, somber*; sv mörk, mörkt, mörka, dyster*; da mørk, mørkt, mørke, dyster*; no mørk, "
        "mørkt, mørke, dyster*; pl ciemn*, mroczn*; cs tmav*, temn*, ponur*; tr koyu, karanlık*, kasvetli; ja "
        "暗い, ダーク, 暗め, シックな; zh 深色, 暗色, 黑暗, 暗黑, 深沉, 暗调; ko 어두운, 어둡게, 다크, 어둡; ar "
        "داكن*, غامق*, مظلم*, قاتم*; he כהה, כהים, אפל*, חשוך, חשוכ*"
    ),
    "mood:light": (
        "en light, lighter, airy, minimal, minimalist, minimalistic, clean, bright background, lightweight, simple "
        "and clean; de hell, helle, hellen, heller, hellem, helles, luftig*, minimalistisch*, clean, reduziert*, "
        "aufgeräumt*; fr clair, claire, clairs, lumineu*, aéré*, minimaliste*, épuré*; es clar*, luminos*, "
        "minimalista*, limpio, limpia, aéreo; it chiar*, luminos*, minimal, minimalist*, pulit*, arios*; pt clar*, "
        "luminos*, minimalista*, limpo, limpa, arejad*; nl licht, lichte, luchtig*, minimalistisch*, strak, "
        "strakke, fris; sv ljus, ljust, ljusa, luftig*, minimalistisk*, stilren*; da lys, lyst, lyse, luftig*, "
        "minimalistisk*, stilren*; no lys, lyst, lyse, luftig*, minimalistisk*, stilren*; pl jasn*, "
        "minimalistyczn*, przestronn*, czyst*; cs světl*, minimalistick*, vzdušn*, čist*; tr açık ton*, aydınlık, "
        "ferah, minimalist*, minimal, sade; ja 明るい, 明るめ, 軽やか, ミニマル, 爽やか, すっきり, シンプル; zh "
        "明亮, 浅色, 淺色, 简约, 簡約, 极简, 極簡, 清爽, 干净, 清新; ko 밝은, 밝게, 미니멀, 깔끔, 산뜻; ar فاتح*, "
        "مضيء*, بسيط*, مشرق*, نظيف*; he בהיר*, מינימליסט*, מינימלי*, אוורירי*, נקי*"
    ),
    "mood:vivid": (
        "en bold, bright, brighter, vivid, colourful, colorful, playful, vibrant, energetic, lively, loud, punchy, "
        "cheerful, fun, joyful, dynamic, eye catching, festive; de kräftig*, bunt*, lebendig*, farbenfroh*, "
        "verspielt*, energiegeladen*, fröhlich*, auffällig*, knallig*, lebhaft*, dynamisch*, energisch*; fr vif, "
        "vive, vifs, vives, coloré*, ludique*, joyeu*, énergique*, audacieu*, éclatant*, dynamique*, vivant*, "
        "festif, festive; es vivo, viva, vivos, vivas, vívid*, vibrante*, colorid*, alegre*, enérgic*, llamativ*, "
        "audaz, atrevid*, dinámic*, festiv*, divertid*; it vivac*, vivid*, colorat*, allegr*, energic*, audac*, "
        "giocos*, dinamic*, festos*; pt vivo, viva, vivos, vivas, vívid*, vibrante*, colorid*, alegre*, enérgic*, "
        "ousad*, arrojad*, dinâmic*, divertid*, festiv*; nl levendig*, kleurrijk*, vrolijk*, speels*, energiek*, "
        "fel, felle, gedurfd*, opvallend*, bruisend*; sv livlig*, färgglad*, färgstark*, lekfull*, energisk*, "
        "djärv*, glad*, iögonfallande, livfull*; da livlig*, farverig*, legende, energisk*, dristig*, festlig*, "
        "iøjnefaldende, glad; no livlig*, fargerik*, leken, lekent, lekne, energisk*, dristig*, festlig*, glad; pl "
        "żyw*, kolorow*, energiczn*, radosn*, odważn*, wesoł*, dynamiczn*, wyrazist*, energetyczn*; cs živ*, "
        "barevn*, vesel*, hrav*, energick*, odvážn*, výrazn*, radostn*, pestr*; tr canlı, renkli, enerjik, neşeli, "
        "cesur, eğlenceli, dinamik, çarpıcı; ja 鮮やか, カラフル, 元気, ポップ, 楽しい, 大胆, 賑やか, にぎやか, "
        "活気; zh 鲜艳, 鮮艷, 活泼, 活潑, 多彩, 大胆, 欢快, 热闹, 活力, 生动; ko 생생, 화려, 컬러풀, 발랄, 대담, "
        "활기, 경쾌, 신나는, 알록달록; ar حيوي*, نابض*, ملون*, مرح*, جريء*, زاهي*, مبهج*; he צבעוני*, תוסס*, שמח*, "
        "נועז*, אנרגטי*, עליז*, חי ותוסס, שובב*"
    ),
    "mood:calm": (
        "en calm, calmer, quiet, serene, peaceful, relaxed, soft, gentle, soothing, restrained, subtle, tranquil, "
        "understated; de ruhig*, still, gelassen*, sanft*, dezent*, zurückhaltend*, entspannt*, friedlich*; fr "
        "calme*, serein*, paisible*, doux, douce*, apaisant*, discret, discrète, tranquille*, sobre*; es "
        "tranquil*, calmad*, seren*, suave*, relajad*, sobri*, discret*, apacible*, calma; it calm*, tranquill*, "
        "seren*, pacat*, rilassat*, delicat*, sobri*, rilassant*, quiet*; pt calm*, tranquil*, seren*, suave*, "
        "relaxad*, sóbri*, discret*; nl rustig*, kalm*, sereen, serene, ingetogen, zacht, zachte, ontspannen, "
        "subtiel*; sv lugn*, stilla, fridfull*, mjuk*, avslappnad*, dämpad*, stillsam*; da rolig*, stille, "
        "fredelig*, blød*, afslappet*, afdæmpet*, dæmpet*; no rolig*, stille, fredelig*, myk*, avslappet*, "
        "dempet*, avdempet*; pl spokojn*, cich*, łagodn*, stonowan*, delikatn*, wyciszon*; cs klidn*, tich*, "
        "jemn*, poklidn*, uklidňuj*, tlumen*; tr sakin*, huzurlu, dingin*, yumuşak, sükunet*; ja 落ち着いた, 静か, "
        "穏やか, 柔らか, 落ち着き, 優しい; zh 平静, 平靜, 安静, 安靜, 宁静, 寧靜, 柔和, 沉稳, 恬静, 舒缓; ko 차분, "
        "조용, 잔잔, 고요, 부드러운, 평온, 은은; ar هادئ*, ساكن*, ناعم*, رصين*, هدوء; he רגוע*, שקט*, שלו, עדינ*, "
        "עדין, נינוח*, רכה, מאופק*"
    ),
}
