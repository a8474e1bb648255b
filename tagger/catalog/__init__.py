"""The catalog of concepts: what the taxonomies of one year know about a name, without the taxonomies themselves.

>>> from tagger.catalog import load_catalog
>>> catalog = load_catalog(2024)
>>> revenue = catalog.get("us-gaap:Revenues")
>>> revenue.period_type, revenue.balance, revenue.unit_kind
('duration', 'credit', 'money')
>>> catalog.namespaces("us-gaap").uri
'http://fasb.org/us-gaap/2024'
"""

from tagger.catalog.calculations import Arc
from tagger.catalog.catalog import Catalog, load_catalog
from tagger.catalog.concepts import Concept
from tagger.catalog.tables import YEARS, Axis, Namespace, Tables
from tagger.catalog.years import OlderName, concept_in_year, newer_name, older_name

__all__ = [
    "YEARS",
    "Arc",
    "Axis",
    "Catalog",
    "Concept",
    "Namespace",
    "OlderName",
    "Tables",
    "concept_in_year",
    "load_catalog",
    "newer_name",
    "older_name",
]
