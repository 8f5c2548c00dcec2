import pytest
from markupsafe import escape

from helpers.publish import markup


def test_visible_shows_what_would_turn_text_over():
    assert markup.visible("a\u202eb\x00c\r\nd\u200ee\u2067f") == "a[U+202E]b[U+0000]c\nd\u200ee\u2067f"


def test_svg_keeps_shapes_and_drops_what_acts():
    source = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9" '
        'onload="alert(1)"><style>*{}</style><script>alert(2)</script><foreignObject><b/></foreignObject>'
        '<image href="https://quay.example/i.png"/><a href="javascript:alert(3)">'
        '<rect fill="url(https://quay.example)" style="x"/></a>'
        '<a xlink:href="articles/1.html#2"><text>Ilves\u202e</text></a></svg>'
    )
    assert markup.svg(source, "v", "T & t", "D") == (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9" '
        'role="img" aria-labelledby="v-title" aria-describedby="v-desc">'
        '<title id="v-title">T &amp; t</title><desc id="v-desc">D</desc>'
        '<a><rect/></a><a href="articles/1.html#2"><text>Ilves[U+202E]</text></a></svg>'
    )


def test_svg_gives_each_chart_its_own_ids():
    source = (
        '<svg xmlns="http://www.w3.org/2000/svg"><clipPath id="c1"/><g clip-path="url(#c1)"/><use href="#s"/></svg>'
    )
    drawn = markup.svg(source, "voice", "", "")
    assert '<clipPath id="voice-c1"/><g clip-path="url(#voice-c1)"/><use href="#voice-s"/>' in drawn


def test_svg_does_not_expand_entities():
    source = '<!DOCTYPE svg [<!ENTITY e "boom">]><svg xmlns="http://www.w3.org/2000/svg"><text>&e;</text></svg>'
    assert "boom" not in markup.svg(source, "v", "", "")


def test_table_keeps_cells_as_text():
    source = (
        '<div><style>x</style><table border="1" onclick="a()"><thead><tr><th></th><th>n</th></tr></thead>'
        "<tbody><tr><th>0</th><td colspan='2'><img src=x onerror=alert(1)>5 &lt;b&gt;</td></tr></tbody></table></div>"
    )
    assert markup.table(source) == (
        '<table><thead><tr><td></td><th scope="col">n</th></tr></thead>'
        '<tbody><tr><th scope="row">0</th><td colspan="2">5 &lt;b&gt;</td></tr></tbody></table>'
    )


def test_table_sets_numbers_apart_and_says_when_it_has_no_rows():
    head = "<thead><tr><th></th><th>who</th><th>n</th></tr></thead>"
    rows = "<tr><th>0</th><td>5 Ells</td><td>1,200</td></tr><tr><th>1</th><td>7</td><td>-3.5</td></tr>"
    assert markup.table(f"<table>{head}<tbody>{rows}</tbody></table>") == (
        '<table><thead><tr><td></td><th scope="col">who</th><th scope="col" class="count">n</th></tr></thead>'
        '<tbody><tr><th scope="row">0</th><td>5 Ells</td><td class="count">1,200</td></tr>'
        '<tr><th scope="row">1</th><td>7</td><td class="count">-3.5</td></tr></tbody></table>'
    )
    assert markup.table(f"<table>{head}<tbody></tbody></table>").endswith(
        '<tbody><tr><td colspan="3">No rows.</td></tr></tbody></table>'
    )


@pytest.mark.parametrize("source", ["", "<p>no table</p>", "<!-- -->"])
def test_table_of_no_table_is_none(source):
    assert markup.table(source) is None


def test_inline_leaves_made_markup_alone():
    assert markup.inline(escape("<")) == "&lt;"
    assert markup.inline(None) == ""
    assert markup.inline(3) == 3
