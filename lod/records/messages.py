"""What the loader says about a mistake: what was expected and the remedy, in two languages.

A message is found by the code of the mistake. Its placeholders are filled from the context of
the mistake; ``value`` is what was found.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Language = Literal["de", "en"]


class Message(NamedTuple):
    """The words for one code: what was expected, and how to mend it."""

    expected: str
    remedy: str


MESSAGES: dict[str, dict[Language, Message]] = {
    # The file as a whole
    "too_large": {
        "en": Message(
            "expected a file of at most {limit} bytes, found {size}",
            "Keep one record in a YAML file; put many records into a table or a .jsonl file",
        ),
        "de": Message(
            "erwartet wird eine Datei mit höchstens {limit} Bytes, gefunden {size}",
            "Eine YAML-Datei enthält einen Datensatz; viele gehören in eine Tabelle oder .jsonl",
        ),
    },
    "unreadable": {
        "en": Message("expected a file that can be read: {problem}", "Check its permissions"),
        "de": Message(
            "erwartet wird eine lesbare Datei: {problem}", "Prüfen Sie ihre Berechtigungen"
        ),
    },
    "symbolic_link": {
        "en": Message(
            "expected a file inside the data directory, found a symbolic link to {target}",
            "Replace the link by a copy of the file",
        ),
        "de": Message(
            "erwartet wird eine Datei im Datenordner, gefunden ein symbolischer Link auf {target}",
            "Ersetzen Sie den Link durch eine Kopie der Datei",
        ),
    },
    "encoding": {
        "en": Message(
            "expected text in UTF-8, found the byte {value}",
            "Save the file with the encoding UTF-8",
        ),
        "de": Message(
            "erwartet wird Text in UTF-8, gefunden das Byte {value}",
            "Speichern Sie die Datei mit der Kodierung UTF-8",
        ),
    },
    "control_character": {
        "en": Message(
            "expected text, found the control character {value}, which can't be seen",
            "Delete the character and type what should stand there",
        ),
        "de": Message(
            "erwartet wird Text, gefunden das unsichtbare Zeichen {value}",
            "Löschen Sie das Zeichen und tippen Sie, was dort stehen soll",
        ),
    },
    "empty_file": {
        "en": Message("expected a record, found an empty file", "Fill in the file or delete it"),
        "de": Message(
            "erwartet wird ein Datensatz, gefunden eine leere Datei",
            "Füllen oder löschen Sie die Datei",
        ),
    },
    "unknown_file": {
        "en": Message(
            "expected a file or folder named after a kind ({kinds})",
            "Rename it{suggestion}, or move it out of the data directory",
        ),
        "de": Message(
            "erwartet wird eine nach einer Art benannte Datei oder ein solcher Ordner ({kinds})",
            "Benennen Sie sie um{suggestion} oder legen Sie sie außerhalb des Datenordners ab",
        ),
    },
    "missing_publication": {
        "en": Message(
            "expected a file that describes the publication",
            "Create it; docs/adding-a-kind.md and `lod schema publication` show its fields",
        ),
        "de": Message(
            "erwartet wird eine Datei, die die Veröffentlichung beschreibt",
            "Legen Sie sie an; `lod schema publication` zeigt ihre Felder",
        ),
    },
    # The syntax
    "yaml_syntax": {
        "en": Message("expected YAML: {problem}", "Check the indentation, colons and quotes here"),
        "de": Message(
            "erwartet wird YAML: {problem}",
            "Prüfen Sie hier Einrückung, Doppelpunkte und Anführungszeichen",
        ),
    },
    "yaml_alias": {
        "en": Message(
            "expected a value, found the alias or anchor {value}", "Write the value itself"
        ),
        "de": Message(
            "erwartet wird ein Wert, gefunden der Verweis oder Anker {value}",
            "Schreiben Sie den Wert selbst",
        ),
    },
    "yaml_tag": {
        "en": Message("expected a plain value, found the tag {value}", "Delete the tag"),
        "de": Message("erwartet wird ein einfacher Wert, gefunden das Tag {value}", "Löschen"),
    },
    "yaml_deep": {
        "en": Message("expected at most {limit} levels of nesting", "Write the record flatter"),
        "de": Message(
            "erwartet werden höchstens {limit} Ebenen", "Schreiben Sie den Datensatz flacher"
        ),
    },
    "duplicate_key": {
        "en": Message(
            "expected each field once, found {value} again (first in line {first})",
            "Delete one of the two",
        ),
        "de": Message(
            "erwartet wird jedes Feld einmal, gefunden noch einmal {value} (zuerst in Zeile "
            "{first})",
            "Löschen Sie eines der beiden",
        ),
    },
    "not_a_record": {
        "en": Message("expected fields such as `name: Jena`", "Write one field a line"),
        "de": Message("erwartet werden Felder wie `name: Jena`", "Schreiben Sie ein Feld je Zeile"),
    },
    "json_syntax": {
        "en": Message("expected one JSON object a line: {problem}", "Mend the line"),
        "de": Message(
            "erwartet wird ein JSON-Objekt je Zeile: {problem}", "Berichtigen Sie die Zeile"
        ),
    },
    "table_syntax": {
        "en": Message(
            "expected cells separated by commas: {problem}",
            "Save the table as CSV with commas, and quote cells that contain one",
        ),
        "de": Message(
            "erwartet werden durch Kommas getrennte Zellen: {problem}",
            "Speichern Sie die Tabelle als CSV mit Kommas; Zellen mit Komma in Anführungszeichen",
        ),
    },
    "row_length": {
        "en": Message(
            "expected {columns} cells as in the first row, found {cells}",
            "Check the row for a missing or superfluous comma",
        ),
        "de": Message(
            "erwartet werden {columns} Zellen wie in der ersten Zeile, gefunden {cells}",
            "Prüfen Sie die Zeile auf ein fehlendes oder überzähliges Komma",
        ),
    },
    # The fields
    "missing": {
        "en": Message("expected this field ({about}), found nothing", "Add the field"),
        "de": Message("erwartet wird dieses Feld ({about}), gefunden nichts", "Ergänzen Sie es"),
    },
    "extra_forbidden": {
        "en": Message("expected a known field", "{suggestion}"),
        "de": Message("erwartet wird ein bekanntes Feld", "{suggestion}"),
    },
    "words": {
        "en": Message("expected text", "Write words, or one text per language: `de: …`, `en: …`"),
        "de": Message(
            "erwartet wird Text", "Schreiben Sie Wörter oder Text je Sprache: `de: …`, `en: …`"
        ),
    },
    "empty_words": {
        "en": Message("expected words, found none", "Write the text or delete the field"),
        "de": Message("erwartet werden Wörter", "Schreiben Sie den Text oder löschen Sie das Feld"),
    },
    "language": {
        "en": Message("expected language codes such as de and en", "Correct the code {value}"),
        "de": Message(
            "erwartet werden Sprachkürzel wie de und en", "Berichtigen Sie das Kürzel {value}"
        ),
    },
    "list": {
        "en": Message("expected a list", "Write each entry on its own line after `- `"),
        "de": Message(
            "erwartet wird eine Liste", "Schreiben Sie jeden Eintrag in eine Zeile nach `- `"
        ),
    },
    "group": {
        "en": Message("expected a group of fields", "Write the fields indented below"),
        "de": Message(
            "erwartet wird eine Gruppe von Feldern", "Schreiben Sie die Felder eingerückt darunter"
        ),
    },
    "choice": {
        "en": Message("expected one of {choices}", "{suggestion}"),
        "de": Message("erwartet wird eines von {choices}", "{suggestion}"),
    },
    "key": {
        "en": Message("expected {digits} digits ({about})", "Write all digits in quotation marks"),
        "de": Message(
            "erwartet werden {digits} Ziffern ({about})",
            "Schreiben Sie alle Ziffern in Anführungszeichen",
        ),
    },
    "key_lost_zero": {
        "en": Message(
            "expected {digits} digits ({about}); the leading zero was probably lost in a "
            "spreadsheet",
            'Write "{repaired}", with the column formatted as text',
        ),
        "de": Message(
            "erwartet werden {digits} Ziffern ({about}); vermutlich ging die führende Null in "
            "einer Tabellenkalkulation verloren",
            'Schreiben Sie "{repaired}" und formatieren Sie die Spalte als Text',
        ),
    },
    "key_number": {
        "en": Message(
            "expected {digits} digits as text ({about}), found a number",
            "Put it in quotation marks, with its leading zeros",
        ),
        "de": Message(
            "erwartet werden {digits} Ziffern als Text ({about}), gefunden eine Zahl",
            "Setzen Sie sie mit führenden Nullen in Anführungszeichen",
        ),
    },
    "identifier": {
        "en": Message("expected {about}", "Copy the identifier alone, without its address"),
        "de": Message(
            "erwartet wird {about}", "Übernehmen Sie nur die Kennung, ohne die Adresse davor"
        ),
    },
    "slug": {
        "en": Message(
            "expected a name of small letters a to z, digits and single hyphens",
            "Rename it to {suggestion}",
        ),
        "de": Message(
            "erwartet wird ein Name aus Kleinbuchstaben a bis z, Ziffern und einzelnen "
            "Bindestrichen",
            "Benennen Sie ihn um in {suggestion}",
        ),
    },
    "reference": {
        "en": Message("expected a reference such as {example}", "{suggestion}"),
        "de": Message("erwartet wird ein Verweis wie {example}", "{suggestion}"),
    },
    "reference_kind": {
        "en": Message("expected a record of the kind {kinds}", "Name one, such as {example}"),
        "de": Message(
            "erwartet wird ein Datensatz der Art {kinds}", "Nennen Sie einen, etwa {example}"
        ),
    },
    "date": {
        "en": Message(
            "expected a date: 2025-10-31, 2025-10, 2025, or --10 for an October without a year",
            "{suggestion}",
        ),
        "de": Message(
            "erwartet wird ein Datum: 2025-10-31, 2025-10, 2025 oder --10 für einen Oktober ohne "
            "Jahr",
            "{suggestion}",
        ),
    },
    "impossible_date": {
        "en": Message(
            "expected a day that the calendar has; this one doesn’t exist",
            "Correct the day or the month",
        ),
        "de": Message(
            "erwartet wird ein Tag, den es im Kalender gibt; diesen gibt es nicht",
            "Berichtigen Sie Tag oder Monat",
        ),
    },
    "number": {
        "en": Message("expected {about}", "Write digits, with a point before decimals: 1234567.89"),
        "de": Message(
            "erwartet wird {about}", "Schreiben Sie Ziffern, Dezimalen nach einem Punkt: 1234567.89"
        ),
    },
    "thousands": {
        "en": Message(
            "expected a number without separators of thousands",
            "Write {plain}, or another number of decimals if it is a fraction",
        ),
        "de": Message(
            "erwartet wird eine Zahl ohne Tausenderpunkte",
            "Schreiben Sie {plain} oder, bei einem Bruchteil, mehr oder weniger Nachkommastellen",
        ),
    },
    "iri": {
        "en": Message(
            "expected a web address that starts with https:// or http://, without spaces",
            "Copy the address from the browser; [ is written %5B, ] is %5D, a lone % is %25",
        ),
        "de": Message(
            "erwartet wird eine Webadresse, die mit https:// oder http:// beginnt, ohne "
            "Leerzeichen",
            "Kopieren Sie die Adresse aus dem Browser; [ schreibt man %5B, ] %5D, ein bloßes % %25",
        ),
    },
    "base_iri": {
        "en": Message(
            "expected an address that ends in a slash, without ? and #",
            "Write it like https://data.example.org/",
        ),
        "de": Message(
            "erwartet wird eine Adresse mit Schrägstrich am Ende, ohne ? und #",
            "Schreiben Sie sie wie https://daten.example.org/",
        ),
    },
    # The records together
    "duplicate_slug": {
        "en": Message(
            "expected each record once, found {value} again (first in {first})",
            "Rename one of the two or join them",
        ),
        "de": Message(
            "erwartet wird jeder Datensatz einmal, gefunden noch einmal {value} (zuerst in "
            "{first})",
            "Benennen Sie einen um oder fassen Sie beide zusammen",
        ),
    },
    "duplicate_identifier": {
        "en": Message(
            "expected an identifier of this record alone; {other} ({first}) has it too",
            "Correct one of the two",
        ),
        "de": Message(
            "erwartet wird eine Kennung nur dieses Datensatzes; auch {other} ({first}) hat sie",
            "Berichtigen Sie einen der beiden",
        ),
    },
    "dangling_reference": {
        "en": Message("expected a record that exists", "{suggestion}"),
        "de": Message("erwartet wird ein vorhandener Datensatz", "{suggestion}"),
    },
}

SUGGESTIONS: dict[str, dict[Language, str]] = {
    "mean": {"en": "Did you mean {nearest}?", "de": "Meinten Sie {nearest}?"},
    "fields": {
        "en": "Known fields: {known}",
        "de": "Bekannte Felder: {known}",
    },
    "pick": {"en": "Choose one of them", "de": "Wählen Sie eines davon"},
    "create": {
        "en": "Create data/{value}.yaml or correct the reference",
        "de": "Legen Sie data/{value}.yaml an oder berichtigen Sie den Verweis",
    },
    "iso_date": {
        "en": "Write the year first",
        "de": "Schreiben Sie das Jahr zuerst",
    },
    "reference": {
        "en": "Write the kind, a slash, and the slug",
        "de": "Schreiben Sie Art, Schrägstrich und Kurznamen",
    },
    "slug_in_name": {
        "en": "Delete it: the name of the file is the slug",
        "de": "Löschen: der Dateiname ist der Kurzname",
    },
    "to": {"en": " to {nearest}", "de": " in {nearest}"},
    "none": {"en": "", "de": ""},
}
YAML_PROBLEMS: dict[str, dict[Language, str]] = {
    "tab": {
        "en": "a tab stands here, and YAML is indented with spaces",
        "de": "hier steht ein Tabulator, YAML wird mit Leerzeichen eingerückt",
    },
    "unexpected end of stream": {
        "en": "a quotation mark opens here and is never closed",
        "de": "hier beginnt ein Anführungszeichen, das nicht geschlossen wird",
    },
    "mapping values are not allowed": {
        "en": "a second colon in one line; put the text into quotation marks",
        "de": "ein zweiter Doppelpunkt in einer Zeile; setzen Sie den Text in Anführungszeichen",
    },
    "',' or ']'": {
        "en": "a list in square brackets isn't closed, or a comma is missing",
        "de": "eine Liste in eckigen Klammern ist nicht geschlossen, oder ein Komma fehlt",
    },
    "',' or '}'": {
        "en": "a group in braces isn't closed, or a comma is missing",
        "de": "eine Gruppe in geschweiften Klammern ist nicht geschlossen, oder ein Komma fehlt",
    },
    "could not find expected ':'": {
        "en": "the line before has no colon, or no blank after it",
        "de": "in der Zeile davor fehlt der Doppelpunkt oder das Leerzeichen danach",
    },
    "did not find expected key": {
        "en": "this line is indented otherwise than those it belongs to",
        "de": "diese Zeile ist anders eingerückt als die, zu denen sie gehört",
    },
    "expected '-' indicator": {
        "en": "this line isn't an entry of the list; begin it with `- ` or indent it otherwise",
        "de": "diese Zeile gehört nicht zur Liste; beginnen Sie sie mit `- `",
    },
    "cannot start any token": {
        "en": "a value can't begin with this character; put it into quotation marks",
        "de": "ein Wert kann so nicht beginnen; setzen Sie ihn in Anführungszeichen",
    },
}
"""What the YAML parser means, by the words that it says it with."""
FOUND: dict[Language, str] = {"en": "found {value}", "de": "gefunden {value}"}
"""How the found value is added to what was expected, where the message hasn't named it."""
