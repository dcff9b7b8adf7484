from warehouse.chart import LINE_HEIGHT, LINE_MARGIN, LINE_WIDTH, Segment, bar, line

LEFT, RIGHT = LINE_MARGIN, LINE_WIDTH - LINE_MARGIN
BOTTOM, TOP = LINE_HEIGHT - LINE_MARGIN, LINE_MARGIN


def test_the_parts_of_a_bar_stand_side_by_side():
    assert bar([2, 3, 5], 10) == (Segment(0, 20), Segment(20, 30), Segment(50, 50))


def test_parts_that_do_not_fill_the_whole_leave_room():
    assert bar([1], 4) == (Segment(0, 25),)


def test_nothing_of_nothing_is_an_empty_bar():
    assert bar([0, 0], 0) == (Segment(0, 0), Segment(0, 0))


def test_a_line_runs_from_edge_to_edge_and_from_nothing_to_all():
    assert line([0, 100]).points == ((LEFT, BOTTOM), (RIGHT, TOP))


def test_a_line_is_broken_where_a_percentage_is_not_known():
    drawn = line([0, 50, None, 100])
    assert len(drawn.points) == 3
    assert [len(stroke.split()) for stroke in drawn.strokes] == [2, 1]


def test_one_percentage_is_a_point_in_the_middle():
    assert line([100]).points == ((LINE_WIDTH / 2, TOP),)


def test_no_percentage_draws_nothing():
    assert line([None, None]) == line([])
