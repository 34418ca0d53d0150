"""The sample brand's web page and stylesheet: custom properties, font stacks, a page in the brand's voice."""

from tools.sample_kit.brands import Brand


def variable_name(name: str) -> str:
    """'Fold Green' as `--fold-green`."""
    return "--" + name.lower().replace(" ", "-")


def write_stylesheet(brand: Brand) -> str:
    """`brand.css`."""
    variables = "\n".join(
        f"  {variable_name(s.name)}: {s.hex.lower()}; /* {s.role.rstrip('2')} */" for s in brand.swatches
    )
    faces = ""
    if brand.ships_font:
        plain = brand.heading_family.replace(" ", "")
        faces = (
            f'@font-face {{\n  font-family: "{brand.heading_family}";\n'
            f'  src: url("{plain}-Variable.ttf") format("truetype");\n'
            "  font-weight: 300 700;\n}\n\n"
        )
    accent, secondary = (
        variable_name(next(s.name for s in brand.swatches if s.role == role)) for role in ("accent", "secondary")
    )
    light = variable_name(next(s.name for s in brand.swatches if s.role == "background"))
    dark = variable_name(next((s.name for s in brand.swatches if s.role == "text"), brand.swatches[0].name))
    primary = variable_name(brand.swatches[0].name)
    fallback = "Arial, sans-serif" if brand.ships_font else "Georgia, serif"
    return f"""{faces}:root {{
{variables}
  --font-heading: "{brand.heading_family}", {fallback};
  --font-body: "{brand.body_family}", Arial, sans-serif;
}}

body {{
  margin: 0;
  background: var({light});
  color: var({dark});
  font: 1.125rem/1.6 var(--font-body);
}}

h1, h2 {{
  font-family: var(--font-heading);
  color: var({primary});
  line-height: 1.1;
}}

a {{ color: var({secondary}); }}

.hero {{
  background: var({primary});
  color: var({light});
  padding: 6rem 4rem;
}}

.hero h1 {{ color: inherit; font-size: 4.5rem; margin: 0; }}
.hero hr {{ width: 4rem; border: 0; border-top: 4px solid var({accent}); margin: 2rem 0; }}
main {{ max-width: 40rem; padding: 4rem; }}
"""


def write_page(brand: Brand) -> str:
    """`index.html`, which links the stylesheet."""
    principles = "\n".join(f"    <h2>{heading}</h2>\n    <p>{words}</p>" for heading, words in brand.principles)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <title>{brand.name}: {brand.strapline}</title>
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="theme-color" content="{brand.primary.lower()}">
  <link rel="stylesheet" href="brand.css">
</head>
<body>
  <header class="hero">
    <img src="{brand.slug}-logo-reversed.svg" alt="{brand.name}" height="48">
    <h1>{brand.headline}</h1>
    <hr>
    <p>{brand.subline}</p>
  </header>
  <main>
    <p>{brand.about}</p>
{principles}
  </main>
</body>
</html>
"""
