from crossborder.apps.markup import Markup
from crossborder.apps.show import Html


def test_parts_are_put_one_by_one():
    markup = Markup(Html('<div data-part="a"></div><div data-part="b"></div>'))
    markup.put(a=Html("1"), b=Html("2"))
    markup.put(b=Html("3"))
    assert markup.parts == {"a": "1", "b": "3"}


def test_clicks_come_back_as_actions_and_noise_does_not():
    heard = []
    markup = Markup(Html(""), lambda action, value: heard.append((action, value)))
    for message in ({"action": "open", "value": "x"}, {"action": 5}, "text", {}, None):
        markup._handle_custom_msg(message, [])
    assert heard == [("open", "x")]


def test_a_file_goes_to_the_browser_as_bytes():
    sent = []
    markup = Markup(Html(""))
    markup.send = lambda content, buffers=None: sent.append((content, buffers))
    markup.download("a.csv", b"1,2", "text/csv")
    assert sent == [({"kind": "download", "name": "a.csv", "mime": "text/csv"}, [b"1,2"])]
