import pytest

from sgd_api.cli.diagnosis import _scripts
from sgd_resources import font_packs
from sgd_resources.settings import Settings


@pytest.mark.parametrize(("has_packs", "level"), [(True, "ok"), (False, "info")])
def test_the_doctor_says_which_scripts_can_be_set_and_what_to_install(
    has_packs: bool, level: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(font_packs, "has_packs", lambda: has_packs)
    found = _scripts(Settings())
    assert found.level == level
    assert ("fonts-intl" in found.mend) is not has_packs
