"""Medical words that no glossary explains: asked about where they stand, by how they look."""

from pathlib import Path

import pytest
from small_content import append, copy_language, edits, loaded, problems_after, remove, small_content, swap, write

from ivr.library.lint import check
from ivr.settings import CONTENT

APPLE, FRUITS, GLOSSARY, MEDICAL = "en/topics/apples.md", "en/menus/fruit.md", "en/glossary.md", "en/medical.md"
SAID, TEXTED = "Apples are red. I like apples.", "Apples are red. You like apples."
LOOKS = """\
---
title: How medical words look
---

## beginnings

pomo, arbor-, कीमो, métas

## endings

itis, -ectomy

osis, -

## words

graft, stones

## everyday

arborist
"""


def says(words):
    return swap(APPLE, SAID, words)


@pytest.mark.parametrize(
    ("edit", "line", "word"),
    [
        (says("I like pomology."), 18, "pomology"),
        (says("It is red. Pomology!"), 18, "Pomology"),
        (says("My apple-arboring is red."), 18, "arboring"),
        (says("It has peelitis."), 18, "peelitis"),
        (says("A coreectomy."), 18, "coreectomy"),
        (says("A rindosis."), 18, "rindosis"),
        (says("The Graft is red."), 18, "Graft"),
        (says("A कीमोथेरेपी is red."), 18, "कीमोथेरेपी"),
        (says("A me\u0301tastase is red."), 18, "m\u00e9tastase"),
        (swap(APPLE, TEXTED, "Stones are red."), 24, "Stones"),
        (swap(APPLE, "title: Apples and pears", "title: A graft"), 2, "graft"),
        (swap(APPLE, "offer: For apples,", "offer: For a graft,"), 3, "graft"),
        (swap(FRUITS, "For cherries,", "For a graft,"), 13, "graft"),
        (swap(FRUITS, "12 cherries", "12 a graft"), 19, "graft"),
        (swap(FRUITS, "title: Kinds of fruit", "title: Kinds of graft"), 2, "graft"),
        (edits(says("A graft."), swap(APPLE, TEXTED, "One graft.")), 18, "graft"),
    ],
)
def test_a_word_that_looks_medical_is_asked_about_once_a_file(tmp_path, edit, line, word):
    root = small_content(tmp_path)
    write(MEDICAL, LOOKS)(root)
    (problem,) = (problem for problem in problems_after(root, edit) if problem.code == "E5")
    assert (problem.line, problem.warning) == (line, True)
    assert f"`{word}`" in problem.remedy


@pytest.mark.parametrize(
    "edit",
    [
        says("Stone, grafts and a pomo."),
        says("He is an arborist. He is an Arborist!"),
        says("My itis."),
        edits(append(GLOSSARY, "\n## mole's graft\n\n- a cut\n"), says("A mole\u2019s graft is a cut.")),
        edits(append(GLOSSARY, "\n## graft\n\n- a cut\n"), says("A graft is a cut.")),
        edits(append(GLOSSARY, "\n## red graft\n\n- a cut\n"), says("A Red Graft is a cut.")),
        edits(remove(MEDICAL), says("A graft.")),
        edits(write(MEDICAL, "---\ntitle: None\n---\n\n## beginnings\n"), says("A graft.")),
        edits(copy_language("fr"), swap("fr/topics/apples.md", SAID, "Apples are red. I like pommes.")),
    ],
)
def test_a_word_that_does_not_or_is_known_passes(tmp_path, edit):
    root = small_content(tmp_path)
    write(MEDICAL, LOOKS)(root)
    assert [problem for problem in problems_after(root, edit) if problem.code != "unsigned"] == []


def test_a_part_of_an_explained_name_is_not_explained_by_it(tmp_path):
    root = small_content(tmp_path)
    edits(write(MEDICAL, LOOKS), append(GLOSSARY, "\n## red graft\n\n- a cut\n"))(root)
    assert [problem.code for problem in problems_after(root, says("A graft is a cut."))] == ["E5"]


def test_a_heading_that_is_none_of_these_is_named(tmp_path):
    root = small_content(tmp_path)
    (problem,) = problems_after(root, write(MEDICAL, LOOKS.replace("## words", "## word")))
    assert (problem.line, problem.code) == (15, "heading")
    assert "## words" in problem.remedy


OF_THE_FIELD = [
    *("hypercalcemia", "lesions", "osteonecrosis", "metastatic", "analgesic", "neutropenia", "malignant", "biopsy"),
    *("denosumab", "zoledronic", "bisphosphonates", "vertebroplasty", "palliative", "radiotherapy", "thrombosis"),
    *("myeloma", "sarcoma", "arthritis", "hematuria", "pathological", "immunotherapy", "fracture"),
]


# --- the real list -----------------------------------------------------------------------------------------------


def asked_about(folder, words):
    """Which of these words the real list takes for medical ones."""
    root = small_content(folder)
    write(MEDICAL, (CONTENT / MEDICAL).read_bytes())(root)
    said = problems_after(root, says(". ".join(words)))
    return {word for word in words if any(f"say `{word}` in everyday words" in problem.remedy for problem in said)}


def test_words_of_the_field_are_asked_about(tmp_path):
    assert asked_about(tmp_path, OF_THE_FIELD) == set(OF_THE_FIELD)


def test_no_easy_word_is_taken_for_a_medical_one(tmp_path):
    """The three thousand words that four of five children know."""
    easy = (Path(__file__).parent / "easy_words.txt").read_text(encoding="utf-8").splitlines()[2:]
    assert len(easy) > 2000
    assert asked_about(tmp_path, [word for word in easy if word.isalpha()]) == set()


def test_real_content_has_no_medical_word_that_is_not_explained():
    assert [problem for problem in check(loaded(CONTENT)) if problem.code == "E5"] == []
