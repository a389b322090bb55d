from portal.templatetags.charts import hundred_dots, shares


def test_parts_of_a_hundred_add_up_to_a_hundred():
    assert [share.dots for share in shares([("a", 1), ("b", 1), ("c", 1)])] == [34, 33, 33]


def test_nothing_counted_is_nothing_drawn():
    assert shares([("a", 0), ("b", 0)]) == []


def test_there_are_a_hundred_dots():
    assert hundred_dots(shares([("a", 7), ("b", 90), ("c", 30)])).count("M") == 100
