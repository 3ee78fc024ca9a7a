"""The plainest question about each thing that the line has, in the words that most people would use, is answered."""

import pytest

from ivr.listening.listening import listening_of
from ivr.listening.meaning import Danger
from ivr.listening.understand import understand
from ivr.model import Position

ENGLISH = {
    "what is bone metastasis": "meaning.1",
    "what does metastatic mean": "meaning.1",
    "what treatments are there": "types.0",
    "what is systemic treatment": "whole-body.1",
    "what is chemotherapy": "whole-body.2",
    "tell me about hormone therapy": "whole-body.2",
    "what is local treatment": "one-area.1",
    "what is radiation": "one-area.2",
    "tell me about surgery": "one-area.2",
    "what is ablation": "one-area.2",
    "what are the goals of treatment": "goals.1",
    "can it be cured": "goals.1",
    "how do doctors choose treatment": "depends.1",
    "what are estrogen receptors": "depends.3",
    "what should i ask my doctor": "questions.1",
    "what are the warning signs": "urgent.1",
    "what are warning signs": "urgent.1",
    "what are the danger signs": "urgent.1",
    "signs of spinal cord compression": "urgent.1",
    "signs of a stroke": "urgent.2",
    "signs of a broken bone": "urgent.5",
    "how do i talk to a person": "person.1",
    "who runs this line": "about-line.0",
    "where does this information come from": "about.1",
    "is this private": "privacy.1",
    "how do i complain": "privacy.1",
}
SPANISH = {
    "que es la metastasis": "meaning.1",
    "que tratamientos hay": "types.0",
    "que es la quimioterapia": "whole-body.2",
    "que es la terapia hormonal": "whole-body.2",
    "que es la radioterapia": "one-area.2",
    "que es la cirugia": "one-area.2",
    "se puede curar": "goals.1",
    "cuales son las metas del tratamiento": "goals.1",
    "de que depende el tratamiento": "depends.1",
    "que son los receptores de estrogeno": "depends.3",
    "que preguntas le hago al doctor": "questions.1",
    "cuales son las señales de peligro": "urgent.1",
    "cuando llamo al 911": "urgent.2",
    "cuanto es fiebre": "urgent.3",
    "quien maneja esta linea": "about-line.0",
    "es privado": "privacy.1",
    "como me quejo": "privacy.1",
}


@pytest.mark.parametrize(
    ("tag", "asked", "place"),
    [(tag, asked, place) for tag, rows in (("en", ENGLISH), ("es", SPANISH)) for asked, place in rows.items()],
)
def test_a_plain_question_is_answered(content, tag, asked, place):
    name, _, part = place.partition(".")
    meaning = understand(listening_of(content.libraries[tag]), asked).meaning
    found = meaning.at if isinstance(meaning, Danger) else meaning
    assert found == Position(name, int(part)), meaning
