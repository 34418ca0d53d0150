"""The HTML elements and attributes that carry text, structure and style. Everything not named here is dropped by
`html`.

Source: the HTML standard's element and attribute indices, https://html.spec.whatwg.org/multipage/indices.html
(2026-11), without scripting, forms that submit, embedded content and navigation by itself.
"""

from sgd_resources.cleaning.web.svg_vocabulary import ELEMENTS as _SVG_DRAWING
from sgd_resources.cleaning.web.svg_vocabulary import words

ELEMENTS = words(
    """
    html head title style meta link body address article aside footer header h1 h2 h3 h4 h5 h6 hgroup main nav
    section search blockquote dd div dl dt figcaption figure hr li menu ol p pre ul center a abbr b bdi bdo big
    br cite code data del dfn em font i ins kbd mark q rp rt ruby s samp small span strike strong sub sup time
    tt u var wbr area img map picture caption col colgroup table tbody td tfoot th thead tr button details
    dialog fieldset label legend meter optgroup option output progress select summary textarea
    """
)
SVG_ELEMENTS = _SVG_DRAWING - {"a", "font", "font-face", "switch", "image"}
SVG_TEXT_ELEMENTS = words(
    """
    title desc style
    """
)
"""Inside HTML these change how a browser reads what follows, so they are written with escaped text and no children."""

DROPPED_WITH_CONTENT = words(
    """
    script template iframe object embed applet frameset frame noframes noembed xmp plaintext audio video canvas
    portal math slot base input param source track
    """
)
VOID = words(
    """
    area br col hr img wbr meta link
    """
)
URL_ATTRIBUTES = words(
    """
    href src srcset action formaction poster background cite data ping longdesc usemap manifest codebase classid
    archive profile lowsrc dynsrc imagesrcset xlink:href icon srcdoc
    """
)
KEPT_META = words(
    """
    theme-color description  color-scheme msapplication-tilecolor application-name viewport og:site_name
    og:title og:description apple-mobile-web-app-title
    """
)
ATTRIBUTES = words(
    """
    id class style title lang dir role hidden translate tabindex align alt axis bgcolor border cellpadding
    cellspacing char charoff clear color cols colspan compact coords datetime face frame headers height hspace
    label max media min noshade nowrap open rel reversed rows rowspan rules scope shape size span start summary
    type valign value vspace width abbr high low optimum name for
    """
)
STYLED_ELSEWHERE = "data-styled-elsewhere"
"""Attribute on the root of what was no page of its own, or lost imports or scripts that may style it: whether a text is
seen there cannot be told from the colours that are left."""
