"""The list of topics: the packaged one is sound, and an unsound one is refused with all its problems."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.topics import Part, Topic, TopicsError, load_topics


def test_the_packaged_topics_are_sound() -> None:
    topics = load_topics()
    ids = {topic.id for topic in topics}
    assert 60 <= len(topics) <= 120
    assert {"sprachkurse", "jesiden", "ki"} <= ids
    assert {topic.broader for topic in topics} - {None} <= ids
    assert all((topic.synonyms or topic.narrower) and topic.english for topic in topics)


def test_a_topic_knows_everything_that_names_it() -> None:
    topic = Topic("kuenstliche-intelligenz", "Künstliche Intelligenz", "Artificial intelligence", ("KI",))
    assert topic.keys == {"kuenstlicheintelligenz", "artificialintelligence", "ki"}
    assert topic.terms == ("Künstliche Intelligenz", "KI")


def test_parts_of_a_topic_prove_it_but_do_not_name_it() -> None:
    topic = Topic("kurse", "Sprachkurse", "Courses", narrower=(Part(("Berufssprachkurs", "BSK")),))
    assert topic.terms == ("Sprachkurse", "Berufssprachkurs", "BSK")
    assert topic.names == ("Sprachkurse",)
    assert topic.narrower[0].keys == {"berufssprachkurs", "bsk"}


@pytest.mark.parametrize(
    ("tables", "problem"),
    [
        ('[[topic]]\nid="a"\nname="A"\nenglish="AA"\n' * 2, "topic id 'a' is given 2 times"),
        ('[[topic]]\nid="a"\nname="A"\nenglish="AA"\nbroader="b"', "topic a: broader topic 'b' does not exist"),
        ('[[topic]]\nid="a"\nname=" "\nenglish="AA"', "topic a: the name is empty"),
        ('[[topic]]\nid="a"\nname="A"', "topic a: the English name is empty"),
        ('[[topic]]\nid="Ä b"\nname="A"\nenglish="AA"', "the id 'Ä b' must be made of a–z"),
        ('[[topic]]\nid="a"\nname="A"\nenglish="AA"\nsynonyms=["–"]', "topic a: a synonym is empty"),
        ('[[topic]]\nid="a"\nname="A"\nenglish="AA"\nsynonym=["B"]', "topic a: unknown field 'synonym'"),
        ('[[topic]]\nid="a"\nname="A"\nenglish="AA"\nnarrower=["B", ["C", "–"]]', "topic a: a narrower word is empty"),
        ('[[topic]]\nid="a"\nname="A"\nenglish="AA"\nnarrower=["B", ["C", "b"]]', "'b' names a (B) and a (C)"),
        ('[[topic]]\nid="a"\nname="A"\nenglish="AA"\nnarrower=["aa"]', "'aa' names a and a (aa)"),
        (
            '[[topic]]\nid="a"\nname="Bär"\nenglish="AA"\n[[topic]]\nid="b"\nname="BAER"\nenglish="BB"',
            "'baer' names a and b",
        ),
        ('[[topic]]\nid="a"\nname="A"\nenglish="AA"\nbroader="a"', "topic a: lies under itself"),
        (
            '[[topic]]\nid="a"\nname="A"\nenglish="AA"\nbroader="b"\n[[topic]]\nid="b"\nname="B"\nenglish="BB"\nbroader="a"',
            "topic b: lies under itself",
        ),
        ("", "no [[topic]] table"),
        ("topic = 3", "no [[topic]] table"),
        ("[[topic]", "cannot be read"),
    ],
)
def test_a_problem_is_named(tmp_path: Path, tables: str, problem: str) -> None:
    with pytest.raises(TopicsError) as caught:
        load_topics(_file(tmp_path, tables))
    assert problem in str(caught.value)
    assert all(line.startswith("topics.toml: ") for line in str(caught.value).splitlines())


def test_all_problems_are_reported_at_once(tmp_path: Path) -> None:
    with pytest.raises(TopicsError) as caught:
        load_topics(_file(tmp_path, '[[topic]]\nid="A"\nbroader="x"\n[[topic]]\nid="b"\nname="B"\nenglish=""'))
    assert len(str(caught.value).splitlines()) == 5


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(TopicsError, match=r"nowhere\.toml"):
        load_topics(tmp_path / "nowhere.toml")


def _file(folder: Path, text: str) -> Path:
    path = folder / "topics.toml"
    path.write_text(text, encoding="utf-8")
    return path
