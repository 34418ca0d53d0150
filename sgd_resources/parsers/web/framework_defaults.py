"""Colours that frameworks put into every page: a variable that still holds its framework's own value is no brand's.

What must not live here: reading sheets (`css.py`), or what a brand's own value of such a variable is worth.
"""

_GREYS = {
    "100": "#F8F9FA", "200": "#E9ECEF", "300": "#DEE2E6", "400": "#CED4DA", "500": "#ADB5BD", "600": "#6C757D",
    "700": "#495057", "800": "#343A40", "900": "#212529",
}  # fmt: skip
_BOOTSTRAP_5 = {
    "blue": "#0D6EFD", "indigo": "#6610F2", "purple": "#6F42C1", "pink": "#D63384", "red": "#DC3545",
    "orange": "#FD7E14", "yellow": "#FFC107", "green": "#198754", "teal": "#20C997", "cyan": "#0DCAF0",
    "gray": "#6C757D", "gray-dark": "#343A40", "primary": "#0D6EFD", "secondary": "#6C757D", "success": "#198754",
    "info": "#0DCAF0", "warning": "#FFC107", "danger": "#DC3545", "light": "#F8F9FA", "dark": "#212529",
    "link-color": "#0D6EFD", "link-hover-color": "#0A58CA", "body-color": "#212529", "border-color": "#DEE2E6",
    **{f"gray-{step}": value for step, value in _GREYS.items()},
}  # fmt: skip
_BOOTSTRAP_4 = {
    "blue": "#007BFF", "indigo": "#6610F2", "purple": "#6F42C1", "pink": "#E83E8C", "red": "#DC3545",
    "orange": "#FD7E14", "yellow": "#FFC107", "green": "#28A745", "teal": "#20C997", "cyan": "#17A2B8",
    "gray": "#6C757D", "gray-dark": "#343A40", "primary": "#007BFF", "secondary": "#6C757D", "success": "#28A745",
    "info": "#17A2B8", "warning": "#FFC107", "danger": "#DC3545", "light": "#F8F9FA", "dark": "#343A40",
}  # fmt: skip
_WORDPRESS = {
    "black": "#000000", "cyan-bluish-gray": "#ABB8C3", "white": "#FFFFFF", "pale-pink": "#F78DA7",
    "vivid-red": "#CF2E2E", "luminous-vivid-orange": "#FF6900", "luminous-vivid-amber": "#FCB900",
    "light-green-cyan": "#7BDCB5", "vivid-green-cyan": "#00D084", "pale-cyan-blue": "#8ED1FC",
    "vivid-cyan-blue": "#0693E3", "vivid-purple": "#9B51E0",
}  # fmt: skip
_ELEMENTOR = {"primary": "#6EC1E4", "secondary": "#54595F", "text": "#7A7A7A", "accent": "#61CE70"}
_DEFAULTS = (
    ("--bs-", _BOOTSTRAP_5), ("--", _BOOTSTRAP_4), ("--wp--preset--color--", _WORDPRESS),
    ("--e-global-color-", _ELEMENTOR),
)  # fmt: skip
"""Source: the sheets that Bootstrap 5.3 and 4.6, WordPress 6 and Elementor 3 ship, as installed without settings."""


def is_framework_default(variable: str, hex_value: str) -> bool:
    """Whether a custom property holds the value that its framework ships."""
    return any(
        variable.startswith(prefix) and values.get(variable.removeprefix(prefix)) == hex_value
        for prefix, values in _DEFAULTS
    )
