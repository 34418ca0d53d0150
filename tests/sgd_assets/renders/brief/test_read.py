from sgd_assets.renders.brief.model import BriefCopy
from sgd_assets.renders.brief.read import read_brief
from tests.sgd_assets.renders.brand import request


def test_given_copy_is_printed_as_it_stands_and_never_parsed() -> None:
    given = {"headline": 'headline: "Doors" open', "call_to_action": "Create a poster", "extra": ["Hall 4"]}
    brief = read_brief({**request("Poster for the open day"), "copy": given})
    assert brief.words == BriefCopy(
        headline='headline: "Doors" open', call_to_action="Create a poster", extra=("Hall 4",)
    )
    assert (brief.is_verbatim, brief.source) == (True, "copy")
