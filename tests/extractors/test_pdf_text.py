"""What stands between two lines of a PDF: each case is how some program paints it."""

import pytest

from extractors.box import Box
from extractors.pdf_page import Piece
from extractors.pdf_text import lines_of, runs_of

HEIGHT, LETTER, BLANK = 12.0, 6.0, 3.0


def painted(*lines, blanks=True, left=0.0, gap=BLANK):
    """The pieces of lines of text; a blank at a line's end is painted only where it is given."""
    pieces = []
    for number, line in enumerate(lines):
        across, top = left, number * 1.2 * HEIGHT
        for position, word in enumerate(line.split(" ")):
            if position:
                if blanks:
                    pieces.append(Piece(Box(across, top, across + BLANK, top + HEIGHT), " "))
                across += gap
            if word:
                width = LETTER * len(word)
                pieces.append(Piece(Box(across, top, across + width, top + HEIGHT), word))
                across += width
    return pieces


def text_of(*lines, room, blanks=True, blanks_end_lines=True, left=0.0):
    read = lines_of(painted(*lines, blanks=blanks, left=left), blanks_are_written=blanks)
    return "".join(run.text for run in runs_of(read, room, blanks_end_lines=blanks_end_lines))


def test_a_line_broken_at_a_painted_blank_goes_on_after_a_blank():
    assert text_of("বাস্তবায়ন করা ", "হয়েছে", room=90) == "বাস্তবায়ন করা হয়েছে"


def test_a_line_that_had_room_for_the_next_word_ended_its_paragraph():
    assert text_of("১", "২", room=60) == "১\n২"
    assert text_of("অর্জিত ", "হয়েছে", room=200) == "অর্জিত\nহয়েছে"


def test_a_word_wider_than_its_column_is_put_together_again():
    assert text_of("কর্মসম্", "পাদন", room=45) == "কর্মসম্পাদন"
    assert text_of("বাস্তবায়", "িত", room=51) == "বাস্তবায়িত"  # no word begins with a vowel sign
    assert text_of("কোয়া", "র্টারে", room=33) == "কোয়ার্টারে"  # nor with a reph
    assert text_of("ডিসে", "ম্বর", room=26) == "ডিসেম্বর"  # nor with ম্ব


def test_a_full_line_hides_whether_a_blank_ended_it():
    assert text_of("অধিদপ্তর", "কর্তৃক", room=49) == "অধিদপ্তর কর্তৃক"


@pytest.mark.parametrize(
    ("lines", "room", "figure"),
    [
        (("১৬/০৩", "/২৫"), 32, "১৬/০৩/২৫"),
        (("১", "৬/০৩", "/২৫"), 32, "১৬/০৩/২৫"),
        (("১০", "০%"), 20, "১০০%"),
        (("৬১.", "৫৪%"), 32, "৬১.৫৪%"),
        (("২০২৪-", "২০২৫"), 32, "২০২৪-২০২৫"),
    ],
)
def test_a_figure_broken_in_a_narrow_column_is_one_figure(lines, room, figure):
    assert text_of(*lines, room=room) == figure


def test_a_sentence_whose_blanks_are_only_gaps_keeps_its_words():
    lines = ("২য় কোয়ার্টারে", "অধিদপ্তর কর্তৃক", "বাস্তবায়িত")
    assert text_of(*lines, room=95, blanks=False, blanks_end_lines=False) == " ".join(lines)


def test_a_centred_text_is_not_taken_for_broken_words():
    read = lines_of(
        [*painted("করা", left=8), *(move(piece, HEIGHT * 1.2) for piece in painted("হয়েছে", left=2))],
        blanks_are_written=True,
    )
    assert "".join(run.text for run in runs_of(read, 38, blanks_end_lines=True)) == "করা হয়েছে"


def test_pieces_without_a_blank_between_them_are_one_word():
    assert text_of("সংস্কৃ", room=90) == "সংস্কৃ"
    loose = painted("সংস্কৃ তি", blanks=False, gap=1.5)
    (line,) = lines_of([*loose, Piece(Box(200, 0, 203, HEIGHT), " ")], blanks_are_written=True)
    assert line.text == "সংস্কৃতি"
    assert len(line.words) == 1


def test_texts_side_by_side_are_parted_as_by_a_tabulator():
    read = lines_of(painted("সহকারী পরিচালক", gap=60), blanks_are_written=True)
    assert read[0].is_parted
    assert "".join(run.text for run in runs_of(read, 500, blanks_end_lines=True)) == "সহকারী\tপরিচালক"


def test_runs_keep_their_fonts_and_give_the_text():
    bijoy, latin = "ABCDEF+SutonnyMJ", "Arial"
    pieces = [
        Piece(Box(0, 0, 30, HEIGHT), "Lyjbv", bijoy),
        Piece(Box(30, 0, 33, HEIGHT), " ", bijoy),
        Piece(Box(33, 0, 60, HEIGHT), "e-mail", latin),
    ]
    runs = runs_of(lines_of(pieces, blanks_are_written=True), 90, blanks_end_lines=True)
    assert [(run.text, run.font) for run in runs] == [("Lyjbv ", bijoy), ("e-mail", latin)]


def move(piece, down):
    box = piece.box
    return Piece(Box(box.left, box.top + down, box.right, box.bottom + down), piece.text)
