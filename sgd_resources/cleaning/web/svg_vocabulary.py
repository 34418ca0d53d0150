"""The SVG elements and attributes that draw. Everything not named here is dropped by `svg`.

Source: SVG 2 element and attribute indices, https://www.w3.org/TR/SVG2/eltindex.html (2026-11), without scripting,
animation, foreign content, external resources and event attributes.
"""


def words(text: str) -> frozenset[str]:
    """The words of a text, once each."""
    return frozenset(text.split())


ELEMENTS = words(
    """
    svg g defs symbol use switch title desc a path rect circle ellipse line polyline polygon text tspan textPath
    tref altGlyph linearGradient radialGradient meshgradient meshrow meshpatch stop solidcolor pattern clipPath
    mask marker image style view filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix
    feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR
    feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile
    feTurbulence font font-face font-face-src font-face-name glyph missing-glyph hkern vkern hatch hatchpath
    """
)

ATTRIBUTES = words(
    """
    id class style lang role tabindex version baseProfile viewBox preserveAspectRatio zoomAndPan type media
    title x y x1 y1 x2 y2 cx cy r rx ry fx fy fr dx dy rotate width height d points pathLength transform
    gradientTransform gradientUnits spreadMethod offset patternTransform patternUnits patternContentUnits
    clipPathUnits maskUnits maskContentUnits markerUnits markerWidth markerHeight refX refY orient textLength
    lengthAdjust startOffset method spacing side path requiredFeatures requiredExtensions systemLanguage
    filterUnits primitiveUnits filterRes in in2 result mode operator k1 k2 k3 k4 values stdDeviation edgeMode
    kernelMatrix order divisor bias targetX targetY kernelUnitLength preserveAlpha surfaceScale diffuseConstant
    specularConstant specularExponent limitingConeAngle azimuth elevation z pointsAtX pointsAtY pointsAtZ radius
    scale xChannelSelector yChannelSelector baseFrequency numOctaves seed stitchTiles tableValues slope
    intercept amplitude exponent unicode unicode-range glyph-name horiz-adv-x horiz-origin-x horiz-origin-y
    vert-adv-y units-per-em ascent descent cap-height x-height u1 u2 g1 g2 k arabic-form underline-position
    underline-thickness panose-1 bbox name alignment-baseline baseline-shift clip clip-path clip-rule color
    color-interpolation color-interpolation-filters color-profile color-rendering cursor direction display
    dominant-baseline enable-background fill fill-opacity fill-rule filter flood-color flood-opacity font
    font-family font-feature-settings font-kerning font-size font-size-adjust font-stretch font-style
    font-variant font-variation-settings font-weight glyph-orientation-horizontal glyph-orientation-vertical
    image-rendering inline-size isolation kerning letter-spacing lighting-color line-height marker marker-end
    marker-mid marker-start mask mask-type mix-blend-mode opacity overflow paint-order pointer-events
    shape-image-threshold shape-inside shape-margin shape-padding shape-rendering shape-subtract solid-color
    solid-opacity stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap
    stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-align text-anchor text-decoration
    text-decoration-color text-decoration-fill text-decoration-line text-decoration-stroke text-decoration-style
    text-indent text-orientation text-overflow text-rendering text-transform transform-box transform-origin
    unicode-bidi vector-effect visibility white-space white-space-collapse word-spacing word-wrap writing-mode
    """
)
