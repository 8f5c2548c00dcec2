import json

import pytest

from helpers.publish import exports
from helpers.publish.exports import linked


@pytest.fixture
def records(harbour, story):
    return exports.statements(harbour, story.timezone)


def test_paraphrase_is_a_claim_with_its_cue_and_names_nobody_who_is_unresolved(records):
    (row,) = records[records["source"] == "Her deputy"].itertuples()
    assert linked.statement(row, "../") == {
        "@context": "https://schema.org",
        "@type": "Claim",
        "@id": f"../articles/{row.article_id}.html#{row.statement_id}",
        "text": "denied: that a vote had been planned",
        "inLanguage": "en",
        "appearance": {
            "@type": "NewsArticle",
            "headline": "Ilves rules out levy - again",
            "url": "https://quay.example/levy?a=1&b=2#top",
            "datePublished": "2031-03-03T09:00:00+02:00",
            "publisher": {"@type": "NewsMediaOrganization", "name": "The Quay Post"},
        },
    }


def test_verbatim_words_are_a_quotation_of_their_speaker(records):
    direct = records.assign(form="direct", wikidata_id="Q1", content="We will not")[records["act"] == "say"]
    made = linked.statement(next(direct.itertuples()))
    assert (made["@type"], made["text"], made["dateCreated"]) == ("Quotation", "We will not", "2031-03-02")
    assert made["spokenByCharacter"] == {
        "@type": "Person",
        "name": "Mara Ilves",
        "sameAs": "https://www.wikidata.org/entity/Q1",
    }
    assert made["isPartOf"]["publisher"]["name"] == "The Quay Post"


def test_no_text_ends_its_script(records):
    row = next(records.assign(said="</script><!--<script>\u2028", name="</SCRIPT>").itertuples())
    made = linked.script(json.dumps(linked.statement(row), ensure_ascii=False))
    inside = made.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not set("<>&\u2028") & set(inside)
    assert json.loads(inside) == linked.statement(row)


def test_all_statements_are_one_document(records):
    made = json.loads(linked.graph(records.itertuples(), "../"))
    assert made["@context"] == "https://schema.org"
    assert [one["@id"].split("#")[1] for one in made["@graph"]] == records["statement_id"].tolist()
    assert not any("@context" in one for one in made["@graph"])
    # An address that is none of the web is told to nobody.
    assert "javascript:" not in json.dumps(made)
