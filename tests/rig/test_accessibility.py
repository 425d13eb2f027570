"""The reader at a small window of Qt that has one of each."""

import sys

import pytest

from rig import inspection
from rig.accessibility import Node, Reader
from rig.waiting import Unmet, wait_for

pytest.importorskip("PySide6.QtWidgets", reason="no Qt here", exc_type=ImportError)

WINDOW = """
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import *

app = QApplication()
window = QDialog(windowTitle="A form: of all kinds")
form = QFormLayout(window)
slider = QSlider(Qt.Orientation.Horizontal, minimum=0, maximum=10)
form.addRow("&Left side", slider)
form.addRow("Right side", QSpinBox(minimum=-1, maximum=10, specialValueText="not told", value=-1))
work = QGroupBox("Work")
row = QHBoxLayout(work)
row.addWidget(QRadioButton("as always"))
row.addWidget(QRadioButton("a bit less"))
form.addRow(work)
often = QCheckBox("Often")
form.addRow(often)
name = QLineEdit()
form.addRow("Name", name)
bar = QProgressBar(minimum=0, maximum=30, value=12, accessibleName="Seconds")
form.addRow(bar)
form.addRow(QPushButton("Later", enabled=False))
save = QPushButton("Save")
said = QLabel("nothing yet")
form.addRow(said)
form.addRow(save)

def saved():
    said.setText(f"{name.text()}, {slider.value()}, {often.isChecked()}")
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(said, "It is saved"))

save.clicked.connect(saved)
hidden = QLabel("never seen")
form.addRow(hidden)
hidden.hide()
window.show()
app.exec()
"""
TREE = """\
dialog "A form: of all kinds"
  label "Left side"
  slider "Left side" 0 of 0 to 10
  label "Right side"
  spin button "Right side" -1 of -1 to 10 = 'not told'
  panel "Work"
    radio button "as always"
    radio button "a bit less"
  check box "Often"
  label "Name"
  text "Name"
  progress bar "Seconds" 12 of 0 to 30
  push button "Later" [greyed out]
  label "nothing yet"
  push button "Save"
"""


@pytest.fixture
def form(reader: Reader) -> Node:
    reader.desktop.spawn("form", [sys.executable, "-c", WINDOW])
    return reader.window("A form")


def test_it_is_filled_in_by_names_and_roles_alone(reader: Reader, form: Node) -> None:
    form.find("text", "Name").type("Eva M")
    form.find("slider", "Left side").set_value(7)
    form.find("check box", "Often").press()
    wait_for(lambda: form.find("check box", "Often").checked, 5, "it is ticked")
    form.find("radio button", "a bit less").press()
    wait_for(lambda: form.find("radio button", "a bit less").checked, 5, "it is chosen")
    assert not form.find("radio button", "as always").checked
    form.find("push button", "Save").press()
    form.find("label", "Eva M, 7, True")
    assert reader.hears("saved") == "It is saved"


def test_it_is_printed_as_a_tree(form: Node) -> None:
    assert form.tree(without=("focused", "default")) == TREE


def test_a_label_belongs_to_its_field(form: Node) -> None:
    field = form.find("spin button", "Right side")
    assert field.labelled_by == form.all("label", "Right side")
    assert form.find("label", "Right side").label_for == [field]
    assert field.text == "not told"


def test_the_keyboard_is_where_it_is_said_to_be(reader: Reader, form: Node) -> None:
    field = form.find("text", "Name")
    field.focus()
    assert reader.focused == field
    reader.keys("Tab")
    wait_for(lambda: reader.focused == form.find("push button", "Save"), 5, "Tab passes grey ones")


def test_what_is_not_there_is_not_found_and_what_is_grey_not_pressed(form: Node) -> None:
    assert not form.has("label", "never seen")
    assert len(form.all("radio button")) == 2
    with pytest.raises(AssertionError, match="greyed out"):
        form.find("push button", "Later").press()
    with pytest.raises(AssertionError, match="cannot be pressed"):
        form.find("label", "nothing yet").press()


def test_what_is_missing_is_told_with_the_tree(form: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Unmet, match='push button "Save"'):
        wait_for(lambda: form.has("push button", "Quit"), 0, "a Quit", form.tree)


# What is looked for in any window

FLAWS = """
from PySide6.QtCore import Qt
from PySide6.QtWidgets import *

app = QApplication()
app.setStyleSheet(
    "QLabel#pale { color: #999; background: white }"
    "QPushButton { border: 1px solid black; padding: 6px } QPushButton:focus { outline: none }"
)
window = QDialog(windowTitle="A form with flaws")
column = QVBoxLayout(window)
column.addWidget(QLineEdit())
column.addWidget(QLabel("This is hard to read", objectName="pale"))
column.addWidget(QLabel("This is not"))
column.addWidget(QPushButton("Left out", focusPolicy=Qt.FocusPolicy.ClickFocus))
column.addWidget(QPushButton("Save", autoDefault=False))
column.addWidget(QPushButton("Quit", autoDefault=False))
window.show()
app.exec()
"""


def test_of_what_is_well_made_nothing_is_said(reader: Reader, form: Node) -> None:
    assert inspection.nameless(form) == []
    assert inspection.hard_to_read(reader, form) == []


def test_flaws_are_told(reader: Reader) -> None:
    reader.desktop.spawn("flaws", [sys.executable, "-c", FLAWS])
    window = reader.window("flaws")
    (nameless,) = inspection.nameless(window)
    assert "has no label" in nameless
    (pale,) = inspection.hard_to_read(reader, window)
    assert pale.startswith('label "This is hard to read": 2.8 to 1')
    lost = inspection.lost(reader, window)
    assert any('"Left out": Tab does not come' in line for line in lost), lost
    assert any('"Save"' in line and "cannot be seen" in line for line in lost), lost


def test_contrast_is_counted_as_the_guidelines_do() -> None:
    assert inspection.contrast((0, 0, 0), (255, 255, 255)) == 21
    assert round(inspection.contrast((119, 119, 119), (255, 255, 255)), 2) == 4.48
