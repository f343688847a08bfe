"""What the kinds are called on pages, in help and in the catalog."""

from __future__ import annotations

KIND_NAMES: dict[str, dict[str, tuple[str, str]]] = {
    "municipality": {"de": ("Kommune", "Kommunen"), "en": ("municipality", "municipalities")},
    "district": {"de": ("Kreis", "Kreise"), "en": ("district", "districts")},
    "state": {"de": ("Land", "Länder"), "en": ("state", "states")},
    "organisation": {
        "de": ("Organisation", "Organisationen"),
        "en": ("organisation", "organisations"),
    },
    "board": {"de": ("Gremium", "Gremien"), "en": ("board", "boards")},
    "person": {"de": ("Person", "Personen"), "en": ("person", "persons")},
    "membership": {"de": ("Rolle", "Rollen"), "en": ("role", "roles")},
    "programme": {"de": ("Programm", "Programme"), "en": ("programme", "programmes")},
    "project": {"de": ("Projekt", "Projekte"), "en": ("project", "projects")},
    "event": {"de": ("Termin", "Termine"), "en": ("event", "events")},
    "software": {"de": ("Software", "Software"), "en": ("software", "software")},
    "dataset": {"de": ("Datensatz", "Datensätze"), "en": ("dataset", "datasets")},
    "topic": {"de": ("Thema", "Themen"), "en": ("topic", "topics")},
    "source": {"de": ("Quelle", "Quellen"), "en": ("source", "sources")},
}
"""Kind → language code → singular and plural."""
