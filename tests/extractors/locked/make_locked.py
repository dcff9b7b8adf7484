"""Write the locked files beside this one, by LibreOffice's own hand: `/usr/bin/python3 make_locked.py`.

Needs LibreOffice and Debian's `python3-uno`; the tests read what it wrote, so that neither is needed there.
Each holds the same small table, and opens with the password চাবি-2024; the pdf, whose passwords are Latin,
with `chabi-2024`.
"""

import subprocess
import tempfile
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

HERE = Path(__file__).resolve().parent
ROWS = [("ক্রম", "সূচক", "অর্জন"), ("১", "[১.১.১] কর্মপরিকল্পনা", "৬১.৫৪%"), ("২", "[১.২.১] সভা", "৪টি")]
PASSWORD, LATIN_PASSWORD = "চাবি-2024", "chabi-2024"
PIPE = "pipe,name=protibedon-lock;urp"
FILTERS = {
    "doc": "MS Word 97", "odt": "writer8", "pdf": "writer_pdf_Export", "xls": "MS Excel 97", "ods": "calc8",
}  # fmt: skip


def asked(**values):
    return tuple(PropertyValue(name, 0, value, 0) for name, value in values.items())


def desktop():
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    for _ in range(60):
        try:
            remote = resolver.resolve(f"uno:{PIPE};StarOffice.ComponentContext")
            return remote.ServiceManager.createInstance("com.sun.star.frame.Desktop")
        except NoConnectException:
            time.sleep(0.5)
    raise SystemExit("LibreOffice did not start")


def text_document(office):
    document = office.loadComponentFromURL("private:factory/swriter", "_blank", 0, asked(Hidden=True))
    table = document.createInstance("com.sun.star.text.TextTable")
    table.initialize(len(ROWS), len(ROWS[0]))
    document.Text.insertTextContent(document.Text.createTextCursor(), table, False)
    for row, texts in enumerate(ROWS):
        for column, text in enumerate(texts):
            table.getCellByPosition(column, row).String = text
    return document


def workbook(office):
    document = office.loadComponentFromURL("private:factory/scalc", "_blank", 0, asked(Hidden=True))
    for row, texts in enumerate(ROWS):
        for column, text in enumerate(texts):
            document.Sheets.getByIndex(0).getCellByPosition(column, row).String = text
    return document


def store(document, kind):
    document.storeToURL(
        (HERE / f"locked.{kind}").as_uri(), (*asked(FilterName=FILTERS[kind]), *asked(**lock_of(kind)))
    )


def lock_of(kind):
    if kind == "pdf":
        options = asked(EncryptFile=True, DocumentOpenPassword=LATIN_PASSWORD)
        return {"FilterData": uno.Any("[]com.sun.star.beans.PropertyValue", options)}
    return {"Password": PASSWORD}


def main():
    with tempfile.TemporaryDirectory() as profile:
        at_home = f"-env:UserInstallation={Path(profile).as_uri()}"
        office = subprocess.Popen(["soffice", at_home, "--headless", "--norestore", f"--accept={PIPE}"])
        try:
            opened = desktop()
            for document, kinds in (
                (text_document(opened), ("doc", "odt", "pdf")),
                (workbook(opened), ("xls", "ods")),
            ):
                for kind in kinds:
                    store(document, kind)
                document.close(True)
            opened.terminate()
        finally:
            office.wait(20)


if __name__ == "__main__":
    main()
