"""Dos and don'ts on colours, type and pictures stand beside those on the logo, few and on their side."""

from sgd_assets.canon.logo.rank import MOST_ON_LOOK
from tests.sgd_assets.canon.made_evidence import canon_of


def test_rules_on_colours_type_and_pictures_are_kept_with_their_side() -> None:
    canon = canon_of(
        guide_md="# Larchmont Brand Guidelines\n\n## Color usage\n\n**DO:**\n\n- Use brand colors as specified\n\n"
        "**DON'T:**\n\n- Approximate brand colors\n\n## Typography\n\nNever set body copy in capitals. "
        "Use no more than two weights on a page. Inter was drawn by hand.\n\n"
        "## Photography\n\nAvoid stock pictures with staged smiles. We like photos of people.\n"
    )
    assert canon.logo_dos == ("Use brand colors as specified", "Use no more than two weights on a page.")
    assert canon.logo_donts == (
        "Approximate brand colors",
        "Never set body copy in capitals.",
        "Avoid stock pictures with staged smiles.",
    )


def test_lists_of_dos_and_donts_in_a_brands_guide_need_no_subject_and_a_dos_list_elsewhere_does() -> None:
    lists = "## Do's\n\n- Keep layouts airy\n\n## Don'ts\n\n- Fill each corner of a page\n"
    guide = canon_of(guide_md=f"# Larchmont Brand Guidelines\n\n{lists}")
    assert (guide.logo_dos, guide.logo_donts) == (("Keep layouts airy",), ("Fill each corner of a page",))
    other = canon_of(guide_md=f"# Baking bread\n\n{lists}")
    assert other.logo_dos == ()


def test_a_programmers_rules_on_colours_are_none_of_the_brand() -> None:
    canon = canon_of(
        guide_md="# Kelp\n\n## Colour\n\nUse the `$kelp-ink` variable. Use `ink()` for text.\n\n"
        "### Sass variables\n\nUse the names as they are.\n\n## Contrast\n\nDo not go below 4.5:1.\n"
    )
    assert (canon.logo_dos, canon.logo_donts) == ((), ())


def test_rules_on_the_look_fill_up_and_rules_on_the_logo_all_stay() -> None:
    words = [
        f"{tree}{kind}"
        for tree in ("alder", "birch", "cedar", "damson", "elm")
        for kind in ("bark", "bud", "leaf", "nut", "root", "seed")
    ]
    look = "\n".join(f"- Never set {word} beside its own tint." for word in words)
    logo = "\n".join(f"- Never set the logo on {word} ground." for word in words[:12])
    canon = canon_of(guide_md=f"# Larchmont\n\n## Colours\n\n{look}\n\n## Logo\n\n{logo}\n")
    on_look = [line for line in canon.logo_donts if "tint" in line]
    assert len(on_look) == MOST_ON_LOOK < len(words)
    assert len(canon.logo_donts) - len(on_look) == len(words[:12])


def test_labels_and_ticks_in_headings_tell_the_side_of_the_line() -> None:
    canon = canon_of(
        guide_md="# Larchmont logo usage\n\n### ✓ DO: Keep the emblem upright\n\n### ❌ DON'T: Skew the emblem\n\n"
        "Do: place it on calm grounds.\n\nWrong: set it in red.\n"
    )
    assert canon.logo_dos == ("DO: Keep the emblem upright", "Do: place it on calm grounds.")
    assert canon.logo_donts == ("DON'T: Skew the emblem", "Wrong: set it in red.")


def test_a_line_printed_with_another_apostrophe_is_the_same_line() -> None:
    canon = canon_of(guide_md="# Logo\n\nDon\u2019t tilt the logo.\n\n## Misuse\n\n- Don't tilt the logo.\n")
    assert canon.logo_donts == ("Don\u2019t tilt the logo.",)
