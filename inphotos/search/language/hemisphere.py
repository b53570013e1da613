"""Where on earth the seasons are the other way round."""

from __future__ import annotations

#: Countries and territories, as ISO 3166-1 has them, that lie wholly or for the most part south of
#: the equator and call December summer. Those around the equator, without such seasons, are left
#: out.
# fmt: off
_SOUTHERN = frozenset((
    "AO", "AR", "AU", "BO", "BR", "BV", "BW", "CK", "CL", "FJ", "FK", "GS", "HM", "LS",
    "MG", "MU", "MW", "MZ", "NA", "NC", "NF", "NU", "NZ", "PE", "PF", "PN", "PY", "RE",
    "SH", "SZ", "TF", "TO", "UY", "VU", "WS", "ZA", "ZM", "ZW",
))
# fmt: on


def is_southern(territory: str) -> bool:
    """Tell whether a territory ("AU", in two letters) has the seasons of the southern half."""
    return territory.upper() in _SOUTHERN
