"""The catalog of concepts: what the taxonomies of one year know about a name, without the taxonomies themselves.

>>> from tagger.catalog import load_catalog
>>> catalog = load_catalog(2024)
>>> revenue = catalog.get("us-gaap:Revenues")
>>> revenue.period_type, revenue.balance, revenue.unit_kind
('duration', 'credit', 'money')
>>> catalog.namespaces("us-gaap").uri
'http://fasb.org/us-gaap/2024'
"""

from tagger.catalog.catalog import Catalog, load_catalog
from tagger.catalog.concepts import Concept
from tagger.catalog.tables import YEARS, Namespace, Tables
from tagger.catalog.years import concept_in_year, older_name

__all__ = [
    "YEARS",
    "Catalog",
    "Concept",
    "Namespace",
    "Tables",
    "concept_in_year",
    "load_catalog",
    "older_name",
]
