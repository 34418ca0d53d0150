"""How changes of a picture are asked: verbs of editing, what is to stay, shapes to crop to."""

EDIT_TERMS: dict[str, str] = {
    "edit:add": (
        "en add, insert, write, overlay; de füge, ergänze*, schreib, schreibe; fr ajoute*, écris, écrivez; es "
        "añade*, agrega*, escribe*; it aggiungi*, scrivi*; pt adiciona*, adicione*, acrescent*, escreva*; nl voeg, "
        "schrijf; sv lägg till, skriv; da tilføj*, skriv; no legg til, skriv; pl dodaj*, dopisz*; cs přidej*, "
        "dopiš*, napiš*; tr ekle*, yaz; ja 追加, 入れて, 書いて; zh 添加, 加上, 写上; ko 추가, 넣어, 써줘; ar أضف, "
        "اكتب; he הוסף, הוסיפו, כתוב"
    ),
    "keep:": (
        "en keep, leave, retain, everything else, rest; de behalte*, lass, belasse*, alles andere, rest; fr "
        "garde*, conserve*, laisse*, le reste; es mantén*, manten*, conserva*, deja*, lo demás, el resto; it "
        "mantieni*, lascia*, conserva*, tutto il resto; pt mantém, mantenha*, conserve, deixe, o resto; nl behoud, "
        "houd, laat, de rest; sv behåll*, låt, resten; da behold*, lad, resten; no behold*, la, resten; pl "
        "zachowaj*, zostaw*, reszt*; cs ponech*, nech*, zachovej*, zbytek; tr koru*, bırak*, geri kalan*; ja "
        "そのまま, 残して, 維持; zh 保留, 保持, 其余, 其他不变, 不变; ko 유지, 그대로, 나머지; ar احتفظ, أبق, "
        "اترك; he השאר, השאירו, שמור"
    ),
    "edit:set": (
        "en change, replace, set, make, update, swap, turn, edit, rewrite, reword, recolour, recolor, switch, "
        "adjust, rename, alter, add, insert, put; de ändere*, änder, ersetze*, ersetz, mach, mache*, tausche*, "
        "setze*, aktualisiere*, färbe*, füge, stelle*, wechsle, wechsel, austauschen, ändern, ersetzen, umfärben, "
        "anpassen, passe, ergänze*; fr change*, changer, remplace*, remplacer, mets, mettez, modifie*, modifier, "
        "rends, rendez, passe*, ajoute*, mettre, corrige*; es cambia*, cambie*, reemplaza*, reemplace*, "
        "sustituye*, sustituya, pon, ponga, haz, haga, modifica*, actualiza*, actualice, añade*, agrega*, cambiar; "
        "it cambia*, sostituisci*, sostituire, modifica*, rendi, metti, aggiorna*, aggiungi*, fai, trasforma; pt "
        "altera*, altere*, muda, mude*, mudar, troca, troque*, substitui*, substitua*, torna, torne*, atualize, "
        "coloque, adiciona, adicione, modifique*, faça, deixe; nl verander*, vervang*, wijzig*, maak, zet, pas, "
        "voeg, kleur; sv ändra*, byt, byta, ersätt*, gör, uppdatera*, sätt, lägg till, färga; da ændr, ændre, "
        "skift*, udskift*, erstat*, gør, lav, opdater*, sæt, tilføj*; no endre, endr, bytt, bytte, erstatt*, gjør, "
        "oppdater*, sett, legg til, skift*; pl zmień*, zmieńcie, zamień*, zastąp*, ustaw*, zrób*, zaktualizuj*, "
        "dodaj*, popraw*; cs změň*, změnit, nahraď*, vyměň*, nastav*, udělej*, uprav*, aktualizuj*, přidej*, dej; "
        "tr değiştir*, yap, yapın, güncelle*, ayarla*, ekle*, olsun; ja 変更, 変えて, 変える, 置き換え, 差し替え, "
        "直して, 更新, 追加, 修正, にして; zh 改为, 改成, 更改, 更换, 替换, 修改, 换成, 改, 变成, 設為, 设为, "
        "換成, 改為, 添加, 加上; ko 변경, 바꿔, 바꾸, 교체, 수정, 고쳐, 추가, 으로 해; ar غير, غيّر, استبدل, اجعل, "
        "بدل, عدل, حدث, عدّل, أضف, تغيير; he שנה, שני, שנו, החלף, החליפו, החליפי, הפוך, הפכו, עדכן, עדכנו, תשנה, "
        "תחליף, הוסף, הוסיפו, לשנות"
    ),
    "edit:remove": (
        "en remove, delete, drop, take out, take away, take off, get rid of, erase, hide, leave out, lose, strip, "
        "cut out, omit; de entferne*, entfern, lösche*, lösch, streiche*, nimm, weg, weglassen, raus, entfernen, "
        "löschen; fr supprime*, supprimer, enlève*, enlevez, enlever, retire*, retirer, efface*, ôte*; es "
        "elimina*, elimine*, quita*, quite*, borra*, borre, suprime, saca; it rimuovi*, rimuovere, elimina*, "
        "togli*, togliere, cancella*, leva; pt remove*, remova*, remover, elimina*, elimine*, retira*, retire*, "
        "apaga*, apague, exclua, tira, tire; nl verwijder*, haal, schrap*, wis, weglaten, weg; sv ta bort, "
        "radera*, avlägsna*, stryk, plocka bort; da fjern*, slet, slette, tag væk; no fjern*, slett*, ta bort; pl "
        "usuń*, skasuj*, wykasuj*, wyrzuć*, zdejmij; cs odstraň*, odeber*, smaž*, vymaž*, odstranit; tr kaldır*, "
        "sil, silin, çıkar*; ja 削除, 消して, 取り除, 外して, 除いて, 消す, なくして; zh 删除, 刪除, 去掉, 移除, "
        "去除, 删掉, 刪掉, 拿掉; ko 삭제, 제거, 없애, 지워, 빼; ar احذف, أزل, ازل, إزالة, حذف, امسح; he הסר, "
        "הסירו, הסירי, מחק, מחקו, תוריד, תורידו, תסיר, הורד, הורידו, הורידי"
    ),
    "edit:move": (
        "en move, shift, put, place, position, relocate, bring, push, slide, transfer, swap; de verschiebe*, "
        "verschieb, bewege*, rücke*, rück, setze*, platziere*, schiebe*, positioniere*, stelle*, verschieben, "
        "versetze*, pack; fr déplace*, déplacer, place, placez, bouge*, mets, mettez, positionne*, décale*; es "
        "mueve*, mueva*, mover, coloca*, coloque*, desplaza*, pon, ponga, traslada*, sitúa; it sposta*, spostare, "
        "posiziona*, metti, colloca*, muovi; pt move, mova*, mover, desloca*, desloque*, coloca, coloque*, "
        "posicione*, põe, ponha; nl verplaats*, zet, plaats, schuif, verschuif; sv flytta*, placera*, sätt, "
        "förflytta*, lägg; da flyt*, placer*, ryk*, sæt, rykke; no flytt*, plasser*, sett, legg; pl przesuń*, "
        "przenieś*, umieść*, ustaw*, daj; cs přesuň*, posuň*, umísti*, dej, přesunout; tr taşı*, kaydır*, "
        "yerleştir*, al, alın, koy*, getir; ja 移動, 動かして, 配置, 置いて, 移して, ずらして; zh 移动, 移動, "
        "移到, 放到, 挪到, 放在, 移至; ko 옮겨, 이동, 배치, 옮기, 놓아; ar انقل, حرك, ضع, نقل, حرّك; he הזז, "
        "הזיזו, הזיזי, העבר, העבירו, העבירי, מקם, מקמו, תזיז, שים, שימו, תעביר"
    ),
    "edit:larger": (
        "en bigger, larger, enlarge, increase, greater, scale up, more prominent, grow, blow up, wider, taller; de "
        "größer*, groesser, vergrößere*, vergrößern, erhöhe*, prominenter; fr plus grand*, agrandi*, agrandir, "
        "plus gros*, augmente*; es más grande*, agranda*, aumenta*, amplía*, mayor; it più grande, più grandi, "
        "ingrandisci*, ingrandire, aumenta*; pt maior*, aumenta*, aumente*, amplia*, amplie, mais grande; nl "
        "groter*, vergroot*; sv större, förstora*, öka; da større, forstør*, øg; no større, forstørr*, øk; pl "
        "większ*, powiększ*, zwiększ*; cs větší*, zvětši*, zvětšete, zvětšit; tr büyüt*, daha büyük; ja 大きく, "
        "拡大, 大きめ, もっと大き; zh 更大, 放大, 大一点, 大一些, 加大, 变大; ko 더 크게, 크게, 확대, 키워; ar "
        "أكبر, كبر, كبّر, تكبير; he גדול יותר, גדולה יותר, הגדל, הגדילו, הגדילי, תגדיל"
    ),
    "edit:smaller": (
        "en smaller, shrink, reduce, decrease, scale down, less prominent, tinier, narrower; de kleiner*, "
        "verkleinere*, verkleinern, reduziere*; fr plus petit*, réduis*, réduire, rétréci*, diminue*, rapetisse*; "
        "es más pequeñ*, reduce*, reduzca*, achica*, menor, disminuye*; it più piccol*, riduci*, rimpicciolisci*, "
        "ridurre; pt menor*, mais pequen*, reduz*, reduza*, diminui*, diminua*; nl kleiner*, verklein*; sv mindre, "
        "förminska*, minska*; da mindre, formindsk*; no mindre, forminsk*, reduser*; pl mniejsz*, zmniejsz*, "
        "pomniejsz*; cs menší*, zmenši*, zmenšete, zmenšit; tr küçült*, daha küçük; ja 小さく, 縮小, 小さめ; zh "
        "更小, 缩小, 縮小, 小一点, 小一些, 变小; ko 더 작게, 작게, 축소, 줄여; ar أصغر, صغر, صغّر, تصغير; he קטן "
        "יותר, קטנה יותר, הקטן, הקטינו, הקטיני, תקטין"
    ),
    "edit:size": (
        "en crop, resize, crop it, trim, format, aspect ratio, size; de zuschneiden, schneide*, beschneide*, "
        "skaliere*, format, größe, seitenverhältnis; fr recadre*, recadrer, redimensionne*, rogne*, format, "
        "taille; es recorta*, recorte*, redimensiona*, formato, tamaño; it ritaglia*, ridimensiona*, formato, "
        "dimensione, dimensioni; pt recorta*, recorte*, redimensiona*, redimensione*, corta, corte, formato, "
        "tamanho; nl snijd*, snij, bijsnijden, formaat, schaal; sv beskär*, format, ändra storlek*, storlek*; da "
        "beskær*, format, størrelse*; no beskjær*, format, størrelse*; pl przytnij*, wykadruj*, kadruj*, format*, "
        "rozmiar*; cs ořízni*, ořež*, formát*, velikost*; tr kırp*, boyut*, yeniden boyutlandır*, format*; ja "
        "トリミング, 切り抜, サイズ, リサイズ; zh 裁剪, 裁切, 尺寸, 大小, 剪裁; ko 자르, 잘라, 크기, 사이즈, 크롭; "
        "ar قص, اقتص, حجم, مقاس; he חתוך, חתכו, גודל, גזור"
    ),
    "shape:square": (
        "en square, 1:1; de quadrat, quadratisch*; fr carré*; es cuadrad*; it quadrat*; pt quadrad*; nl vierkant*; "
        "sv kvadrat*, fyrkant*; da kvadrat*, firkant*; no kvadrat*, firkant*; pl kwadrat*; cs čtver*; tr kare, "
        "kareye; ja 正方形; zh 正方形, 方形; ko 정사각형; ar مربع*; he ריבוע, ריבועי*"
    ),
    "shape:portrait": (
        "en portrait format, portrait, vertical, story format; de hochformat*; fr format portrait, vertical*; es "
        "vertical; it verticale; pt vertical, retrato; nl staand*, portretformaat; sv stående, porträttformat; da "
        "stående, portrætformat, højformat; no stående, portrettformat, høydeformat; pl pionow*; cs na výšku; tr "
        "dikey; ja 縦長, 縦型; zh 竖版, 竖屏, 纵向; ko 세로; ar عمودي*; he לאורך, אנכי*"
    ),
    "shape:landscape": (
        "en landscape format, landscape, horizontal, wide format, widescreen; de querformat*; fr format paysage, "
        "horizontal*; es horizontal, apaisad*; it orizzontale; pt horizontal, paisagem; nl liggend*; sv liggande; "
        "da liggende, tværformat, bredformat; no liggende, breddeformat; pl poziom*; cs na šířku; tr yatay; ja "
        "横長, 横型; zh 横版, 横屏, 横向; ko 가로; ar أفقي*; he לרוחב, אופקי*"
    ),
}
