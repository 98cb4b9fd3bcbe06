"""What proposals in whole texts are about, and in which direction, by labels given in reading."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from agents.article.read import read_article
from agents.backends.offline.docket import Docket

if TYPE_CHECKING:
    from tests.agents.backends.offline.conftest import Table

TEXTS = Path(__file__).parent / "texts"
LABELS = {
    "held_facture_energie": {
        "supprimer par étapes": ("energy_subsidy_reform", "build"),
        "isoler cent mille": ("building_renovation", "build"),
        "renforcer les lignes": ("grid_expansion", "build"),
        "former et de certifier": ("training_plan", "build"),
    },
    "held_forest_rail": {
        "open international tender": ("open_tender", "build"),
        "avoid the cloud forest": ("nature_protection", "build"),
        "public-private partnership": ("public_private_partnership", "build"),
        "retrain truck drivers": ("just_transition", "build"),
        "electric from the first day": ("renewable_supply", "build"),
    },
    "held_mil_recherche": {
        "Tripler le budget": ("research_funding", "build"),
        "Réparer les canaux": ("efficient_irrigation", "build"),
        "prix de l'eau": ("water_pricing", "build"),
        "magasins de stockage": ("food_storage", "build"),
        "Garantir les prêts": ("public_loans", "build"),
    },
    "held_online_state": {
        "digital identity": ("digital_identity", "build"),
        "procedures online": ("e_government", "build"),
        "data protection law": ("data_protection", "build"),
        "Strengthen cybersecurity": ("cybersecurity", "build"),
    },
    "held_pme_numerique": {
        "guichet unique": ("one_stop_shop", "build"),
        "crédit d'impôt": ("tax_incentive", "build"),
        "territoire national": ("data_localisation", "build"),
    },
    "held_power_and_servers": {
        "new renewable supply": ("renewable_supply", "build"),
        "second Olkaria line": ("grid_expansion", "build"),
        "end tax holidays": ("tax_incentive", "restrain"),
        "move their records": ("data_localisation", "build"),
        "should be frozen": ("ban", "build"),
    },
    "fresh_pesca_comercio": {
        "Prohibir la pesca": ("ban", "build"),
        "cámaras frías": ("food_storage", "build"),
        "Reducir el subsidio": ("energy_subsidy_reform", "build"),
        "laboratorio nacional": ("standards_certification", "build"),
    },
    "fresh_madina_maa": {
        "إصلاح قنوات": ("water_network_repair", "build"),
        "ضخ المياه": ("water_pricing", "build"),
        "المياه العادمة": ("wastewater_reuse", "build"),
        "بالألواح الشمسية": ("renewable_supply", "build"),
    },
    "fresh_schools_procurement": {
        "open tender": ("local_preference", "build"),
        "within thirty days": ("service_deadline", "build"),
        "Teach reading": ("school_reform", "build"),
        "Let districts manage": ("decentralisation", "build"),
    },
}


class TestWholeTexts:
    @pytest.mark.parametrize("name", sorted(LABELS))
    def test_proposals_are_read_for_what_they_are(self, table: "Table", name: str) -> None:
        """The main topic of each labelled proposal is the labelled one, in its direction."""
        docket = Docket(table.plan(read_article(str(TEXTS / f"{name}.md"))))
        for words, (concept, direction) in LABELS[name].items():
            case = next(c for c in docket.cases.values() if words in c.recommendation.text)
            head = case.frame.head
            assert head is not None, words
            assert (concept, direction) == (head.concept.name, head.direction), words
