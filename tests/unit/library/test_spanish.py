"""Spanish: its syllables by the spelling, its reading ease, and texts without the accents that plain texts lack."""

import pytest

from ivr.library.measures import gsm_units
from ivr.library.reading import inflesz
from ivr.library.sent_text import as_sent
from ivr.library.spanish_syllables import spanish_syllables
from ivr.model import Language

TABLE = """
sol:1 y:1 voy:1 rey:1 muy:1 buey:1 bien:1 quién:1 casa:2 hueso:2 huesos:2 agua:2 cuerpo:2 guerra:2 queso:2 guía:2
guion:1 pingüino:3 vergüenza:3 antigüedad:4 día:2 tía:2 país:2 raíz:2 baúl:2 oír:2 oído:3 leer:2 caer:2 poeta:3
aéreo:4 héroe:3 línea:3 área:3 ahora:3 alcohol:3 zanahoria:4 búho:2 prohíbe:3 prohibir:2 vehículo:4 ahí:2 rehén:2
cáncer:2 metástasis:4 quimioterapia:5 radioterapia:5 radiación:3 cirugía:4 hormonal:3 estrógeno:4 receptores:4
tratamiento:4 médico:3 señales:3 peligro:3 dolor:2 espalda:3 entumecido:5 hormigueo:4 orinar:3 evacuar:3 mayo:2
ayuda:3 desmayo:3 yo:1 yeso:2 leyes:2 virrey:2 ciudad:2 cuidado:3 ruido:2 viuda:2 causa:2 aire:2 seis:1 treinta:2
deuda:2 miau:1 Uruguay:3 averiguáis:4 también:2 después:2 habitación:4 teléfono:4 marque:2 asterisco:4 numeral:3
información:4 EMERGENCIA:4 911:1 2012:1 38:1
"""


@pytest.mark.parametrize("row", TABLE.split())
def test_syllables_of_a_word(row):
    word, count = row.split(":")
    assert spanish_syllables(word) == int(count)


@pytest.mark.parametrize(
    ("passage", "count"),
    [("", 0), (" - . ?", 0), ("¿Tiene dolor? Sí.", 5), ("di\u0301a", 2), ("Llame al 9 1 1.", 6), ("lleno-vacío", 5)],
)
def test_syllables_of_a_passage(passage, count):
    assert spanish_syllables(passage) == count


@pytest.mark.parametrize(
    ("text", "words", "syllables", "sentences"),
    [
        ("El gato come.", 3, 5, 1),
        ("¿Tiene dolor? Llame a su equipo médico.", 7, 14, 2),
        ("- Llame al 9 1 1 . -", 5, 6, 1),
    ],
)
def test_ease_is_that_of_szigriszt_pazos(text, words, syllables, sentences):
    assert inflesz(text) == pytest.approx(206.835 - 62.3 * syllables / words - words / sentences)


def test_long_words_and_long_sentences_are_less_easy():
    assert inflesz("Llame a su médico.") > inflesz("Comuníquese inmediatamente con especialistas.")
    assert inflesz("Llame a su médico. Diga que le duele.") > inflesz("Llame a su médico y diga que le duele.")
    assert inflesz("...") == 100


# --- texts -----------------------------------------------------------------------------------------------------------

PAIRS = (("á", "a"), ("í", "i"), ("ó", "o"), ("ú", "u"))
SPANISH = Language("es", "Español", "es-US", "Voz", (*PAIRS, *((a.upper(), b.upper()) for a, b in PAIRS)))


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("Está más allá: AQUÍ, LÍNEA, útil, ÚTIL.", "Esta mas alla: AQUI, LINEA, util, UTIL."),
        ("El próximo año, señor. ¿Qué? ¡Pingüino!", "El proximo año, señor. ¿Qué? ¡Pingüino!"),
        ("ÑÜÉ ñüé à è ì ò ù [~]", "ÑÜÉ ñüé à è ì ò ù [~]"),
        ("ma\u0301s an\u0303o e\u0301", "mas año é"),
        ("", ""),
    ],
)
def test_a_text_loses_the_accents_that_plain_texts_lack_and_nothing_else(written, sent):
    assert as_sent(SPANISH, written) == sent
    assert gsm_units(sent) is not None
    assert as_sent(SPANISH, sent) == sent


def test_a_language_without_a_table_sends_what_is_written():
    assert as_sent(Language("xx", "X", "xx-XX", "V"), "más \u0301") == "más \u0301"
