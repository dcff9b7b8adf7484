from tests.conftest import REPOSITORY
from transforms.described import described_tables
from warehouse.data_dictionary import data_dictionary


def test_the_page_in_docs_is_what_the_columns_file_says():
    page = (REPOSITORY / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    assert page == data_dictionary(), "run `make docs`"


def test_every_published_column_is_there_in_both_languages():
    page = data_dictionary()
    for table in described_tables():
        assert (f"## {table.name}\n" in page) is table.published
        for column in table.columns if table.published else ():
            assert f"`{column.name}`" in page
            assert column.bn
            assert column.en
