import pytest

from extractors.box import Box, around, rulings, slots


def test_boxes_between_rulings_have_a_row_a_column_and_spans():
    boxes = [Box(0, 0, 20, 10), Box(20, 0, 30, 20), Box(0, 10, 10, 20), Box(10, 10, 20, 20)]
    across = rulings((side for box in boxes for side in (box.left, box.right)), 3)
    down = rulings((side for box in boxes for side in (box.top, box.bottom)), 3)
    assert [
        (slot.row, slot.column, slot.row_span, slot.column_span) for slot in slots(boxes, across, down)
    ] == [
        (1, 1, 1, 2),
        (1, 3, 2, 1),
        (2, 1, 1, 1),
        (2, 2, 1, 1),
    ]


def test_a_line_drawn_twice_is_one_ruling_and_no_cell_is_in_it():
    boxes = [Box(0, 0, 50, 10), Box(50, 0, 52, 10), Box(52, 0, 90, 10)]
    across = rulings([0, 50, 50, 52, 52, 90], 3)
    assert across == [0, 50, 90]
    assert [slot.column for slot in slots(boxes, across, [0, 10])] == [1, 2]


def test_around_nothing_there_is_no_box():
    assert around([Box(3, 4, 5, 6), Box(1, 5, 4, 9)]) == Box(1, 4, 5, 9)
    with pytest.raises(ValueError, match="not enough values"):
        around([])


def test_the_part_of_a_box_within_another_may_be_nothing():
    assert Box(0, 0, 10, 10).within(Box(5, 5, 20, 8)) == Box(5, 5, 10, 8)
    apart = Box(0, 0, 10, 10).within(Box(50, 50, 60, 60))
    assert (apart.width, apart.height) == (0, 0)
