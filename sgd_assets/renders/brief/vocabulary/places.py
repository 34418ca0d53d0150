"""Where things stand, how text is aligned, which case it takes."""

PLACE_TERMS: dict[str, str] = {
    "place:top": (
        "en top, upper, above, up top; de oben, obere, oberen, oberer, oberes, oberhalb; fr en haut, haut, "
        "supérieur*; es arriba, superior, parte superior; it in alto, alto, superiore; pt em cima, superior, topo, "
        "cima; nl boven, bovenaan, bovenin, bovenste; sv upptill, överst, högst upp, uppe, övre; da øverst, "
        "foroven, øverste, øvre, oppe; no øverst, oppe, øvre, øverste; pl na górze, górny, górnym, górnej, górze, "
        "górę, u góry, górnego; cs nahoře, horní*, nahoru; tr üst*, yukarı*, üstte; ja 上, 上部, 上側; zh 上方, "
        "顶部, 頂部, 上, 上面; ko 위쪽, 상단, 위에, 왼쪽 위, 위로; ar أعلى, الأعلى, العلوي*, العلوية, بأعلى; he "
        "למעלה, העליונה, עליון, עליונה, בראש, עליונ*"
    ),
    "place:bottom": (
        "en bottom, lower, below, foot, at the foot; de unten, untere, unteren, unterer, unteres, unterhalb; fr en "
        "bas, bas, inférieur*; es abajo, inferior, parte inferior; it in basso, basso, inferiore; pt em baixo, "
        "inferior, embaixo, baixo; nl onder, onderaan, onderin, onderste, beneden; sv nedtill, nederst, längst "
        "ner, längst ned, nere, nedre; da nederst, forneden, nederste, nedre, nede; no nederst, nede, nedre, "
        "nederste; pl na dole, dolny, dolnym, dolnej, dole, dół, u dołu, dolnego; cs dole, dolní*, dolů, spodní*; "
        "tr alt, altta, alta, alttaki, aşağı*, altına, altında, altta, alt tarafa; ja 下, 下部, 下側; zh 下方, "
        "底部, 下, 下面; ko 아래쪽, 하단, 아래에, 아래, 아래로; ar أسفل, الأسفل, السفلي*, السفلية, بأسفل; he למטה, "
        "התחתונה, תחתון, תחתונה, בתחתית, תחתונ*"
    ),
    "place:left": (
        "en left, left hand; de links, linke, linken, linker; fr à gauche, gauche; es izquierda, izquierdo; it a "
        "sinistra, sinistra, sinistro; pt esquerda, esquerdo; nl links, linker, linkerkant, linkse, "
        "linksonder#bottom; sv till vänster, vänster, vänstra; da til venstre, venstre; no til venstre, venstre; "
        "pl po lewej, lewy, lewym, lewej, lewo, lewego; cs vlevo, levý, levém, levého, levo, doleva; tr sol, "
        "solda, sola, soldaki, sol tarafa; ja 左, 左側; zh 左, 左侧, 左边, 左側; ko 왼쪽, 좌측, 왼편; ar يسار, "
        "اليسار, الأيسر, اليسرى, يسارا, لليسار; he משמאל, שמאל, שמאלית, שמאלי, השמאלית, לשמאל"
    ),
    "place:right": (
        "en right, right hand; de rechts, rechte, rechten, rechter; fr à droite, droite, droit; es derecha, "
        "derecho; it a destra, destra, destro; pt direita, direito; nl rechts, rechter, rechterkant, rechtse, "
        "rechtsonder#bottom; sv till höger, höger, högra; da til højre, højre; no til høyre, høyre; pl po prawej, "
        "prawy, prawym, prawej, prawo, prawego; cs vpravo, pravý, pravém, pravého, pravo, doprava; tr sağ, sağda, "
        "sağa, sağdaki, sağ tarafa; ja 右, 右側; zh 右, 右侧, 右边, 右側; ko 오른쪽, 우측, 오른편; ar يمين, "
        "اليمين, الأيمن, اليمنى, يمينا, لليمين; he מימין, ימין, ימנית, ימני, הימנית, לימין"
    ),
    "place:centre": (
        "en centre, center, middle, centred, centered, central, centrally; de mitte, mittig, zentriert, zentral, "
        "zentriere*; fr au centre, centre, centré*, milieu, au milieu, centrez; es centro, en el centro, centrad*, "
        "medio, centra; it al centro, centro, centrat*, mezzo, centra; pt centro, no centro, centrad*, "
        "centralizad*, meio, centraliza*; nl midden, gecentreerd*, in het midden, centraal, centreer; sv mitten, i "
        "mitten, centrera*, centralt; da midten, i midten, centrer*, centralt; no midten, i midten, midtstilt*, "
        "sentrer*, midtstill*; pl na środku, środku, środek, wyśrodkowan*, wyśrodkuj*, pośrodku, centralnie; cs "
        "uprostřed, střed, středu, vycentrovan*, na střed, zarovnej na střed, doprostřed; tr orta, ortada, ortaya, "
        "ortala*, ortası*, merkez*; ja 中央, 真ん中, センター, 中心; zh 居中, 中央, 中间, 中間, 正中, 中心; ko "
        "가운데, 중앙, 중간; ar الوسط, وسط, منتصف, المنتصف, توسيط, المركز; he במרכז, מרכז, באמצע, ממורכז*, האמצע, "
        "למרכז"
    ),
    "place:top-left": (
        "nl linksboven; ja 左上; zh 左上, 左上角, 左上方; ko 좌상단, 왼쪽 상단, 왼쪽 위; de links oben, oben "
        "links; tr sol üst*"
    ),
    "place:top-right": (
        "nl rechtsboven; ja 右上; zh 右上, 右上角, 右上方; ko 우상단, 오른쪽 상단, 오른쪽 위; de rechts oben, oben "
        "rechts; tr sağ üst*"
    ),
    "place:bottom-left": (
        "nl linksonder; ja 左下; zh 左下, 左下角, 左下方; ko 좌하단, 왼쪽 하단, 왼쪽 아래; de links unten, unten "
        "links; tr sol alt*"
    ),
    "place:bottom-right": (
        "nl rechtsonder; ja 右下; zh 右下, 右下角, 右下方; ko 우하단, 오른쪽 하단, 오른쪽 아래; de rechts unten, "
        "unten rechts; tr sağ alt*"
    ),
    "align:left": (
        "de linksbündig*; sv vänsterställ*, vänsterjuster*; da venstrestill*, venstrejuster*; no venstrestil*, "
        "venstrejuster*; ja 左揃え, 左寄せ, 左ぞろえ; zh 左对齐, 靠左, 左對齊, 居左; ko 왼쪽 정렬, 좌측 정렬, 왼쪽 "
        "맞춤"
    ),
    "align:right": (
        "de rechtsbündig*; sv högerställ*, högerjuster*; da højrestill*, højrejuster*; no høyrestil*, "
        "høyrejuster*; ja 右揃え, 右寄せ, 右ぞろえ; zh 右对齐, 靠右, 右對齊, 居右; ko 오른쪽 정렬, 우측 정렬, "
        "오른쪽 맞춤"
    ),
    "align:centre": (
        "en centre aligned, center aligned, centred, centered, centre the, center the; de zentriert*, zentriere*; "
        "fr centré*, centrez, centre le; es centrad*; it centrat*; pt centrad*, centralizad*; nl gecentreerd*, "
        "centreer; sv centrera*; da centrer*; no midtstil*, sentrer*; pl wyśrodkowan*, wyśrodkuj*, wycentrowan*; "
        "cs vycentrovan*, na střed, zarovnej na střed; tr ortala*, ortalanmış*; ja 中央揃え, センター揃え, "
        "中央寄せ, 中央ぞろえ; zh 居中对齐, 居中, 置中, 中间对齐; ko 가운데 정렬, 중앙 정렬, 가운데 맞춤; he "
        "ממורכז*, למרכז את, מרכוז"
    ),
    "align:": (
        "en align, aligned, alignment, justified, flush, ranged, range; de ausgerichtet, ausrichtung, bündig, "
        "rechtsbündig#right, flattersatz, linksbündig*, rechtsbündig*; fr aligné*, alignement, aligner, alignez, "
        "aligne, ferré*; es alinead*, alineación, alinea, alinear, alinee; it allineat*, allineamento, allinea, "
        "allineare; pt alinhad*, alinhamento, alinha, alinhe, alinhar; nl uitgelijnd*, uitlijning, lijn, "
        "uitlijnen, links uitgelijnd; sv justerad*, vänsterställ*, vänsterjuster*, högerställ*, högerjuster*, "
        "justera; da justeret, justeres, juster, venstrestillet, højrestillet, venstrejuster*, højrejuster*; no "
        "justert, venstrejuster*, høyrejuster*, venstrestilt*, høyrestilt*; pl wyrównan*, wyrównaj*, wyrównanie; "
        "cs zarovnan*, zarovnej*, zarovnání, zarovnat, zarovnaný; tr hizala*, hizalı, hizada, yaslı, yasla*; ja "
        "揃え, 寄せ, 揃えて, 整列; zh 对齐, 對齊; ko 정렬, 맞춤; ar محاذاة, بمحاذاة, محاذى; he מיושר*, יישור, "
        "יישר, מוצמד*"
    ),
    "case:upper": (
        "en all caps, uppercase, upper case, capitals, capital letters, caps, block capitals, all capitals, block "
        "letters; de großbuchstaben, grossbuchstaben, versalien, versal, kapitalen; fr majuscules, capitales, en "
        "capitale, en majuscule; es mayúsculas, mayúscula, versales; it maiuscolo, maiuscole, maiuscoli, tutto "
        "maiuscolo, stampatello; pt maiúsculas, maiúscula, caixa alta, letras maiúsculas; nl hoofdletters, "
        "kapitalen; sv versaler, stora bokstäver, versalt; da versaler, store bogstaver, versal; no versaler, "
        "store bokstaver, blokkbokstaver; pl wielkimi literami, wersalik*, wielkie litery, wielkich liter, "
        "drukowanymi literami; cs velkými písmeny, velká písmena, verzálk*, verzálkami, kapitálk*; tr büyük harf*; "
        "ja 大文字; zh 大写, 大寫; ko 대문자; ar أحرف كبيرة; he אותיות גדולות, אותיות רישיות"
    ),
    "case:lower": (
        "en lowercase, lower case, all lowercase, small letters, no capitals, without capitals; de "
        "kleinbuchstaben, kleinschreibung, kleingeschrieben; fr minuscules, en minuscule, bas de casse; es "
        "minúsculas, minúscula; it minuscolo, minuscole; pt minúsculas, caixa baixa, minúscula; nl onderkast, "
        "zonder hoofdletters; sv gemener, små bokstäver; da små bogstaver, minuskler; no små bokstaver, minuskler; "
        "pl małymi literami, małe litery, minuskuł*; cs malými písmeny, malá písmena, minusk*; tr küçük harf*; ja "
        "小文字; zh 小写, 小寫; ko 소문자; ar أحرف صغيرة"
    ),
    "case:title": (
        "en title case, titlecase, initial caps, first letters capitalised, capitalised words, capitalise each "
        "word, capitalize each word; de jedes wort groß; fr majuscule à chaque mot; es mayúscula inicial; it "
        "iniziali maiuscole; pt iniciais maiúsculas; nl beginhoofdletters; tr baş harfleri büyük"
    ),
}
