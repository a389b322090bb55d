import pytest

from files.names import clean_name


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("Report.pdf", "Report.pdf"),
        ("Report.PDF", "Report.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        (r"C:\Users\ana\Report.pdf.exe", "Report.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.pdf"),
        ("a\x00b\r\nSet-Cookie: c.pdf", "ab Set-Cookie c.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("Vol. 2.1", "Vol. 2.1.pdf"),
        ("Policy in Focus No. 12", "Policy in Focus No. 12.pdf"),
        ("cafe\u0301.pdf", "café.pdf"),
        ("تقرير.pdf", "تقرير.pdf"),
        ("\ud800.pdf", "file.pdf"),
        ("...", "file.pdf"),
        ("", "file.pdf"),
    ],
)
def test_a_name_is_made_safe_and_true(name, clean):
    assert clean_name(name, ".pdf") == clean


@pytest.mark.parametrize("character", ["x", "é", "漢", "😀"])
def test_a_long_name_fits_the_row_and_the_file_system(character):
    name = clean_name(character * 500 + ".pdf", ".pdf")
    assert len(name) <= 160
    assert len(name.encode()) <= 255
    assert name.endswith(".pdf")


def test_no_name_takes_the_address_of_the_preview():
    assert clean_name("preview.webp", ".webp") == "picture.webp"
