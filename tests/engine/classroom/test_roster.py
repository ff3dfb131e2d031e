"""Rosters as platforms export them, and whose a submission is."""

from __future__ import annotations

from pathlib import Path

import pytest

from kata.classroom.roster import Roster, RosterError, read_roster

CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,asyncio (77)
    Points Possible,,,,,100
"Lee, Ana",501,s1,alee,A,
"O'Hara, Bo",502,s2,bohara,A,
"Student, Test",999,,x,A,
"""
MOODLE = """"First name","Last name","ID number","Email address"
Ana,Lée,2001,ana.lee@uni.example
Bo,"O'Hara, jr.",2002,bo@uni.example
"""
GITHUB = "identifier,github_username,github_id,name\nr1,ana-lee,1,\nr2,lee,2,\n"


def roster(tmp_path: Path, text: str, encoding: str = "utf-8") -> Roster:
    """The roster that a file with this text is."""
    path = tmp_path / "roster.csv"
    path.write_text(text, encoding=encoding, newline="")
    return read_roster(path)


@pytest.mark.parametrize(
    ("text", "submission", "name"),
    [
        (CANVAS, "leeana_501_9001_kata", "Lee, Ana"),
        (CANVAS, "leeana_LATE_501_9001_kata-2", "Lee, Ana"),
        (CANVAS, "alee", "Lee, Ana"),
        (CANVAS, "S2", "O'Hara, Bo"),
        (CANVAS, "Ana Lee", "Lee, Ana"),
        (MOODLE, "Ana Lee_123_assignsubmission_file_", "Ana Lée"),
        (MOODLE, "Ana Lée_123_assignsubmission_file", "Ana Lée"),
        (MOODLE, "bo@uni.example", "Bo O'Hara, jr."),
        (MOODLE, "2002", "Bo O'Hara, jr."),
        (MOODLE, "ana.lee", "Ana Lée"),
        (GITHUB, "kata-ana-lee", "r1"),
        (GITHUB, "kata-lee", "r2"),
        (GITHUB, "r2", "r2"),
    ],
)
def test_a_submission_finds_its_student(tmp_path: Path, text: str, submission: str, name: str) -> None:
    assert [student.name for student in roster(tmp_path, text).find(submission)] == [name]


@pytest.mark.parametrize("submission", ["", "nobody", "le", "lee_7_8_x", "_"])
def test_a_submission_of_nobody_finds_none(tmp_path: Path, submission: str) -> None:
    assert roster(tmp_path, CANVAS).find(submission) == []


def test_two_of_one_name_are_both_meant(tmp_path: Path) -> None:
    two = roster(tmp_path, "name,id\nAna Lee,1\nana lee,2\n")
    assert len(two.find("Ana Lee")) == 2
    assert [student.id for student in two.find("2")] == ["2"]


def test_lines_that_are_no_students_are_left_out(tmp_path: Path) -> None:
    assert [student.id for student in roster(tmp_path, CANVAS).students] == ["501", "502"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_spreadsheet_may_have_written_it(tmp_path: Path, encoding: str, separator: str) -> None:
    text = f"Name{separator}E-Mail\r\nZoë Grün{separator}zoe@x.example\r\n\r\n"
    [student] = roster(tmp_path, text, encoding).students
    assert (student.name, student.email) == ("Zoë Grün", "zoe@x.example")


def test_a_student_who_is_there_twice_counts_once(tmp_path: Path) -> None:
    twice = roster(tmp_path, "name,email\nAna,a@x.example\nAnna,A@x.example\n")
    assert [student.name for student in twice.students] == ["Ana"]
    assert twice.problems == ["the roster has A@x.example twice; the first one counts"]


@pytest.mark.parametrize("text", ["", "\n\n", "colour,size\nred,3\n", "\0\0\0"])
def test_what_is_no_roster_is_one_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(RosterError) as caught:
        roster(tmp_path, text)
    assert "\n" not in str(caught.value) and "roster.csv" in str(caught.value)


def test_a_roster_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(RosterError, match="cannot be read"):
        read_roster(tmp_path / "nowhere.csv")
