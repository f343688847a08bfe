"""The licences of DCAT-AP.de's list.

Spec: https://www.dcat-ap.de/def/licenses/
"""

from __future__ import annotations

from typing import NamedTuple


class Licence(NamedTuple):
    """A licence of the list.

    Attributes:
        german: its name in the list.
        english: its name in English.
        types: what it asks for, as codes of ADMS' licence types.
        page: where its text stands; empty where we don't know one.
    """

    german: str
    english: str
    types: tuple[str, ...] = ()
    page: str = ""


_BY = ("Attribution",)
_BY_SA = ("Attribution", "ViralEffect-ShareAlike")
_BY_NC = ("Attribution", "NonCommercialUseOnly")
_BY_ND = ("Attribution", "NoDerivativeWork")
_FREE = ("PublicDomain",)
_OTHER = ("OtherRestrictiveClauses",)
_CC = "https://creativecommons.org/licenses"

LICENCES: dict[str, Licence] = {
    "apache": Licence(
        "Freie Softwarelizenz der Apache Software Foundation",
        "Apache Software Foundation licence",
        _BY,
    ),
    "bsd": Licence("BSD Lizenz", "BSD licence", _BY),
    "cc-by": Licence(
        "Creative Commons Namensnennung (CC-BY)", "Creative Commons Attribution (CC BY)", _BY
    ),
    "cc-by-de/3.0": Licence(
        "Creative Commons Namensnennung 3.0 Deutschland (CC BY 3.0 DE)",
        "Creative Commons Attribution 3.0 Germany (CC BY 3.0 DE)",
        _BY,
        f"{_CC}/by/3.0/de/",
    ),
    "cc-by-nc": Licence(
        "Creative Commons Namensnennung - Nicht kommerziell (CC BY-NC)",
        "Creative Commons Attribution-NonCommercial (CC BY-NC)",
        _BY_NC,
    ),
    "cc-by-nc-de/3.0": Licence(
        "Creative Commons Namensnennung-Nicht kommerziell 3.0 Deutschland (CC BY-NC 3.0 DE)",
        "Creative Commons Attribution-NonCommercial 3.0 Germany (CC BY-NC 3.0 DE)",
        _BY_NC,
        f"{_CC}/by-nc/3.0/de/",
    ),
    "cc-by-nc/4.0": Licence(
        "Creative Commons Namensnennung - Nicht kommerziell 4.0 International (CC BY-NC 4.0)",
        "Creative Commons Attribution-NonCommercial 4.0 International (CC BY-NC 4.0)",
        _BY_NC,
        f"{_CC}/by-nc/4.0/",
    ),
    "cc-by-nd": Licence(
        "Creative Commons Namensnennung - Keine Bearbeitung (CC BY-ND)",
        "Creative Commons Attribution-NoDerivatives (CC BY-ND)",
        _BY_ND,
    ),
    "cc-by-nd/3.0": Licence(
        "Creative Commons Namensnennung -- Keine Bearbeitung 3.0 Unported (CC BY-ND 3.0)",
        "Creative Commons Attribution-NoDerivatives 3.0 Unported (CC BY-ND 3.0)",
        _BY_ND,
        f"{_CC}/by-nd/3.0/",
    ),
    "cc-by-nd/4.0": Licence(
        "Creative Commons Namensnennung - - Keine Bearbeitung 4.0 International (CC BY-ND 4.0)",
        "Creative Commons Attribution-NoDerivatives 4.0 International (CC BY-ND 4.0)",
        _BY_ND,
        f"{_CC}/by-nd/4.0/",
    ),
    "cc-by-sa": Licence(
        "Creative Commons Namensnennung - Weitergabe unter gleichen Bedingungen (CC-BY-SA)",
        "Creative Commons Attribution-ShareAlike (CC BY-SA)",
        _BY_SA,
    ),
    "cc-by-sa-de/3.0": Licence(
        "Creative Commons Namensnennung - Weitergabe unter gleichen Bedingungen 3.0 Deutschland "
        "(CC BY-SA 3.0 DE)",
        "Creative Commons Attribution-ShareAlike 3.0 Germany (CC BY-SA 3.0 DE)",
        _BY_SA,
        f"{_CC}/by-sa/3.0/de/",
    ),
    "cc-by-sa/4.0": Licence(
        "Creative Commons Namensnennung - Weitergabe unter gleichen Bedingungen 4.0 International "
        "(CC-BY-SA 4.0)",
        "Creative Commons Attribution-ShareAlike 4.0 International (CC BY-SA 4.0)",
        _BY_SA,
        f"{_CC}/by-sa/4.0/",
    ),
    "cc-by/4.0": Licence(
        "Creative Commons Namensnennung – 4.0 International (CC BY 4.0)",
        "Creative Commons Attribution 4.0 International (CC BY 4.0)",
        _BY,
        f"{_CC}/by/4.0/",
    ),
    "cc-zero": Licence(
        "Creative Commons CC Zero License (cc-zero)",
        "Creative Commons CC Zero License (CC0)",
        _FREE,
        "https://creativecommons.org/publicdomain/zero/1.0/",
    ),
    "ccpdm/1.0": Licence(
        "Public Domain Mark 1.0 (PDM)",
        "Public Domain Mark 1.0 (PDM)",
        _FREE,
        "https://creativecommons.org/publicdomain/mark/1.0/",
    ),
    "dl-by-de/1.0": Licence(
        "Datenlizenz Deutschland Namensnennung 1.0", "Data licence Germany attribution 1.0", _BY
    ),
    "dl-by-de/2.0": Licence(
        "Datenlizenz Deutschland Namensnennung 2.0",
        "Data licence Germany attribution 2.0",
        _BY,
        "https://www.govdata.de/dl-de/by-2-0",
    ),
    "dl-by-nc-de/1.0": Licence(
        "Datenlizenz Deutschland Namensnennung nicht-kommerziell 1.0",
        "Data licence Germany attribution non-commercial 1.0",
        _BY_NC,
    ),
    "dl-zero-de/2.0": Licence(
        "Datenlizenz Deutschland – Zero – Version 2.0",
        "Data licence Germany Zero 2.0",
        _FREE,
        "https://www.govdata.de/dl-de/zero-2-0",
    ),
    "geoNutz/20131001": Licence(
        "Nutzungsbestimmungen für die Bereitstellung von Geodaten des Landes Berlin",
        "Terms of use of geodata of the state of Berlin",
        _BY,
    ),
    "geonutz/20130319": Licence(
        "Nutzungsbestimmungen für die Bereitstellung von Geodaten des Bundes",
        "Terms of use of federal geodata",
        _BY,
    ),
    "gfdl": Licence(
        "GNU Free Documentation License (GFDL)", "GNU Free Documentation License (GFDL)", _BY_SA
    ),
    "gpl/3.0": Licence(
        "GNU General Public License version 3.0 (GPLv3)",
        "GNU General Public License version 3.0 (GPLv3)",
        _BY_SA,
    ),
    "mozilla": Licence(
        "Mozilla Public License 2.0 (MPL)", "Mozilla Public License 2.0 (MPL)", _BY_SA
    ),
    "odbl": Licence(
        "Open Data Commons Open Database License (ODbL)",
        "Open Data Commons Open Database License (ODbL)",
        _BY_SA,
        "https://opendatacommons.org/licenses/odbl/1-0/",
    ),
    "odby": Licence(
        "Open Data Commons Attribution License (ODC-BY 1.0)",
        "Open Data Commons Attribution License (ODC-BY 1.0)",
        _BY,
        "https://opendatacommons.org/licenses/by/1-0/",
    ),
    "odcpddl": Licence(
        "Open Data Commons Public Domain Dedication and Licence (ODC PDDL)",
        "Open Data Commons Public Domain Dedication and Licence (ODC PDDL)",
        _FREE,
        "https://opendatacommons.org/licenses/pddl/1-0/",
    ),
    "officialWork": Licence(
        "Amtliches Werk, lizenzfrei nach §5 Abs. 1 UrhG",
        "Official work, free of licence under § 5 (1) UrhG",
        _FREE,
    ),
    "other-closed": Licence("Andere geschlossene Lizenz", "Other closed licence", _OTHER),
    "other-commercial": Licence("Andere kommerzielle Lizenz", "Other commercial licence", _OTHER),
    "other-freeware": Licence("Andere Freeware Lizenz", "Other freeware licence", _OTHER),
    "other-open": Licence("Andere offene Lizenz", "Other open licence", _OTHER),
    "other-opensource": Licence("Andere Open Source Lizenz", "Other open source licence", _OTHER),
}
"""Code → licence."""
